"""Leads are claimed, fall back into the pool, are fought over, and become projects."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng import rules
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.database.edits import take
from shangheng.desks.investment.access import may, may_rule_on
from shangheng.desks.investment.models import Dispute, Lead, Project
from shangheng.desks.investment.services.announcing import tell_disputed, tell_ruled
from shangheng.desks.investment.services.projects import enter_project
from shangheng.desks.investment.services.writing import record
from shangheng.engines.cases import rulebook
from shangheng.engines.cases.domain.calendar import add_working_days
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.services.moving import move, send_back
from shangheng.engines.cases.services.people import pass_on
from shangheng.engines.cases.services.recording import held
from shangheng.engines.registry.services.contacts import add_contact
from shangheng.engines.registry.services.organisations import Source

FIRST = "registered"


def claim_ends(day: date) -> date:
    """The last day of a claim, or of one that is renewed, on a day. Raises UnknownYear."""
    days = rules.in_force("lead_claims.yaml", day)["days"]
    return add_working_days(rulebook.calendar(), day, days)


def is_claimed(row: Lead, day: date) -> bool:
    """Whether somebody's claim holds on a day."""
    return row.claim_until is not None and row.claim_until >= day


@transaction.atomic
def claim(*, actor: User, at: datetime, row: Lead, seen: int | None = None) -> None:
    """Take a lead out of the pool, or over from a claim that has run out: it becomes the actor's.

    Raises CannotDo while another claim holds, GateClosed, StaleEdit, PermissionDenied.
    """
    if not allows(actor, "investment.edit"):
        raise PermissionDenied
    today = timezone.localdate(at)
    case = held(row.matter, seen)
    take(row, seen=None)
    row.refresh_from_db()
    if is_claimed(row, today):
        words = {"who": row.claimed_by, "until": row.claim_until}
        raise CannotDo(
            _("%(who)s已认领到%(until)s。认为应归您的，请提出争议，由负责人裁定。") % words
        )
    if case.owner_id != actor.pk:
        reason = _("认领线索")
        pass_on(actor=actor, at=at, case=case, to=actor, unit=actor.unit, reason=reason)
    if case.stage != FIRST:
        send_back(actor=actor, at=at, case=case, stage=FIRST, reason=_("认领到期，重新认领"))
    move(actor=actor, at=at, case=case, transition="claim")
    _give(row, actor, at, "claim")


@transaction.atomic
def release(*, actor: User, at: datetime, row: Lead, reason: str, seen: int | None = None) -> None:
    """Put a lead back into the pool, with a reason. Raises CannotDo, StaleEdit, PermissionDenied."""
    if not may(actor, row, "edit"):
        raise PermissionDenied
    if row.claimed_by is None:
        raise CannotDo(_("这条线索没有人认领。"))
    send_back(actor=actor, at=at, case=row.matter, stage=FIRST, reason=reason, seen=seen)
    take(row, seen=None)
    before = {"claimed_by": row.claimed_by.username}
    row.claimed_by, row.claim_until = None, None
    row.save(update_fields=["claimed_by", "claim_until"])
    record(actor=actor, at=at, act="release", row=row, before=before, after={"claimed_by": None})


def renew(row: Lead, at: datetime) -> None:
    """A step of whoever has claimed a lead lets the claim run anew."""
    if row.claimed_by_id is not None and not row.matter.closed:
        row.claim_until = claim_ends(timezone.localdate(at))
        row.save(update_fields=["claim_until"])


@transaction.atomic
def dispute(*, actor: User, at: datetime, row: Lead, grounds: str) -> Dispute:
    """Say that a lead which somebody else has claimed is one's own. Raises CannotDo,
    PermissionDenied."""
    if not allows(actor, "investment.edit"):
        raise PermissionDenied
    if row.claimed_by_id is None or row.claimed_by_id == actor.pk:
        raise CannotDo(_("没有别人认领这条线索，请直接认领。"))
    if Dispute.objects.filter(lead=row, claimant=actor, upheld=None).exists():
        raise CannotDo(_("您对这条线索的争议还没有裁定。"))
    made = Dispute.objects.create(lead=row, claimant=actor, grounds=grounds.strip(), raised_at=at)
    record(actor=actor, at=at, act="dispute", row=row, after={"reason": made.grounds})
    tell_disputed(actor=actor, at=at, made=made)
    return made


@transaction.atomic
def rule(*, actor: User, at: datetime, dispute: Dispute, upheld: bool, ruling: str) -> None:
    """Rule on a dispute, with reasons: upheld, the lead passes to the claimant with its claim.

    Raises CannotDo for what was ruled on before and for either side, GateClosed where a released lead
    lacks what a claim asks for, PermissionDenied.
    """
    row = dispute.lead
    if not may(actor, row, "rule"):
        raise PermissionDenied
    case = held(row.matter, None)
    take(row, seen=None)
    current = Dispute.objects.select_related("claimant", "lead__case").get(pk=dispute.pk)
    if current.upheld is not None:
        raise CannotDo(_("这起争议已经裁定。"))
    if actor.pk in {current.claimant_id, row.claimed_by_id}:
        raise CannotDo(_("争议双方不能裁定，请由别人裁定。"))
    if not ruling.strip():
        raise CannotDo(_("裁定要写明理由。"))
    if not may_rule_on(actor, current):
        raise CannotDo(_("争议涉及您不管的单位，请双方共同的上级裁定。"))
    current.upheld, current.ruling = upheld, ruling.strip()
    current.ruled_by, current.ruled_at = actor, at
    current.save(update_fields=["upheld", "ruling", "ruled_by", "ruled_at"])
    after = {"claimed_by": current.claimant.username, "reason": current.ruling, "agreed": upheld}
    record(actor=actor, at=at, act="rule", row=row, after=after)
    tell_ruled(actor=actor, at=at, made=current, holder=row.claimed_by)
    if upheld:
        person = current.claimant
        pass_on(actor=actor, at=at, case=case, to=person, unit=person.unit, reason=current.ruling)
        if case.stage == FIRST:  # it was released meanwhile
            move(actor=person, at=at, case=case, transition="claim")
        row.refresh_from_db()
        _give(row, person, at, "claim", by=actor)


@transaction.atomic
def note_duplicates(
    *, actor: User, at: datetime, row: Lead, conclusion: str, seen: int | None
) -> None:
    """Say what the search for duplicates came to. Raises CannotDo, StaleEdit, PermissionDenied."""
    if not may(actor, row, "edit"):
        raise PermissionDenied
    if not conclusion.strip():
        raise CannotDo(_("请写明查重结论，例如“与#12不是同一项目，投资内容不同”。"))
    take(row, seen=seen)
    row.refresh_from_db()
    row.duplicate_checked, row.duplicate_note = True, conclusion.strip()
    row.save(update_fields=["duplicate_checked", "duplicate_note"])
    record(actor=actor, at=at, act="duplicates", row=row, after={"note": row.duplicate_note})


@transaction.atomic
def convert(
    *,
    actor: User,
    at: datetime,
    row: Lead,
    project: Project | None = None,
    name: str = "",
    seen: int | None = None,
) -> Project:
    """Make a lead a project, or attach it to one that there is already; the lead is done with.

    A new project begins with what the lead knows, on the day of the first talk where there is one.
    Raises CannotDo, GateClosed, ValidationError, StaleEdit, PermissionDenied.
    """
    if not may(actor, row, "edit"):
        raise PermissionDenied
    if project is None:
        values = {"name": name or row.title, "investor": row.investor, "industry": row.industry}
        begun = row.first_talked_on or timezone.localdate(row.created_at)
        project = enter_project(
            actor=actor,
            at=at,
            values=values | {"note": row.content},
            unit=row.matter.unit,
            occurred_on=begun,
        )
    elif not may(actor, project, "edit"):
        raise PermissionDenied
    _take_contact_along(actor, at, row, project)
    take(row, seen=None)
    row.project = project
    row.save(update_fields=["project"])
    move(actor=actor, at=at, case=row.matter, transition="convert", seen=seen)
    record(actor=actor, at=at, act="convert", row=row, after={"project": project.name})
    return project


def _take_contact_along(actor: User, at: datetime, row: Lead, project: Project) -> None:
    """Keep whom the lead knows as a contact of the project's investor, unless they are known."""
    investor, name = project.investor, row.contact_name.strip()
    if investor is None or not name or not allows(actor, "registry.edit"):
        return
    if investor.contacts.filter(name=name).exists():
        return
    source = Source(_("线索#%(pk)s") % {"pk": row.pk}, timezone.localdate(at))
    add_contact(
        actor=actor, at=at, organisation=investor, source=source, name=name, phone=row.contact_phone
    )


def _give(row: Lead, person: User, at: datetime, act: str, by: User | None = None) -> None:
    """Write whose claim it is, and until when."""
    before = {"claimed_by": row.claimed_by.username if row.claimed_by else None}
    row.claimed_by, row.claim_until = person, claim_ends(timezone.localdate(at))
    row.save(update_fields=["claimed_by", "claim_until"])
    after = {"claimed_by": person.username, "until": row.claim_until.isoformat()}
    record(actor=by or person, at=at, act=act, row=row, before=before, after=after)
