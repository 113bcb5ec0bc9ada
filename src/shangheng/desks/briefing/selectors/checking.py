"""What is doubtful about a built report: findings, and the notes printed with its figures."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from shangheng.desks.briefing.domain.binding import Binding, Measure
from shangheng.desks.briefing.domain.compose import Note
from shangheng.desks.briefing.domain.findings import Finding
from shangheng.desks.briefing.domain.lint import typed_numbers
from shangheng.desks.briefing.domain.markup import Script
from shangheng.desks.briefing.domain.pieces import Answer
from shangheng.desks.briefing.selectors.asking import Ask, Reading
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.selectors.conflicts import Conflict, conflicts

NOTED = frozenset({Measure.VALUE, Measure.NUMBER, Measure.GROWTH, Measure.RATE, Measure.STATUS})
PRINTED = NOTED | {Measure.SHARE, Measure.STANDING, Measure.COMPLETION}


class Checking:
    """Holds the answers of one report against what must be true of them."""

    def __init__(
        self,
        script: Script,
        asks: Mapping[str, Ask],
        answers: Mapping[str, Answer],
        reading: Reading,
    ) -> None:
        self.script = script
        self.asks = asks
        self.answers = answers
        self.reading = reading

    def findings(self) -> Iterator[Finding]:
        """Everything found, in the order: text, figures, contradictions."""
        yield from self._unbound()
        yield from self._missing()
        yield from self._figures()
        yield from self._conflicts()
        if any("sample" in shown.marks for a in self.answers.values() for shown in a.shown):
            yield Finding("sample", "sample", _("材料中有示例数据，不能当作公布数使用。"))

    def notes(self) -> dict[str, tuple[Note, ...]]:
        """The notes of each binding: a contradiction stands at the first mention of its figures."""
        result: dict[str, list[Note]] = {}
        for conflict in self._contradictions:
            if conflict.kind in {"base", "voucher"}:
                continue
            for source in self._first_mentions(conflict):
                result.setdefault(source, []).append(Note(conflict.key, _told(conflict)))
        return {source: tuple(notes) for source, notes in result.items()}

    @cached_property
    def _contradictions(self) -> list[Conflict]:
        """Contradictions about the years and areas of the report itself."""
        own = {(ask.own_area, ask.own_period.end.year) for ask in self.asks.values()}
        return [
            conflict
            for area, year in sorted(own)
            for conflict in conflicts(area, year, known_at=self.reading.known_at)
        ]

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The line of the first mention of each binding."""
        lines: dict[str, int] = {}
        for line, part in self.script.parts():
            if isinstance(part, Binding):
                lines.setdefault(part.source, line)
        return lines

    def _unbound(self) -> Iterator[Finding]:
        for typed in typed_numbers(self.script):
            yield Finding(
                "unbound",
                f"unbound:{typed.around}",
                _("未绑定的数字“%(text)s”（…%(around)s…）：请改为绑定，或写进[[…]]。")
                % {"text": typed.text, "around": typed.around},
                line=typed.line,
            )

    def _missing(self) -> Iterator[Finding]:
        for source, answer in self.answers.items():
            if answer.missing:
                yield Finding(
                    "missing",
                    f"missing:{source}",
                    _("缺数 %(source)s：%(why)s。") % {"source": source, "why": answer.missing},
                    source,
                    self._lines[source],
                )

    def _figures(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for source, figure in self._printed():
            label = figure.query.period.label + figure.indicator.zh
            if label in seen:
                continue
            seen.add(label)
            where = f"{figure.indicator.code}:{figure.query.period}"
            if bare := self.reading.backings.bare(figure.query):
                message = _("%(label)s有%(n)d条入账记录没有凭证。")
                message %= {"label": label, "n": bare}
                yield self._about("unevidenced", where, message, source)
            if figure.pending:
                message = _("%(label)s有%(amount)s%(unit)s待认定，未计入。")
                message %= {"label": label, "amount": figure.pending, "unit": figure.unit}
                yield self._about("pending", where, message, source)

    def _printed(self) -> Iterator[tuple[str, Figure]]:
        """Every figure whose value stands in the text."""
        for source, ask in self.asks.items():
            figure = self.reading.figures.get(ask.query) if ask.known else None
            if figure is not None and figure.value is not None and ask.binding.measure in PRINTED:
                yield source, figure

    def _about(self, kind: str, where: str, message: str, source: str) -> Finding:
        return Finding(kind, f"{kind}:{where}", message, source, self._lines[source])

    def _conflicts(self) -> Iterator[Finding]:
        for conflict in self._contradictions:
            touched = self._touched(conflict)
            if touched:
                yield Finding(
                    conflict.kind,
                    conflict.key,
                    _told(conflict),
                    touched[0],
                    self._lines[touched[0]],
                )

    def _touched(self, conflict: Conflict) -> list[str]:
        """The bindings whose printed numbers a contradiction concerns."""
        if conflict.kind == "base":
            _base, year, code, tier = conflict.key.split(":")
            return [
                source
                for source, ask in self.asks.items()
                if ask.binding.measure in {Measure.TARGET, Measure.BASIS}
                and (ask.binding.code, ask.binding.argument) == (code, tier)
                and ask.period.end.year == int(year)
            ]
        periods = {figure.query.period for figure in conflict.figures}
        return [
            source
            for source, ask in self.asks.items()
            if ask.binding.code in conflict.indicators
            and ask.binding.measure in PRINTED
            and (ask.period in periods or (not periods and ask.period == ask.own_period))
        ]

    def _first_mentions(self, conflict: Conflict) -> Sequence[str]:
        first: dict[str, str] = {}
        for source in self._touched(conflict):
            if self.asks[source].binding.measure in NOTED:
                first.setdefault(self.asks[source].binding.code, source)
        return list(first.values())


def _told(conflict: Conflict) -> str:
    """The contradiction with those who say so."""
    message = conflict.message
    if conflict.sources:
        sources = _("；").join(conflict.sources)
        return _("%(message)s（%(sources)s）") % {"message": message, "sources": sources}
    return message
