"""A report with its answers at one instant: what every edition of it is drawn from."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

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
from shangheng.methods.documents.plain import to_text

Align = Literal["left", "center", "right"]
FIGURE_COLUMNS: tuple[tuple[Align, int], ...] = (
    ("left", 12),
    ("right", 6),
    ("center", 3),
    ("center", 6),
    ("center", 3),
    ("left", 13),
)
DEFINITION_COLUMNS: tuple[tuple[Align, int], ...] = (("center", 1), ("left", 14))


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
            created_at=self.known_at.replace(microsecond=0),
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
        """Every number with what stands behind it, indicator by indicator, then the definitions."""
        codes = list(dict.fromkeys(each.reference.partition("/")[0] for each in self.shown))
        ordered = sorted(self.shown, key=lambda each: codes.index(each.reference.partition("/")[0]))
        scopes = list(dict.fromkeys(e.backing.scope for e in ordered if e.backing.scope))
        figures = tuple(
            (
                Run(each.backing.label),
                run(each),
                Run(str(scopes.index(each.backing.scope) + 1) if each.backing.scope else "—"),
                Run(self.known_on.isoformat()),
                Run(str(each.backing.vouchers) if each.backing.postings else "—"),
                Run(_breakable(each.reference.partition("/known=")[0] or each.url)),
            )
            for each in ordered
        )
        definitions = tuple((Run(str(n)), Run(scope)) for n, scope in enumerate(scopes, start=1))
        return Annex(
            self.lexicon.pattern("annexes.figures.title"),
            (
                Table(self._columns("figures", FIGURE_COLUMNS), figures),
                Table(
                    self._columns("definitions", DEFINITION_COLUMNS),
                    definitions,
                    self.lexicon.pattern("annexes.definitions.title"),
                ),
            ),
        )

    def _columns(self, annex: str, shapes: Sequence[tuple[Align, int]]) -> tuple[Column, ...]:
        titles = self.lexicon.words["annexes"][annex]["columns"]
        return tuple(
            Column(title, align, width)
            for title, (align, width) in zip(titles, shapes, strict=True)
        )


def _breakable(reference: str) -> str:
    """A reference that may be broken after its separators (zero-width spaces)."""
    return re.sub(r"([./_])", "\\1\u200b", reference)
