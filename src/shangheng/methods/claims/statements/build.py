"""From quantities to claims: each with its clause, name, period, kind, and place in the report."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from shangheng.methods.claims.quantities.dates import DateSpan, Period, find_dates
from shangheng.methods.claims.quantities.scan import Bound, Quantity, Role, scan_with_dates
from shangheng.methods.claims.reading.document import Block, Document
from shangheng.methods.claims.statements import wording
from shangheng.methods.claims.statements.claim import Claim, Kind, Link
from shangheng.methods.claims.statements.classify import classify
from shangheng.methods.claims.statements.context import Setting, setting_of

_BRACKETS = re.compile(r"\([^()\n]{0,120}\)|\[[^\[\]\n]{0,60}\]")
_QUOTED = re.compile(r"《[^《》\n]{0,80}》")
_SLOGAN = re.compile(r"“[^“”\n]{0,40}”|\"[^\"\n]{0,40}\"")
_BOUNDARY = re.compile(r"(?<!\d)[,](?!\d{3}(?!\d))|(?<=\d),(?!\d{3}(?!\d))|[;:。!?]")
_SENTENCE = "。!?"


_PLACE = re.compile(r"(?:地方|[区市县镇乡局委办园]|街道|公司|我们|新|总|累计|共|实现|完成)$")


def named(claim: Claim, wanted: str) -> bool:
    """Whether the claim's own name is `wanted`, alone or after the name of a place or unit."""
    names = (wording.core(claim.name), _short(claim.name))
    if wanted in names:
        return True
    return any(n.endswith(wanted) and _PLACE.search(n[: -len(wanted)]) for n in names)


def _short(name: str) -> str:
    return re.sub(r"(?:总额|总量|总数|总值|额)$", "", wording.core(name))


@dataclass
class Statements:
    """All claims of a report in order, with the text that they were read from."""

    document: Document
    claims: list[Claim]
    quantities: list[Quantity]
    dates: list[DateSpan]
    masked: str
    year: int | None

    def sentence(self, claim: Claim) -> list[Claim]:
        """The claims of one sentence, in order."""
        return self.by_sentence[claim.sentence]

    def __post_init__(self) -> None:
        self.by_sentence: dict[int, list[Claim]] = {}
        self.by_block: dict[int, list[Claim]] = {}
        self._by_tail: dict[str, list[Claim]] = {}
        self._date_starts = [d.start for d in self.dates]
        self._months_to_december = any(
            d.kind == "months" and d.period and (d.period.first, d.period.last) == (1, 12)
            for d in self.dates
        )
        self._results = [c for c in self.claims if c.kind is Kind.LEVEL and not c.planned and c.depth == 0
                         and c.link in (Link.NONE, Link.TOTAL, Link.REACHED, Link.PART)
                         and c.quantity.bound is Bound.EXACT]  # fmt: skip
        for claim in self.claims:
            self.by_sentence.setdefault(claim.sentence, []).append(claim)
            self.by_block.setdefault(claim.block.start, []).append(claim)
            names = {wording.core(claim.name), _short(claim.name), wording.core(claim.heading)}
            for tail in {name[-2:] for name in names}:
                self._by_tail.setdefault(tail, []).append(claim)

    def results(self) -> list[Claim]:
        """What was reached by the end of a year, as the review part gives it: bases for growth."""
        return self._results

    def closed(self, claim: Claim) -> bool:
        """Whether the year that a claim speaks of is over in this report."""
        published = self.document.published
        year = claim.period.year if claim.period else self.year
        if published and year and published[0] > year:
            return True
        return self._months_to_december and not claim.planned

    def months_named(self, claim: Claim) -> bool:
        """Whether months or a whole year are named in the claim's own sentence or block."""
        low = bisect_left(self._date_starts, claim.block.start)
        return any(
            d.kind in ("months", "half", "year") and d.start < claim.start
            for d in self.dates[low : low + 40]
        )

    def between(self, one: Claim, other: Claim) -> str:
        """The words between two claims."""
        return self.document.unified[one.end : other.start]

    def sentence_start(self, claim: Claim) -> int:
        """Where the sentence of a claim begins."""
        text = self.document.unified
        for at in range(claim.start - 1, claim.block.body - 1, -1):
            if text[at] in _SENTENCE:
                return at + 1
        return claim.block.body

    @cached_property
    def thresholds(self) -> list[Quantity]:
        """The numbers that only qualify a noun: 30亿元以上项目."""
        return [q for q in self.quantities if q.role is Role.THRESHOLD]

    @cached_property
    def several_years(self) -> bool:
        """Whether the report also speaks of spans of several years (五年来, 十四五期间)."""
        return any(d.period and d.period.years > 1 for d in self.dates)

    def dated(self, claim: Claim) -> bool:
        """Whether a period is named in the sentence of the claim, before it."""
        low = bisect_left(self._date_starts, self.sentence_start(claim))
        high = bisect_left(self._date_starts, claim.start)
        return any(d.period is not None and d.kind != "day" for d in self.dates[low:high])

    def sentence_end(self, claim: Claim) -> int:
        """Where the sentence of a claim ends."""
        text = self.document.unified
        for at in range(claim.end, claim.block.end):
            if text[at] in _SENTENCE:
                return at
        return claim.block.end

    def levels_named(self, wanted: str) -> list[Claim]:
        """Claims whose own name measures `wanted`; a unit's name may stand before it (某区签约项目)."""
        if len(wanted) < 2:
            return []
        return [c for c in self._by_tail.get(wanted[-2:], ()) if named(c, wanted)]

    def block(self, claim: Claim) -> list[Claim]:
        """The claims of one paragraph, in order."""
        return self.by_block[claim.block.start]


def read_statements(document: Document) -> Statements:
    """Read every claim of a report. Linear in its length."""
    dates = find_dates(document.unified)
    quantities = scan_with_dates(document.unified, dates)
    masked = _masked(document.unified, dates)
    setting = setting_of(document, dates)
    claims: list[Claim] = []
    starts = [q.start for q in quantities]
    sentence = 0
    for block in document.blocks:
        lo, hi = bisect_left(starts, block.body), bisect_left(starts, block.end)
        reader = _BlockReader(document, block, masked, dates, setting, sentence, len(claims))
        claims.extend(reader.read(quantities[lo:hi]))
        sentence = reader.sentence + 1
    _inherit(claims)
    return Statements(document, claims, quantities, dates, masked, setting.year)


def _inherit(claims: list[Claim]) -> None:
    """Figures in a row say the same kind of thing: 分别增长5%、6%和7%."""
    for previous, claim in pairwise(claims):
        same = previous.sentence == claim.sentence and previous.dimension == claim.dimension
        if "inherits" in claim.notes and same:
            claim.kind, claim.sign = previous.kind, previous.sign
            claim.whole, claim.base = previous.whole, previous.base
            claim.notes["clause"] = previous.notes["clause"]


def _masked(text: str, dates: list[DateSpan]) -> str:
    """The text with dates and titles of documents blanked, one character for one."""
    pieces, at = [], 0
    for date in dates:
        if date.start >= at and date.period is not None:
            pieces += [text[at : date.start], "\x00" * (date.end - date.start)]
            at = date.end
    pieces.append(text[at:])
    joined = "".join(pieces)
    return _QUOTED.sub(lambda m: " " * len(m.group()), joined)


class _BlockReader:
    """Reads the claims of one paragraph."""

    def __init__(
        self, document: Document, block: Block, masked: str, dates: list[DateSpan],
        setting: Setting, sentence: int, index: int,
    ) -> None:  # fmt: skip
        self.block, self.setting, self.dates = block, setting, dates
        self.document = document
        self.words = masked[block.body : block.end]
        self.outer = _BRACKETS.sub(lambda m: " " * len(m.group()), self.words)
        self.sentence, self.index = sentence, index
        self.slogans = [
            (block.body + m.start(), block.body + m.end()) for m in _SLOGAN.finditer(self.words)
        ]
        self.first_sentence = sentence
        ends = [(m.start(), m.group() in _SENTENCE) for m in _BOUNDARY.finditer(self.outer)]
        self.bounds = [-1] + [at for at, _ in ends] + [len(self.outer)]
        self.sentence_of_clause = self._number_sentences(ends)
        self.sentence = self.sentence_of_clause[-1]

    def _number_sentences(self, ends: list[tuple[int, bool]]) -> list[int]:
        numbers = [self.sentence]
        for _, stops in ends:
            numbers.append(numbers[-1] + stops)
        return numbers

    def read(self, quantities: list[Quantity]) -> Iterator[Claim]:
        """Every measured quantity of the paragraph as a claim; thresholds and labels are none."""
        measured = [q for q in quantities if q.role is Role.QUANTITY and not self._quoted(q)]
        for place, quantity in enumerate(measured):
            before = measured[place - 1].end if place else 0
            after = measured[place + 1].start if place + 1 < len(measured) else self.block.end
            claim = self._claim(quantity, before - self.block.body, after - self.block.body)
            classify(claim)
            self.index += 1
            yield claim

    def _quoted(self, quantity: Quantity) -> bool:
        """Whether the number is part of a title 《…》 or of a slogan: “两个维护”, “四区联动”."""
        if any(low < quantity.start < high for low, high in self.slogans):
            return not quantity.figure.isascii()
        at = quantity.start - self.block.body
        return self.words[at : at + 1] == " " and self.document.unified[quantity.start] != " "

    def _claim(self, quantity: Quantity, before: int, after: int) -> Claim:
        start, end = quantity.start - self.block.body, quantity.end - self.block.body
        depth = int(self.outer[start] == " " and self.words[start] != " ")
        words = self.words if depth else self.outer
        clause = bisect_left(self.bounds, start) - 1
        low, high = self.bounds[clause] + 1, self.bounds[clause + 1]
        if depth:
            low, high = self._inside(start)
        left = words[max(low, before) : start].replace(" ", "")
        right = words[end : max(end, min(high, after))].replace(" ", "")
        claim = Claim(self.index, quantity, self.block, self.sentence_of_clause[clause], clause,
                      left, right, depth)  # fmt: skip
        claim.series = int(before > low and left in ("、", "和", "及", "与", "以及", "/"))
        clause_words = words[low:start].replace(" ", "")
        if (
            not depth
            and clause
            and (self.outer[low - 1 : low] == ":" or self._label(clause) == "其中")
        ):
            clause_words = self._label(clause) + clause_words
            claim.left = clause_words if low >= before else claim.left
        claim.notes["clause"] = clause_words
        claim.heading = self.setting.heading_name(self.block)
        claim.period = self._period(quantity, clause)
        sentence = self._sentence_words(clause, high)
        claim.planned = self.setting.planned(self.block, sentence)
        area = wording.AREA.search(claim.notes["clause"])
        claim.area = area.group() if area else ""
        return claim

    def _label(self, clause: int) -> str:
        """What stands before a colon: 预期目标:750亿元 is read as 预期目标750亿元."""
        if not clause:
            return ""
        low, high = self.bounds[clause - 1] + 1, self.bounds[clause]
        return self.outer[low:high].replace(" ", "")[-24:]

    def _inside(self, start: int) -> tuple[int, int]:
        """The clause inside the brackets around `start`."""
        low = max(self.words.rfind(c, 0, start) for c in "([,;:、") + 1
        ends = [at for c in ")],;" if (at := self.words.find(c, start)) >= 0]
        return low, min(ends, default=len(self.words))

    def _sentence_words(self, clause: int, high: int) -> str:
        number = self.sentence_of_clause[clause]
        first = clause
        while first and self.sentence_of_clause[first - 1] == number and clause - first < 8:
            first -= 1
        return self.outer[self.bounds[first] + 1 : high][-200:]

    def _period(self, quantity: Quantity, clause: int) -> Period | None:
        """The last period named before the quantity in its sentence, else the one of its section."""
        number, first = self.sentence_of_clause[clause], clause
        while first and self.sentence_of_clause[first - 1] == number and clause - first < 8:
            first -= 1
        floor = self.block.body + self.bounds[first] + 1
        return self.setting.period(self.document.unified, self.block, floor, quantity.start)
