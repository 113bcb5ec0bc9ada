"""Each check on a passage that holds and on one that does not."""

import pytest

from shangheng.methods.claims.audit import Audit, audit_text
from shangheng.methods.claims.findings import Severity, Verdict

PLAN = "一、2021年工作情况\n全年{name}完成40亿元。\n二、2022年工作安排\n{plan}"
CASES = [
    ("share", "64个在建项目中,已封顶40个,占总在建项目的{}%。", "62.5", "65.1"),
    ("share", "全年完成投资518.3亿元,其中产业项目274.7亿元,占比{}%。", "53.0", "55.1"),
    ("completion", "累计完成24627万元,完成年初预算数60999万元的{}%。", "40.4", "42.4"),
    ("rate", "发现隐患120处,已整改118处,整改率{}%。", "98.3", "93.8"),
    ("growth", "限上企业由50家增加到80家,增长{}%。", "60", "50"),
    ("growth", "税收收入8103万元,比上年增收1284万元,增长{}%。", "18.8", "15.8"),
    ("growth", "满意率由62.5%提高到65.5%,提高{}个百分点。", "3", "5"),
    ("multiple", "网点由20个增加到60个,增长{}倍。", "2", "3"),
    (
        "target_growth",
        PLAN.format(name="零售额", plan="零售额预期目标{}亿元,增长10%。"),
        "44",
        "42",
    ),
    ("target_wording", "全年内资完成{}亿元,超全年目标518亿元。", "518.3", "510"),
    ("target_wording", "年度目标50家,实际完成{}家,圆满完成年度任务。", "52", "45"),
    ("pace", "上半年完成出口20亿元,完成全年目标40亿元的50%,超序时进度{}个百分点。", "0", "10"),
    ("target_order", "预期目标:100亿元;拼搏目标:{}亿元。", "120", "95"),
    ("sum", "工业项目12个、服务业项目9个、农业项目4个,合计{}个。", "25", "26"),
    ("sum", "完成进出口{}亿元,其中出口30亿元、进口20亿元。", "50", "58"),
    ("part_of_whole", "全年共检查90次,其中夜间检查{}次。", "31", "95"),
    ("remainder", "64个项目中,已投产2个,已开工17个,其余{}个未开工。", "45", "40"),
    ("structure", "三次产业结构调整为6.7:24.9:{}。", "68.4", "69.9"),
    ("same_fact", "全区网络零售额完成356.4亿元。全区网络零售额达到{}亿元。", "356.38", "346.38"),
    ("same_fact", "全年签约项目80个。{}个签约项目中,已开工30个。", "80", "75"),
    ("rank_change", "由第15位上升到第12位,上升{}位。", "3", "4"),
    ("average", "开工10个项目,总投资50亿元,平均每个项目投资{}亿元。", "5", "6"),
    ("list_count", "推进了甲一产业园、乙二研发中心、丙三物流园{}个项目建设。", "3", "5"),
    ("list_count", "抓好{}个方面工作:一是稳外贸。二是促消费。三是优服务。", "三", "四"),
    (
        "item_threshold",
        "投资额超10亿元的项目有甲一产业园(投资12亿元)、乙二研发中心(投资{}亿元)。",
        "10",
        "7.6",
    ),
    ("balance", "货物出口69.68亿元,进口43.86亿元,实现贸易顺差{}亿元。", "25.82", "31.50"),
    ("named_ratio", "各项存款余额1258.7亿元,各项贷款余额881.1亿元,存贷比为{}%。", "70.0", "76.5"),
    (
        "income_ratio",
        "城镇居民人均可支配收入51200元,农村居民人均可支配收入25600元,城乡居民收入比为{}:1。",
        "2.00",
        "2.20",
    ),
    ("leverage", "发放消费券5000万元,带动消费4.00亿元,杠杆率1:{}。", "8", "9"),
    ("rate", "资产总额120.5亿元,负债总额60.25亿元,资产负债率{}%。", "50.0", "56.0"),
    ("completion", "年度任务100亿元,全年入库128亿元,占任务数的{}%。", "128", "145"),
    ("completion", "全年到位141.1亿元,超出132.7亿元的预定目标{}%。", "6.3", "15.6"),
    ("share", "支出98.6亿元,其中民生支出52.5亿元,比重提高到{}%。", "53.2", "57.1"),
    (
        "sum",
        "社会消费品零售总额505.0亿元。按地区分,城镇零售额445.7亿元,乡村零售额{}亿元。",
        "59.3",
        "69.3",
    ),
    ("sum", "三年共改造小区81个,其中2018年40个、2019年19个、2020年{}个。", "22", "17"),
    ("multiple", "交易额由31.2亿元增至{}亿元,实现翻番。", "62.4", "43.7"),
    ("rank_change", "排名由去年的全市第5升至第{},前进2位。", "3", "4"),
    ("remainder", "7个街道中有{}个完成全年目标,东桥、松山2个街道未完成。", "5", "6"),
    (
        "same_fact",
        "一、2021年工作\n平稳。\n二、2022年工作安排\n2022年零售总额目标400亿元。\n2022年零售总额达到{}亿元。",
        "400",
        "420",
    ),
    ("item_threshold", "引进30亿元以上项目1个。分别是投资{}亿元的甲一产业园。", "30", "25"),
]


def _verdicts(audit: Audit, check: str) -> set[Verdict]:
    return {f.verdict for f in audit.findings if f.check == check}


@pytest.mark.parametrize(("check", "passage", "right", "wrong"), CASES)
def test_a_check_says_ok_of_what_holds_and_inconsistent_of_what_does_not(
    check: str, passage: str, right: str, wrong: str
) -> None:
    holds, fails = audit_text(passage.format(right)), audit_text(passage.format(wrong))
    assert _verdicts(holds, check) == {Verdict.OK}
    assert not holds.with_verdict(Verdict.INCONSISTENT)
    assert Verdict.INCONSISTENT in _verdicts(fails, check)


@pytest.mark.parametrize(
    ("check", "passage"),
    [
        ("numbering", "一、招商\n文字。\n三、消费\n文字。"),
        ("numbering", "一是抓项目。二是抓消费。四是抓安全。"),
        ("doubled_word", "争取加快加快投产。"),
        ("punctuation", "完成相应指标。。"),
        ("punctuation", "已完成3个)。"),
        (
            "spelling",
            "引进了海川光电、长河数控等企业。投资5亿元的海川光店生产基地开工。海川光电项目投产。",
        ),
    ],
)
def test_slips_of_writing_are_inconsistent_but_never_major(check: str, passage: str) -> None:
    found = [f for f in audit_text(passage).findings if f.check == check]
    assert found
    assert all(f.verdict is Verdict.INCONSISTENT for f in found)
    assert all(f.severity is not Severity.MAJOR for f in found)


@pytest.mark.parametrize(
    "passage",
    [
        "共外出考察90次,其中甲局31次、乙办14次。",  # a partial list is allowed by 其中
        "新增企业100家,其中规上企业60家,高新技术企业55家。",  # these overlap
        "推进了甲一产业园、乙二研发中心、丙三物流园等5个项目建设。",  # 等 leaves it open
        "养老保险参保率从91%提高到95%,低保标准提高84%。",  # another subject
        "地区生产总值13697亿元,比上年增加1000亿元,增长5.5%。",  # growth at constant prices
        "新增铁路639公里、其中高铁370公里,新增公路2600公里。",  # a new clause is not a part
        "做到“两个维护”,增强“四个意识”、坚定“四个自信”。",
        "完成进出口25.3亿元,其中出口11.4亿元、进口13.9亿元,分别增长54.5%、50.4%和58.1%。",
        "我们一步一步推进,实实在在见效。",
        "甲街道:完成投资5亿元。乙街道:完成投资7亿元。丙街道:完成投资9亿元。",
        "占比约55%的37个项目。",
    ],
)
def test_what_may_be_right_is_not_accused(passage: str) -> None:
    assert not audit_text(passage).with_verdict(Verdict.INCONSISTENT)


def test_rounding_half_up_and_half_even_are_both_accepted() -> None:
    for share in ("12.4", "12.5"):  # 249 ÷ 2000 = 12.45 %
        audit = audit_text(f"共有企业2000家,其中外资企业249家,占比{share}%。")
        assert _verdicts(audit, "share") == {Verdict.OK}


def test_written_precision_is_kept() -> None:
    claims = audit_text("投资48.50亿元的甲项目和投资48.5亿元的乙项目。").statements.claims
    assert [c.quantity.figure for c in claims] == ["48.50亿", "48.5亿"]
    widths = [c.quantity.interval.high - c.quantity.interval.low for c in claims]
    assert widths == [1_000_000, 10_000_000]


def test_a_slip_of_unit_is_named() -> None:
    audit = audit_text("全区网络零售额完成356.4亿元。全区网络零售额达到356.4万元。")
    (finding,) = audit.with_verdict(Verdict.INCONSISTENT)
    assert "万与亿" in finding.message


def test_a_hope_for_a_closed_year_is_unsupported() -> None:
    audit = audit_text("1-12月新入库企业已完成9家。可超额完成全年20家新入库企业目标。")
    (finding,) = audit.with_verdict(Verdict.UNSUPPORTED)
    assert finding.arithmetic == "9家 < 20家 (45%)"


def test_growth_without_a_base_gives_the_implied_base() -> None:
    (finding,) = audit_text("完成110亿元,同比增长10%。").with_verdict(Verdict.UNCHECKABLE)
    assert finding.arithmetic == "110亿元 ÷ (1 + 10%) = 100亿元"


def test_what_is_printed_more_densely_than_any_report_is_counted_and_said_not_to_be_audited() -> (
    None
):
    audit = audit_text("甲镇5家、乙镇6家、" * 2000)
    (finding,) = [f for f in audit.findings if f.check == "crowded"]
    assert finding.verdict is Verdict.UNCHECKABLE
    assert finding.arithmetic == "3600"
    assert audit.coverage.quantities == 4000
    assert len(audit.statements.claims) == 400


def test_a_dense_table_is_audited_to_the_last_row() -> None:
    rows = "\n".join(f"镇{n}\t{n}\t{n}\t100%" for n in range(1000, 1900))
    audit = audit_text(f"镇\t目标(个)\t完成(个)\t完成率\n{rows}\n尾镇\t50\t40\t90%\n")
    assert not [f for f in audit.findings if f.check == "crowded"]
    assert [f.arithmetic for f in audit.with_verdict(Verdict.INCONSISTENT)] == [
        "40 ÷ 50 = 80% ≠ 90%"
    ]


def test_coverage_counts_what_was_read_understood_and_checked() -> None:
    coverage = audit_text("64个项目中,已封顶40个,占总项目的62.5%。另有旗舰店3家。").coverage
    assert (coverage.quantities, coverage.understood, coverage.checked) == (4, 4, 3)


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    passage = "64个在建项目中,已封顶40个,占总在建项目的65.1%。"
    alone = audit_text(passage).with_verdict(Verdict.INCONSISTENT)
    moved = audit_text(f"新写的一段。\n另一段。\n{passage}\n尾声。").with_verdict(
        Verdict.INCONSISTENT
    )
    changed = audit_text(passage.replace("65.1", "66.1")).with_verdict(Verdict.INCONSISTENT)
    assert [f.fingerprint for f in alone] == [f.fingerprint for f in moved]
    assert [f.fingerprint for f in alone] != [f.fingerprint for f in changed]
    twice = audit_text(passage + "\n新的一段,新的事。\n" + passage).with_verdict(
        Verdict.INCONSISTENT
    )
    assert len({f.fingerprint for f in twice}) == len(twice)


def test_of_very_many_projects_of_a_size_only_the_first_are_named() -> None:
    heads = "海山云松竹梅兰菊江河湖林泉石"
    listed = "、".join(f"投资{45 + i}亿元的{c}{c}晟新材项目" for i, c in enumerate(heads))
    found = audit_text(f"引进40亿元以上项目1个。已签约{listed}。")
    finding = next(f for f in found.findings if f.check == "threshold_count")
    assert f"等{len(heads)}个" in finding.message
    assert len(finding.spans) == 13
