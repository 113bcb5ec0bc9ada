"""A target sheet to take away: as Word in the layout of official documents, and as Excel."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.export import workbook
from shangheng.core.exchange.files import MEDIA, File
from shangheng.core.exchange.writing import Written
from shangheng.core.ui.figures import unit_after, unit_text
from shangheng.desks.targets.selectors.sheets import PointLine, SheetPage, SheetRow
from shangheng.desks.targets.sheet_words import moved_words, printed, tier_word
from shangheng.desks.targets.words import indicator_word
from shangheng.engines.ledger.selectors.targets import Goal
from shangheng.methods.documents.model import (
    Annex,
    Block,
    Column,
    Document,
    FigureRun,
    Heading,
    Inline,
    Paragraph,
    Run,
    Table,
)
from shangheng.methods.documents.numbering import written_date
from shangheng.methods.documents.word import to_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def export_sheet(*, actor: User, at: datetime, page: SheetPage, form: str) -> File:
    """The sheet as `docx` or `xlsx`, with a row in the audit."""
    sheet = page.sheet
    name = _("%(year)s年目标表第%(number)s版.%(form)s") % {
        "year": sheet.year,
        "number": sheet.number,
        "form": form,
    }
    if form == "docx":
        file = File(name, DOCX, to_docx(document_of(page, at), settings.REPORT_FONTS))
    else:
        content = workbook(str(sheet.year), _header(), _table(page), _about(actor, at, page))
        file = File(name, MEDIA["xlsx"], content)
    with transaction.atomic():
        audit.record(
            actor=actor,
            act="targets.export",
            at=at,
            target=f"ledger.targetsheet:{sheet.pk}",
            label=name,
            after={"known_at": page.known_at.isoformat()},
        )
    return file


def _about(actor: User, at: datetime, page: SheetPage) -> list[str]:
    """What stands above the header: which sheet, its source, as known when, who took it when."""
    sheet = page.sheet
    known, now = (f"{timezone.localtime(each):%Y-%m-%d %H:%M}" for each in (page.known_at, at))
    return [
        _("%(year)s年目标表第%(number)s版") % {"year": sheet.year, "number": sheet.number},
        _("编制依据：%s") % sheet.source,
        _("截至%(known)s所知，共%(rows)d行") % {"known": known, "rows": len(page.goals)},
        _("%(who)s于%(at)s导出") % {"who": f"{actor.display_name}（{actor.username}）", "at": now},
    ]


def document_of(page: SheetPage, at: datetime) -> Document:
    """The sheet as a document: the table of targets, what bases have moved, an annex of growth points."""
    sheet = page.sheet
    signed = timezone.localtime(sheet.signed_at).date() if sheet.signed_at else None
    intro = _("上年实际数取自台账，截至%(day)s所知。编制依据：%(source)s。") % {
        "day": written_date(timezone.localtime(page.known_at).date()),
        "source": sheet.source,
    }
    blocks: list[Block] = [Paragraph((Run(intro),)), Heading(1, _("目标")), _targets(page)]
    if bases := _bases(page):
        blocks += [Heading(1, _("基数说明")), *bases]
    points = Annex(_("增长点"), (_points(page),)) if page.points else None
    return Document(
        title=_("%(bureau)s%(year)s年目标表")
        % {"bureau": settings.BUREAU_NAME, "year": sheet.year},
        subtitle="" if signed else _("（草案，第%s版）") % sheet.number,
        issuer=settings.BUREAU_NAME,
        date=signed,
        blocks=tuple(blocks),
        annexes=(points,) if points else (),
        created_at=at,
    )


def _bases(page: SheetPage) -> list[Paragraph]:
    """What is to be said about bases that have moved, with the reason where one was accepted."""
    accepted = {one.indicator.code: one for one in page.accepted}
    told = []
    for row in page.rows:
        kept = accepted.get(row.indicator.code)
        if kept:
            words = _("%(told)s。认可的理由：%(reason)s") % {
                "told": kept.told,
                "reason": " ".join(kept.reason.split()),
            }
        else:
            words = moved_words(row.stale) if row.stale else ""
        if words:
            told.append(Paragraph((Run(f"{row.name}：{words}。"),)))
    return told


def _targets(page: SheetPage) -> Table:
    tiers = [tier["code"] for tier in page.tiers]
    columns = (
        Column(_("指标"), width=5),
        Column(_("单位"), "center", 2),
        Column(_("%s年实际") % (page.sheet.year - 1), "right", 2),
        *(Column(tier_word(tier), "right", 3) for tier in tiers),
    )
    rows = [
        (
            Run(row.name),
            Run(unit_text(row.definition.unit)),
            _actual(row),
            *(Run(_goal(row, tier)) for tier in tiers),
        )
        for row in page.rows
        if row.goals
    ]
    return Table(columns, tuple(rows))


def _actual(row: SheetRow) -> Inline:
    if row.actual.value is None:
        return Run("—")
    text = printed(row.actual.value, row.definition.decimals)
    return FigureRun(text, row.actual.reference, row.definition.scope.replace("\n", " "))


def _goal(row: SheetRow, tier: str) -> str:
    goal = next((goal for goal in row.goals if goal.tier == tier), None)
    if goal is None:
        return "—"
    value = printed(goal.value, row.definition.decimals)
    growth = goal.row.growth
    return value if growth is None else f"{value}（{printed(growth, 2)}%）"


def _points(page: SheetPage) -> Table:
    columns = (
        Column(_("增长点"), width=4),
        Column(_("指标"), width=4),
        Column(_("预计实现"), "center", 3),
        Column(_("金额"), "right", 4),
        Column(_("把握"), "right", 2),
    )
    rows = [
        (
            Run(line.row.name),
            Run(page.row(line.row.indicator.code).name),
            Run(written_date(line.row.due_on)),
            Run(amount_range(line)),
            Run(f"{printed(line.row.probability, 2)}%"),
        )
        for line in page.points
    ]
    return Table(columns, tuple(rows))


def amount_range(line: PointLine) -> str:
    """What a growth point brings, with its unit: 0.2—0.25亿美元."""
    unit = line.definition.unit
    ends = [f"{line.low:f}"] if line.low == line.high else [f"{line.low:f}", f"{line.high:f}"]
    return "—".join(ends) + unit_after(unit)


def _header() -> list[str]:
    return [
        _("指标"),
        _("指标编码"),
        _("档次"),
        _("责任单位"),
        _("到几月累计"),
        _("目标值"),
        _("计量单位"),
        _("增幅（%）"),
        _("设定时的基数"),
        _("现基数"),
        _("按现基数的增幅（%）"),
        _("基数来源"),
        _("核对"),
    ]


def _table(page: SheetPage) -> Iterator[list[Written]]:
    for goal in page.goals:
        yield _line(goal)


def _line(goal: Goal) -> list[Written]:
    row, check = goal.row, goal.base_check
    return [
        indicator_word(row.indicator.code),
        row.indicator.code,
        tier_word(goal.tier),
        row.unit.label if row.unit else "",
        row.month,
        goal.value,
        goal.definition.unit,
        row.growth,
        goal.remembered,
        check.now if check else None,
        _rounded(check.growth_now) if check else None,
        row.base_source,
        moved_words([goal]) if goal.stale else "",
    ]


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 2)
