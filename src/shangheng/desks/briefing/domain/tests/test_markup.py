import pytest

from shangheng.desks.briefing.domain.binding import Measure, parse_binding
from shangheng.desks.briefing.domain.lint import typed_numbers
from shangheng.desks.briefing.domain.markup import (
    HeadingBlock,
    Literal,
    Own,
    ParagraphBlock,
    TableBlock,
    Text,
    parse,
    plain_words,
)
from shangheng.desks.briefing.domain.told import BadMarkup
from shangheng.engines.ledger.domain.period import Period

YEAR = Period.parse("2021")


def typed(text: str) -> list[str]:
    return [each.text for each in typed_numbers(parse(text))]


def test_headings_paragraphs_and_notes_are_told_apart() -> None:
    script = parse("# 一级\n\n// 说明\n第一行\n第二行\n\n## 二级\n正文")
    assert [type(block) for block in script.blocks] == [
        HeadingBlock,
        ParagraphBlock,
        HeadingBlock,
        ParagraphBlock,
    ]
    paragraph = script.blocks[1]
    assert isinstance(paragraph, ParagraphBlock)
    assert paragraph.parts == (Text("第一行第二行"),)


def test_a_heading_of_the_third_level_runs_on_after_its_first_full_stop() -> None:
    [block] = parse("### 工业项目。引进{{retail.total}}。完成。").blocks
    assert isinstance(block, HeadingBlock)
    assert block.title == (Text("工业项目。"),)
    assert block.parts[0] == Text("引进")


def test_a_heading_of_the_second_level_does_not_run_on() -> None:
    [block] = parse("## 甲。乙").blocks
    assert isinstance(block, HeadingBlock)
    assert (block.title, block.parts) == ((Text("甲。乙"),), ())


def test_a_table_has_a_caption_a_head_and_cells_that_may_hold_a_measure() -> None:
    [table] = parse("|= 表题\n| 指标 | 同比 |\n|---|---|\n| 社零 | {{retail.total|rate}} |").blocks
    assert isinstance(table, TableBlock)
    assert table.caption == (Text("表题"),)
    assert table.head == ((Text("指标"),), (Text("同比"),))
    [[first, second]] = table.rows
    assert first == (Text("社零"),)
    assert second == (parse_binding("retail.total|rate"),)


def test_own_words_of_the_report_and_literals_are_read() -> None:
    [block] = parse("{{period@+1}}[[第129届]]{{bureau}}").blocks
    assert isinstance(block, ParagraphBlock)
    assert block.parts == (Own("period", 1), Literal("第129届"), Own("bureau"))


@pytest.mark.parametrize(
    ("source", "period", "measure", "argument"),
    [
        ("retail.total", "2021", Measure.VALUE, ""),
        ("retail.total@2020|growth", "2020", Measure.GROWTH, ""),
        ("retail.total@2021-01/2021-10", "2021-01/2021-10", Measure.VALUE, ""),
        ("trade.total@+1|target:expected", "2022", Measure.TARGET, "expected"),
        ("assessment.rank@-2", "2019", Measure.VALUE, ""),
        ("foreign.fdi|share:foreign.utilised", "2021", Measure.SHARE, "foreign.utilised"),
    ],
)
def test_a_binding_names_indicator_period_and_measure(
    source: str, period: str, measure: Measure, argument: str
) -> None:
    binding = parse_binding(source)
    assert str(binding.period_in(YEAR)) == period
    assert (binding.measure, binding.argument) == (measure, argument)


def test_a_shift_by_years_keeps_the_months() -> None:
    binding = parse_binding("retail.total@-1")
    assert str(binding.period_in(Period.parse("2021-01/2021-10"))) == "2020-01/2020-10"


def test_another_area_can_be_named() -> None:
    assert parse_binding("retail.total!420100").area_in("420112") == "420100"
    assert parse_binding("retail.total").area_in("420112") == "420112"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("好\n\n{{Retail}}", 3),
        ("{{retail.total|much}}", 1),
        ("{{retail.total|target}}", 1),
        ("{{retail.total@20210}}", 1),
        ("{{retail.total|status:lost}}", 1),
        ("正文\n\n没有结束 {{retail.total", 3),
        ("多一个 ]]", 1),
        ("#没有空格", 1),
        ("##### 太深", 1),
        ("# 标题里的{{retail.total}}", 1),
        ("| 甲 | 乙 |\n| 一格 |", 2),
        ("| 甲 |\n| 共{{retail.total}} |", 2),
        ("|= 只有表题", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadMarkup) as refusal:
        parse(text)
    assert refusal.value.line == line
    assert str(refusal.value)


def test_typed_digits_are_found_wherever_they_stand() -> None:
    assert typed("完成726.2亿元，增长１３．４％。") == ["726.2", "１３．４％"]
    assert typed("# 2021年\n\n| 指标 | 数 |\n| 社零 | 482.59 |") == ["2021", "482.59"]


def test_counts_in_chinese_numerals_are_found_and_ordinary_words_are_not() -> None:
    assert typed("签约六十七个，新增七家，占百分之五十三，共两届。") == [
        "六十七个",
        "七家",
        "百分之五十三",
        "两届",
    ]
    assert typed("一是这两项工作，进一步统一思想，三个方面，第一批，一家一策。") == []


def test_bound_figures_and_marked_words_are_no_typed_numbers() -> None:
    assert typed("{{retail.total@2020}}[[30亿元]]以上，{{period}}") == []


def test_the_place_of_a_typed_number_is_told() -> None:
    [found] = typed_numbers(parse("头\n\n全年共完成726.2亿元的任务"))
    assert (found.line, found.around) == (3, "全年共完成726.2亿元的任务")


def test_the_words_that_a_search_sees_hold_no_marks_and_no_notes() -> None:
    text = (
        "# 一级\n// 说明\n共{{retail.total}}，[[第129届]]。\n"
        "| 指标 | 完成 |\n|---|---|\n| 到资 | {{a.b|target:expected}} |"
    )
    assert plain_words(text) == "一级\n共…，第129届。\n指标 完成\n到资 …"


def test_words_are_found_in_a_broken_text_as_well() -> None:
    assert plain_words("共{{没有配对") == "共{{没有配对"
