from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.investment.domain.chain_targets import (
    Facts,
    TargetRule,
    rank,
    reasons_for,
)
from shangheng.desks.investment.domain.chains import (
    BOX,
    Counts,
    Placed,
    Strength,
    StrengthRule,
    closes_a_circle,
    judge,
    lay_out,
    steps_from,
)

RULE = StrengthRule(1, enterprises=3, leading=1, projects=0)
POINTS = TargetRule(
    1,
    {"fortune_global_500": 25, "listed": 10},
    {1: 20, 2: 10},
    10,
    {Strength.MISSING: 20, Strength.WEAK: 10},
)
ORDER = [Strength.MISSING, Strength.WEAK, Strength.STRONG]

counts = st.builds(Counts, *[st.integers(0, 6)] * 3)
facts = st.builds(
    Facts,
    st.integers(1, 99),
    st.sampled_from(["甲", "乙", "丙"]),
    st.frozensets(st.sampled_from(["fortune_global_500", "listed", "unknown"])),
    st.sampled_from([None, 0, 1, 2, 3]),
    st.integers(0, 3),
    st.sampled_from(list(Strength)),
)
targets = st.lists(facts, max_size=8, unique_by=lambda one: one.key)


def test_a_node_is_strong_with_enough_enterprises_and_a_leading_one() -> None:
    assert judge(Counts(3, 1, 0), RULE) is Strength.STRONG
    assert judge(Counts(3, 0, 0), RULE) is Strength.WEAK
    assert judge(Counts(2, 1, 5), RULE) is Strength.WEAK, "projects stand for nothing in this rule"
    assert judge(Counts(2, 1, 2), replace(RULE, projects=2)) is Strength.STRONG
    assert judge(Counts(0, 0, 9), RULE) is Strength.MISSING, "what is negotiated is not there yet"


@given(counts, counts)
def test_more_on_a_node_never_makes_it_weaker(some: Counts, more: Counts) -> None:
    both = Counts(
        some.enterprises + more.enterprises,
        some.leading + more.leading,
        some.projects + more.projects,
    )
    rule = replace(RULE, projects=2)
    assert ORDER.index(judge(both, rule)) >= ORDER.index(judge(some, rule))


@given(targets, st.randoms())
def test_the_order_of_targets_does_not_hang_on_how_they_come(
    every: list[Facts], chance: object
) -> None:
    mixed = list(every)
    chance.shuffle(mixed)  # type: ignore[attr-defined] # a Random
    assert rank(mixed, POINTS) == rank(every, POINTS)


@given(targets)
def test_points_are_the_sum_of_the_reasons_and_equal_points_share_a_place(
    every: list[Facts],
) -> None:
    found = rank(every, POINTS)
    for one in found:
        assert one.points == sum(reason.points for reason in one.reasons)
        assert one.place == 1 + sum(other.points > one.points for other in found)
        assert one.tied == (sum(other.points == one.points for other in found) > 1)


@given(targets, facts)
def test_one_more_reason_never_lowers_a_target(every: list[Facts], one: Facts) -> None:
    others = [other for other in every if other.key != one.key]
    before = next(row for row in rank([*others, one], POINTS) if row.facts == one)
    for better in (
        replace(one, lists=one.lists | {"listed"}),
        replace(one, contacts=one.contacts + 1),
        replace(one, steps=1),
    ):
        after = next(row for row in rank([*others, better], POINTS) if row.facts == better)
        assert after.place <= before.place


def test_what_earns_nothing_is_not_said() -> None:
    nothing = Facts(1, "甲", frozenset({"unknown"}), None, 0, Strength.STRONG)
    assert reasons_for(nothing, POINTS) == ()


def test_a_circle_is_found_however_far_around() -> None:
    assert closes_a_circle({"a": ["c"], "b": ["a"], "c": ["b"]})
    assert closes_a_circle({"a": ["a"]})
    assert not closes_a_circle({"a": [], "b": ["a"], "c": ["a", "b", "elsewhere"]})


def test_steps_go_up_and_down_the_chain() -> None:
    edges = {"a": [], "b": ["a"], "c": ["b"], "alone": ["gone"]}
    assert steps_from("a", edges) == {"a": 0, "b": 1, "c": 2}


def test_a_line_past_a_link_runs_between_its_nodes() -> None:
    nodes = [Placed("a", 1), Placed("b", 2), Placed("c", 3)]
    layout = lay_out(nodes, {"c": ["a"]})
    [path] = layout.paths
    height = int(path.partition("H")[0].split()[-1])
    top = layout.corners["b"][1]
    assert not top < height < top + BOX[1]


nodes = st.lists(
    st.builds(Placed, st.sampled_from("abcdefghij"), st.integers(1, 4)),
    min_size=1,
    unique_by=lambda one: one.code,
)


@given(
    nodes, st.dictionaries(st.sampled_from("abcdefghij"), st.lists(st.sampled_from("abcdefghij")))
)
def test_no_two_nodes_are_drawn_on_each_other_and_all_fit(
    every: list[Placed], edges: dict[str, list[str]]
) -> None:
    layout = lay_out(every, edges)
    assert len(set(layout.corners.values())) == len(every)
    for x, y in layout.corners.values():
        assert 0 <= x <= layout.width - BOX[0]
        assert 0 <= y <= layout.height - BOX[1]
    assert lay_out(reversed(every), edges) == layout
