"""What the superior office refused, and why: as a share of what was submitted."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, localcontext

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import OrgUnit
from shangheng.core.ui.charts import ChartSeries, ChartSpec
from shangheng.core.ui.figures import Amount, number_text
from shangheng.desks.targets import words
from shangheng.desks.targets.selectors.postings import live
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.domain.units import Unit, rounded
from shangheng.engines.ledger.models import Posting, RecognitionStep


@dataclass
class Tally:
    """Amounts in smallest units, in the making."""

    submitted: int = 0
    again: int = 0
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    times: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, origin: int, destination: int, reason: str, amount: int, times: int) -> None:
        """Count some steps."""
        match Status(origin), Status(destination):
            case Status.CLAIMED, Status.SUBMITTED:
                self.submitted += amount
            case Status.SUBMITTED, Status.CLAIMED:
                self.submitted -= amount
            case Status.REJECTED, Status.SUBMITTED:
                self.again += amount
            case _, Status.REJECTED:
                self.refused[reason] += amount
                self.times[reason] += times


@dataclass(frozen=True)
class Reason:
    """One reason: how much it cost, how often, and its share of what was submitted, in percent."""

    word: str
    amount: Amount
    times: int
    share: Decimal | None


@dataclass(frozen=True)
class Rejections:
    """What one indicator (or one unit's part of it) submitted, and what became of it."""

    key: str
    name: str
    unit: Unit
    tally: Tally

    @property
    def submitted(self) -> Amount:
        """What was submitted once or more, without what was withdrawn."""
        return self._amount(self.tally.submitted)

    @property
    def refused(self) -> Amount:
        """All that was ever refused, what was submitted again included."""
        return self._amount(sum(self.tally.refused.values()))

    @property
    def again(self) -> Amount:
        """What was refused and submitted again."""
        return self._amount(self.tally.again)

    @property
    def still(self) -> Amount:
        """What is refused now."""
        return self._amount(sum(self.tally.refused.values()) - self.tally.again)

    @property
    def share(self) -> Decimal | None:
        """What is refused now, in percent of what was submitted."""
        return self._share(sum(self.tally.refused.values()) - self.tally.again)

    @property
    def reasons(self) -> list[Reason]:
        """By reason, the dearest first."""
        return [
            Reason(
                words.reason_word(code),
                self._amount(amount),
                self.tally.times[code],
                self._share(amount),
            )
            for code, amount in sorted(self.tally.refused.items(), key=lambda item: -item[1])
        ]

    def _amount(self, minor: int) -> Amount:
        return Amount(self.unit.from_minor(minor), self.unit.code)

    def _share(self, minor: int) -> Decimal | None:
        if self.tally.submitted <= 0:
            return None
        with localcontext(prec=40):
            return Decimal(minor) / self.tally.submitted * 100


def by_indicator(rows: QuerySet[Posting], *, known_at: datetime) -> list[Rejections]:
    """Each indicator of which something was submitted, in the order of the catalogue."""
    tallies = _tallies(rows, "posting__series__indicator__code", known_at)
    return [
        Rejections(code, words.name_of(indicator), _unit(code), tallies[code])
        for code, indicator in catalogue.indicators().items()
        if code in tallies
    ]


def by_unit(rows: QuerySet[Posting], indicator: str, *, known_at: datetime) -> list[Rejections]:
    """The units that submitted something of one indicator."""
    rows = rows.filter(series__indicator__code=indicator)
    tallies = _tallies(rows, "posting__series__unit", known_at)
    units = OrgUnit.objects.filter(pk__in=list(tallies))
    measure = _unit(indicator)
    return [Rejections(str(u.pk), u.label, measure, tallies[str(u.pk)]) for u in units]


def chart(found: Rejections) -> ChartSpec | None:
    """The reasons of one indicator; the title says which weighs most."""
    if not found.reasons or not found.refused.value:
        return None
    first = found.reasons[0]
    part = (first.amount.value or Decimal(0)) / found.refused.value * 100
    title = _("%(reason)s占累计拒统的%(share)s%%") % {
        "reason": first.word,
        "share": number_text(rounded(part, 1)),
    }
    values = [reason.amount.value for reason in found.reasons]
    return ChartSpec(
        title=title,
        unit=found.unit.code,
        category_name=_("拒统原因"),
        categories=[reason.word for reason in found.reasons],
        series=[ChartSeries(_("累计拒统"), values, "actual", "bar")],
    )


def _tallies(rows: QuerySet[Posting], key: str, known_at: datetime) -> dict[str, Tally]:
    counted = live(rows, known_at).order_by().values("pk")
    steps = (
        RecognitionStep.objects.filter(posting__in=counted, recorded_at__lte=known_at)
        .values_list(key, "origin", "destination", "reason")
        .annotate(Sum("amount"), Count("pk"))
        .order_by()
    )
    result: dict[str, Tally] = defaultdict(Tally)
    for group, origin, destination, reason, amount, times in steps:
        result[str(group)].add(origin, destination, reason, amount, times)
    return {group: tally for group, tally in result.items() if tally.submitted}


def _unit(code: str) -> Unit:
    return catalogue.unit_of(catalogue.indicator(code).versions[-1])
