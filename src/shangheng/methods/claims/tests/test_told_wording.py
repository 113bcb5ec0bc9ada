"""Figures tied by the part that classes of words give to each: in any order, over more than one sentence."""

import pytest

from shangheng.methods.claims.audit import audit_text
from shangheng.methods.claims.findings import Verdict

PAIRS = [
    ("上届设展位320个，本届设展位352个，多出{}个。", "32", "47"),
    ("原定工期240天，实际用时216天，缩短{}%。", "10", "16"),
    ("对口帮扶任务90户。镇村干部逐户上门，已帮扶81户，完成任务的{}%。", "90", "84"),
    (
        "去年底，污水收集率为68.5%。今年管网改造后，污水收集率升至73.0%，上升{}个百分点。",
        "4.5",
        "6.5",
    ),
    ("甲片腾退厂房12处，乙片腾退厂房9处，两片加起来腾退厂房{}处。", "21", "24"),
    ("摊位共60个。已签约41个，尚未签约的{}个正在洽谈。", "19", "26"),
    ("月初库存300吨，当月调入120吨，调出90吨，月末库存{}吨。", "330", "350"),
    ("15家门店卖出4500套，店均卖出{}套。", "300", "360"),
    ("夜间客流12.0万人次，是白天3.0万人次的{}倍。", "4", "5"),
    ("交易额首次跨过{}亿元，达到86.4亿元。", "80", "90"),
    ("在全市{}个县区中排名第9位。", "12", "8"),
    ("事故隐患年度控制在15起以内，全年发生事故隐患{}起，控制在要求之内。", "12", "19"),
    ("1-9月完成年度投资计划的{}%，超过序时进度。", "78.2", "70.4"),
    ("投诉量由上年的520件下降到今年的{}件。", "480", "560"),
    ("按得分由高到低排序，前三名依次为甲街道（95分）、乙镇（{}分）、丙镇（90分）。", "92", "97"),
    ("抽检样品200批次，不合格{}批次，合格率96.0%。", "8", "14"),
    ("受理来信500件。从内容看，城建类300件，占{}%。", "60", "68"),
    ("游客来源：本市占45%，省内占35%，省外占{}%。", "20", "26"),
    ("举办招聘会56场，反响良好。上述{}场招聘会共吸引2万人。", "56", "65"),
    ("重点做好以下工作：1.完善台账；2.加强培训；{}.优化流程。", "3", "4"),
    ("开工项目40个，开工项目中已投产{}个。", "32", "46"),
]


@pytest.mark.parametrize(("sentence", "right", "wrong"), PAIRS)
def test_only_the_wrong_figure_is_accused(sentence: str, right: str, wrong: str) -> None:
    """The sentence with the right figure is left alone, the one with the wrong figure is accused."""
    assert not audit_text(sentence.format(right)).with_verdict(Verdict.INCONSISTENT)
    assert audit_text(sentence.format(wrong)).with_verdict(Verdict.INCONSISTENT)


@pytest.mark.parametrize(
    "sentence",
    [
        "城镇化率提升5.3个百分点，毕业生留存率从67.6%提高到70%。",
        "企业从80户增加到810户。贷款余额增长4.5倍。",
        "2023年营收目标60亿元，比2022年的50亿元增长20%。",
        "居民收入由2.57万元增加到3.52万元，年均增长6.5%，增幅连续4年居前。",
        "一期已竣工投产，二期正在办理开工手续。",
        "全年完成投资40亿元。工业投资20亿元，增长5%。",
        "低保标准提高到每月815元和615元。",
        "新增有实绩企业1357家、总数突破1万家。",
    ],
)
def test_figures_that_words_do_not_tie_are_left_alone(sentence: str) -> None:
    """Figures that only stand near each other are not set against each other."""
    assert not audit_text(sentence).with_verdict(Verdict.INCONSISTENT)


def test_a_bracket_that_is_never_closed_is_told() -> None:
    """An opening bracket without a partner is a slip of writing."""
    found = audit_text("组织宣讲（含线上直播，解答疑问。").with_verdict(Verdict.INCONSISTENT)
    assert [f.check for f in found] == ["punctuation"]
