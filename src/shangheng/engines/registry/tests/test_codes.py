import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.registry.domain.codes import (
    ALPHABET,
    BODY_ALPHABET,
    Gravity,
    body_check_character,
    check_character,
    clean_code,
    problems_of,
)

# published codes: 华为技术有限公司, 百度在线, 腾讯科技（深圳）
ISSUED = ["914403001922038216", "91110000802100433B", "9144030071526726XG"]


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Codes with both check characters right."""
    body = draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
    area = draw(st.text("0123456789", min_size=6, max_size=6))
    start = draw(st.sampled_from(["91", "92", "12", "51"])) + area + body
    start += body_check_character(body)
    return start + check_character(start)


@pytest.mark.parametrize("code", ISSUED)
def test_published_codes_are_sound(code: str) -> None:
    assert problems_of(code) == ()


@given(codes())
def test_a_code_with_its_own_check_characters_is_sound(code: str) -> None:
    assert problems_of(code) == ()


@given(codes(), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_every_single_slip_is_noticed(code: str, place: int, sign: str) -> None:
    slip = code[:place] + sign + code[place + 1 :]
    assert bool(problems_of(slip)) == (slip != code)


def test_the_body_check_of_the_standard_s_own_example() -> None:
    assert body_check_character("D2143569") == "X"  # GB 11714-1997, 4.3
    assert set(BODY_ALPHABET) > set(ALPHABET)


def test_a_wrong_check_character_only_warns() -> None:
    [problem] = problems_of("914403001922038217")
    assert problem.gravity is Gravity.WARNING
    assert "应为6" in problem.message


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("91440300", "这里有8位"),
        ("9144O3001922038216", "第5位是“O”，代码中没有这个字母，可能是“0”"),
        ("91440300192203821*", "第18位是“*”"),
        ("91AB03001922038216", "第3至8位"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_its_place(code: str, told: str) -> None:
    [problem] = problems_of(code)
    assert problem.gravity is Gravity.ERROR
    assert told in problem.message


def test_spelling_makes_no_difference() -> None:
    assert clean_code(" ９１44-0300 7152 6726xg ") == "9144030071526726XG"
