"""Organisations as the desk enters and changes them: others are named by text, refusals told by field."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.services.announcing import tell_organisation
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


@transaction.atomic
def rename_organisation(
    *,
    actor: User,
    at: datetime,
    row: Organisation,
    name: str,
    since: date,
    source: str,
    seen: int | None,
) -> None:
    """Give an organisation of the version `seen` a new name from a day on.

    Raises StaleEdit, ValidationError by field, PermissionDenied.
    """
    before = row.name
    with refusals_told():
        registry.rename_organisation(
            actor=actor, at=at, organisation=row, name=name, since=since, source=source, seen=seen
        )
    tell_organisation(actor=actor, at=at, kind="organisation.renamed", row=row, other=before)


def add_name(*, row: Organisation, **told: Any) -> None:
    """`registry.add_name`, with its refusals as ValidationError."""
    with refusals_told():
        registry.add_name(organisation=row, **told)


def put_on_list(*, row: Organisation, **told: Any) -> None:
    """`registry.put_on_list`, with its refusals as ValidationError."""
    with refusals_told():
        registry.put_on_list(organisation=row, **told)


@transaction.atomic
def merge(*, actor: User, at: datetime, reason: str, **told: Any) -> Merge:
    """`merging.merge`, with its refusals as ValidationError; those concerned are told."""
    with refusals_told():
        done = merging.merge(actor=actor, at=at, reason=reason, **told)
    _tell_merge(actor, at, "organisation.merged", done, reason)
    return done


@transaction.atomic
def unmerge(*, actor: User, at: datetime, reason: str, **told: Any) -> Merge:
    """`merging.unmerge`, with its refusals as ValidationError; those concerned are told."""
    with refusals_told():
        done = merging.unmerge(actor=actor, at=at, reason=reason, **told)
    _tell_merge(actor, at, "organisation.unmerged", done, reason)
    return done


def _tell_merge(actor: User, at: datetime, kind: str, done: Merge, reason: str) -> None:
    tell_organisation(
        actor=actor, at=at, kind=kind, row=done.kept, other=done.gone.name, body=reason
    )


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
    """The values with the parent, where one is told, as an organisation of the registry."""
    told = dict(values)
    if told["as_of"] > timezone.localdate(at):
        raise ValidationError({"as_of": _("日期不能晚于今天。")})
    if "parent" in told:
        try:
            told["parent"] = organisation_for(actor=actor, at=at, text=told["parent"])
        except ValidationError as refusal:
            raise ValidationError({"parent": refusal.messages}) from refusal
    return told
