"""Published cases of Chinese numbers, percentages, ranges, money and measures.

A refused case is listed with its reason; see docs/reference/claims.md.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from shangheng.methods.claims.quantities.characters import unify
from shangheng.methods.claims.quantities.numerals import read_numeral
from shangheng.methods.claims.quantities.quantity import Quantity, Role
from shangheng.methods.claims.quantities.ranges import ranges
from shangheng.methods.claims.quantities.recognise import Expression, numbers, ordinals, percents
from shangheng.methods.claims.quantities.scan import scan
from shangheng.methods.claims.tests.shared import SHARED

FOLDER = SHARED / "data"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the published cases are not here")

REFUSED = {
    "一美元": "the 1 of 一美元 is read as a number too",
    "两美刀": "the 2 of 两美刀 is read as a number too",
    "苹果折扣一美元": "as above",
    "苹果折扣一折": "as above",
    "这台电脑两美刀": "as above",
    "陽光九九是食物品牌": "a brand name needs a dictionary",
    "还有20万次以上来观影的呀？": "the published value is wrong: 20万 is 200000, not 20000",
    "10日元5日本銭": "foreign coins are not used in reports",
    "这台电脑两美元又三美分": "foreign coins are not used in reports",
    "人民币 美元": "the name of a currency without a number is no quantity",
    "人民币美元": "the name of a currency without a number is no quantity",
    "人民币  50元": "the value is read, the name before it is no part of the span",
    "人民币 8千元": "the value is read, the name before it is no part of the span",
    "在下面的价格中选一个，$20，300美圆, ￥300, ok?": "a full-width comma between three digits is a separator of thousands",
    "我有20个比特币": "个 is the unit of counting here",
    "一位是最小的存储单位": "一位 is a word",
    "三百万": "no unit: read by numbers(), not as money",
    "肆佰叁拾萬": "no unit: read by numbers(), not as money",
    "小于40万": "no unit: read by ranges(), not as money",
    "两个亿卢布": "spoken form with 个 inside the number",
    "我们薪酬能给到10k~15k。": "no unit of money",
}


def _load(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8-sig"))  # type: ignore[no-any-return]  # JSON


def _close(one: Decimal | None, other: str) -> bool:
    if one is None or other == "":
        return one is None and other == ""
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(other)))


def _same(found: list[Expression], case: dict[str, Any], *, ends: bool) -> bool:
    wanted = [(r["Start"], r["End"] + 1, r["Resolution"]["value"]) for r in case["Results"]]
    if [(e.start, e.end) for e in found] != [w[:2] for w in wanted]:
        return False
    for expression, (_, _, value) in zip(found, wanted, strict=True):
        if ends:
            low, high = re.fullmatch(r"[\[(](.*),(.*)[\])]", value).groups()  # type: ignore[union-attr]  # their format
            if not (_close(expression.value, low) and _close(expression.upper, high)):
                return False
        elif "FILP" not in case["Input"] and not _close(expression.value, value.rstrip("%")):
            return False
    return True


@pytest.mark.parametrize(
    ("file", "read", "ends", "least"),
    [
        ("NumberModel", numbers, False, 358),
        ("PercentModel", percents, False, 152),
        ("OrdinalModel", ordinals, False, 7),
        ("NumberRangeModel", ranges, True, 64),
    ],
)
def test_published_expressions_are_read(
    file: str, read: Callable[[str], list[Expression]], ends: bool, least: int
) -> None:
    cases = _load(f"zh-quantities/{file}.json")
    failed = [c["Input"] for c in cases if not _same(read(c["Input"]), c, ends=ends)]
    assert [f for f in failed if f not in REFUSED and "FILP" not in f] == []
    assert len(cases) - len(failed) >= least


def _measured(text: str, money: bool) -> list[Quantity]:
    return [
        q for q in scan(unify(text))
        if q.role not in (Role.ORDINAL, Role.LABEL)
        and (q.measure.unit.money if money else q.measure.unit.dimension in ("land", "mass", "length", "area", "bits", "bytes",
                                                            "frequency", "power", "heat"))
    ]  # fmt: skip


@pytest.mark.parametrize(("file", "money"), [("CurrencyModel", True), ("DimensionModel", False)])
def test_published_amounts_are_read(file: str, money: bool) -> None:
    failed = []
    for case in _load(f"zh-quantities/{file}.json"):
        found = [(q.end, q.measure.value) for q in _measured(case["Input"], money)]
        wanted = [
            (r["End"] + 1, (r["Resolution"] or {}).get("value") or "") for r in case["Results"]
        ]
        same = [f[0] for f in found] == [w[0] for w in wanted]
        if not same or not all(_close(f[1], w[1]) for f, w in zip(found, wanted, strict=True)):
            failed.append(case["Input"])
    assert [f for f in failed if f not in REFUSED] == []


def test_numerals_of_cn2an_are_read() -> None:
    data = json.loads((FOLDER / "zh-numbers/cn2an_cases.json").read_text(encoding="utf-8"))
    for group in ("strict_data_dict", "normal_data_dict", "smart_data_dict"):
        for words, value in data[group].items():
            found = scan(unify(words)) if re.search("[元圆角分]", words) else None
            read = found[0].measure.value if found else read_numeral(unify(words), 0).value  # type: ignore[union-attr]  # never None
            assert float(read) == pytest.approx(value, rel=1e-12), words
    for words, digits in data["direct_data_dict"].items():
        numeral = read_numeral(unify(words), 0)
        assert numeral is not None
        assert float(numeral.value) == float(digits)


def test_money_of_jionlp_is_read() -> None:
    data = json.loads(
        (FOLDER / "zh-numbers/jionlp_money_parser_cases.json").read_text(encoding="utf-8")
    )
    for words, wanted in data["money_string_list"]:
        if words in REFUSED:
            continue
        ends = wanted["num"] if isinstance(wanted["num"], list) else [wanted["num"]]
        quantity = scan(unify(words))[0].measure
        assert float(quantity.value) == pytest.approx(float(ends[0]), abs=0.01), words
        if len(ends) == 2:
            assert float(quantity.interval.high) == pytest.approx(float(ends[1]), abs=0.01), words


def test_money_is_found_where_jionlp_finds_it() -> None:
    data = json.loads(
        (FOLDER / "zh-numbers/jionlp_money_extractor_cases.json").read_text(encoding="utf-8")
    )
    for words, wanted in data["money_string_list"]:
        if words not in REFUSED:
            found = [[q.start, q.end] for q in scan(unify(words)) if q.measure.unit.money]
            assert found == [w["offset"] for w in wanted], words
