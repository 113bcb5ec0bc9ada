"""Hold the sample year against the rules, so that a slip is found before anything is posted."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from shangheng import rules
from shangheng.config.sample.model import (
    BadSample,
    Sample,
    SampleBatch,
    SampleFact,
    SampleGrowthPoint,
    SamplePublished,
    SampleTarget,
)
from shangheng.core.dictionaries.selectors import built_in
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Definition, UnknownIndicator
from shangheng.engines.ledger.domain.line import Line, check_line
from shangheng.engines.ledger.domain.period import BadPeriod, Period
from shangheng.engines.ledger.domain.published import read_stated
from shangheng.engines.ledger.domain.units import UnfitValue

MEASURES = frozenset({"value", "growth", "share", "rank", "target"})
OTHER_UNIT = frozenset({"growth"})  # measures that are not in the indicator's own kind of unit


def check(sample: Sample) -> None:
    """Raises BadSample with every fault found, one a line."""
    try:
        faults = [*_faults(sample)]
    except (UnknownIndicator, BadPeriod) as error:
        raise BadSample(str(error)) from error
    if faults:
        raise BadSample("\n".join(faults))


def _faults(sample: Sample) -> Iterator[str]:
    yield from _units(sample)
    yield from _names(sample)
    for batch in sample.batches:
        yield from (f"{batch.key}: {fault}" for fault in _batch(batch))
    for published in sample.published:
        yield from (f"published {published.label}: {fault}" for fault in _published(published))
    for target in sample.targets:
        name = f"target {target.year} {target.indicator} {target.tier}"
        yield from (f"{name}: {fault}" for fault in _target(target))
    for point in sample.growth_points:
        yield from (f"growth point {point.subject}: {fault}" for fault in _point(point))


def _units(sample: Sample) -> Iterator[str]:
    """Parents stand before their children, and every code that is used exists."""
    seen = {""}
    for unit in sample.units:
        if unit.parent not in seen:
            yield f"org unit {unit.code}: parent {unit.parent!r} does not stand before it"
        seen.add(unit.code)
    used = {p.unit for p in sample.people} | {p.org_unit for p in sample.published}
    used |= {fact.unit for batch in sample.batches for fact in batch.facts}
    yield from (f"org unit {code!r} does not exist" for code in sorted(used - seen))
    roles = {row["code"] for row in rules.load("roles.yaml")}
    yield from (f"{p.username}: no role {p.role!r}" for p in sample.people if p.role not in roles)


def _names(sample: Sample) -> Iterator[str]:
    """Names that must be one of a kind."""
    for what, names in {
        "org unit": [unit.code for unit in sample.units],
        "person": [person.username for person in sample.people],
        "published": [published.label for published in sample.published],
        "target": [f"{t.year} {t.indicator} {t.tier}" for t in sample.targets],
    }.items():
        yield from (f"{what} {name} twice" for name in set(names) if names.count(name) > 1)


def _batch(batch: SampleBatch) -> Iterator[str]:
    if len({fact.is_sample for fact in batch.facts}) > 1:
        yield "samples and published facts in one act of posting"
    for fact in batch.facts:
        name = f"{fact.indicator} {fact.occurred_on}"
        definition = catalogue.definition(fact.indicator, fact.occurred_on)
        if batch.voucher_kind not in definition.evidence:
            yield f"{name}: {batch.voucher_kind!r} is no voucher for it"
        today = batch.recorded_at.date()
        yield from (f"{name}: {fault}" for fault in _fact(fact, definition, today))


def _fact(fact: SampleFact, definition: Definition, today: date) -> Iterator[str]:
    """What the ledger itself would refuse, then what only a sample must keep to."""
    line = Line(
        indicator=fact.indicator,
        unit_id=0,
        area=fact.area,
        value=fact.value,
        unit_of_measure=fact.measure,
        occurred_on=fact.occurred_on,
        dimensions=fact.dimensions,
        subject=fact.subject,
    )
    indicator, unit = catalogue.indicator(fact.indicator), catalogue.unit_of(definition)
    refused = check_line(line, indicator, unit, today=today, home_area=fact.area)
    yield from (f"{field}: {message}" for field, message in refused)
    if set(fact.dimensions) != set(definition.dimensions):
        yield f"dimensions {sorted(fact.dimensions)} instead of {sorted(definition.dimensions)}"
    reasons = {row.code for row in built_in("rejection_reasons", fact.occurred_on)}
    for step in fact.steps:
        if step.reason and step.reason not in reasons:
            yield f"no reason {step.reason!r} on that day"
        if step.amount > fact.value:
            yield f"a step of {step.amount} moves more than {fact.value}"


def _unfit(definition: Definition, *values: Decimal | None) -> Iterator[str]:
    unit = catalogue.unit_of(definition)
    for value in values:
        try:
            unit.to_minor(value or Decimal(0))
        except UnfitValue as error:
            yield str(error)


def _published(published: SamplePublished) -> Iterator[str]:
    definition = catalogue.definition(
        published.indicator, Period.parse(published.period).start.first
    )
    if published.measure not in MEASURES:
        yield f"measure {published.measure!r}"
    if read_stated(published.text) is None:
        yield f"{published.text!r} states no number"
    yield from _tier(published.tier)
    if published.measure not in OTHER_UNIT:
        yield from _same_kind(published.unit, definition)


def _target(target: SampleTarget) -> Iterator[str]:
    definition = catalogue.definition(target.indicator, Period.year(target.year).start.first)
    yield from _tier(target.tier)
    if target.unit != definition.unit:
        yield f"in {target.unit} instead of {definition.unit}"
    yield from _unfit(definition, target.value, target.base)


def _point(point: SampleGrowthPoint) -> Iterator[str]:
    definition = catalogue.definition(point.indicator, point.date)
    yield from _same_kind(point.unit, definition)
    if not point.low <= point.high:
        yield f"{point.low} to {point.high} is no range"
    if not 0 <= point.probability <= 1:
        yield f"probability {point.probability}"


def _tier(tier: str) -> Iterator[str]:
    if tier and tier not in {row["code"] for row in catalogue.tiers()}:
        yield f"no tier {tier!r}"


def _same_kind(unit: str, definition: Definition) -> Iterator[str]:
    units = catalogue.units()
    if unit not in units or units[unit].kind != units[definition.unit].kind:
        yield f"in {unit}, which is no measure of {definition.unit}"
