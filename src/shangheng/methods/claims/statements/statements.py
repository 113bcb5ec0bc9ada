"""All claims of a report, with the ways to find the ones that belong together.

Every look-up is bounded (nearest first, a fixed number at most), so that a check that makes one for
each claim stays linear in the report.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby
from typing import Any

from shangheng.methods.claims.quantities.dates import DateSpan
from shangheng.methods.claims.quantities.quantity import Bound, Quantity
from shangheng.methods.claims.reading.document import Block, Document
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link

SENTENCE_ENDS = "。!?"
_TELLING = frozenset(":∶”》“《、().二2第是其仍还尚正超均止年约近逾突明等")
_NEAREST = 60
_PLACE = re.compile(r"(?:地方|[区市县镇乡局委办园]|街道|公司|我们|新|总|累计|共|实现|完成)$")
_ONE_YEAR = re.compile(r"(?<![-—~至到])(?:19|20)\d\d年(?![以前]来)")
_YEARS = re.compile(r"时期|期间|过去|以来|五|年来|年间|[-—~至到](?:19|20)\d\d")
_AMOUNT = re.compile(r"(?:总额|总量|总数|总值|额)$")


def named(claim: Claim, wanted: str) -> bool:
    """Whether the claim's own name is `wanted`, alone or after the name of a place or unit."""
    names = (wording.core(claim.name), amountless(claim.name))
    if wanted in names:
        return True
    return any(n.endswith(wanted) and _PLACE.search(n[: -len(wanted)]) for n in names)


@lru_cache(maxsize=4096)
def amountless(name: str) -> str:
    """A name without the word for an amount at its end: 出口总值 → 出口."""
    return _AMOUNT.sub("", wording.core(name))


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was left out of a paragraph with more figures than any report has: where, how many."""

    start: int
    end: int
    figures: int


@dataclass
class Statements:
    """All claims of a report in order, with the text that they were read from.

    `year` is the year that the report is about; None when it does not say. `thresholds_found` are
    the numbers that only qualify a noun, in order.
    """

    document: Document
    claims: list[Claim]
    thresholds_found: list[Quantity]
    dates: list[DateSpan]
    year: int | None
    crowded: tuple[Crowd, ...] = ()

    @cached_property
    def _by_sentence(self) -> dict[int, list[Claim]]:
        """The claims of each sentence that has more than one, in order."""
        groups = ((n, list(claims)) for n, claims in groupby(self.claims, lambda c: c.sentence))
        return {number: claims for number, claims in groups if len(claims) > 1}

    @cached_property
    def by_block(self) -> dict[int, list[Claim]]:
        """The claims of each paragraph, by where it starts."""
        groups = groupby(self.claims, lambda c: c.block.start)
        return {start: self._as_a_sentence(list(claims)) for start, claims in groups}

    def _as_a_sentence(self, claims: list[Claim]) -> list[Claim]:
        """The claims of a paragraph; where they are one sentence, the list that is kept for it."""
        sentence = self.sentence(claims[0])
        return sentence if len(sentence) == len(claims) else claims

    def remembered[T](self, find: "Callable[[Statements], list[T]]") -> list[T]:
        """What `find` finds in the report, found once; it has to depend on nothing else."""
        found: list[T] | None = self._found.get(find)
        if found is None:
            found = self._found[find] = find(self)
        return found

    @cached_property
    def _found(self) -> dict[object, list[Any]]:
        return {}

    @cached_property
    def sentences(self) -> list[list[Claim]]:
        """The claims of each sentence that has more than one, in order."""
        return list(self._by_sentence.values())

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Claim]]:
        return _grouped((c.kind, c) for c in self.claims)

    def of_kind(self, kind: Kind, *others: Kind) -> list[Claim]:
        """The claims of one kind, or of some, in order."""
        found = self._by_kind.get(kind, [])
        if not others:
            return found
        more = (self._by_kind.get(other, []) for other in others)
        return sorted(chain(found, *more), key=lambda c: c.index)

    @cached_property
    def _by_dimension(self) -> dict[str, list[Claim]]:
        return _grouped((c.dimension, c) for c in self.claims)

    def of_dimension(self, dimension: str) -> list[Claim]:
        """The claims that measure one thing (percent, money …), in order."""
        return self._by_dimension.get(dimension, [])

    @cached_property
    def counts(self) -> list[Claim]:
        """The levels that count whole things, exactly, in order."""
        levels = self.of_kind(Kind.LEVEL)
        return [c for c in levels if c.quantity.unit.counts and c.quantity.bound is Bound.EXACT]

    @cached_property
    def definite(self) -> list[Claim]:
        """The levels that open a whole (64个项目中), exactly, in order."""
        levels = self.of_kind(Kind.LEVEL)
        return [c for c in levels if c.definite and c.quantity.bound is Bound.EXACT]

    @cached_property
    def _blocks_by_character(self) -> dict[str, list[Block]]:
        found: dict[str, list[Block]] = {character: [] for character in _TELLING}
        text = self.document.unified
        for block in self.document.blocks:
            for character in _TELLING.intersection(text[block.start : block.end]):
                found[character].append(block)
        return found

    def blocks_with(self, characters: str) -> Iterable[Block]:
        """The paragraphs that have one of some telling characters, in order: a pattern that needs it is not
        tried in the others."""
        groups = [self._blocks_by_character[character] for character in characters]
        if len(groups) == 1:
            return groups[0]
        found = {block.start: block for group in groups for block in group}
        return [found[start] for start in sorted(found)]

    def sentence(self, claim: Claim) -> list[Claim]:
        """The claims of the sentence of a claim."""
        return self._by_sentence.get(claim.sentence) or [claim]

    def sentence_until(self, claim: Claim) -> list[Claim]:
        """The claims of the sentence before a claim; of very many the nearest."""
        sentence = self.sentence(claim)
        at = claim.index - sentence[0].index
        return sentence[max(0, at - _NEAREST) : at]

    def block(self, claim: Claim) -> list[Claim]:
        """The claims of the paragraph of a claim."""
        return self.by_block[claim.block.start]

    def block_until(self, claim: Claim) -> list[Claim]:
        """The claims of the paragraph before a claim; of very many the nearest."""
        block = self.by_block[claim.block.start]
        at = claim.index - block[0].index
        return block[max(0, at - _NEAREST) : at]

    @cached_property
    def _by_tail(self) -> dict[str, list[Claim]]:
        return _grouped(
            (tail, c)
            for c in self.claims
            for tail in {wording.core(c.name)[-2:], amountless(c.name)[-2:]}
            if len(tail) == 2
        )

    def levels_named(self, wanted: str, near: Claim) -> list[Claim]:
        """Claims that measure `wanted`, in order; of very many, those nearest to `near`."""
        if len(wanted) < 2:
            return []
        group = self._by_tail.get(wanted[-2:], [])
        at = bisect_left(group, near.index, key=lambda c: c.index)
        return [c for c in group[max(0, at - _NEAREST) : at + _NEAREST] if named(c, wanted)]

    @cached_property
    def _results(
        self,
    ) -> tuple[dict[tuple[str, str], list[Claim]], dict[tuple[str, str], list[Claim]]]:
        results = [
            c
            for c in self.claims
            if c.kind is Kind.LEVEL
            and not (c.planned or c.depth)
            and c.link not in (Link.BASE, Link.REST)
            and c.quantity.bound is Bound.EXACT
        ]
        by_name = _grouped(((c.dimension, wording.name_key(c.name)), c) for c in results if c.name)
        by_heading = _grouped(((c.dimension, wording.name_key(c.heading)), c) for c in results)
        return by_name, by_heading

    def results(self, name: str, dimension: str) -> list[Claim]:
        """What was reached under a name: bases for next year's growth."""
        return self._results[0].get((dimension, wording.name_key(name)), [])[:_NEAREST]

    def results_under(self, heading: str, dimension: str) -> list[Claim]:
        """What was reached under a heading of that name, in order."""
        return self._results[1].get((dimension, wording.name_key(heading)), [])[:_NEAREST]

    @cached_property
    def _targets(self) -> dict[tuple[str, str], list[Claim]]:
        return _grouped(
            ((c.dimension, wording.name_key(c.heading)), c)
            for c in self.claims
            if c.kind is Kind.TARGET and not c.planned and c.quantity.bound is Bound.EXACT
        )

    def targets_under(self, heading: str, dimension: str) -> list[Claim]:
        """The targets of the year under review under a heading of that name, in order."""
        return self._targets.get((dimension, wording.name_key(heading)), [])[:_NEAREST]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [d.start for d in self.dates]

    @cached_property
    def _to_december(self) -> bool:
        return any(
            d.kind == "months" and d.period and (d.period.first, d.period.last) == (1, 12)
            for d in self.dates
        )

    def closed(self, claim: Claim) -> bool:
        """Whether the year that a claim speaks of is over in this report."""
        published = self.document.published
        year = claim.period.year if claim.period else self.year
        if published and year and published[0] > year:
            return True
        return self._to_december and not claim.planned

    def months_named(self, claim: Claim) -> bool:
        """Whether months or a part of the year are named in the claim's paragraph before it."""
        low = bisect_left(self._date_starts, claim.block.start)
        return any(
            d.kind in ("months", "half", "year") and d.start < claim.start
            for d in self.dates[low : low + 40]
        )

    def dated(self, claim: Claim) -> bool:
        """Whether a period is named in the sentence of the claim, before it."""
        low = bisect_left(self._date_starts, self.sentence_start(claim))
        high = bisect_left(self._date_starts, claim.start)
        return any(d.period is not None and d.kind != "day" for d in self.dates[low:high])

    @cached_property
    def _spans_of_years(self) -> list[int]:
        return [d.start for d in self.dates if d.period and d.period.years > 1]

    def several_years(self, claim: Claim) -> bool:
        """Whether the section of a claim speaks of several years (五年来, 十四五期间) before it; a section whose
        heading names one year does not, only a paragraph of it may."""
        start = claim.block.path[0].start if claim.block.path else 0
        titles = "".join(h.title for h in claim.block.path)
        if _ONE_YEAR.search(titles) and not _YEARS.search(titles):
            start = claim.block.start
        low = bisect_left(self._spans_of_years, start)
        return low < bisect_left(self._spans_of_years, claim.start)

    def thresholds(self, low: int, high: int) -> list[Quantity]:
        """The numbers between two places that only qualify a noun: 30亿元以上项目."""
        first = bisect_left(self.thresholds_found, low, key=lambda q: q.start)
        last = bisect_right(self.thresholds_found, high, key=lambda q: q.start)
        return self.thresholds_found[first:last]

    def between(self, one: Claim, other: Claim) -> str:
        """The words between two claims."""
        return self.document.unified[one.end : other.start]

    def sentence_start(self, claim: Claim) -> int:
        """Where the sentence of a claim begins."""
        text = self.document.unified
        return max(claim.block.body, 1 + max(
            text.rfind(mark, claim.block.body, claim.start) for mark in SENTENCE_ENDS))  # fmt: skip

    def sentence_end(self, claim: Claim) -> int:
        """Where the sentence of a claim ends."""
        text = self.document.unified
        ends = (text.find(mark, claim.end, claim.block.end) for mark in SENTENCE_ENDS)
        return min((at for at in ends if at >= 0), default=claim.block.end)


def _grouped[K](pairs: Iterable[tuple[K, Claim]]) -> dict[K, list[Claim]]:
    groups: dict[K, list[Claim]] = defaultdict(list)
    for key, claim in pairs:
        groups[key].append(claim)
    return dict(groups)
