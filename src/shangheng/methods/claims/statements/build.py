"""From quantities to claims: each with its clause, name, period, kind, and place in the report."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from sys import intern

from shangheng.methods.claims.quantities.dates import DateSpan, Period, find_dates
from shangheng.methods.claims.quantities.quantity import Measure, Quantity, Role
from shangheng.methods.claims.quantities.scan import scan_span
from shangheng.methods.claims.reading.document import Block, Document
from shangheng.methods.claims.statements.claim import Claim
from shangheng.methods.claims.statements.classify import Told
from shangheng.methods.claims.statements.context import Outlook, Setting, setting_of
from shangheng.methods.claims.statements.statements import SENTENCE_ENDS, Crowd, Statements

_BRACKETS = re.compile(r"\([^()\n]{0,120}\)|\[[^\[\]\n]{0,60}\]")
_OPEN = re.compile(r"[(\[]")
_GLOSS = re.compile(
    r"(?P<open>\()(?:同比)?(?:增[长幅速]|下降)?为?[\d.,]+[万亿]?[\u4e00-\u9fff%]{1,3}(?P<close>\))(?=的[\d\u4e00-\u9fff]|[增多少上下降高低减提]|\d)"
)
_QUOTED = re.compile(r"《[^《》\n]{0,80}》")
_SLOGAN = re.compile(r"“[^“”\n]{0,40}”|\"[^\"\n]{0,40}\"")
_ASIDE = ("说明", "注", "备注", "附注", "来源", "口径", "依据")
_MAX_CLAUSES = 80
_MOST_FIGURES = 400
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MAX_WORDS = 200
_BOUNDARY = re.compile(r"[;:。!?]|,(?!\d{3}(?!\d))")


def read_statements(document: Document) -> Statements:
    """Read every claim of a report. Linear in its length."""
    dates = find_dates(document.unified)
    masked = _masked(document.unified, dates)
    setting = setting_of(document, dates)
    claims: list[Claim] = []
    thresholds: list[Quantity] = []
    figures = _Figures(document.unified, dates)
    told = Told()
    sentence = 0
    for block in document.blocks:
        quantities = figures.of(block)
        if not quantities:
            sentence += 1 + sum(
                document.unified.count(c, block.body, block.end) for c in SENTENCE_ENDS
            )
            continue
        thresholds += [q for q in quantities if q.role is Role.THRESHOLD]
        reader = _BlockReader(document, block, masked, setting, told, sentence, len(claims))
        claims.extend(reader.read(quantities))
        sentence = reader.sentence + 1
    _inherit(claims)
    crowded = tuple(figures.crowded)
    return Statements(document, claims, thresholds, dates, setting.year, crowded)


class _Figures:
    """Reads the quantities of a report paragraph by paragraph.

    Of a paragraph with more than `_MOST_FIGURES` in 6,000 characters, one in every fifteen, the
    first are read and the rest only counted: published reports have one in eighty.
    """

    def __init__(self, text: str, dates: list[DateSpan]) -> None:
        self.text, self.dates = text, dates
        self.date_starts = [d.start for d in dates]
        self.known: dict[str, Measure] = {}
        self.crowded: list[Crowd] = []

    def of(self, block: Block) -> list[Quantity]:
        """The quantities of a paragraph, or of a piece of one."""
        if self.crowded and self.crowded[-1].end == block.start:
            start, told = self.crowded[-1].start, self.crowded[-1].figures
            more = self._count(block.start, block.end)
            self.crowded[-1] = Crowd(start, block.end, told + more)
            return []
        found = scan_span(
            self.text, block.body, block.end, self.dates, self.date_starts, self.known
        )
        quantities = list(islice(found, _MOST_FIGURES + 1))
        if len(quantities) > _MOST_FIGURES:
            start = quantities.pop().start
            self.crowded.append(Crowd(start, block.end, self._count(start, block.end)))
        return quantities

    def _count(self, start: int, end: int) -> int:
        return sum(1 for _ in _FIGURE.finditer(self.text, start, end))


def _inherit(claims: list[Claim]) -> None:
    """Figures in a row say the same kind of thing: 分别增长5%、6%和7%."""
    for previous, claim in pairwise(claims):
        same = previous.sentence == claim.sentence and previous.dimension == claim.dimension
        if claim.inherits and same:
            claim.kind, claim.sign = previous.kind, previous.sign
            claim.whole = previous.whole
            claim.phrase = previous.phrase


def _masked(text: str, dates: list[DateSpan]) -> str:
    """The text with dates and titles of documents blanked, one character for one."""
    pieces, at = [], 0
    for date in dates:
        if date.start >= at and date.period is not None:
            pieces += [text[at : date.start], "\x00" * (date.end - date.start)]
            at = date.end
    pieces.append(text[at:])
    joined = "".join(pieces)
    return _blanked(_QUOTED, joined)


def _opened(words: str) -> str:
    """目标(50亿元)的95%, 较上年(8家)增长: a figure that only says what the words before it amount to is
    read as one of the clause."""
    return _GLOSS.sub(lambda m: f" {m.group()[1:-1]} ", words) if "(" in words else words


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches blanked, one character for one."""
    return pattern.sub(lambda m: " " * len(m.group()), text)


def _slogans(start: int, words: str) -> list[tuple[int, int]]:
    """Where words stand in quotation marks."""
    if "“" not in words and '"' not in words:
        return []
    return [(start + m.start(), start + m.end()) for m in _SLOGAN.finditer(words)]


class _BlockReader:
    """Reads the claims of one paragraph."""

    def __init__(
        self, document: Document, block: Block, masked: str,
        setting: Setting, told: Told, sentence: int, index: int,
    ) -> None:  # fmt: skip
        self.block, self.setting = block, setting
        self.document, self.told = document, told
        self.words = _opened(masked[block.body : block.end])
        self.outer = _blanked(_BRACKETS, self.words) if _OPEN.search(self.words) else self.words
        self.heading, self.outlook = setting.heading_name(block), setting.outlook(block)
        self.sentence, self.index = sentence, index
        self.bracketed = self.outer is not self.words
        self.slogans = _slogans(block.body, self.words)
        ends = [m.start() for m in _BOUNDARY.finditer(self.outer)]
        self.bounds = [-1, *ends, len(self.outer)]
        self.sentence_of_clause, self.opening = self._number_sentences(ends)
        self.sentence = self.sentence_of_clause[-1]
        self.plans: dict[tuple[int, int], bool] = {}
        self.periods: dict[tuple[int, int], Period | None] = {}

    def _number_sentences(self, ends: list[int]) -> tuple[list[int], list[int]]:
        """The sentence of each clause, and where the words of that sentence begin for it: at most eight clauses
        back. A sentence of very many clauses is cut, to bound the work."""
        number, length, outer, bounds = self.sentence, 0, self.outer, self.bounds
        numbers, openings = [number], [0]
        for clause, at in enumerate(ends, 1):
            if outer[at] in SENTENCE_ENDS or length >= _MAX_CLAUSES:
                length = 0
                number += 1
            else:
                length += 1
            numbers.append(number)
            openings.append(bounds[clause - (min(8, length))] + 1)
        return numbers, openings

    def read(self, quantities: list[Quantity]) -> Iterator[Claim]:
        """Every measured quantity of the paragraph as a claim; thresholds and labels are none."""
        measured = [q for q in quantities if q.role is Role.QUANTITY and not self._quoted(q)]
        for place, quantity in enumerate(measured):
            before = self._before(measured, place)
            after = measured[place + 1].start if place + 1 < len(measured) else self.block.end
            claim = self._claim(quantity, before - self.block.body, after - self.block.body)
            self.told.classify(claim)
            self.index += 1
            yield claim

    def _before(self, measured: list[Quantity], place: int) -> int:
        """Where the quantity before ends; one in brackets does not interrupt the words outside."""
        if not self.bracketed:
            return measured[place - 1].end if place else 0
        inside = self._in_brackets(measured[place])
        for other in reversed(measured[max(0, place - 4) : place]):
            if self._in_brackets(other) == inside:
                return other.end
        return 0

    def _in_brackets(self, quantity: Quantity) -> bool:
        at = quantity.start - self.block.body
        return self.bracketed and self.outer[at] == " " and self.words[at] != " "

    def _quoted(self, quantity: Quantity) -> bool:
        """Whether the number is part of a title 《…》 or of a slogan: “两个维护”, “四区联动”."""
        if self.slogans and any(low < quantity.start < high for low, high in self.slogans):
            return not quantity.measure.figure.isascii()
        at = quantity.start - self.block.body
        return self.words[at : at + 1] == " " and self.document.unified[quantity.start] != " "

    def _claim(self, quantity: Quantity, before: int, after: int) -> Claim:
        start, end = quantity.start - self.block.body, quantity.end - self.block.body
        depth = int(self.bracketed and self._in_brackets(quantity))
        words = self.words if depth else self.outer
        clause = bisect_left(self.bounds, start) - 1
        low, high = max(self.bounds[clause] + 1, start - _MAX_WORDS), self.bounds[clause + 1]
        if depth:
            low, high = self._inside(start)
        left = intern(words[max(low, before) : start].replace(" ", ""))
        right = intern(words[end : max(end, min(high, after, end + _MAX_WORDS))].replace(" ", ""))
        claim = Claim(self.index, quantity.start, quantity.end, quantity.measure, self.block,
                      self.sentence_of_clause[clause], clause, left, right, depth)  # fmt: skip
        if quantity.lead:
            number = quantity.start + quantity.lead
            claim.bounding = self.document.unified[quantity.start : number].strip()
        claim.series = int(before > low and left in ("、", "和", "及", "与", "以及", "/"))
        clause_words = left if before <= low else words[low:start].replace(" ", "")
        if not depth and clause and (label := self._label(clause)):
            clause_words = label + clause_words
            claim.left = clause_words if low >= before else claim.left
        claim.phrase = clause_words
        claim.heading = self.heading
        opening = self.opening[clause]
        claim.period = self._period(opening, quantity.start)
        claim.planned = self._planned(max(opening, high - 200), high)
        if (
            self.outlook is Outlook.PLAN
            and not claim.planned
            and claim.period
            and not claim.period.shift
        ):
            claim.period = replace(claim.period, year=self.setting.year)
        return claim

    def _label(self, clause: int) -> str:
        """What stands before a colon, or 其中 alone: 预期目标:640亿元 is read as 预期目标640亿元."""
        low, high = self.bounds[clause - 1] + 1, self.bounds[clause]
        if self.outer[high] != ":" and "其中" not in self.outer[low:high]:
            return ""
        label = self.outer[low:high].replace(" ", "")[-24:]
        told = self.outer[high] == ":" and not label.endswith(_ASIDE)
        return label if told or label == "其中" else ""

    def _inside(self, start: int) -> tuple[int, int]:
        """The clause inside the brackets around `start`."""
        low = max(self.words.rfind(c, 0, start) for c in "([,;:、") + 1
        ends = [at for c in ")],;" if (at := self.words.find(c, start)) >= 0]
        return low, min(ends, default=len(self.words))

    def _planned(self, low: int, high: int) -> bool:
        """Whether words speak of what is to come: one look for all the figures of a clause."""
        if (low, high) not in self.plans:
            self.plans[low, high] = self.outlook.planned(self.outer[low:high])
        return self.plans[low, high]

    def _period(self, opening: int, at: int) -> Period | None:
        """The period of a figure: one look-up for all that stand between the same two dates."""
        key = opening, self.setting.dates_before(at)
        if key not in self.periods:
            self.periods[key] = self.setting.period(self.block, self.block.body + opening, key[1])
        return self.periods[key]
