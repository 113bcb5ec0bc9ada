"""A report with its answers at one instant: what every edition of it is drawn from."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from shangheng.desks.briefing.domain.compose import (
    Composed,
    Composer,
    Note,
    Setting,
    run,
    to_blocks,
)
from shangheng.desks.briefing.domain.markup import Script
from shangheng.desks.briefing.domain.pieces import Answer, Lexicon, Shown
from shangheng.engines.ledger.domain.period import Period
from shangheng.methods.documents.model import Annex, Column, Document, Paragraph, Run, Table
from shangheng.methods.documents.numbering import written_date
from shangheng.methods.documents.plain import to_text

FIGURE_WIDTHS = (4, 3, 8, 3, 2, 5)


@dataclass(frozen=True)
class Edition:
    """A text, its answers and the notes on them; the same values always print the same.

    `known_on` is the bureau's local day of `known_at`.
    """

    title: str
    bureau: str
    period: Period
    known_at: datetime
    known_on: date
    script: Script
    answers: Mapping[str, Answer]
    notes: Mapping[str, tuple[Note, ...]]
    lexicon: Lexicon

    @cached_property
    def _composer(self) -> Composer:
        mark = self.lexicon.pattern("note")
        return Composer(Setting(self.period, self.bureau), self.answers, self.notes, mark)

    @cached_property
    def composed(self) -> tuple[Composed, ...]:
        """The body."""
        return self._composer.compose(self.script)

    @cached_property
    def used_notes(self) -> tuple[Note, ...]:
        """The notes in the order of their numbers."""
        return tuple(self._composer.used.values()) if self.composed else ()

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """Every printed number once, in reading order."""
        ordered = (a for b in self.script.bindings() for a in self.answers[b.source].shown)
        return tuple({each.key: each for each in ordered}.values())

    @property
    def has_samples(self) -> bool:
        """Whether any number rests on sample data."""
        return any("sample" in each.marks for each in self.shown)

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 over all that is printed, annexes included, without title lines and date."""
        return hashlib.sha256(to_text(self.document()).encode()).hexdigest()

    def document(self, *, date: date | None = None, draft: bool = False) -> Document:
        """The report for Word, PDF and text. Without `date` it is printed unsigned."""
        return Document(
            title=self.title,
            issuer=self.bureau,
            date=date,
            blocks=to_blocks(self.composed),
            created_at=self.known_at,
            annexes=tuple(self._annexes()),
            subtitle=self._subtitle(draft),
        )

    def _subtitle(self, draft: bool) -> str:
        words = [self.lexicon.pattern("draft")] if draft else []
        if self.has_samples:
            words.append(self.lexicon.pattern("sample"))
        return f"（{'，'.join(words)}）" if words else ""  # zh-data: brackets of a subtitle

    def _annexes(self) -> Iterable[Annex]:
        if self.shown:
            yield self._figures_annex()
        if self.used_notes:
            lead = Paragraph((Run(self.lexicon.pattern("annexes.notes.lead")),))
            notes = (
                Paragraph((Run(self.lexicon.pattern("note").format(number=n) + note.text),))
                for n, note in enumerate(self.used_notes, start=1)
            )
            yield Annex(self.lexicon.pattern("annexes.notes.title"), (lead, *notes))

    def _figures_annex(self) -> Annex:
        titles = self.lexicon.words["annexes"]["figures"]["columns"]
        known = written_date(self.known_on)
        columns = tuple(
            Column(title, "right" if place == 1 else "left", width)
            for place, (title, width) in enumerate(zip(titles, FIGURE_WIDTHS, strict=True))
        )
        told: set[str] = set()
        rows = tuple(
            (
                Run(each.backing.label),
                run(each),
                Run(self._scope(each, told)),
                Run(known),
                Run(str(each.backing.vouchers) if each.backing.postings else "—"),
                Run(each.reference.partition("/known=")[0]),
            )
            for each in self.shown
        )
        title = self.lexicon.pattern("annexes.figures.title")
        return Annex(title, (Table(columns, rows),))

    def _scope(self, each: Shown, told: set[str]) -> str:
        """A definition in full where it first comes up, afterwards only that it is the same."""
        scope = each.backing.scope
        if scope in told:
            return self.lexicon.pattern("annexes.figures.same")
        told.add(scope)
        return scope or "—"
