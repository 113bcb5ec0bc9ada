"""What the desk offers to reports: its tables, each number with its way back to the evidence.

Stages, amounts, money, shares and efforts are as known at the report's instant; the investor of a
project and the results of an event are kept without their past, and told as they stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Max, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.audit.models import Row
from shangheng.core.dictionaries.selectors import value as entry
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.domain.money import Turn, rejected_by_reason
from shangheng.desks.investment.models import Counted, EffortKind, Event, EventKind, Project
from shangheng.desks.investment.selectors.credit import LeagueLine, league
from shangheng.desks.investment.selectors.events import with_results
from shangheng.desks.investment.selectors.goals import ClassLine
from shangheng.desks.investment.selectors.goals import lines_of as goal_lines
from shangheng.desks.investment.selectors.money import CAPITAL, INDUSTRIAL
from shangheng.engines.cases.models import Milestone
from shangheng.engines.cases.rulebook import version_now
from shangheng.engines.cases.selectors.milestones import holding
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import RecognitionStep
from shangheng.engines.ledger.sections import About, Asked, Cell, Column, Table, Told

SIGNED = "signed"
SIGNED_PROJECTS, AGREED = "investment.projects_signed", "investment.agreed_amount"
STANDS = {"applied", "allotted"}
MOST = 20
"""Projects that a table names unless told otherwise; the rest stand in one row."""
YI = "亿元"  # zh-data: a unit of measure
PIECES = "个"  # zh-data: a unit of measure


def latest() -> Subquery:
    """The last act on anything of the desk or of its cases."""
    acts = Q(act__startswith="investment.") | Q(act__startswith="cases.")
    return Subquery(Row.objects.filter(acts).order_by("-number").values("number")[:1])


def elsewhere(about: About) -> bool:
    """Whether another district is asked about, of which the desk holds nothing."""
    return about.area != settings.HOME_AREA


@dataclass(frozen=True, slots=True)
class Named:
    """A project signed in the period: what it agreed (亿元), and how far it was at the end."""

    project: Project
    amount: Decimal | None
    stage: str


def named_projects(about: About) -> list[Named]:
    """The projects signed in a period, those that agreed most first, as known at its instant."""
    last = about.period.end.last
    held = holding(last, about.known_at).filter(case__workflow="investment_project")
    signed = held.filter(stage=SIGNED, occurred_on__gte=about.period.start.first)
    rows = list(
        Project.objects.filter(case__in=signed.values("case")).select_related("investor", "case")
    )
    tops = held.filter(case__in=signed.values("case"))
    stages = version_now("investment_project").stages
    furthest = dict(_tops(tops))
    amounts = _agreed([row.pk for row in rows], about)
    found = [Named(row, amounts.get(row.pk), stages[furthest[row.case_id]].name) for row in rows]
    return sorted(found, key=lambda one: (-(one.amount or 0), one.project.pk))


def _tops(rows: QuerySet[Milestone]) -> Iterable[tuple[int | None, int]]:
    return rows.order_by().values_list("case").annotate(top=Max("rank"))


def _agreed(projects: Sequence[int], about: About) -> dict[int, Decimal]:
    """What the ledger held of each project's agreed investment at the instant."""
    then = about.known_at
    rows = Counted.objects.filter(
        Q(posting=None) | Q(posting__recorded_at__lte=then),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=then),
        project__in=projects,
        indicator=AGREED,
    )
    return dict(rows.order_by("pk").values_list("project", "value"))


def projects_table(about: About) -> Table:
    """Named projects with who invests, what they agreed, and how far they had come."""
    found = [] if elsewhere(about) else named_projects(about)
    agreed = Query(AGREED, about.period, about.area)
    most = about.most or MOST
    rows: list[list[Cell]] = [_project_row(one, agreed) for one in found[:most]]
    if rest := found[most:]:
        rows.append(_rest_row(rest, about))
    if rows:
        signed = Query(SIGNED_PROJECTS, about.period, about.area)
        rows.append([_("合计"), Asked(signed), Asked(agreed), ""])
    columns = [
        Column(_("项目")), Column(_("投资方")),
        Column(_("协议投资额"), YI), Column(_("期末进展")),
    ]  # fmt: skip
    return Table(columns, rows, _("没有本期签约的项目"))


def _project_row(one: Named, agreed: Query) -> list[Cell]:
    row = one.project
    told: Cell = None
    if one.amount is not None:
        label = _("%(project)s协议投资额") % {"project": row.name}
        told = Told(
            one.amount.normalize(), YI, label, f"subject:{row.name}:{row.pk}", agreed, row.name,
            is_sample=row.is_sample,
        )  # fmt: skip
    return [row.name, row.investor.name if row.investor else "—", told, one.stage]


def _rest_row(rest: Sequence[Named], about: About) -> list[Cell]:
    """The projects that are not named, together."""
    count = Told(
        Decimal(len(rest)), PIECES, _("未列名的签约项目数"), f"rest:{len(rest)}",
        Query(SIGNED_PROJECTS, about.period, about.area),
        is_sample=any(one.project.is_sample for one in rest),
    )  # fmt: skip
    amount = sum((one.amount or Decimal(0) for one in rest), Decimal(0))
    together = Told(
        amount.normalize(), YI, _("未列名签约项目的协议投资额"), f"rest:{len(rest)}",
        Query(AGREED, about.period, about.area),
        is_sample=count.is_sample,
    )  # fmt: skip
    return [_("其余项目"), count, together, ""]


def money_table(about: About) -> Table:
    """Money in place by where it stands on its way through the city, rejections by reason."""
    whole, industrial = (Query(code, about.period, about.area) for code in (CAPITAL, INDUSTRIAL))
    order = (Status.CLAIMED, Status.SUBMITTED, Status.RECOGNISED, Status.REJECTED)
    rows: list[list[Cell]] = [
        [
            str(one.word),
            Asked(whole, _("到位资金（%s）") % one.word, one.name.lower()),
            Asked(industrial, _("产业到资（%s）") % one.word, one.name.lower()),
        ]
        for one in order
    ]
    for reason, amount in _rejected(CAPITAL, about).items():
        label = _("到位资金拒统：%s") % reason
        told = Told(amount.normalize(), YI, label, f"rejected:{reason}", whole)
        rows.append([_("其中：%s") % reason, told, ""])
    columns = [Column(_("认定情况")), Column(_("到位资金"), YI), Column(_("产业到资"), YI)]
    return Table(columns, [] if elsewhere(about) else rows, _("没有到资"))


def _rejected(code: str, about: About) -> dict[str, Decimal]:
    """What stands rejected, by the reason in words, the largest first."""
    steps = RecognitionStep.objects.filter(
        Q(origin=Status.REJECTED) | Q(destination=Status.REJECTED),
        posting__series__indicator__code=code,
        posting__series__area=about.area,
        posting__occurred_on__range=(about.period.start.first, about.period.end.last),
        recorded_at__lte=about.known_at,
    ).order_by("pk")
    turns = [
        Turn(posting, reason, amount if destination == Status.REJECTED else -amount)
        for posting, destination, reason, amount in steps.values_list(
            "posting", "destination", "reason", "amount"
        )
    ]
    unit = catalogue.unit_of(catalogue.definition(code, about.period.end.last))
    found = {_reason(code): unit.from_minor(n) for code, n in rejected_by_reason(turns).items()}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _reason(code: str) -> str:
    found = entry(catalogue.REJECTION_REASONS, code)
    return found.name if found else code or _("未注明原因")


def goals_table(about: About) -> Table:
    """Each class of structural goals: recognised, claimed as well, target; then every project once."""
    moment = Moment(str(about.period), None, about.known_at)
    lines = [] if elsewhere(about) else goal_lines(moment)
    columns = [
        Column(_("类别")), Column(_("已认定"), PIECES), Column(_("含待认定"), PIECES),
        Column(_("目标"), PIECES), Column(_("完成率"), "%"),
    ]  # fmt: skip
    return Table(columns, [_goal_row(line) for line in lines], _("没有结构性目标"))


def _goal_row(line: ClassLine) -> list[Cell]:
    claimed = Asked(line.claimed.query, _("%s（含待认定）") % line.claimed.indicator.zh)
    target: Cell = None
    share: Cell = None
    if line.targets:
        goal, part = line.shares[0]
        words = {
            "year": line.recognised.query.period.end.year,
            "name": line.recognised.indicator.zh,
            "tier": goal.tier_zh,
        }
        query = line.recognised.query
        target = Told(
            goal.value.normalize(), PIECES, _("%(year)s年%(name)s%(tier)s目标") % words,
            f"target:{goal.tier}", query,
        )  # fmt: skip
        if part is not None:
            share = Told(
                round(part, 2).normalize(), "%", _("%(year)s年%(name)s%(tier)s目标完成率") % words,
                f"completion:{goal.tier}", query,
            )  # fmt: skip
    return [line.name, Asked(line.recognised.query), claimed, target, share]


def league_table(about: About) -> Table:
    """What each unit achieved by its shares, beside what it did for it; units with nothing are left out."""
    moment = Moment(str(about.period), None, about.known_at)
    units = OrgUnit.objects.filter(is_active=True)
    lines = [] if elsewhere(about) else league(units, moment)
    kinds = list(EffortKind)
    columns = [
        Column(_("单位")), Column(_("认定到资"), YI), Column(_("待认定到资"), YI),
        Column(_("签约项目"), PIECES), Column(_("协议投资额"), YI),
        *(Column(str(kind.label)) for kind in kinds), Column(_("线索")),
    ]  # fmt: skip
    rows = [_league_row(line, about, kinds) for line in lines if _did_anything(line)]
    return Table(columns, rows, _("没有单位的招商记录"))


def _did_anything(line: LeagueLine) -> bool:
    figures = (line.recognised, line.pending, line.signed, line.agreed)
    return any(figures) or any(line.efforts.values()) or line.leads > 0


def _league_row(line: LeagueLine, about: About, kinds: Sequence[EffortKind]) -> list[Cell]:
    name, unit = line.row.name, line.pk

    def told(value: Decimal, code: str, key: str, label: str, measure: str) -> Told:
        query = Query(code, about.period, about.area)
        return Told(value.normalize(), measure, f"{name}{label}", f"league:{unit}:{key}", query)

    def done(kind: EffortKind) -> Told:
        count, label = Decimal(line.efforts.get(kind.value, 0)), f"{name}{kind.label}"
        span = f"from={about.period.start.first}&to={about.period.end.last}"
        page = f"{reverse('efforts')}?tab={kind.value}&unit={unit}&{span}"
        return Told(count, "", label, f"effort:{unit}:{kind.value}", url=page)

    page = f"{reverse('leads')}?unit={unit}"
    return [
        name,
        told(line.recognised, CAPITAL, "recognised", _("到位资金（按分成，已认定）"), YI),
        told(line.pending, CAPITAL, "pending", _("到位资金（按分成，待认定）"), YI),
        told(line.signed, SIGNED_PROJECTS, "signed", _("签约项目数（按分成）"), PIECES),
        told(line.agreed, AGREED, "agreed", _("协议投资额（按分成）"), YI),
        *(done(kind) for kind in kinds),
        Told(Decimal(line.leads), "", _("%s登记的线索") % name, f"leads:{unit}", url=page),
    ]


def events_table(about: About) -> Table:
    """The events of a period with what came of them."""
    first, last = about.period.start.first, about.period.end.last
    found = with_results(
        Event.objects.filter(starts_on__range=(first, last), entered_at__lte=about.known_at)
    )
    rows = (
        [] if elsewhere(about) else [_event_row(row) for row in found.order_by("starts_on", "pk")]
    )
    columns = [
        Column(_("活动")), Column(_("日期")), Column(_("地点")), Column(_("涉及项目"), PIECES),
        Column(_("现场签约"), PIECES), Column(_("签约协议投资额"), YI),
        Column(_("申请展位"), PIECES), Column(_("获批展位"), PIECES),
    ]  # fmt: skip
    return Table(columns, rows, _("没有登记的招商活动"))


def _event_row(row: Event) -> list[Cell]:
    page = reverse("event", args=[row.pk])
    results = vars(row)  # what `with_results` has added

    def told(name: str, label: str, unit: str) -> Cell:
        value = results[name]
        if value is None or (name in STANDS and row.kind != EventKind.FAIR):
            return None
        words = {"event": row.name, "what": label}
        return Told(
            Decimal(value).normalize(), unit, _("%(event)s：%(what)s") % words,
            f"event:{row.pk}:{name}", url=page, is_sample=row.is_sample,
        )  # fmt: skip

    return [
        _event_name(row),
        _days(row.starts_on, row.ends_on),
        row.place or "—",
        told("projects", _("涉及项目"), PIECES),
        told("signed", _("现场签约"), PIECES),
        told("agreed", _("签约协议投资额"), YI),
        told("applied", _("申请展位"), PIECES),
        told("allotted", _("获批展位"), PIECES),
    ]


def _event_name(row: Event) -> str:
    """Its name, with the session where the name does not say it."""
    if not row.session or row.session in row.name:
        return row.name
    return f"{row.name}（{row.session}）"  # zh-data: brackets


def _days(first: date, last: date) -> str:
    one = _("%(month)d月%(day)d日") % {"month": first.month, "day": first.day}
    if first == last:
        return one
    if first.month == last.month:
        return _("%(first)s至%(day)d日") % {"first": one, "day": last.day}
    other = _("%(month)d月%(day)d日") % {"month": last.month, "day": last.day}
    return _("%(first)s至%(last)s") % {"first": one, "last": other}
