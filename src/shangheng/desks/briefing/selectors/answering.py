"""What each bound figure prints: numbers with their way back, and the judgements in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from shangheng.desks.briefing.catalogue import lexicon
from shangheng.desks.briefing.domain import wording
from shangheng.desks.briefing.domain.binding import Measure
from shangheng.desks.briefing.domain.pieces import (
    Answer,
    Filling,
    Lexicon,
    Piece,
    Shown,
    printed,
)
from shangheng.desks.briefing.selectors.asking import Ask, Reading
from shangheng.desks.briefing.selectors.lists import Lists
from shangheng.desks.briefing.selectors.numbers import Numbers
from shangheng.desks.briefing.selectors.tables import Tables
from shangheng.engines.ledger.domain.figure import Figure
from shangheng.engines.ledger.selectors.targets import Goal

PERCENT_PLACES = 1
COMPLETION_PLACES = 2


def answers(asks: Iterable[Ask], *, known_at: datetime, backed: bool = True) -> dict[Ask, Answer]:
    """What each of `asks` prints as known at an instant; not `backed`: vouchers are not counted."""
    wanted = list(dict.fromkeys(asks))
    return Answering(Reading(wanted, known_at, backed=backed)).all(wanted)


class Answering:
    """Answers bindings from what has been read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words: Lexicon = lexicon()
        self.numbers = Numbers(reading, self.words)
        self.lists = Lists(reading, self.numbers, self.words)
        self.tables = Tables(reading, self.numbers, self.words)

    def all(self, asks: Iterable[Ask]) -> dict[Ask, Answer]:
        """Every answer."""
        return {ask: self.answer(ask) for ask in asks}

    def answer(self, ask: Ask) -> Answer:
        """One answer; never fails for want of data."""
        if not ask.known:
            return self._missing(_("没有这个指标或表，请核对编码"))
        kinds: Mapping[Measure, Callable[[Ask], Answer]] = {
            Measure.GROWTH: self._growth,
            Measure.RATE: self._growth,
            Measure.SHARE: self._share,
            Measure.STATUS: self._status,
            Measure.TARGET: self._target,
            Measure.STANDING: self._standing,
            Measure.COMPLETION: self._completion,
            Measure.BASIS: self._basis,
            Measure.BY: self.lists.by,
            Measure.SUBJECTS: self.lists.subjects,
            Measure.POINTS: self.lists.points,
            Measure.TABLE: self.tables.table,
        }
        return kinds.get(ask.binding.measure, self._value)(ask)

    def _missing(self, why: str) -> Answer:
        return Answer(self.words("missing"), missing=why)

    def _value(self, ask: Ask) -> Answer:
        figure = self.reading.figures[ask.query]
        if figure.value is None:
            return self._missing(_("台账中没有数据"))
        shown = self.numbers.value(figure)
        if ask.binding.measure is Measure.NUMBER:
            number = shown.text.removesuffix(shown.unit)
            return Answer((replace(shown, text=number, unit="", measure="number"),))
        return Answer((shown,))

    def _growth(self, ask: Ask) -> Answer:
        figure = self.reading.figures[ask.query]
        percent = figure.growth.percent
        if percent is None:
            return self._missing(figure.growth.reason or _("没有可比的上年同期数"))
        if ask.binding.measure is Measure.RATE:
            return Answer((self.numbers.growth(figure, percent),))
        turn = wording.direction(percent, PERCENT_PLACES)
        shown = self.numbers.growth(figure, percent.copy_abs())
        return Answer(self.words(f"growth.{turn}", percent=shown))

    def _share(self, ask: Ask) -> Answer:
        part = self.reading.figures[ask.query]
        whole = self.reading.figures[replace(ask.query, indicator=ask.binding.argument)]
        if part.value is None or whole.value is None:
            return self._missing(_("分子或分母在台账中没有数据"))
        percent = wording.share(part.value, whole.value)
        if percent is None:
            return self._missing(_("分母不是正数"))
        return Answer((self.numbers.share(part, whole, percent),))

    def _status(self, ask: Ask) -> Answer:
        figure = self.reading.figures[ask.query]
        if not figure.postings:
            return self._missing(_("台账中没有数据"))
        return Answer((self.numbers.status(figure, ask.binding.argument),))

    def _target(self, ask: Ask) -> Answer:
        goal = self.reading.goal(ask)
        if goal is None:
            return self._missing(_("目标表中没有这一档目标"))
        return Answer((self.numbers.target(goal),))

    def _standing(self, ask: Ask) -> Answer:
        goal, figure = self.reading.goal(ask), self.reading.figures[ask.query]
        if goal is None:
            return self._missing(_("目标表中没有这一档目标"))
        if figure.value is None:
            return self._missing(_("台账中没有数据"))
        judged = wording.judge(
            figure.value,
            goal.value,
            decimals=figure.decimals,
            period=ask.period,
            polarity=figure.indicator.polarity,
        )
        return Answer(
            self.words(
                f"standing.{judged.outcome}",
                tier=self.words.tier(goal.tier, goal.tier_zh),
                target=self.numbers.target(goal),
                gap=self._gap(judged, figure, goal),
                rate=self._rate(judged.rate, figure, goal),
            )
        )

    def _gap(self, judged: wording.Judgement, figure: Figure, goal: Goal) -> Shown:
        yearly = judged.outcome in {"exceeded", "met", "short"}
        unit = self.words.pattern("points") if not yearly or figure.unit == "%" else figure.unit
        decimals = figure.decimals if yearly else PERCENT_PLACES
        text = printed(judged.gap, decimals)
        if judged.gap and not Decimal(text):
            text = f"{judged.gap}"
        return self.numbers.of_goal(figure, goal, "gap", judged.gap, text, unit)

    def _rate(self, rate: Decimal | None, figure: Figure, goal: Goal) -> Piece | str:
        if rate is None:
            return self.words.pattern("missing")
        text = printed(rate, COMPLETION_PLACES)
        return self.numbers.of_goal(figure, goal, "completion", rate, text, "%")

    def _completion(self, ask: Ask) -> Answer:
        goal, figure = self.reading.goal(ask), self.reading.figures[ask.query]
        rate = None
        if goal is not None and figure.value is not None:
            rate = wording.completion(figure.value, goal.value)
        if goal is None or rate is None:
            return self._missing(_("缺少完成数或目标值，算不出完成率"))
        piece = self._rate(rate, figure, goal)
        return Answer((piece,) if isinstance(piece, Shown) else ())

    def _basis(self, ask: Ask) -> Answer:
        goal = self.reading.goal(ask)
        if goal is None:
            return self._missing(_("目标表中没有这一档目标"))
        check = goal.base_check
        if check is None or goal.remembered is None:
            return Answer(self.words("basis.none"))
        values: dict[str, Piece | Filling] = {
            "period": goal.row.base_period and self.numbers.period_label(goal),
            "base": self.numbers.base(goal, goal.remembered),
        }
        if check.growth is not None:
            values["growth"] = self._turn(goal, check.growth, "set")
        suffix = "" if check.growth is not None else "_value"
        if not check.moved or check.now is None or check.growth_now is None:
            return Answer(self.words(f"basis.holds{suffix}", **values))
        values["now"] = self.numbers.base(goal, check.now, now=True)
        values["growth_now"] = self._turn(goal, check.growth_now, "now")
        if check.value_now is not None:
            values["value_now"] = self.numbers.meant(goal, check.value_now)
        pieces = self.words(f"basis.moved{suffix}", **values)
        moved = "".join(piece.text for piece in pieces)
        return Answer(pieces, moved=moved)

    def _turn(self, goal: Goal, percent: Decimal, what: str) -> tuple[Piece, ...]:
        """A target's growth with its direction in words: 增长8%."""
        turn = wording.direction(percent, PERCENT_PLACES)
        shown = self.numbers.target_growth(goal, percent.copy_abs(), what)
        return self.words(f"growth.{turn}", percent=shown)
