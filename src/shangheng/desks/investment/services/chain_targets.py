"""Target enterprises of chains: put on the list, taken off it, made a lead of."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import ChainNode, Lead, Target
from shangheng.desks.investment.selectors.chain_targets import aims_of, suggested_note
from shangheng.desks.investment.services.chains import must_keep
from shangheng.desks.investment.services.leads import enter_lead
from shangheng.desks.investment.services.naming import organisation_for
from shangheng.desks.investment.services.writing import record

SOURCE = "chain"


@transaction.atomic
def add_target(
    *,
    actor: User,
    at: datetime,
    node: ChainNode,
    organisation: str,
    note: str = "",
    is_sample: bool = False,
) -> Target:
    """Put an enterprise (name or code) on the list of a node. Raises ValidationError,
    PermissionDenied."""
    must_keep(actor)
    found = organisation_for(actor=actor, at=at, text=organisation)
    if found is None:
        raise ValidationError({"organisation": _("请填企业名称。")})
    if node.targets.filter(organisation=found, dropped_at=None).exists():
        raise ValidationError({"organisation": _("“%s”已经在目标名单上。") % found.name})
    row = Target.objects.create(
        node=node,
        organisation=found,
        note=note.strip(),
        recorded_by=actor,
        recorded_at=at,
        is_sample=is_sample,
    )
    record(actor=actor, at=at, act="target", row=node, after={"organisation": found.name})
    return row


@transaction.atomic
def drop_target(*, actor: User, at: datetime, row: Target) -> None:
    """Take an enterprise off the list. Raises ValidationError, PermissionDenied."""
    must_keep(actor)
    if not Target.objects.filter(pk=row.pk, dropped_at=None).update(dropped_at=at):
        raise ValidationError(_("这家企业已经不在目标名单上。"))
    after = {"organisation": row.organisation.name}
    record(actor=actor, at=at, act="drop_target", row=row.node, after=after)


@transaction.atomic
def make_lead(*, actor: User, at: datetime, row: Target) -> Lead:
    """Make a lead of a target, with the reasons as its content; once.

    Raises ValidationError, PermissionDenied.
    """
    row = Target.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.lead_id is not None or row.dropped_at is not None:
        raise ValidationError(_("这家企业已经转为线索，或者不在目标名单上了。"))
    aims = {one.row.pk: one for one in aims_of(actor, row.node, at=at)}
    names = {"name": row.organisation.name, "node": row.node.name}
    content = "\n".join(part for part in (suggested_note(aims[row.pk]), row.note) if part)
    lead = enter_lead(
        actor=actor,
        at=at,
        values={
            "title": (_("%(name)s（%(node)s）") % names)[:100],
            "source": SOURCE,
            "investor": row.organisation,
            "industry": row.node.industry,
            "content": content,
        },
        is_sample=row.is_sample,
    )
    row.lead = lead
    row.save(update_fields=["lead"])
    return lead
