"""Where a claim stands: the year of the report, the section it is in, review or plan."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from shangheng.methods.claims.quantities.dates import DateSpan, Period
from shangheng.methods.claims.reading.document import Block, Document
from shangheng.methods.claims.statements import wording

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_COMPARED_BEFORE = re.compile(r"(?:比|较|与|同|相比|超过|高于|低于|自|从|由|到)$")
_UNTIL = re.compile(r"(?:截至|截止到?|至|到)$")
_AIMED = re.compile(r"(?:完成|达到?|实现|占|超|为)$")
_AIM = re.compile(r"(?:的)?[\u4e00-\u9fff]{0,10}?(?:目标|任务|计划|预算|指标)")
_OWN_TARGET = re.compile(
    r"(?:的)?(?:挑战|预期|拼搏|奋斗|力争|工作|年初)?(?:目标|任务|计划|预算|指标)"
)
_COMPARED_AFTER = re.compile(r"(?:的)?(?:同期|以来|年均|相比|之前|前|后|以后|平均)")


_CONCEDED = re.compile(r"虽|存在(?:的)?(?:问题|不足)")
_AHEAD = re.compile(r"力争|明年|预计(?:到|明|\x00{2,5}(?:末|底)?将)|下一步")


class Outlook(Enum):
    """What the headings say of a paragraph: what was done, what is to come, or nothing."""

    REVIEW, PLAN, OPEN = range(3)

    def planned(self, sentence: str) -> bool:
        """Whether the words speak of what is to come: by the headings, else by the sentence."""
        if self is Outlook.PLAN:
            return not _CONCEDED.search(sentence)
        words = _AHEAD if self is Outlook.REVIEW else wording.PLAN_WORDS
        return bool(words.search(sentence))


@dataclass
class Setting:
    """What the whole report tells about each of its parts."""

    document: Document
    dates: list[DateSpan]
    year: int | None

    @cached_property
    def _starts(self) -> list[int]:
        return [d.start for d in self.dates]

    def heading_name(self, block: Block) -> str:
        """The name of the innermost heading that has words."""
        return next((h.title for h in reversed(block.path) if h.title), "")

    def section_year(self, block: Block) -> int | None:
        """The year in the innermost heading that names one, else the year of the report."""
        if not block.path:
            return self.year
        innermost = block.path[-1].start
        if innermost not in self._years:
            years = (_YEAR.search(heading.title) for heading in reversed(block.path))
            self._years[innermost] = next((int(y.group()) for y in years if y), self.year)
        return self._years[innermost]

    @cached_property
    def _years(self) -> dict[int, int | None]:
        """The year of each section, by where its innermost heading begins."""
        return {}

    def outlook(self, block: Block) -> "Outlook":
        """Whether the headings over a paragraph make it a review or a plan."""
        if not block.path:
            return Outlook.OPEN
        innermost = block.path[-1].start
        if innermost not in self._outlooks:
            self._outlooks[innermost] = self._outlook(block)
        return self._outlooks[innermost]

    @cached_property
    def _outlooks(self) -> dict[int, Outlook]:
        """The outlook of each section, by where its innermost heading begins."""
        return {}

    def _outlook(self, block: Block) -> Outlook:
        for heading in block.path:
            year = _YEAR.search(heading.title)
            if year and self.year and int(year.group()) > self.year:
                return Outlook.PLAN
            if wording.REVIEW_HEADING.search(heading.title):
                return Outlook.REVIEW
            if wording.PLAN_HEADING.search(heading.title):
                return Outlook.PLAN
        return Outlook.OPEN

    def dates_before(self, at: int) -> int:
        """How many dates of the report begin before a place."""
        return bisect_left(self._starts, at)

    def period(self, block: Block, floor: int, dates: int) -> Period | None:
        """The period that the last of the first `dates` dates name in the sentence (from `floor` on), else
        earlier in the paragraph, else the year of the section."""
        found = self._named_period(block, floor, dates)
        if found is None and floor > block.body:
            earlier = self.dates_before(floor)
            found = self._named_period(block, max(block.body, floor - 400), earlier, carried=True)
        if found is None and (year := self.section_year(block)):
            found = Period(year)
        return found and self._periods.setdefault(found, found)

    @cached_property
    def _periods(self) -> dict[Period, Period]:
        """One object for each period, however many claims speak of it."""
        return {}

    def _named_period(
        self, block: Block, floor: int, dates: int, *, carried: bool = False
    ) -> Period | None:
        for index in range(dates - 1, -1, -1):
            date = self.dates[index]
            if date.start < floor:
                break
            if index not in self._meant:
                self._meant[index] = self._meaning(block, date)
            period = self._meant[index]
            if period is None or (carried and self._passing(block, date)):
                continue
            return period
        return None

    @cached_property
    def _meant(self) -> dict[int, Period | None]:
        """What was found of each date: the period that figures after it are of."""
        return {}

    def _meaning(self, block: Block, date: DateSpan) -> Period | None:
        """The period that a date gives to the figures after it; None where it is only compared with, or belongs
        to a target."""
        text = self.document.unified
        compared = _COMPARED_BEFORE.search(text, max(block.body, date.start - 3), date.start)
        if date.period is None or date.kind == "day" or compared or _of_target(text, date):
            return None
        if _COMPARED_AFTER.match(text, date.end):
            return None
        bare = date.period.year is None and not date.period.shift
        if bare and _OWN_TARGET.match(text, date.end):
            return None
        period = self._resolved(date.period, block)
        until = period.first == period.last and _UNTIL.search(
            text, max(0, date.start - 4), date.start
        )
        return replace(period, first=1) if until else period

    def _passing(self, block: Block, date: DateSpan) -> bool:
        """Whether a date is for its own sentence only: the year before, or next year's in a section on what was done."""
        if self.document.unified[date.start] == "上":
            return True
        ahead = date.period is not None and date.period.shift > 0
        return ahead and self.outlook(block) is Outlook.REVIEW

    def _resolved(self, period: Period, block: Block) -> Period:
        if period.year is not None or period.years > 1:
            return period
        year = self.section_year(block) if not period.shift else self.year
        return replace(
            period, year=None if year is None else year + period.shift, shift=period.shift
        )


def _of_target(text: str, date: DateSpan) -> bool:
    """Whether the period belongs to a target (完成全年出口任务的60%), not to what was reached."""
    return bool(_AIMED.search(text, max(0, date.start - 4), date.start)) and bool(
        _AIM.match(text, date.end)
    )


def setting_of(document: Document, dates: list[DateSpan]) -> Setting:
    """The year that a report is about: of its title, else the first heading, else the commonest."""
    for words in (document.title, *(b.heading.title for b in document.blocks if b.heading)):
        if found := _YEAR.search(words):
            return Setting(document, dates, int(found.group()))
    counts: dict[int, int] = {}
    for date in dates:
        if date.period and date.period.year and date.period.years == 1:
            counts[date.period.year] = counts.get(date.period.year, 0) + 1
    year = max(counts, key=lambda y: (counts[y], -y)) if counts else None
    return Setting(document, dates, year)
