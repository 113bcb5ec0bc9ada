"""How indicators, figures and postings look in the API."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from shangheng.core.api.fields import Number
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.wording import lazy as _
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.domain.indicator import Definition, Indicator
from shangheng.engines.ledger.domain.query import Counting
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting, RecognitionStep
from shangheng.engines.ledger.selectors.provenance import PostingView, steps_of, views

StatusName = Literal["claimed", "submitted", "recognised", "rejected"]


def status_name(status: int) -> StatusName:
    """The name of a status in the API."""
    names: dict[Status, StatusName] = {
        Status.CLAIMED: "claimed",
        Status.SUBMITTED: "submitted",
        Status.RECOGNISED: "recognised",
        Status.REJECTED: "rejected",
    }
    return names[Status(status)]


class DefinitionOut(Schema):
    """One version of an indicator."""

    number: int
    valid_from: date
    valid_to: date | None
    form: str
    unit: str = Field(description=_("计量单位的代码。"))
    decimals: int
    scope: str = Field(description=_("口径。"))
    source: str
    verified: bool
    recognition: str | None = Field(description=_("认定单位；null 即登记即计入。"))
    evidence: list[str] = Field(description=_("要求的凭证种类。"))
    dimensions: dict[str, list[str]]
    parts: list[str] = Field(description=_("计算所用的指标。"))


class IndicatorBrief(Schema):
    """An indicator in a list, with the unit of its present version."""

    code: str
    name: str
    section: str
    form: str
    unit: str
    headline: bool
    computed: bool


class IndicatorOut(IndicatorBrief):
    """An indicator with every version of its definition."""

    zh: str
    en: str
    aliases: list[str]
    owner: str
    polarity: str
    versions: list[DefinitionOut]


def indicator_brief(indicator: Indicator, day: date) -> IndicatorBrief:
    """An indicator in a list."""
    return IndicatorBrief(**_brief(indicator, day))


def indicator_out(indicator: Indicator, day: date) -> IndicatorOut:
    """An indicator by itself."""
    return IndicatorOut(
        **_brief(indicator, day),
        zh=indicator.zh,
        en=indicator.en,
        aliases=list(indicator.aliases),
        owner=indicator.owner,
        polarity=indicator.polarity,
        versions=[_definition(version) for version in indicator.versions],
    )


def _brief(indicator: Indicator, day: date) -> dict[str, Any]:
    now = indicator.on(day)
    return {
        "code": indicator.code,
        "name": indicator.name,
        "section": indicator.section,
        "form": now.form.value,
        "unit": now.unit,
        "headline": indicator.headline,
        "computed": now.is_computed,
    }


def _definition(version: Definition) -> DefinitionOut:
    formula = version.formula
    return DefinitionOut(
        number=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        form=version.form.value,
        unit=version.unit,
        decimals=version.decimals,
        scope=version.scope,
        source=f"{version.source.title} {version.source.where}".strip(),
        verified=version.verified,
        recognition=version.recognition,
        evidence=list(version.evidence),
        dimensions={axis: list(values) for axis, values in version.dimensions.items()},
        parts=[*formula.numerator, *formula.denominator] if formula else [],
    )


class AmountsOut(Schema):
    """How much stands where in recognition, in the unit of measure."""

    claimed: Number
    submitted: Number
    recognised: Number
    rejected: Number


class GrowthOut(Schema):
    """Year on year over the same months of both years."""

    percent: Number | None
    through: str | None = Field(description=_("截至月份。"))
    base: Number | None
    current: Number | None
    reason: str = Field(description=_("算不出时的原因。"))


class FigureOut(Schema):
    """An answer of the ledger. `value` is exact; null is missing, not zero."""

    reference: str = Field(description=_("凭它随时得到同一个数。"))
    indicator: str
    name: str
    period: str
    area: str
    counting: Counting
    known_at: datetime
    value: Number | None
    text: str = Field(description=_("按规定小数位写出的数。"))
    unit: str
    status: str
    marks: list[str]
    definition: int = Field(description=_("所用口径的版本号。"))
    postings: int
    pending: Number | None
    growth: GrowthOut
    parts: list[str] = Field(description=_("各组成数的引用地址。"))


def figure_out(figure: Figure) -> FigureOut:
    """A figure."""
    growth = figure.growth
    return FigureOut(
        reference=figure.reference,
        indicator=figure.indicator.code,
        name=figure.indicator.name,
        period=str(figure.query.period),
        area=figure.query.area,
        counting=figure.query.counting,
        known_at=figure.known_at,
        value=figure.value,
        text=figure.text,
        unit=figure.unit,
        status=figure.status,
        marks=list(figure.marks),
        definition=figure.definition.number,
        postings=figure.postings,
        pending=figure.pending,
        growth=GrowthOut(
            percent=growth.percent,
            through=str(growth.through) if growth.through else None,
            base=growth.base,
            current=growth.current,
            reason=growth.reason,
        ),
        parts=[part.reference for part in figure.parts],
    )


class VoucherBrief(Schema):
    """A voucher of a posting."""

    id: int
    name: str
    kind: str
    sha256: str


class StepOut(Schema):
    """One step of recognition."""

    origin: StatusName
    destination: StatusName
    amount: Number
    reason: str
    note: str
    authority: str
    document: int | None
    recorded_at: datetime
    actor: str


class PostingOut(Schema):
    """One fact in the ledger: never changed; taken back by a reversal."""

    id: int
    entry: int
    indicator: str
    version: int
    unit: UnitBrief
    area: str
    dimensions: dict[str, str]
    subject: str
    value: Number
    unit_of_measure: str
    occurred_on: date
    recorded_at: datetime
    actor: str
    source: str
    note: str
    amounts: AmountsOut
    reverses: int | None
    reversed_by: int | None
    sample: bool
    evidence: list[VoucherBrief]


class PostingWhole(PostingOut):
    """A posting with its recognition, step by step."""

    steps: list[StepOut]


def postings_out(rows: Sequence[Posting], known_at: datetime | None = None) -> list[PostingOut]:
    """Postings in a list; `rows` come from `for_reading`."""
    return [PostingOut(**_posting(view)) for view in views(list(rows), known_at=known_at)]


def posting_whole(row: Posting) -> PostingWhole:
    """A posting by itself, as it stands now."""
    [view] = views([row])
    unit = catalogue.units()[view.unit]
    steps = [_step(step, unit.from_minor(step.amount)) for step in steps_of(row)]
    return PostingWhole(**_posting(view), steps=steps)


def _posting(view: PostingView) -> dict[str, Any]:
    row, series = view.row, view.row.series
    return {
        "id": row.pk,
        "entry": row.entry_id,
        "indicator": series.indicator.code,
        "version": row.version,
        "unit": unit_brief(series.unit),
        "area": series.area,
        "dimensions": dict(part.split("=", 1) for part in series.dimensions.split(";") if part),
        "subject": row.subject,
        "value": view.value,
        "unit_of_measure": view.unit,
        "occurred_on": row.occurred_on,
        "recorded_at": row.recorded_at,
        "actor": row.entry.actor.display_name,
        "source": row.entry.source,
        "note": row.entry.note,
        "amounts": AmountsOut(
            **{status_name(status): view.amounts.get(status, Decimal(0)) for status in Status}
        ),
        "reverses": row.reverses_id,
        "reversed_by": row.reversal.pk if hasattr(row, "reversal") else None,
        "sample": row.is_sample,
        "evidence": vouchers_out(link.document for link in row.evidence.all()),
    }


def vouchers_out(documents: Iterable[Document]) -> list[VoucherBrief]:
    """Vouchers, as a posting names them; who may not open one still sees that it is there."""
    return [
        VoucherBrief(id=one.pk, name=one.name, kind=one.kind, sha256=one.sha256)
        for one in documents
    ]


def _step(step: RecognitionStep, amount: Decimal) -> StepOut:
    return StepOut(
        origin=status_name(step.origin),
        destination=status_name(step.destination),
        amount=amount,
        reason=step.reason,
        note=step.note,
        authority=step.authority,
        document=step.document_id,
        recorded_at=step.recorded_at,
        actor=step.entry.actor.display_name,
    )
