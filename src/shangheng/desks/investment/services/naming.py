"""Investors and companies by the name that somebody types: found in the registry, or registered there."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.services.writing import Values
from shangheng.engines.registry.matching import by_code
from shangheng.engines.registry.models import Kind, Name, Organisation
from shangheng.engines.registry.services.naming import without_blanks
from shangheng.engines.registry.services.organisations import (
    OrganisationRefused,
    Source,
    register_organisation,
)


def organisation_named(text: str) -> Organisation | None:
    """The organisation that bears this very name, now or formerly, or this code; None for none.

    Raises ValidationError when several do.
    """
    if (found := by_code(text)) is not None:
        return found
    names = Name.objects.filter(name=without_blanks(text), organisation__merged_into=None)
    keys = set(names.values_list("organisation", flat=True))
    if len(keys) > 1:
        raise ValidationError(_("有%d家单位叫“%s”，请改填统一社会信用代码。") % (len(keys), text))
    return Organisation.objects.filter(pk__in=keys).first()


SOURCE = "招商登记"  # zh-data: kept as the source of what is registered here
ORGANISATIONS = ("investor", "group", "company")


def with_organisations(*, actor: User, at: datetime, values: Values, foreign: bool) -> Values:
    """Values in which organisations that were named by text are those of the registry.

    Raises ValidationError by field, PermissionDenied.
    """
    settled = dict(values)
    for field in ORGANISATIONS:
        if not isinstance(text := values.get(field), str):
            continue
        abroad = foreign and field != "company"
        try:
            settled[field] = organisation_for(actor=actor, at=at, text=text, foreign=abroad)
        except ValidationError as refusal:
            raise ValidationError({field: refusal.messages}) from refusal
    return settled


def organisation_for(
    *, actor: User, at: datetime, text: str, foreign: bool = False
) -> Organisation | None:
    """The organisation of that name or code; one that is not known yet is registered. None for "".

    Raises ValidationError, PermissionDenied without `registry.edit`.
    """
    if not text.strip():
        return None
    found = organisation_named(text)
    if found is not None:
        return found
    kind = Kind.FOREIGN if foreign else Kind.ENTERPRISE
    try:
        return register_organisation(
            actor=actor,
            at=at,
            name=text,
            source=Source(SOURCE, timezone.localdate(at)),
            values={"kind": kind},
        )
    except OrganisationRefused as refusal:
        raise ValidationError(" ".join(refusal.errors.values())) from refusal
