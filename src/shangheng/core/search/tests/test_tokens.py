import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.mmseg import seg

from shangheng.core.search.marking import excerpt, marked
from shangheng.core.search.tokens import (
    body_tokens,
    meets,
    needs_of,
    row_of,
    spellings,
    spelt_out,
    title_tokens,
    words,
)

TITLE = "招商引资实际到位资金 726.2亿元 2021年"


@pytest.mark.parametrize(
    "asked",
    [
        "招商", "引资", "资金", "到位资金", "招商 资金", "金", "zsyz", "yzsj", "zs", "zhaoshang",
        "zhaoshangyin", "yinzi", "zhaosh", "726.2", "726", "7262", "２０２１", "2021年", "招商2021",
    ],
)  # fmt: skip
def test_what_a_reader_types_is_found(asked: str) -> None:
    assert meets(row_of(title_tokens(TITLE)), needs_of(asked))


@pytest.mark.parametrize(
    "asked",
    ["商资", "资招", "zszs", "27262", "外资", "招商 外资", "qian", "shangzhao", "zhaoyin", "zizi"],
)
def test_what_does_not_stand_there_is_not(asked: str) -> None:
    assert not meets(row_of(title_tokens(TITLE)), needs_of(asked))


@pytest.mark.parametrize(
    ("written", "asked"),
    [("1,022.86", "1022.86"), ("1022.86", "1,022.86"), ("1,022.80", "1022.8"), ("1,000", "1000")],
)
def test_a_number_is_found_however_it_is_written(written: str, asked: str) -> None:
    assert meets(row_of(body_tokens(f"进账{written}万元")), needs_of(asked))


@given(st.text("招商引资实际到位金额东西湖区网点", min_size=2, max_size=30), st.data())
def test_every_part_of_two_characters_or_more_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert meets(row_of(body_tokens(text)), needs_of(text[start:end]))


@given(
    st.text("招商引资实际", min_size=2, max_size=12),
    st.text("招商引资实际", min_size=2, max_size=6),
)
def test_only_what_is_written_is_found(text: str, asked: str) -> None:
    assert meets(row_of(body_tokens(text)), needs_of(asked)) == (asked in text)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    needs_of(text)
    title_tokens(text)
    marked(text, text)


def test_pinyin_is_spelt_in_syllables() -> None:
    assert spellings("zhaoshangyinzi") == ("zhao", "shang", "yin", "zi")
    assert spellings("zhaosh") == ("zhao", "sh")
    assert spellings("zsyz") == ()


@given(st.sampled_from(["zh", "zhao", "zhaosh", "zhaoshang", "yinz", "yinzi", "jidaow"]))
def test_begun_pinyin_spelt_out_finds_the_same(asked: str) -> None:
    needs = needs_of(asked)
    whole = [tuple(one for phrase in need for one in spelt_out(phrase)) for need in needs]
    row = row_of(title_tokens(TITLE))
    assert meets(row, whole) == meets(row, needs)
    assert not any(phrase.is_open for phrase in whole[0] if phrase.tokens[0][0] in "pq")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("引资", "招商<mark>引资</mark>项目 1,022.86"),
        ("zsyz", "<mark>招商引资</mark>项目 1,022.86"),
        ("yinzi", "招商<mark>引资</mark>项目 1,022.86"),
        ("1022", "招商引资项目 <mark>1,022.86</mark>"),
        ("外资", "招商引资项目 1,022.86"),
    ],
)
def test_what_was_found_is_marked(asked: str, told: str) -> None:
    assert marked("招商引资项目 1,022.86", asked) == told


def test_markup_in_a_text_is_no_markup() -> None:
    assert marked("<b>招商</b>", "招商") == "&lt;b&gt;<mark>招商</mark>&lt;/b&gt;"


def test_a_long_text_shows_the_place() -> None:
    told = excerpt("前" * 50 + "招商引资" + "后" * 50, "引资")
    assert told.startswith("…前")
    assert told.endswith("后…")
    assert "招商<mark>引资</mark>后" in told


@given(st.lists(st.sampled_from([*sorted(PHRASES_DICT)[::97], *"重庆银行长沙乐了"]), max_size=6))
def test_words_are_those_of_pypinyin(parts: list[str]) -> None:
    text = "".join(parts)
    assert list(words(text)) == list(seg.cut(text))
