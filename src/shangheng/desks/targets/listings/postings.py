"""The list of postings: every fact, what it comes to, where it stands."""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import units_within
from shangheng.core.lists.declaring import Asked, Choices, Column, Filter, Listing
from shangheng.core.lists.narrowing import by
from shangheng.desks.targets import cells, words
from shangheng.desks.targets.access import postings_for
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors.choosing import indicator_choices
from shangheng.desks.targets.selectors.lines import ORDER, PostingLine
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting

EVIDENCE = (("with", _("有凭证")), ("without", _("无凭证")))
SAMPLE = (("no", _("实际数")), ("yes", _("示例数")))


def within(asked: Asked) -> QuerySet[Posting]:
    """The postings that a person may see, as known then."""
    return reading.known(postings_for(asked.actor), asked.known_at)


def in_period(rows: QuerySet[Posting], asked: Asked) -> QuerySet[Posting]:
    """Those that occurred in the period of the page."""
    return reading.in_period(rows, Period.parse(asked.moment.period))


def _statuses(_asked: Asked) -> Choices:
    return [(str(int(status)), words.status_word(status)) for status in Status]


def _indicators(_asked: Asked) -> Choices:
    return indicator_choices()


def _areas(_asked: Asked) -> Choices:
    return words.area_choices()


def _held(status: Status) -> Callable[[PostingLine], Decimal | None]:
    return lambda line: line.view.amounts.get(status)


def _reversal(line: PostingLine) -> str:
    if line.is_reversal:
        return say("冲销#%d") % (line.row.reverses_id or 0)
    if line.is_taken_back:
        return say("已被#%d冲销") % line.row.reversal.pk
    return ""


def _standing(line: PostingLine) -> str:
    if not line.is_live:
        return say("不计")
    if not line.authority:
        return say("无需认定")
    return say("、").join(part.word for part in line.parts)


def standing_columns() -> tuple[Column[PostingLine], ...]:
    """How much of a posting stands in each status."""
    return tuple(
        Column(
            f"held-{int(status)}",
            words.STATUS_LABELS[status],
            _held(status),
            number=True,
            shown=False,
        )
        for status in ORDER
    )


NAME: Column[PostingLine] = Column(
    "name",
    _("指标"),
    lambda line: line.name,
    draw=cells.name,
    sort=("series__indicator__code", "occurred_on"),
    also=(
        Column("number", _("编号"), lambda line: line.row.pk),
        Column(
            "dimensions",
            _("分组"),
            lambda line: ";".join(f"{axis}={value}" for axis, value in line.dimensions),
        ),
        Column("subject", _("对象"), lambda line: line.row.subject),
        Column("reversal", _("冲销"), _reversal),
    ),
)
DAY: Column[PostingLine] = Column(
    "day",
    _("发生日期"),
    lambda line: line.row.occurred_on,
    sort=("occurred_on",),
    css="nowrap",
)
UNIT_OF_MEASURE: Column[PostingLine] = Column(
    "unit-of-measure", _("计量单位"), lambda line: line.view.unit
)
AMOUNT: Column[PostingLine] = Column(
    "amount",
    _("数值"),
    lambda line: line.view.value,
    figure=lambda line: line.amount,
    decimals=2,
    sort=("amount",),
    number=True,
    also=(UNIT_OF_MEASURE,),
)
UNIT: Column[PostingLine] = Column(
    "unit",
    _("责任单位"),
    lambda line: line.row.series.unit.label,
    sort=("series__unit__position", "series__unit__code", "occurred_on"),
)
EVIDENCE_COUNT: Column[PostingLine] = Column(
    "evidence",
    _("凭证份数"),
    lambda line: len(line.row.evidence.all()),
    draw=cells.evidence,
)
SEARCH: Filter[Posting] = Filter(
    "q",
    _("查找"),
    lambda rows, text, _asked: rows.filter(reading.named(text)),
    kind="search",
    hint=_("编号、对象、来源、凭证或经办人"),
)
INDICATOR: Filter[Posting] = Filter(
    "indicator", _("指标"), by("series__indicator__code"), _indicators, every=_("全部指标")
)
OF_UNIT: Filter[Posting] = Filter(
    "unit", _("责任单位"), by("series__unit"), units_within("targets.view"), every=_("全部单位")
)
OF_AREA: Filter[Posting] = Filter(
    "area", _("地区"), by("series__area"), _areas, every=_("全部地区")
)
IN_STATUS: Filter[Posting] = Filter(
    "status",
    _("认定状态"),
    lambda rows, value, asked: reading.standing(rows, Status(int(value)), asked.moment),
    _statuses,
)
WITH_EVIDENCE: Filter[Posting] = Filter(
    "evidence",
    _("凭证"),
    lambda rows, value, _asked: reading.evidenced(rows, wanted=value == "with"),
    lambda _asked: EVIDENCE,
)
OF_SAMPLE: Filter[Posting] = Filter(
    "sample",
    _("数据性质"),
    lambda rows, value, _asked: rows.filter(is_sample=value == "yes"),
    lambda _asked: SAMPLE,
)

POSTINGS: Listing[Posting, PostingLine] = Listing(
    code="targets.postings",
    title=_("入账记录"),
    about=_("每个数字都由这里的记录算出。记录不能修改或删除，更正用冲销。"),
    url="postings",
    permission="targets.view",
    rows=within,
    period=in_period,
    fetch=reading.read,
    lines=lambda rows, asked: reading.lines_of(rows, known_at=asked.known_at),
    row_css=lambda line: "" if line.is_live else "struck",
    columns=(
        NAME,
        DAY,
        AMOUNT,
        Column("status", _("认定"), _standing, draw=cells.standing),
        UNIT,
        EVIDENCE_COUNT,
        Column(
            "recorded",
            _("登记时间"),
            lambda line: line.row.recorded_at,
            draw=cells.recorded,
            sort=("recorded_at",),
            also=(Column("actor", _("经办人"), lambda line: line.row.entry.actor.display_name),),
        ),
        Column("code", _("指标编码"), lambda line: line.row.series.indicator.code, shown=False),
        Column(
            "area", _("地区"), lambda line: catalogue.area_name(line.row.series.area), shown=False
        ),
        *standing_columns(),
        Column("source", _("数据来源"), lambda line: line.row.entry.source, shown=False),
        Column("note", _("说明"), lambda line: line.row.entry.note, shown=False),
        Column(
            "sample",
            _("示例"),
            lambda line: say("示例") if line.row.is_sample else "",
            shown=False,
        ),
    ),
    sort="-day",
    filters=(SEARCH, INDICATOR, OF_UNIT, OF_AREA, IN_STATUS, WITH_EVIDENCE, OF_SAMPLE),
    totals=lambda rows, asked: reading.totals(
        rows, asked.values.get("indicator", ""), known_at=asked.known_at
    ),
    total_count=lambda totals: totals.postings,
    foot="targets/posting_totals.html",
    export_act="targets.export",
)
