"""Organisations as the desk enters and changes them: others are named by text, refusals told by field."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.services.naming import organisation_for
from shangheng.desks.investment.services.writing import Values
from shangheng.engines.registry.models import Merge, Organisation
from shangheng.engines.registry.services import merging
from shangheng.engines.registry.services import organisations as registry
from shangheng.engines.registry.services.organisations import OrganisationRefused, Source


@transaction.atomic
def enter_organisation(*, actor: User, at: datetime, values: Values) -> Organisation:
    """Register an organisation: `name`, `source`, `as_of`, `code_note` and fields of the registry.

    Raises ValidationError by field, PermissionDenied.
    """
    told = _settled(actor, at, values)
    with refusals_told():
        return registry.register_organisation(
            actor=actor,
            at=at,
            name=told.pop("name"),
            source=Source(told.pop("source"), told.pop("as_of")),
            code_note=told.pop("code_note"),
            values=told,
        )


@transaction.atomic
def change_organisation(
    *, actor: User, at: datetime, row: Organisation, values: Values, seen: int | None
) -> None:
    """Change what is known of an organisation of the version `seen`.

    Raises StaleEdit, ValidationError by field, PermissionDenied.
    """
    told = _settled(actor, at, values)
    with refusals_told():
        registry.describe_organisation(
            actor=actor,
            at=at,
            organisation=row,
            source=Source(told.pop("source"), told.pop("as_of")),
            code_note=told.pop("code_note"),
            values=told,
            seen=seen,
        )


def merge(**told: Any) -> Merge:
    """`merging.merge`, with its refusals as ValidationError."""
    with refusals_told():
        return merging.merge(**told)


def unmerge(**told: Any) -> Merge:
    """`merging.unmerge`, with its refusals as ValidationError."""
    with refusals_told():
        return merging.unmerge(**told)


@contextmanager
def refusals_told() -> Iterator[None]:
    """What the registry says against an act, as the forms show it."""
    try:
        yield
    except OrganisationRefused as refusal:
        errors = dict(refusal.errors)
        if "code" in refusal.to_confirm:
            errors["code_note"] = _("要保留这个代码，请在这里写明理由。")
        raise ValidationError(errors) from refusal
    except merging.MergeRefused as refusal:
        raise ValidationError(refusal.reasons) from refusal


def _settled(actor: User, at: datetime, values: Values) -> dict[str, Any]:
    """The values with the parent as an organisation of the registry."""
    told = dict(values)
    try:
        told["parent"] = organisation_for(actor=actor, at=at, text=told["parent"])
    except ValidationError as refusal:
        raise ValidationError({"parent": refusal.messages}) from refusal
    return told
