"""The pace bar: its geometry and its words."""

import re
from decimal import Decimal
from itertools import pairwise

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.ui.pace_bar import PaceBar, PaceLayout, Projection, Tier, layout, reached
from shangheng.core.ui.pace_svg import pace_svg, words

amounts = st.decimals(min_value=-(10**9), max_value=10**12, allow_nan=False, places=4)
unknown_or = st.one_of(st.none(), amounts)
tiers = st.lists(st.builds(Tier, st.text("预期挑战拼搏市级下达", max_size=6), amounts), max_size=6)
bars = st.builds(
    PaceBar,
    label=st.just("指标"),
    unit=st.just("亿元"),
    recognised=unknown_or,
    pending=st.one_of(st.none(), st.decimals(0, 10**9, allow_nan=False, places=2)),
    tiers=tiers,
    linear=unknown_or,
    seasonal=unknown_or,
    projection=st.one_of(st.none(), st.builds(Projection, amounts, amounts, amounts)),
)


def bar(
    recognised: str | None, pending: str = "0", *levels: str, linear: str | None = None
) -> PaceBar:
    return PaceBar(
        label="到位资金",
        unit="亿元",
        recognised=None if recognised is None else Decimal(recognised),
        pending=Decimal(pending),
        tiers=[Tier(f"第{i}档", Decimal(level)) for i, level in enumerate(levels, 1)],
        linear=None if linear is None else Decimal(linear),
    )


def places(drawn: PaceLayout) -> list[Decimal]:
    found = [drawn.recognised.start, drawn.recognised.end, drawn.pending.start, drawn.pending.end]
    found += [place for tick in drawn.ticks for place in (tick.at, tick.narrow, tick.wide)]
    found += [line for line in (drawn.linear, drawn.seasonal) if line is not None]
    if drawn.bracket:
        found += [drawn.bracket.span.start, drawn.bracket.middle, drawn.bracket.span.end]
    return found


@given(bars)
def test_nothing_is_drawn_outside_the_track(one: PaceBar) -> None:
    assert all(0 <= place <= 100 for place in places(layout(one)))


@given(bars)
def test_parts_follow_each_other(one: PaceBar) -> None:
    drawn = layout(one)
    assert drawn.recognised.start == 0
    assert drawn.recognised.end == drawn.pending.start <= drawn.pending.end
    assert [tick.at for tick in drawn.ticks] == sorted(tick.at for tick in drawn.ticks)
    if drawn.bracket:
        assert drawn.bracket.span.start <= drawn.bracket.middle <= drawn.bracket.span.end


@given(bars)
def test_the_drawing_has_no_inline_style_and_no_broken_markup(one: PaceBar) -> None:
    svg = str(pace_svg(one))
    assert "style=" not in svg
    assert len(re.findall(r"<(svg|g|text|div)\b", svg)) == len(
        re.findall(r"</(svg|g|text|div)>", svg)
    )


def test_the_track_ends_at_the_highest_tier() -> None:
    drawn = layout(bar("400", "100", "660", "800"))
    assert drawn.recognised.end == 50
    assert drawn.pending.end == Decimal("62.5")
    assert [tick.at for tick in drawn.ticks] == [Decimal("82.5"), 100]


def test_what_goes_beyond_the_highest_tier_fills_the_track_and_says_so() -> None:
    drawn = layout(bar("127", "0", "8"))
    assert drawn.recognised.end == 100
    assert drawn.beyond
    assert "pace-beyond" in pace_svg(bar("127", "0", "8"))


def test_exactly_the_highest_tier_is_not_beyond_it() -> None:
    assert not layout(bar("8", "0", "8")).beyond


def test_a_negative_value_stays_at_the_left_end_and_says_so() -> None:
    drawn = layout(bar("-3", "0", "8"))
    assert drawn.recognised.width == 0
    assert drawn.below


def test_without_tiers_the_track_ends_at_what_is_known() -> None:
    assert layout(bar("50", "0", linear="100")).recognised.end == 50
    assert layout(bar("0")).recognised.end == 0


def test_names_of_near_tiers_do_not_stand_on_each_other() -> None:
    ticks = layout(bar("640", "0", "700", "726", "740")).ticks
    for before, after in pairwise(ticks):
        assert (
            after.narrow - before.narrow >= 10
        )  # three letters of 12 px on 240 px are 15 per cent
        assert after.wide - before.wide >= 5


def test_a_name_with_room_stands_at_its_tick() -> None:
    ticks = layout(bar("0", "0", "300", "600")).ticks
    assert all(tick.at == tick.narrow == tick.wide for tick in ticks)


def test_the_highest_tier_reached_counts_recognised_amounts_only() -> None:
    top = reached(bar("700", "100", "660", "726", "800"))
    assert top is not None
    assert top.value == 660
    assert reached(bar(None, "900", "660")) is None


def test_the_bar_tells_itself_in_words() -> None:
    one = PaceBar(
        label="到位资金",
        unit="亿元",
        recognised=Decimal("726.2"),
        pending=Decimal("3.5"),
        tiers=[Tier("挑战", Decimal(726))],
        linear=Decimal("665.5"),
        seasonal=Decimal("640.1"),
        projection=Projection(Decimal(728), Decimal(731), Decimal(735)),
    )
    with translation.override("zh-hans"):
        assert words(one) == (
            "到位资金：已认定726.2亿元，待认定3.5亿元，挑战目标726亿元，已达到挑战目标，"
            "序时进度应到665.5亿元，按季节进度应到640.1亿元，预计全年731亿元（728亿元至735亿元）。"
        )


def test_an_unknown_amount_is_told_as_unknown_and_not_as_zero() -> None:
    with translation.override("zh-hans"):
        assert "已认定数缺" in words(bar(None, "0", "8"))
        assert "已认定0亿元" in words(bar("0", "0", "8"))


def test_an_endless_share_is_told_in_few_digits() -> None:
    one = PaceBar("产业到资占比", "%", Decimal(100) / 3, tiers=(Tier("挑战", Decimal("53.125")),))
    assert "已认定33.333%" in words(one)
    assert "挑战目标53.125%" in words(one)
