"""Passages of the validation grammar: other sentences, verbs, orders, units and nesting."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import OFFICES, STREETS, World

_CN = "零一二三四五六七八九十"


def _share_order_reversed(w: World, wrong: bool) -> str:
    whole, part = w.count(4000, 9000), w.count(800, 3900)
    share = w.shifted(w.percent(part, whole, 2), wrong)
    return f"今年以来,{w.money_name()}实现{whole}万元。其中,民营企业贡献{part}万元,占全部的比重为{share}%。"


def _share_of_visits(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 900), w.count(30, 290)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"一年来累计接待来访客商{whole}批次,其中境外客商{part}批次,占比达{share}%。"


def _share_in_brackets_between(w: World, wrong: bool) -> str:
    whole, part, name = w.count(60, 200), w.count(10, 59), w.count_name()
    share = w.shifted(w.percent(part, whole), wrong)
    return f"{name}共{whole}家(含分支机构),其中纳入统计的{part}家,约占{name}的{share}%。"


def _sum_total_last(w: World, wrong: bool) -> str:
    parts = [w.money(5, 90, 2) for _ in range(4)]
    labels = w.some(["装备制造", "电子信息", "生物医药", "新型材料", "食品加工", "现代物流"], 4)
    listed = ",".join(f"{n}{p}亿元" for n, p in zip(labels, parts, strict=True))
    return f"分产业看,{listed},总计{w.misprinted(sum(parts, Decimal(0)), wrong)}亿元。"


def _sum_three_sectors(w: World, wrong: bool) -> str:
    parts = [w.money(5, 30, 1), w.money(100, 300, 1), w.money(100, 300, 1)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return (f"全年实现地区生产总值{total}亿元,其中第一产业增加值{parts[0]}亿元,"
            f"第二产业增加值{parts[1]}亿元,第三产业增加值{parts[2]}亿元。")  # fmt: skip


def _sum_tax(w: World, wrong: bool) -> str:
    tax, other = w.count(20000, 60000), w.count(5000, 19000)
    total = int(w.misprinted(Decimal(tax + other), wrong))
    return f"地方一般公共预算收入完成{total}万元,其中:税收收入{tax}万元,非税收入{other}万元。"


def _part_too_big(w: World, wrong: bool) -> str:
    whole = w.money(20, 80, 1)
    part = whole + w.money(1, 9, 1) if wrong else whole - w.money(1, 15, 1)
    return f"争取上级专项资金{whole}亿元,其中中央预算内资金{part}亿元。"


def _parts_too_many(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    parts = [w.count(20, 60) for _ in names]
    total = sum(parts) - w.count(4, 15) if wrong else sum(parts) + w.count(1, 20)
    listed = ",".join(f"{n}{p}户" for n, p in zip(names, parts, strict=True))
    return f"走访慰问困难群众{total}户,其中{listed}。"


def _remainder_rest(w: World, wrong: bool) -> str:
    parts = [w.count(30, 60), w.count(10, 29)]
    whole = sum(parts) + w.count(5, 20)
    rest = w.miscounted(whole - sum(parts), wrong)
    return f"全年共受理投诉举报{whole}件,其中消费纠纷{parts[0]}件,价格举报{parts[1]}件,其他类{rest}件。"


def _remainder_unfinished(w: World, wrong: bool) -> str:
    done = w.count(30, 70)
    whole = done + w.count(5, 20)
    rest = w.miscounted(whole - done, wrong)
    return f"列入年度计划的{whole}个{w.count_name()}中,{done}个已经完工,剩余{rest}个正抓紧推进。"


def _growth_since(w: World, wrong: bool) -> str:
    base, result = w.money(20, 60, 1), w.money(65, 160, 1)
    rate = w.shifted(w.percent(result - base, base), wrong)
    return f"{w.money_name()}从上年的{base}亿元增至{result}亿元,增幅达{rate}%。"


def _growth_with_last_year(w: World, wrong: bool) -> str:
    base, result = w.count(2000, 6000), w.count(6500, 9900)
    rate = w.shifted(w.percent(result - base, base), wrong)
    return f"{w.money_name()}达到{result}万元,上年同期为{base}万元,同比增长{rate}%。"


def _growth_by_decrease(w: World, wrong: bool) -> str:
    value, change = w.count(3000, 9000), w.count(300, 900)
    rate = w.shifted(w.percent(change, value + change), wrong)
    return f"{w.money_name()}实现{value}万元,较上年减少{change}万元,下降{rate}%。"


def _change_in_number(w: World, wrong: bool) -> str:
    base, gain = w.count(30, 90), w.count(5, 40)
    return f"孵化载体由{base}家发展到{base + gain}家,增加{w.miscounted(gain, wrong)}家。"


def _points_down(w: World, wrong: bool) -> str:
    base, result = w.money(40, 60, 2), w.money(20, 39, 2)
    gap = w.shifted(base - result, wrong, "0.8")
    return f"商铺空置率由{base}%下降至{result}%,下降{gap}个百分点。"


def _plan_in_words(w: World, wrong: bool) -> str:
    name, value, rate = w.money_name(), w.money(100, 600, 2), w.money(4, 15, 1)
    target = w.rounded(value * (100 + rate) / 100, 2)
    rate = w.shifted(rate, wrong)
    w.plans.append(f"力争{name}达到{target}亿元,同比增长{rate}%。")
    return f"全年实现{name}{value}亿元。"


def _plan_in_counts(w: World, wrong: bool) -> str:
    name, value = w.count_name(), w.count(100, 400)
    target = value + w.count(10, 60)
    rate = w.shifted(w.percent(target - value, value), wrong)
    w.plans.append(f"{name}目标{target}家,增长{rate}%。")
    return f"截至年末,{name}达到{value}家。"


def _completion_after(w: World, wrong: bool) -> str:
    target, done = w.count(40, 90), w.count(20, 110)
    rate = w.shifted(w.percent(done, target), wrong)
    return f"年度目标任务{target}个,实际完成{done}个,完成率{rate}%。"


def _completion_of_plan(w: World, wrong: bool) -> str:
    target, done = w.money(50, 100, 2), w.money(30, 120, 2)
    rate = w.shifted(w.percent(done, target), wrong)
    return f"重点项目完成投资{done}亿元,占年度计划{target}亿元的{rate}%。"


def _exceeds_words(w: World, wrong: bool) -> str:
    target = w.count(50, 400)
    gap = w.count(3, 40)
    done = target - gap if wrong else target + gap
    return f"年内{w.count_name()}净增{done}家,超额完成市级下达的{target}家目标任务。"


def _above_expected(w: World, wrong: bool) -> str:
    target, gap = w.money(5, 12, 1), w.money(1, 3, 1)
    rate = target - gap if wrong else target + gap
    return f"{w.money_name()}增长{rate}%,高于年初预期目标{target}%。"


def _below_words(w: World, wrong: bool) -> str:
    target = w.count(50, 100)
    done = target + w.count(3, 30) if wrong else target - w.count(3, 30)
    return f"{w.count_name()}完成{done}个,没有完成全年{target}个的目标。"


def _declared_not_done(w: World, wrong: bool) -> str:
    target = w.money(20, 60, 1)
    done = target + w.money(1, 9, 1) if wrong else target - w.money(1, 9, 1)
    return f"{w.money_name()}年度任务{target}亿元,实际完成{done}亿元,未完成年度任务。"


def _pace_behind(w: World, wrong: bool) -> str:
    months, word = w.pick([(3, "一季度"), (9, "1-9月"), (8, "1-8月"), (11, "1-11月份")])
    target = w.count(30000, 80000)
    done = int(target * months / 12 - w.count(800, 2500))
    rate = w.percent(done, target)
    gap = w.rounded(Decimal(months) / 12 * 100 - rate, 1)
    return (f"{word},{w.money_name()}累计完成{done}万元,占年度任务{target}万元的{rate}%,"
            f"慢于时间进度{w.shifted(gap, wrong, '2')}个百分点。")  # fmt: skip


def _same_count_twice(w: World, wrong: bool) -> str:
    name, value = w.count_name(), w.count(120, 900)
    again = w.miscounted(value, wrong)
    return f"截至年底,全区{name}总数{value}家。{w.filler()}主体不断壮大,全区{name}总数{again}家。"


def _same_rate_twice(w: World, wrong: bool) -> str:
    value = w.money(60, 95, 1)
    again = w.shifted(value, wrong)
    return f"农产品抽检合格率达到{value}%。{w.filler()}牢牢守住安全底线,农产品抽检合格率{again}%。"


def _whole_taken_up(w: World, wrong: bool) -> str:
    name, whole = w.count_name(), w.count(40, 120)
    again = w.miscounted(whole, wrong)
    built = w.count(5, 30)
    return f"全年新增{name}{whole}家。{w.filler()}在这{again}家新增{name}中,已有{built}家纳统。"


def _three_of_them(w: World, wrong: bool) -> str:
    names = w.some(STREETS, w.count(3, 6))
    number = w.miscounted(len(names), wrong)
    word = _CN[number] if 2 < number < 11 and w.random.random() < 0.5 else str(number)
    return f"覆盖{'、'.join(names)}{word}个街镇。"


def _listed_with_etc(w: World, wrong: bool) -> str:
    names = [w.project() for _ in range(w.count(3, 5))]
    number = len(names) - 1 if wrong else len(names) + w.count(1, 6)
    return f"新开工{'、'.join(names)}等{number}个项目。"


def _points_promised(w: World, wrong: bool) -> str:
    stated = "四" if wrong else "三"
    return f"重点抓好{stated}个方面工作:一是稳外贸,支持企业抢订单。二是促消费,办好系列活动。三是优服务,当好店小二。"


def _listed_by_amount(w: World, wrong: bool) -> str:
    amounts = [
        w.money(51, 90, 1),
        w.money(20, 45, 1) if wrong else w.money(51, 90, 1),
        w.money(51, 70, 1),
    ]
    first, second, third = (f"总投资{a}亿元的{w.project()}" for a in amounts)
    return f"落户50亿元以上项目3个。具体为{first},{second},{third}。"


def _rate_settled(w: World, wrong: bool) -> str:
    received, done = w.count(300, 900), w.count(150, 290)
    rate = w.shifted(w.percent(done, received, 2), wrong)
    return f"共接到群众诉求{received}件,办结{done}件,办结率为{rate}%。"


def _rate_passed(w: World, wrong: bool) -> str:
    tested, passed = w.count(800, 2000), w.count(300, 790)
    rate = w.shifted(w.percent(passed, tested), wrong)
    return f"全年抽检食品{tested}批次,合格{passed}批次,合格率{rate}%。"


def _rank_fell(w: World, wrong: bool) -> str:
    old, new = w.count(2, 8), w.count(9, 20)
    moved = w.miscounted(new - old, wrong)
    return f"由于基数较高,增速排名从全市第{old}位下滑至第{new}位,下降{moved}位。"


def _rank_words(w: World, wrong: bool) -> str:
    old, new = w.count(10, 20), w.count(2, 9)
    first, second = (new, old) if wrong else (old, new)
    return f"营商环境评价由全省第{first}名提升至第{second}名。"


def _average_household(w: World, wrong: bool) -> str:
    number, total = w.count(200, 900), w.count(3000, 9000)
    each = w.misprinted(w.rounded(Decimal(total) / number, 2), wrong)
    return f"带动农户{number}户,实现销售收入{total}万元,户均{each}万元。"


def _average_single(w: World, wrong: bool) -> str:
    number, total = w.count(8, 40), w.money(50, 400, 2)
    each = w.misprinted(w.rounded(total / number, 2), wrong)
    return f"集中签约{number}个项目,协议投资额{total}亿元,单个项目平均投资{each}亿元。"


def _doubled_number(w: World, wrong: bool) -> str:
    base, factor = w.money(10, 30, 1), w.count(2, 5)
    result = base * factor
    stated = factor + 1 if wrong else factor
    return f"{w.money_name()}由{base}亿元提高到{result}亿元,是原来的{stated}倍。"


def _tiers_three(w: World, wrong: bool) -> str:
    values = [w.count(30, 40), w.count(45, 60), w.count(65, 90)]
    if wrong:
        values[1], values[2] = values[2], values[1]
    low, middle, high = values
    w.plans.append(f"{w.count_name()}保底目标{low}家,奋斗目标{middle}家,挑战目标{high}家。")
    return w.filler()


def _slipped_count(w: World, wrong: bool) -> str:
    parts = [w.money(10, 90, 1) for _ in range(2)]
    total = sum(parts, Decimal(0))
    unit = "万元" if wrong else "亿元"
    return f"到位资金中,内资{parts[0]}亿元、外资{parts[1]}亿元,合计{total}{unit}。"


def _done_and_pending(w: World, wrong: bool) -> str:
    tail = "目前正在申报认定" if wrong else "目前运行良好"
    return (f"总部项目引进目标2个,已引进2个,分别为投资{w.money(5, 50, 1)}亿元的{w.project()},"
            f"投资{w.money(5, 50, 1)}亿元的{w.project()},后者{tail}。")  # fmt: skip


def _structure_moved(w: World, wrong: bool) -> str:
    first, second = w.money(2, 12, 1), w.money(30, 50, 1)
    third = 100 - first - second - (w.money(1, 5, 1) if wrong else 0)
    return f"产业结构不断优化,三次产业比例由上年的8.0:44.0:48.0调整为{first}:{second}:{third}。"


ALIKE = {
    "汉森": "汉深",
    "正泰": "正态",
    "立讯": "立迅",
    "晨曦": "晨西",
    "国轩": "国宣",
    "东岳": "东越",
    "长青": "长清",
}


def _misspelt_company(w: World, wrong: bool) -> str:
    head = w.once("alike", list(ALIKE))
    other = ALIKE[head] if wrong else head
    return (f"支持{head}电子公司、蓝海供应链公司扩大出口。{w.filler()}"
            f"{other}电子公司新上生产线两条,产能大幅提升。")  # fmt: skip


def _headings_skip(w: World, wrong: bool) -> str:
    last = "五" if wrong else "四"
    return f"工作中:一是抓招商,拓展渠道;二是抓项目,加快建设;三是抓消费,激发活力;{last}是抓安全,守住底线。"


def _doubled_elsewhere(w: World, wrong: bool) -> str:
    word = w.pick(["企业", "政策", "服务", "持续"])
    return f"聚焦重点领域,{word}{word if wrong else ''}提质增效明显。"


def _marks_elsewhere(w: World, wrong: bool) -> str:
    return f"坚持问题导向(目标导向{'))' if wrong else ')'},{w.pick([',', ';;']) if wrong else ''}推动各项任务落地见效。"


def _units_named(w: World, wrong: bool) -> str:
    names = w.some(OFFICES, 3)
    parts = [w.count(6, 30) for _ in names]
    total = w.miscounted(sum(parts), wrong)
    listed = "、".join(f"{n}{p}个" for n, p in zip(names, parts, strict=True))
    return f"全年梳理产业线索,{listed},共计{total}个。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_order_reversed, _share_of_visits, _share_in_brackets_between],
    "sum": [_sum_total_last, _sum_three_sectors, _sum_tax, _units_named],
    "part of whole": [_part_too_big, _parts_too_many],
    "remainder": [_remainder_rest, _remainder_unfinished],
    "growth": [
        _growth_since,
        _growth_with_last_year,
        _growth_by_decrease,
        _change_in_number,
        _points_down,
    ],
    "target growth": [_plan_in_words, _plan_in_counts],
    "completion": [_completion_after, _completion_of_plan],
    "target wording": [_exceeds_words, _above_expected, _below_words, _declared_not_done],
    "pace": [_pace_behind],
    "same fact": [_same_count_twice, _same_rate_twice, _whole_taken_up],
    "list count": [_three_of_them, _listed_with_etc, _points_promised],
    "threshold": [_listed_by_amount],
    "rate": [_rate_settled, _rate_passed],
    "rank": [_rank_fell, _rank_words],
    "average": [_average_household, _average_single],
    "multiple": [_doubled_number],
    "target order": [_tiers_three],
    "unit slip": [_slipped_count],
    "status": [_done_and_pending],
    "structure": [_structure_moved],
    "spelling": [_misspelt_company],
    "numbering": [_headings_skip],
    "doubled word": [_doubled_elsewhere],
    "punctuation": [_marks_elsewhere],
}
