"""The sample year, read once, and what its facts come to."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from shangheng.config.sample.facts import load_sample
from shangheng.config.sample.model import Sample
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import Form
from shangheng.engines.ledger.domain.period import Month, Period
from shangheng.engines.ledger.domain.status import Status

type Total = Callable[..., Decimal | None]


@pytest.fixture(scope="session")
def sample() -> Sample:
    return load_sample()


@pytest.fixture(scope="session")
def total(sample: Sample) -> Total:
    """`total(code, "2021", subject="", status=…)`: what is posted, or computed from its parts."""
    facts = [fact for batch in sample.batches for fact in batch.facts]

    def posted(code: str, period: Period, subject: str, status: Status) -> Decimal | None:
        found = [
            fact.standing(status)
            for fact in facts
            if fact.indicator == code
            and period.start <= Month.of(fact.occurred_on) <= period.end
            and subject in {"", fact.subject}
        ]
        return sum(found, Decimal(0)) if found else None

    def answer(
        code: str, when: str, subject: str = "", status: Status = Status.RECOGNISED
    ) -> Decimal | None:
        period = Period.parse(when)
        definition = catalogue.definition(code, period.start.first)
        if definition.formula is None:
            return posted(code, period, subject, status)
        if definition.form is Form.GROWTH:
            now = answer(definition.formula.numerator[0], str(period))
            before = answer(definition.formula.numerator[0], str(period.year_earlier()))
            return None if now is None or before is None else (now / before - 1) * 100
        above = [answer(part, when) for part in definition.formula.numerator]
        below = [answer(part, when) for part in definition.formula.denominator]
        if None in above or None in below:
            return None
        return (
            definition.formula.scale * sum(filter(None, above)) / Decimal(sum(filter(None, below)))
        )

    return answer
