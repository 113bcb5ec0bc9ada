"""The sixth grammar: work reports of governments, bulletins of statistics and reports of development zones.

Written from the manner of published reports, before the checks were changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_ACTIONS = ["商圈提质", "业态焕新", "品牌集聚", "平台赋能", "场景拓展", "县域商业提升", "口岸扩能"]
_DIGITS = "零一二三四五六七八九"
_LOANS = ["中小微企业贷款", "涉农贷款", "制造业中长期贷款", "普惠小微贷款"]


def _share_livelihood(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 120, 1), w.money(40, 58, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"坚持过紧日子,一般公共预算支出{whole}亿元,其中用于民生的支出{part}亿元,比重提高到{share}%。"


def _share_tax(w: World, wrong: bool) -> str:
    whole, part = w.money(50, 90, 2), w.money(30, 48, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"地方财政收入首次迈上{whole}亿元台阶,税收收入达{part}亿元,税收占比{share}%。"


def _share_quarter(w: World, wrong: bool) -> str:
    whole, part = w.money(300, 900, 1), w.money(60, 250, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"新经济加快成势,数字经济核心产业营收{part}亿元,在规上工业{whole}亿元营收中占比已达{share}%。"


def _share_town(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 120, 2), w.money(30, 59, 2)
    share = w.shifted(w.percent(part, whole, 2), wrong)
    return f"年末常住人口{whole}万人,其中城镇人口{part}万人,常住人口城镇化率为{share}%。"


def _sum_consumption(w: World, wrong: bool) -> str:
    one, two = w.money(200, 500, 2), w.money(30, 90, 2)
    total = w.misprinted(one + two, wrong)
    return f"全年实现社会消费品零售总额{total}亿元。按经营单位所在地分,城镇消费品零售额{one}亿元,乡村消费品零售额{two}亿元。"


def _sum_kind(w: World, wrong: bool) -> str:
    one, two = w.money(200, 500, 1), w.money(30, 90, 1)
    total = w.misprinted(one + two, wrong)
    return f"从消费类型看,商品零售{one}亿元,餐饮收入{two}亿元,二者合计{total}亿元。"


def _sum_years(w: World, wrong: bool) -> str:
    parts = [w.count(10, 60) for _ in range(3)]
    years = [w.year - 2, w.year - 1, w.year]
    told = "、".join(f"{year}年{part}个" for year, part in zip(years, parts, strict=True))
    return f"三年间共改造老旧小区{w.miscounted(sum(parts), wrong)}个,其中{told}。"


def _sum_loans(w: World, wrong: bool) -> str:
    parts, names = [w.money(5, 60, 1) for _ in range(3)], w.some(_LOANS, 3)
    told = "、".join(f"{name}{part}亿元" for name, part in zip(names, parts, strict=True))
    return f"引导银行投放{told},三项共计{w.misprinted(sum(parts, Decimal(0)), wrong)}亿元。"


def _surplus(w: World, wrong: bool) -> str:
    one, two = w.money(60, 190, 2), w.money(10, 50, 2)
    told = w.misprinted(one - two, wrong)
    return f"货物出口{one}亿元,进口{two}亿元,实现贸易顺差{told}亿元。"


def _growth_net(w: World, wrong: bool) -> str:
    before, more = w.money(60, 300, 1), w.money(5, 40, 1)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"{w.money_name()}站上{before + more}亿元新台阶,较上年净增{more}亿元,增幅{rate}%。"


def _growth_deposits(w: World, wrong: bool) -> str:
    before, more = w.money(600, 1500, 2), w.money(30, 140, 2)
    rate = w.shifted(w.percent(more, before), wrong)
    return (
        f"12月末,金融机构本外币各项存款余额{before + more}亿元,比年初增加{more}亿元,增长{rate}%。"
    )


def _growth_fell(w: World, wrong: bool) -> str:
    before, less = w.count(80, 400), w.count(8, 40)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"全年发生各类生产安全事故{before - less}起,上年为{before}起,同比下降{rate}%。"


def _growth_leap(w: World, wrong: bool) -> str:
    before = w.money(40, 90, 1)
    after = w.rounded(before * (1 + Decimal(w.count(200, 800)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"{w.money_name()}从五年前的{before}亿元跃升到{after}亿元,累计增长{rate}%。"


def _net(w: World, wrong: bool) -> str:
    before, more = w.count(60, 300), w.count(8, 60)
    return f"{w.count_name()}由上年末的{before}家发展到{before + more}家,净增{w.miscounted(more, wrong)}家。"


def _completion_quarter(w: World, wrong: bool) -> str:
    goal, done = w.money(80, 300, 1), w.money(60, 320, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"市下达我区{w.money_name()}年度任务{goal}亿元,全年入库{done}亿元,占任务数的{rate}%。"


def _completion_behind(w: World, wrong: bool) -> str:
    goal, done = w.count(40, 120), w.count(30, 140)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"{w.count_name()}全年计划净增{goal}家,已净增{done}家,计划完成率达到{rate}%。"


def _surpass(w: World, wrong: bool) -> str:
    goal = w.money(60, 200, 1)
    done = w.rounded(goal * (1 + Decimal(w.count(20, 200)) / 1000))
    over = w.shifted(w.percent(done - goal, goal), wrong)
    return f"全年实际利用省外境内资金{done}亿元,超出{goal}亿元的预定目标{over}%。"


def _target(w: World, wrong: bool) -> str:
    goal = w.count(20, 80)
    done = goal - w.count(2, 9) if wrong else goal + w.count(1, 9)
    return f"年内净增{w.count_name()}{done}家,高出年初确定的{goal}家目标。"


def _gap(w: World, wrong: bool) -> str:
    goal, short = w.money(80, 200, 1), w.money(3, 20, 1)
    return f"{w.money_name()}完成{goal - short}亿元,距{goal}亿元的年度目标还差{w.misprinted(short, wrong)}亿元。"


def _plan(w: World, wrong: bool) -> str:
    now, name, rate = w.money(80, 400, 1), w.money_name(), w.count(5, 15)
    goal = w.rounded(now * (1 + Decimal(rate) / 100))
    told = rate + (w.pick([3, 4, 5]) if wrong else 0)
    w.plans.append(f"明年主要预期目标:{name}增长{told}%左右,总量达到{goal}亿元。")
    return f"全年{name}预计实现{now}亿元。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(60, 200, 1)
    high = low - w.money(3, 9, 1) if wrong else low + w.money(3, 9, 1)
    return f"{w.year + 1}年{w.money_name()}确保{low}亿元、冲刺{high}亿元。"


def _pace(w: World, wrong: bool) -> str:
    ahead = w.money(1, 12, 1)
    told = w.shifted(ahead, wrong)
    return f"1—9月,{w.money_name()}完成年度计划的{75 + ahead}%,快于时序进度{told}个百分点。"


def _rank(w: World, wrong: bool) -> str:
    before, moved = w.count(9, 30), w.count(2, 7)
    return f"营商环境评价居全省第{before - moved}名,比上年的第{before}名前进{w.miscounted(moved, wrong)}个位次。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(10, 60), w.count(2, 9)
    told = each + (w.pick([1, 2, -1]) if wrong else 0)
    return f"新落地项目{number}个,计划总投资{number * each}亿元,单个项目平均投资额{told}亿元。"


def _yield(w: World, wrong: bool) -> str:
    area, each = w.count(20, 60), w.count(350, 520)
    told = w.misprinted(Decimal(each), wrong)
    crop = w.rounded(Decimal(area * each) / 1000, 2)
    return f"粮食播种面积{area}万亩,总产{crop}万吨,平均单产每亩{told}公斤。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(10, 60), w.count(2, 5)
    told = times + w.pick([1, 2]) if wrong else times
    return f"高新技术企业突破{before * times}家,达到{before * times}家,是{w.year - 5}年{before}家的{told}倍。"


def _doubling(w: World, wrong: bool) -> str:
    before = w.money(20, 60, 1)
    after = w.rounded(before * (Decimal("1.4") if wrong else 2))
    return f"跨境电商交易额由{before}亿元增至{after}亿元,实现翻番。"


def _same(w: World, wrong: bool) -> str:
    value, name = w.money(60, 400), w.money_name()
    return (f"{name}完成{value}亿元,总体平稳。"
            f"回头看,{name}{w.misprinted(value, wrong)}亿元,来之不易。")  # fmt: skip


def _list(w: World, wrong: bool) -> str:
    names = w.some(_ACTIONS, w.count(3, 5))
    return f"深入实施{'、'.join(names)}{_DIGITS[len(names) + (1 if wrong else 0)]}大行动。"


def _list_towns(w: World, wrong: bool) -> str:
    towns = w.some(STREETS, w.count(3, 4))
    return f"{'、'.join(towns)}等{len(towns) - (1 if wrong else 0)}个镇街被评为省级商业示范镇街。"


def _threshold(w: World, wrong: bool) -> str:
    bar = w.pick([10, 20, 50])
    one = w.money(bar // 2, bar - 1, 1) if wrong else w.money(bar, bar * 2, 1)
    return f"引进{bar}亿元以上重大项目2个:总投资{bar + 3}亿元的{w.project()}、总投资{one}亿元的{w.project()}。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(100, 400)
    done = whole - w.count(4, 30)
    told = w.shifted(w.percent(done, whole), wrong)
    return f"承办人大代表建议和政协提案{whole}件,已办结{done}件,办结率{told}%。"


def _structure(w: World, wrong: bool) -> str:
    first, second = w.money(2, 9, 1), w.money(25, 45, 1)
    return f"三次产业增加值比例调整为{first}∶{second}∶{w.shifted(100 - first - second, wrong)}。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(80, 200)
    part = whole + w.count(5, 60) if wrong else w.count(10, whole - 5)
    return f"累计储备招商线索{whole}条,其中有实质性进展的{part}条。"


def _remainder(w: World, wrong: bool) -> str:
    done, going, rest = w.count(20, 50), w.count(10, 30), w.count(4, 15)
    left = w.miscounted(rest, wrong)
    return f"列入省级盘子的{done + going + rest}个重点项目,建成投用{done}个,加快推进{going}个,尚未动工{left}个。"


def _points(w: World, wrong: bool) -> str:
    before, moved = w.money(50, 80, 1), w.money(1, 9, 1)
    told = w.shifted(moved, wrong)
    return f"战略性新兴产业产值占比由{before}%上升为{before + moved}%,提高{told}个百分点。"


def _average_ahead(w: World, wrong: bool) -> str:
    ours, ahead = w.money(7, 14, 1), w.money(1, 5, 1)
    told = w.shifted(ahead, wrong)
    return f"规上工业增加值增长{ours}%,增速分别高于全市平均(增长{ours - ahead}%){told}个百分点。"


def _debt(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 200, 1), w.money(30, 75, 1)
    told = w.shifted(w.percent(part, whole), wrong)
    return f"年末区属国有企业资产总额{whole}亿元,负债总额{part}亿元,资产负债率{told}%。"


def _gap_income(w: World, wrong: bool) -> str:
    country = w.count(18000, 26000)
    ratio = w.money(1, 3, 2) if wrong else Decimal("2.05")
    if wrong and abs(ratio - Decimal("2.05")) < Decimal("0.1"):
        ratio += Decimal("0.3")
    town = int(country * Decimal("2.05"))
    return (f"城镇居民人均可支配收入{town}元,农村居民人均可支配收入{country}元,"
            f"城乡居民收入比为{ratio}:1。")  # fmt: skip


def _status(w: World, wrong: bool) -> str:
    number = w.count(8, 30)
    later = f"但仍有{w.count(2, 6)}件没有办完" if wrong else "群众反响良好"
    return f"承诺的{number}件民生实事全部办结,{later}。"


def _unit(w: World, wrong: bool) -> str:
    before, more = w.money(20, 90, 1), w.money(2, 9, 1)
    unit = "万元" if wrong else "亿元"
    return f"旅游综合收入由{before}亿元提高到{before + more}{unit},增加{more}亿元。"


def _doubled(w: World, wrong: bool) -> str:
    word = w.pick(["进一步", "持续", "大力", "着力"])
    return f"{word}{word if wrong else ''}优化消费环境,激发市场活力。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_livelihood, _share_tax, _share_quarter, _share_town],
    "sum": [_sum_consumption, _sum_kind, _sum_years, _sum_loans],
    "surplus": [_surplus],
    "growth": [_growth_net, _growth_deposits, _growth_fell, _growth_leap],
    "net": [_net],
    "completion": [_completion_quarter, _completion_behind],
    "over target": [_surpass],
    "target wording": [_target],
    "gap": [_gap],
    "target growth": [_plan],
    "target order": [_tiers],
    "pace": [_pace],
    "rank": [_rank],
    "average": [_average, _yield],
    "multiple": [_multiple, _doubling],
    "same fact": [_same],
    "list count": [_list, _list_towns],
    "threshold": [_threshold],
    "rate": [_rate],
    "structure": [_structure],
    "part of whole": [_part],
    "remainder": [_remainder],
    "points": [_points, _average_ahead],
    "ratio": [_debt, _gap_income],
    "status": [_status],
    "unit slip": [_unit],
    "doubled word": [_doubled],
}
