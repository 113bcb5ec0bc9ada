"""The sixteenth grammar: a visit's briefing, a project's monthly report, a market's survey, a poverty-relief list, a festival's summary.

Written after the rules for the fifteenth; run once before anything was changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_booths(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 800), w.count(60, 250)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"展会设展位{whole}个,境外展商用去{part}个,境外占比达{share}%。"


def _share_asked(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 800), w.count(60, 250)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"受访商户{whole}户,认为客流回升的{part}户,占受访商户的{share}%。"


def _share_cost(w: World, wrong: bool) -> str:
    whole, part = w.money(20, 60), w.money(5, 18)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"项目概算{whole}亿元,土建部分{part}亿元,土建占概算的{share}%。"


def _sum_days(w: World, wrong: bool) -> str:
    parts = [w.money(2, 9) for _ in range(3)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"节日三天客流分别为{parts[0]}万人次、{parts[1]}万人次、{parts[2]}万人次,三天累计{total}万人次。"


def _sum_teams(w: World, wrong: bool) -> str:
    one, two, three = w.count(3, 9), w.count(3, 9), w.count(3, 9)
    total = one + two + three + (2 if wrong else 0)
    return (
        f"考察团一行{total}人,其中政府人员{one}人、企业家{two}人、工作人员{three}人,全程参加活动。"
    )


def _sum_funds(w: World, wrong: bool) -> str:
    one, two = w.money(300, 900, 1), w.money(300, 900, 1)
    total = w.misprinted(one + two, wrong)
    return f"活动总投入{total}万元,由财政出资{one}万元和企业赞助{two}万元组成。"


def _left_works(w: World, wrong: bool) -> str:
    whole, done = w.money(20, 60, 1), w.money(5, 18, 1)
    told = w.misprinted(whole - done, wrong)
    return f"概算投资{whole}亿元,开工至今完成{done}亿元,还需投入{told}亿元。"


def _left_talks(w: World, wrong: bool) -> str:
    whole, one, two = w.count(40, 60), w.count(8, 15), w.count(8, 15)
    told = whole - one - two + (w.count(3, 6) if wrong else 0)
    return f"洽谈项目{whole}个,签约{one}个,达成意向{two}个,余下{told}个继续跟进。"


def _grew_than_last(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"本届展会参展企业{before + more}家,上届为{before}家,增加{rate}%。"


def _grew_holiday(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"重点商圈营业额从去年同期的{before}万元升到{after}万元,涨幅{rate}%。"


def _grew_add(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    told = before + more + (w.count(20, 60) if wrong else 0)
    return f"原有摊位{before}个,改造后新增{more}个,现有摊位{told}个。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80, 1), w.money(1, 9, 1)
    told = more + (Decimal("0.8") if wrong else 0)
    return f"空置率由年初的{before}%降为{before - more}%,收窄{told}个百分点。"


def _done_month(w: World, wrong: bool) -> str:
    goal, done = w.money(20, 60), w.money(5, 18)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"年度投资计划{goal}亿元,1-10月完成{done}亿元,占年度计划的{rate}%。"


def _gap(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"原计划邀请客商{goal}名,实到{goal + more}名,超出原计划{told}名。"


def _met(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"预期成交额{goal}亿元,实际成交{done}亿元,好于预期。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"意向成交额{value}.{w.count(1, 9)}亿元,历届首次超{mark}亿元。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"消费活跃度指数全省排名第{old - move},上年排第{old},提升{told}个位次。"


def _average_visitor(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(200, 900)
    told = each + (w.count(80, 150) if wrong else 0)
    return f"接待游客{number}万人次,实现旅游消费{number * each}万元,人均消费{told}元。"


def _average_stall(w: World, wrong: bool) -> str:
    number, each = w.count(80, 300), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"{number}个摊位三天卖出{number * each}件,摊均{told}件。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"夜市日均客流{before * times}万人次,是平日{before}万人次的{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"先后走访{names[0]}、{names[1]}、{names[2]}{number}地。"


def _listed_wishes(w: World, wrong: bool) -> str:
    number = "四" if wrong else "三"
    return f"商户反映的诉求集中在{number}点:一是租金偏高;二是停车不便;三是引流不足。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"发出问卷{whole}份,收回{done}份,回收率{rate}%。"


def _rate_rented(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"街区商铺{whole}间,已出租{done}间,出租率为{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.count(20, 30), w.count(30, 45)
    three = 100 - one - two + (w.count(3, 6) if wrong else 0)
    return f"客源构成:本地{one}%、省内{two}%、省外{three}%。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"走访群众{whole}户,需要帮扶的{part}户。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"展会现场零售额达到{value}万元。\n从成效看,展会现场零售额{value + (37 if wrong else 0)}万元。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 10 if wrong else low + 10
    return f"明年展会保证参展企业{low}家,争取做到{high}家。"


def _balance(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"街区新进商户{came}户,撤场{left}户,净增加{net}户。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 100)
    return f"现场签约金额{Decimal(value) / 10}亿元,折合{told}万元。"


def _status(w: World, wrong: bool) -> str:
    tail = f",尚余{w.count(2, 6)}户没有签" if wrong else ",没有一户上访"
    return f"涉迁的{w.count(30, 60)}户已全数签约{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(530, 620)) / 10
    gap = w.shifted(done - 50, wrong, "0.9")
    return f"上半年投资完成率{done}%,比时间进度快{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_booths, _share_asked, _share_cost],
    "sum": [_sum_days, _sum_teams, _sum_funds],
    "remainder": [_left_works, _left_talks],
    "growth": [_grew_than_last, _grew_holiday, _grew_add],
    "points": [_points],
    "completion": [_done_month],
    "gap": [_gap],
    "target wording": [_met],
    "threshold": [_mark],
    "rank": [_rank],
    "average": [_average_visitor, _average_stall],
    "multiple": [_multiple],
    "list count": [_listed, _listed_wishes],
    "rate": [_rate, _rate_rented],
    "structure": [_structure],
    "part of whole": [_part],
    "same fact": [_same],
    "target order": [_tiers],
    "balance": [_balance],
    "unit slip": [_slip],
    "status": [_status],
    "pace": [_pace],
}
