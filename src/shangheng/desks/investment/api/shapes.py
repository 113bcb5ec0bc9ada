"""How leads, projects, milestones and arrivals look in the API."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Number
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.wording import lazy as _
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.desks.investment.models import Arrival, Lead, Project
from shangheng.desks.investment.selectors.money import ArrivalLine
from shangheng.engines.cases.models import Case, Milestone
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.registry.access import person_for
from shangheng.engines.registry.models import Contact, Organisation


class OrganisationBrief(Schema):
    """An organisation of the registry."""

    id: int
    name: str
    code: str = Field(description=_("统一社会信用代码，未知为空。"))


class HandledOut(Schema):
    """What leads and projects share."""

    id: int
    stage: str = Field(description=_("现在所处的环节。"))
    closed: bool
    owner: str = Field(description=_("负责人的用户名。"))
    unit: UnitBrief | None
    due_on: date | None = Field(description=_("办理期限。"))
    investor: OrganisationBrief | None
    industry: str = Field(description=_("GB/T 4754-2017 的行业代码。"))
    created_at: datetime
    sample: bool


class LeadBrief(HandledOut):
    """A lead in a list."""

    title: str
    source: str
    expected_investment: Number | None = Field(description=_("意向投资额，亿元。"))
    claimed_by: str | None = Field(description=_("认领人的用户名；null 即待认领。"))
    claim_until: date | None


class LeadOut(LeadBrief):
    """A lead by itself; a contact is masked without `registry.personal`."""

    referrer: str
    contact_name: str
    contact_phone: str
    content: str
    first_talker: str | None
    first_talked_on: date | None
    assessment: str
    reply: str
    duplicate_checked: bool
    duplicate_note: str
    project: int | None = Field(description=_("转成的项目的编号。"))


class MilestoneOut(Schema):
    """A stage that was reached on a day, and holds."""

    id: int
    project: int = Field(description=_("项目的编号。"))
    stage: str
    occurred_on: date
    recorded_at: datetime
    recorded_by: str
    verified_by: str | None
    note: str


class ProjectBrief(HandledOut):
    """A project in a list."""

    name: str
    kind: str
    capital: str
    company: OrganisationBrief | None
    agreed_investment: Number | None = Field(description=_("协议投资额，亿（币种见 currency）。"))
    currency: str
    agreed_cny: Number | None = Field(description=_("折人民币，亿元；未知为 null。"))
    landing_unit: UnitBrief | None
    longitude: Number | None = Field(description=_("经度，WGS-84 的度；不知道为 null。"))
    latitude: Number | None = Field(description=_("纬度，WGS-84 的度。"))
    status: str
    tracked: bool


class ProjectOut(ProjectBrief):
    """A project with its milestones."""

    group: OrganisationBrief | None
    rate: Number | None
    rate_on: date | None
    chain: str
    needs_land: bool | None
    land_area: Number | None = Field(description=_("用地面积，亩。"))
    parcel: str
    space_area: Number | None = Field(description=_("厂房楼宇面积，平方米。"))
    statistics_code: str
    team: list[str] = Field(description=_("专班成员的用户名。"))
    note: str
    status_reason: str
    milestones: list[MilestoneOut]


class ArrivalOut(Schema):
    """Money that arrived by one voucher, and where what counts of it stands (亿元)."""

    id: int
    project: int = Field(description=_("项目的编号。"))
    paid_on: date
    kind: str = Field(description=_("凭证种类的代码。"))
    number: str
    payer: OrganisationBrief | None
    amount: Number = Field(description=_("凭证金额，万（币种见 currency）。"))
    currency: str
    rate: Number | None
    rate_on: date | None
    cumulated_from: date | None
    industrial: bool
    counted: Number = Field(description=_("计入的金额，亿元。"))
    claimed: Number
    submitted: Number
    recognised: Number
    rejected: Number
    posting: int | None = Field(description=_("入账记录的编号。"))
    evidence: list[int] = Field(description=_("凭证编号。"))
    note: str
    entered_at: datetime
    entered_by: str
    taken_back_at: datetime | None
    taken_back_why: str
    sample: bool


def organisation_brief(row: Organisation | None) -> OrganisationBrief | None:
    """An organisation, as other records name it."""
    return OrganisationBrief(id=row.pk, name=row.name, code=row.code) if row else None


def lead_brief(row: Lead) -> LeadBrief:
    """A lead in a list."""
    return LeadBrief(**_lead(row))


def lead_out(actor: User, row: Lead) -> LeadOut:
    """A lead by itself, as `actor` may see it."""
    contact = person_for(actor, Contact(name=row.contact_name, phone=row.contact_phone))
    talker = row.first_talker
    return LeadOut(
        **_lead(row),
        referrer=row.referrer,
        contact_name=contact.name,
        contact_phone=contact.phone,
        content=row.content,
        first_talker=talker.username if talker else None,
        first_talked_on=row.first_talked_on,
        assessment=row.assessment,
        reply=row.reply,
        duplicate_checked=row.duplicate_checked,
        duplicate_note=row.duplicate_note,
        project=row.project_id,
    )


def project_brief(row: Project) -> ProjectBrief:
    """A project in a list."""
    return ProjectBrief(**_project(row))


def project_out(row: Project) -> ProjectOut:
    """A project by itself."""
    held = standing(row.matter).select_related("recorded_by", "verification__verifier")
    return ProjectOut(
        **_project(row),
        group=organisation_brief(row.group),
        rate=row.rate_as_entered,
        rate_on=row.rate_on,
        chain=row.chain,
        needs_land=row.needs_land,
        land_area=row.land,
        parcel=row.parcel,
        space_area=row.floor_space,
        statistics_code=row.statistics_code,
        team=sorted(row.team.values_list("username", flat=True)),
        note=row.note,
        status_reason=row.status_reason,
        milestones=milestones_out(held.order_by("rank")),
    )


def milestones_out(rows: Iterable[Milestone]) -> list[MilestoneOut]:
    """Milestones; they come with who recorded and who verified them."""
    return [milestone_out(row) for row in rows]


def milestone_out(row: Milestone) -> MilestoneOut:
    """One milestone."""
    verification = getattr(row, "verification", None)
    return MilestoneOut(
        id=row.pk,
        project=row.case.subject_id,
        stage=row.stage,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.username,
        verified_by=verification.verifier.username if verification else None,
        note=row.note,
    )


def arrival_out(line: ArrivalLine) -> ArrivalOut:
    """An arrival with where it stands."""
    row: Arrival = line.row
    return ArrivalOut(
        id=row.pk,
        project=row.project_id,
        paid_on=row.paid_on,
        kind=row.kind,
        number=row.number,
        payer=organisation_brief(row.payer),
        amount=row.plain_amount,
        currency=row.currency,
        rate=row.rate.normalize() if row.rate else None,
        rate_on=row.rate_on,
        cumulated_from=row.cumulated_from,
        industrial=row.industrial,
        counted=row.counted_cny.normalize(),
        claimed=line.held(Status.CLAIMED).normalize(),
        submitted=line.held(Status.SUBMITTED).normalize(),
        recognised=line.held(Status.RECOGNISED).normalize(),
        rejected=line.held(Status.REJECTED).normalize(),
        posting=row.posting_id,
        evidence=[one.pk for one in row.documents.all()],
        note=row.note,
        entered_at=row.entered_at,
        entered_by=row.entered_by.username,
        taken_back_at=row.taken_back_at,
        taken_back_why=row.taken_back_why,
        sample=row.is_sample,
    )


def _handled(row: Project | Lead) -> dict[str, Any]:
    case: Case = row.matter
    return {
        "id": row.pk,
        "stage": case.stage,
        "closed": case.closed,
        "owner": case.owner.username,
        "unit": unit_brief(case.unit) if case.unit else None,
        "due_on": case.due_on,
        "investor": organisation_brief(row.investor),
        "industry": row.industry,
        "created_at": row.created_at,
        "sample": row.is_sample,
    }


def _lead(row: Lead) -> dict[str, Any]:
    return _handled(row) | {
        "title": row.title,
        "source": row.source,
        "expected_investment": row.in_view,
        "claimed_by": row.claimed_by.username if row.claimed_by else None,
        "claim_until": row.claim_until,
    }


def _project(row: Project) -> dict[str, Any]:
    return _handled(row) | {
        "name": row.name,
        "kind": row.kind,
        "capital": row.capital,
        "company": organisation_brief(row.company),
        "agreed_investment": row.agreed,
        "currency": row.currency,
        "agreed_cny": row.in_cny,
        "landing_unit": unit_brief(row.landing_unit) if row.landing_unit else None,
        "longitude": trimmed(row.longitude),
        "latitude": trimmed(row.latitude),
        "status": row.status,
        "tracked": row.tracked,
    }
