"""The ninth grammar: budget reports, poverty relief, tourism, environment, housing, ports and markets.

Written after the rules for the eighth, by someone who had read the checks; run once before anything was changed.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_BANKS = ["农商银行", "邮储银行", "建设银行", "工商银行"]


def _share_fees(w: World, wrong: bool) -> str:
    whole, part = w.money(40, 90, 2), w.money(10, 35, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年接待过夜游客{whole}万人次,省外游客{part}万人次,占游客总量的{share}%。"


def _share_half(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 120), w.money(20, 55)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"固定资产投资{whole}亿元,其中民间投资占{share}%,为{part}亿元。"


def _share_takes(w: World, wrong: bool) -> str:
    whole, part = w.count(50, 120), w.count(10, 45)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"{whole}项年度重点任务中已完成{part}项,完成比例为{share}%。"


def _share_weight(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 120), w.money(10, 45)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"高新技术产业实现增加值{part}亿元,占规上工业增加值{whole}亿元的比重达{share}%。"


def _sum_banks(w: World, wrong: bool) -> str:
    names, parts = w.some(_BANKS, 3), [w.money(3, 30) for _ in range(3)]
    told = "、".join(f"{n}{p}亿元" for n, p in zip(names, parts, strict=True))
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"各银行新增贷款分别为{told},合计新增{total}亿元。"


def _sum_houses(w: World, wrong: bool) -> str:
    one, two, three = (w.count(100, 900) for _ in range(3))
    total = one + two + three + (w.count(50, 200) if wrong else 0)
    return (
        f"筹集各类保障性住房{total}套:公租房{one}套、保障性租赁住房{two}套、共有产权住房{three}套。"
    )


def _sum_quarters(w: World, wrong: bool) -> str:
    parts = [w.count(20, 90) for _ in range(4)]
    total = sum(parts) + (w.count(9, 30) if wrong else 0)
    return f"一至四季度分别签约项目{parts[0]}个、{parts[1]}个、{parts[2]}个、{parts[3]}个,全年累计{total}个。"


def _sum_and(w: World, wrong: bool) -> str:
    one, two = w.count(100, 500), w.count(100, 500)
    total = one + two + (w.count(20, 90) if wrong else 0)
    return f"全区共有农贸市场和超市{total}家,其中农贸市场{one}家,超市{two}家。"


def _sum_male(w: World, wrong: bool) -> str:
    one, two = w.money(20, 40, 2), w.money(20, 40, 2)
    total = w.misprinted(one + two, wrong)
    return f"户籍人口{total}万人,其中男性{one}万人、女性{two}万人。"


def _rest(w: World, wrong: bool) -> str:
    whole, done = w.count(60, 120), w.count(20, 50)
    left = whole - done + (w.count(4, 9) if wrong else 0)
    return f"省级环保督察反馈问题{whole}个,已整改销号{done}个,剩余{left}个正按计划推进。"


def _rest_balance(w: World, wrong: bool) -> str:
    whole, done = w.count(600, 1200), w.count(200, 500)
    left = whole - done + (w.count(40, 90) if wrong else 0)
    return f"专项债券额度{whole}万元,支出{done}万元,尚有{left}万元未支出。"


def _carry(w: World, wrong: bool) -> str:
    old, new = w.count(60, 120), w.count(200, 500)
    total = old + new + (w.count(9, 40) if wrong else 0)
    return f"上年结转资金{old}万元,当年安排{new}万元,资金总量{total}万元。"


def _grew(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(30, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"全区用电量{after}亿千瓦时,同比增长{rate}%(上年同期{before}亿千瓦时)。"


def _grew_more(w: World, wrong: bool) -> str:
    before, more = w.money(20, 90), w.money(2, 9)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"旅游总收入达到{before + more}亿元,比上年净增{more}亿元,增幅为{rate}%。"


def _fell(w: World, wrong: bool) -> str:
    before = w.money(30, 60)
    after = w.rounded(before * (1 - Decimal(w.count(50, 300)) / 1000))
    rate = w.shifted(w.percent(before - after, before), wrong)
    return f"细颗粒物年均浓度由{before}微克/立方米降到{after}微克/立方米,降幅{rate}%。"


def _less(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(30, 90)
    after = before - less + (w.count(9, 25) if wrong else 0)
    return f"受理投诉举报{after}件,上年为{before}件,减少{less}件。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"高速公路收费站ETC使用率达{before + more}%,较年初的{before}%提升{told}个百分点。"


def _over_average(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12), w.money(3, 6)
    gap = w.shifted(own - other, wrong, "0.8")
    return f"社零额同比增长{own}%,高出全市平均增速({other}%){gap}个百分点。"


def _behind(w: World, wrong: bool) -> str:
    own, other = w.money(3, 6), w.money(7, 12)
    gap = w.shifted(other - own, wrong, "0.8")
    return f"固定资产投资增长{own}%,低于年初{other}%的预期目标{gap}个百分点。"


def _completion(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"年初下达棚户区改造任务{goal}户,截至11月底开工{done}户,占年度任务的{rate}%。"


def _completion_budget(w: World, wrong: bool) -> str:
    goal, done = w.money(50, 90, 2), w.money(30, 49, 2)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"政府性基金预算收入完成{done}亿元,占调整预算数({goal}亿元)的{rate}%。"


def _exceeded(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"全年招聘教师{goal + more}名,比计划的{goal}名多{told}名。"


def _missed(w: World, wrong: bool) -> str:
    goal, less = w.count(200, 900), w.count(20, 90)
    told = less + (w.count(10, 30) if wrong else 0)
    return f"植树造林{goal - less}亩,距{goal}亩的年度目标还差{told}亩。"


def _above(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"规上服务业企业净增{done}家,突破年度净增{goal}家的目标。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"综合考核位次从第{old}名跃升到第{old - move}名,前进{told}名。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"向{number}家企业发放稳岗补贴{number * each}万元,平均每家企业{told}万元。"


def _average_yield(w: World, wrong: bool) -> str:
    area, each = w.count(8, 30), w.count(400, 600)
    told = each + (w.count(30, 60) if wrong else 0)
    return f"粮食播种面积{area}万亩,总产量{area * each}万公斤,平均亩产{told}公斤。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"快递业务量达{before * times}万件,为上年{before}万件的{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = 4 if wrong else 3
    return f"新获评市级文明街镇{number}个,即{names[0]}、{names[1]}、{names[2]}。"


def _listed_first(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = 4 if wrong else 3
    return f"{names[0]}、{names[1]}和{names[2]}{number}个街镇建成一刻钟便民生活圈。"


def _threshold(w: World, wrong: bool) -> str:
    low = w.money(3, 4) if wrong else w.money(6, 9)
    return f"年主营业务收入5亿元以上企业2家:甲集团{w.money(6, 9)}亿元,乙集团{low}亿元。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"应接种{whole}人,实际接种{done}人,接种率{rate}%。"


def _rate_hand(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"共办理建议提案{whole}件,代表委员表示满意的{done}件,满意率{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(2, 9), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"第一、二、三产业增加值占比为{one}:{two}:{three}。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"拥有A级以上物流企业{whole}家,5A级{part}家。"


def _part_of(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"建成农村公路{whole}公里(其中县道{part}公里)。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(20, 90)
    return f"全区森林覆盖面积{value}.5万亩。\n目前,全区森林覆盖面积已达{value + (7 if wrong else 0)}.5万亩。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 9 if wrong else low + 9
    return f"明年新增规上企业{low}家以上,力争达到{high}家。"


def _net(w: World, wrong: bool) -> str:
    out, into = w.count(500, 900), w.count(100, 400)
    net = out - into + (w.count(20, 90) if wrong else 0)
    return f"人口迁入{out}人,迁出{into}人,净迁入{net}人。"


def _status(w: World, wrong: bool) -> str:
    tail = f",但仍有{w.count(2, 6)}个项目尚未开工" if wrong else ",建设进度总体良好"
    return f"列入省重点的{w.count(8, 20)}个项目全部开工{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(530, 650)) / 10
    gap = w.shifted(done - 50, wrong)
    return f"上半年民生实事完成投资占年度计划的{done}%,快于序时进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_fees, _share_half, _share_takes, _share_weight],
    "sum": [_sum_banks, _sum_houses, _sum_quarters, _sum_and, _sum_male],
    "remainder": [_rest, _rest_balance],
    "carry": [_carry],
    "growth": [_grew, _grew_more, _fell, _less],
    "points": [_points, _over_average, _behind],
    "completion": [_completion, _completion_budget],
    "gap": [_exceeded, _missed],
    "target wording": [_above],
    "rank": [_rank],
    "average": [_average, _average_yield],
    "multiple": [_multiple],
    "list count": [_listed, _listed_first],
    "threshold": [_threshold],
    "rate": [_rate, _rate_hand],
    "structure": [_structure],
    "part of whole": [_part, _part_of],
    "same fact": [_same],
    "target order": [_tiers],
    "net": [_net],
    "status": [_status],
    "pace": [_pace],
}
