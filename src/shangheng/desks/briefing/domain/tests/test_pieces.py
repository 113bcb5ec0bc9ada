from decimal import Decimal

import pytest

from shangheng.desks.briefing.domain.pieces import (
    Answer,
    Backing,
    Lexicon,
    Shown,
    Words,
    fill,
    from_data,
    places,
    printed,
    to_data,
)

SHOWN = Shown(
    "726.2亿元", Decimal("726.2"), "亿元", 1, "a.b/2021/1", "value", Backing("到位资金", "口径")
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("13.7", 2, "13.7"),
        ("13.70", 2, "13.7"),
        ("16.0049", 1, "16.0"),
        ("482.595", 2, "482.60"),
        ("-18.464", 1, "−18.5"),
        ("74", 0, "74"),
        ("0", 1, "0"),
    ],
)
def test_a_number_prints_what_is_known_of_it_and_no_more(
    value: str, decimals: int, text: str
) -> None:
    assert printed(Decimal(value), decimals) == text


def test_the_places_of_a_printed_number_are_counted() -> None:
    assert (places("482.59"), places("74")) == (2, 0)


def test_pieces_take_the_place_of_names_and_words_are_joined() -> None:
    assert fill("完成{tier}{value}，好", {"tier": "目标", "value": (SHOWN,)}) == (
        Words("完成目标"),
        SHOWN,
        Words("，好"),
    )


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{unknown}", {})


def test_an_answer_is_kept_and_read_again_unchanged() -> None:
    answer = Answer((Words("增长"), SHOWN), "", "基数已变")
    assert from_data(to_data(answer)) == answer
    assert answer.text == "增长726.2亿元"


def test_lists_are_parted_by_the_words_of_the_lexicon() -> None:
    lexicon = Lexicon({"list": "、", "tiers": {"challenge": "挑战目标"}, "tier": "{zh}目标"})
    assert lexicon.listed([(Words("甲"),), (SHOWN,)]) == (Words("甲、"), SHOWN)
    assert lexicon.tier("challenge", "挑战") == "挑战目标"
    assert lexicon.tier("other", "保底") == "保底目标"
