"""Passages of the test grammar: wordings that neither of the other two grammars has."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import OFFICES, STREETS, World


def _share_first(w: World, wrong: bool) -> str:
    whole, part = w.count(120, 400), w.count(20, 110)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"共收集企业诉求{whole}件,其中涉及融资的有{part}件,占诉求总数的{share}%。"


def _share_of_area(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 200, 2), w.money(5, 50, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"园区规划用地{whole}公顷。其中工业用地{part}公顷,比重为{share}%。"


def _share_people(w: World, wrong: bool) -> str:
    whole, part = w.money(20, 90, 2), w.money(5, 19, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"年末全区常住人口{whole}万人,其中60岁以上老年人口{part}万人,占总人口的{share}%。"


def _sum_of_two(w: World, wrong: bool) -> str:
    parts = [w.count(20, 90), w.count(20, 90)]
    return f"检查大型商超{parts[0]}家次、农贸市场{parts[1]}家次,共计{w.miscounted(sum(parts), wrong)}家次。"


def _sum_in_and_out(w: World, wrong: bool) -> str:
    exports, imports = w.money(200, 900, 2), w.money(20, 190, 2)
    total = w.misprinted(exports + imports, wrong)
    return f"海关统计显示,全年外贸进出口{total}亿元,其中,进口{imports}亿元,出口{exports}亿元。"


def _sum_by_town(w: World, wrong: bool) -> str:
    parts, names = [w.count(5, 40) for _ in range(4)], w.some(STREETS, 4)
    total = w.miscounted(sum(parts), wrong)
    figures = "户、".join(str(p) for p in parts)
    return f"改造老旧住宅{total}户,其中{'、'.join(names)}分别改造{figures}户。"


def _part_in_sum(w: World, wrong: bool) -> str:
    whole = w.count(400, 900)
    part = whole + w.count(10, 90) if wrong else w.count(50, whole - 5)
    return f"组织各类招聘活动,提供就业岗位{whole}个,其中面向高校毕业生的岗位{part}个。"


def _parts_by_office(w: World, wrong: bool) -> str:
    names = w.some(OFFICES, 3)
    parts = [w.count(10, 40) for _ in names]
    total = sum(parts) - w.count(3, 9) if wrong else sum(parts) + w.count(2, 20)
    listed = ";".join(f"{n}{p}件" for n, p in zip(names, parts, strict=True))
    return f"今年共办理人大代表建议和政协提案{total}件。其中:{listed}。"


def _rest_of_money(w: World, wrong: bool) -> str:
    parts = [w.money(10, 40, 1), w.money(10, 40, 1)]
    whole = sum(parts, Decimal(0)) + w.money(5, 30, 1)
    rest = w.misprinted(whole - sum(parts, Decimal(0)), wrong)
    return f"全年共筹措资金{whole}亿元,其中财政安排{parts[0]}亿元,银行贷款{parts[1]}亿元,其余{rest}亿元由企业自筹。"


def _growth_last_year_first(w: World, wrong: bool) -> str:
    base, result = w.money(20, 60, 2), w.money(65, 160, 2)
    rate = w.shifted(w.percent(result - base, base), wrong)
    return f"{w.money_name()}由去年的{base}亿元增长到{result}亿元,增速为{rate}%。"


def _growth_more(w: World, wrong: bool) -> str:
    value, change = w.count(300, 900), w.count(20, 90)
    rate = w.shifted(w.percent(change, value - change), wrong)
    return f"全年接待游客{value}万人次,同比增加{change}万人次,增长{rate}%。"


def _points_cut(w: World, wrong: bool) -> str:
    base, result = w.money(40, 60, 1), w.money(20, 39, 1)
    gap = w.shifted(base - result, wrong, "0.8")
    return f"综合物流费用率从{base}%降至{result}%,降低{gap}个百分点。"


def _length_gained(w: World, wrong: bool) -> str:
    base, gain = w.money(100, 200, 1), w.money(10, 50, 1)
    stated = w.misprinted(gain, wrong)
    return f"绿道总里程从{base}公里增加到{base + gain}公里,增加{stated}公里。"


def _plan_with_colon(w: World, wrong: bool) -> str:
    name, value, rate = w.money_name(), w.money(100, 600, 1), w.money(4, 15, 1)
    target = w.rounded(value * (100 + rate) / 100, 1)
    rate = w.shifted(rate, wrong)
    w.plans.append(f"{name}:预期目标{target}亿元,增幅{rate}%。")
    return f"{name}全年累计实现{value}亿元。"


def _plan_to_reach(w: World, wrong: bool) -> str:
    name, value = w.count_name(), w.count(200, 600)
    target = value + w.count(20, 90)
    rate = w.shifted(w.percent(target - value, value), wrong)
    w.plans.append(f"确保{name}达到{target}家,比上年增长{rate}%。")
    return f"至{w.year}年底,全区共有{name}{value}家。"


def _completion_in_order(w: World, wrong: bool) -> str:
    target, done = w.money(50, 100, 1), w.money(30, 120, 1)
    rate = w.shifted(w.percent(done, target), wrong)
    return f"{w.money_name()}目标{target}亿元,实际完成{done}亿元,占目标任务的{rate}%。"


def _completion_over_year(w: World, wrong: bool) -> str:
    target, done = w.count(50, 100), w.count(30, 120)
    rate = w.shifted(w.percent(done, target), wrong)
    return f"新建5G基站{done}个,达到全年计划{target}个的{rate}%。"


def _over_by_words(w: World, wrong: bool) -> str:
    target, gap = w.money(50, 400, 2), w.money(2, 20, 2)
    done = target - gap if wrong else target + gap
    return f"{w.money_name()}达{done}亿元,超出年度目标{target}亿元。"


def _reached_number(w: World, wrong: bool) -> str:
    target = w.count(20, 60)
    done = target - w.count(2, 9) if wrong else target + w.count(1, 9)
    return f"培育{w.count_name()}{done}家,完成全年{target}家的目标任务。"


def _declared_over(w: World, wrong: bool) -> str:
    target = w.count(200, 600)
    done = target - w.count(10, 90) if wrong else target + w.count(1, 90)
    return f"全年计划改造户厕{target}座,累计完成{done}座,超额完成年度计划。"


def _pace_points(w: World, wrong: bool) -> str:
    months, word = w.pick([(4, "1-4月"), (7, "1—7月"), (9, "前三季度"), (6, "上半年")])
    target = w.money(100, 200, 2)
    done = w.rounded(target * months / 12 + w.money(4, 12, 1), 2)
    rate = w.percent(done, target)
    gap = w.rounded(rate - Decimal(months) / 12 * 100, 1)
    return (
        f"{word},全区{w.money_name()}实现{done}亿元,完成年度目标{target}亿元的{rate}%,"
        f"快于序时进度{w.shifted(gap, wrong, '2')}个百分点。"
    )


def _said_again(w: World, wrong: bool) -> str:
    name, value = w.money_name(), w.money(100, 900, 2)
    again = w.misprinted(value, wrong)
    return f"经济运行稳中向好,全区{name}{value}亿元。{w.filler()}全区{name}实现{again}亿元,创历史新高。"


def _whole_of_before(w: World, wrong: bool) -> str:
    name, whole = w.count_name(), w.count(40, 120)
    again = w.miscounted(whole, wrong)
    part = w.count(5, 30)
    return f"年内共有{name}{whole}个。{w.filler()}上述{again}个{name}中,{part}个达到省级标准。"


def _companies_listed(w: World, wrong: bool) -> str:
    names = [w.project() for _ in range(w.count(3, 5))]
    return f"全力服务{'、'.join(names[:-1])}和{names[-1]}{w.miscounted(len(names) + 1, True) if wrong else len(names)}个重大项目。"


def _measures_counted(w: World, wrong: bool) -> str:
    stated = "五" if wrong else "三"
    return f"实施{stated}项重点举措:一是完善机制,明确分工。二是优化流程,压缩时限。三是强化考核,确保实效。"


def _too_small(w: World, wrong: bool) -> str:
    amounts = [
        w.money(12, 40, 1),
        w.money(11, 40, 1),
        w.money(3, 9, 1) if wrong else w.money(11, 30, 1),
    ]
    listed = "、".join(f"投资{a}亿元的{w.project()}" for a in amounts)
    return f"开工10亿元以上项目3个。包括{listed}。"


def _rate_of_signed(w: World, wrong: bool) -> str:
    signed, opened = w.count(80, 200), w.count(20, 79)
    rate = w.shifted(w.percent(opened, signed), wrong)
    return f"意向企业{signed}家,开工{opened}家,开工率{rate}%。"


def _rate_of_answers(w: World, wrong: bool) -> str:
    asked, answered = w.count(1000, 3000), w.count(500, 990)
    rate = w.shifted(w.percent(answered, asked, 2), wrong)
    return f"受理热线工单{asked}件,按时办结{answered}件,按时办结率达到{rate}%。"


def _rank_up(w: World, wrong: bool) -> str:
    old, new = w.count(12, 30), w.count(2, 11)
    moved = w.miscounted(old - new, wrong)
    return f"在全市考核中由上年第{old}位跃升至第{new}位,前移{moved}位。"


def _per_head(w: World, wrong: bool) -> str:
    number, total = w.count(200, 900), w.count(300, 1900)
    each = w.misprinted(w.rounded(Decimal(total) / number, 2), wrong)
    return f"为{number}户商户减免租金{total}万元,平均每户{each}万元。"


def _times_before(w: World, wrong: bool) -> str:
    base, factor = w.count(10, 30), w.count(3, 6)
    stated = factor + w.count(1, 2) if wrong else factor
    return f"充电站由{base}座扩大到{base * factor}座,是上年的{stated}倍。"


def _tiers_apart(w: World, wrong: bool) -> str:
    low = w.count(100, 300)
    high = low + w.count(10, 60)
    first, second = (high, low) if wrong else (low, high)
    w.plans.append(f"{w.money_name()}基本目标{first}亿元,力争目标{second}亿元。")
    return w.filler()


def _slipped_again(w: World, wrong: bool) -> str:
    name, value = w.money_name(), w.money(100, 900, 1)
    unit = "万元" if wrong else "亿元"
    return f"据统计,{name}为{value}亿元。{w.filler()}分行业看各有亮点,{name}为{value}{unit}。"


def _hoped_still(w: World, wrong: bool) -> str:
    tail = "预计可超额完成全年目标" if wrong else "均已投入使用"
    return f"便民服务中心建设目标{w.count(3, 5)}个,已完成{w.count(6, 9)}个,{tail}。"


def _structure_again(w: World, wrong: bool) -> str:
    first, second = w.money(2, 12, 2), w.money(30, 50, 2)
    third = 100 - first - second + (w.money(1, 5, 2) if wrong else 0)
    return f"一二三产业结构比例为{first}∶{second}∶{third}。"


_ALIKE = {
    "海川": "海穿",
    "星宇": "星雨",
    "同德": "同得",
    "华泰": "华太",
    "新科": "新克",
    "方正": "方政",
    "永辉": "永晖",
}


def _misspelt_again(w: World, wrong: bool) -> str:
    head = w.once("alike", list(_ALIKE))
    other = _ALIKE[head] if wrong else head
    return (
        f"成功签约投资{w.money(5, 9, 1)}亿元的{head}新材料产业园项目。{w.filler()}"
        f"会上通报了{other}新材料产业园项目推进情况。"
    )


def _points_skip(w: World, wrong: bool) -> str:
    third = "四" if wrong else "三"
    return f"存在的不足:一是项目储备不足;二是专业人才缺乏;{third}是要素保障压力较大。"


def _doubled_again(w: World, wrong: bool) -> str:
    word = w.pick(["推动", "项目", "建设", "积极"])
    return f"下大力气补短板强弱项,{word}{word if wrong else ''}工作取得新突破。"


def _marks_again(w: World, wrong: bool) -> str:
    return f"完善“一企一策”服务机制{w.pick(['，，', '。，', '；；']) if wrong else '，'}推动惠企政策直达快享。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_first, _share_of_area, _share_people],
    "sum": [_sum_of_two, _sum_in_and_out, _sum_by_town],
    "part of whole": [_part_in_sum, _parts_by_office],
    "remainder": [_rest_of_money],
    "growth": [_growth_last_year_first, _growth_more, _points_cut, _length_gained],
    "target growth": [_plan_with_colon, _plan_to_reach],
    "completion": [_completion_in_order, _completion_over_year],
    "target wording": [_over_by_words, _reached_number, _declared_over],
    "pace": [_pace_points],
    "same fact": [_said_again, _whole_of_before],
    "list count": [_companies_listed, _measures_counted],
    "threshold": [_too_small],
    "rate": [_rate_of_signed, _rate_of_answers],
    "rank": [_rank_up],
    "average": [_per_head],
    "multiple": [_times_before],
    "target order": [_tiers_apart],
    "unit slip": [_slipped_again],
    "status": [_hoped_still],
    "structure": [_structure_again],
    "spelling": [_misspelt_again],
    "numbering": [_points_skip],
    "doubled word": [_doubled_again],
    "punctuation": [_marks_again],
}
