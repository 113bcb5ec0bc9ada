import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.engines.registry.domain.masking import mask_address, mask_name, mask_number
from shangheng.engines.registry.domain.names import grams_of, key_of, score

NAMES = st.text("华星光电技术武汉市科贸有限公司（）() 集团东西湖A1", max_size=20)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("武汉华星光电技术有限公司", "华星光电技术"),
        ("盒马（中国）有限公司", "盒马"),
        ("康宁显示科技(武汉)有限公司", "康宁显示科技"),
        ("武汉市东西湖区良品铺子股份有限公司", "良品铺子"),
        ("某某投资管理中心（有限合伙）", "某某投资管理中心"),
        ("中国", "中国"),
    ],
)
def test_the_core_has_neither_place_nor_form_nor_bracket(name: str, core: str) -> None:
    assert key_of(name).core == core


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("华星光电", "武汉华星光电技术有限公司"),
        ("武汉华兴光电技术有限公司", "武汉华星光电技术有限公司"),
        ("武汉华星光电技术有限公司", "武汉华星光电技术有限责任公司"),
        ("武汉华光电技术有限公司", "武汉华星光电技术有限公司"),
        ("ＴＣＬ华星（武汉）", "TCL华星光电技术有限公司"),
        ("星华光电技术", "武汉华星光电技术有限公司"),
        ("恒泰兴隆商贸", "恒太兴隆商贸有限公司"),
    ],
)
def test_short_misspelt_and_otherwise_formed_names_are_alike(asked: str, found: str) -> None:
    assert score(key_of(asked), key_of(found)) >= 80


def test_different_enterprises_of_one_trade_are_not_alike() -> None:
    assert score(key_of("武汉华星光电技术有限公司"), key_of("武汉天马微电子有限公司")) < 50


def test_another_brand_of_the_same_trade_is_another_enterprise() -> None:
    """The more words of a trade two names share, the less these say."""
    assert score(key_of("华鑫建筑工程有限公司"), key_of("华安建筑工程有限公司")) < 68
    assert score(key_of("恒泰科技"), key_of("宏达科技")) < 50
    assert score(key_of("恒泰隆科技"), key_of("恒泰丰科技")) >= 68, "one sign of three is a slip"


@pytest.mark.parametrize("ending", ["经营部", "中心(有限合伙)", "门市部"])
def test_another_form_of_undertaking_is_nearer_than_another_brand_of_the_same_sound(
    ending: str,
) -> None:
    asked = key_of("大江贸易(湖北)有限责任公司")
    meant, other = key_of(f"武汉大江贸易{ending}"), key_of("武汉大疆贸易有限公司")
    assert score(asked, meant) > score(asked, other)


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways_and_within_bounds(one: str, other: str) -> None:
    first, second = key_of(one), key_of(other)
    assert 0 <= score(first, second) <= 100
    assert score(first, second) == pytest.approx(score(second, first))


@given(NAMES)
def test_a_name_is_most_like_itself_and_has_grams(name: str) -> None:
    key = key_of(name)
    assert score(key, key) == 100
    assert len(grams_of(key)) >= 1


def test_personal_data_is_masked() -> None:
    assert mask_name("欧阳修") == "欧**"
    assert mask_number("13812345678") == "138******78"
    assert mask_number("027") == "*27"
    assert mask_address("zhang@example.cn") == "z***@example.cn"
