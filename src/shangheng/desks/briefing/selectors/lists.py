"""Bindings that print a list: by unit, by project, by growth point."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from shangheng.desks.briefing.domain.pieces import Answer, Lexicon, Piece, Words
from shangheng.desks.briefing.selectors.asking import Ask, Reading, Subject
from shangheng.desks.briefing.selectors.numbers import Numbers, dimension_names
from shangheng.engines.ledger.domain.published import read_stated
from shangheng.engines.ledger.domain.query import Query
from shangheng.engines.ledger.models import PublishedFigure

BOUNDS = "约逾超近"  # zh-data: words before a bound


class Lists:
    """Answers the bindings that print a list."""

    def __init__(self, reading: Reading, numbers: Numbers, words: Lexicon) -> None:
        self.reading = reading
        self.numbers = numbers
        self.words = words

    def by(self, ask: Ask) -> Answer:
        """One figure for each unit, or for each value of a dimension, the largest first."""
        found = [(name, self.reading.figures[query]) for name, query in self.reading.by(ask)]
        known = [(name, figure, figure.value) for name, figure in found if figure.value is not None]
        if not known:
            return self._missing(_("台账中没有分项数据"))
        names = dimension_names() if ask.binding.argument != "unit" else {}
        ordered = sorted(known, key=lambda item: -item[2])
        items = []
        for code, figure, _value in ordered:
            name = names.get(code, code)
            items.append(self.words("by", name=name, value=self.numbers.part(figure, name)))
        return Answer(self.words.listed(items))

    def subjects(self, ask: Ask) -> Answer:
        """The named subjects, with what they come to in another indicator where one is named."""
        subjects = self.reading.subjects(ask.binding.code, ask)
        live = [subject for subject in subjects if subject.claimed > 0]
        if not live:
            return self._missing(_("台账中没有具名的记录"))
        amounts: dict[str, Subject] = {}
        if ask.binding.argument:
            named = self.reading.subjects(ask.binding.argument, ask)
            amounts = {subject.name: subject for subject in named}
        return Answer(self.words.listed([self._subject(ask, each, amounts) for each in live]))

    def points(self, ask: Ask) -> Answer:
        """Growth points that documents name, a range where two amounts are given."""
        rows = self.reading.points(ask)
        items = [
            self._point(name, list(group)) for name, group in groupby(rows, lambda row: row.subject)
        ]
        if not items:
            return self._missing(_("没有登记增长点"))
        return Answer(self.words.listed(items))

    def _subject(
        self, ask: Ask, subject: Subject, amounts: dict[str, Subject]
    ) -> tuple[Piece, ...]:
        pending = "_pending" if not subject.official else ""
        amount = amounts.get(subject.name)
        if amount is None:
            return self.words(f"subject{pending}", name=subject.name)
        figure = self.reading.figures[Query(ask.binding.argument, ask.period, ask.area)]
        shown = self.numbers.subject(figure, subject.name, amount.claimed)
        return self.words(f"subject_amount{pending}", name=subject.name, amount=shown)

    def _point(self, name: str, rows: Sequence[PublishedFigure]) -> tuple[Piece, ...]:
        stated = [(row, read) for row in rows if (read := read_stated(row.text))]
        ordered = sorted(stated, key=lambda pair: pair[1].value)
        if not ordered:
            return (Words(name),)
        shown = [self._amount(row, read.value) for row, read in ordered]
        if len(shown) == 1:
            return self.words("point", name=name, amount=shown[0])
        return self.words("point_range", name=name, low=shown[0], high=shown[-1])

    def _amount(self, row: PublishedFigure, value: Decimal) -> tuple[Piece, ...]:
        """An amount as stated; a word before it (约) stands outside of the number."""
        number = row.text.lstrip(BOUNDS)
        before = row.text.removesuffix(number)
        return (Words(before), self.numbers.point(row, value, number))

    def _missing(self, why: str) -> Answer:
        return Answer(self.words("missing"), missing=why)
