from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.briefing.domain.merging import hunks, merged

TEXTS = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS, TEXTS)
def test_choosing_one_side_throughout_gives_that_side_back(
    base: str, mine: str, theirs: str
) -> None:
    found = hunks(base, mine, theirs)
    numbers = range(len(found))
    assert merged(found, dict.fromkeys(numbers, "mine")).strip() == mine.strip()
    assert merged(found, dict.fromkeys(numbers, "theirs")).strip() == theirs.strip()


@given(TEXTS, TEXTS, TEXTS)
def test_without_a_choice_no_line_of_either_side_is_lost(base: str, mine: str, theirs: str) -> None:
    lines = merged(hunks(base, mine, theirs), {}).split("\n")
    assert set(mine.strip().split("\n")) | set(theirs.strip().split("\n")) <= {*lines, ""}


def test_what_one_side_changed_is_offered_and_what_both_changed_is_asked() -> None:
    found = hunks("一\n二\n三\n四\n五", "一\n二改\n三\n四\n五甲", "一\n二\n三\n四\n五乙\n六")
    differing = [hunk for hunk in found if not hunk.same]
    assert [hunk.offered for hunk in differing] == ["mine", ""]


def test_a_line_that_one_side_added_or_took_out_is_offered_as_that_side_has_it() -> None:
    [added] = [h for h in hunks("一\n二", "一\n新\n二", "一\n二") if not h.same]
    [gone] = [h for h in hunks("一\n二\n三", "一\n二\n三", "一\n三") if not h.same]
    assert (added.offered, gone.offered) == ("mine", "theirs")
