"""The tenth grammar: bureau summaries of commerce, water, culture, justice, emergency and markets.

Written after the rules for the ninth, by someone who had read the checks; run once before anything was changed.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_in(w: World, wrong: bool) -> str:
    whole, part = w.count(200, 500), w.count(40, 160)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年立案查处{whole}件,其中食品类案件{part}件,约占案件总量的{share}%。".replace(
        "约占", "占"
    )


def _share_online(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 160), w.money(20, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"限上零售额{whole}亿元,通过公共网络实现的零售额{part}亿元,比重达到{share}%。"


def _share_women(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 900), w.count(60, 280)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"受援群众{whole}人次,农民工{part}人次,农民工占比{share}%。"


def _sum_kinds(w: World, wrong: bool) -> str:
    parts = [w.count(10, 60) for _ in range(3)]
    total = sum(parts) + (w.count(5, 19) if wrong else 0)
    return f"全年组织文化惠民演出{parts[0]}场、公益电影放映{parts[1]}场、非遗展示{parts[2]}场,三类活动共计{total}场。"


def _sum_halves(w: World, wrong: bool) -> str:
    one, two = w.count(100, 400), w.count(100, 400)
    total = one + two + (w.count(15, 60) if wrong else 0)
    return f"上半年化解矛盾纠纷{one}起,下半年化解{two}起,全年共化解{total}起。"


def _sum_of(w: World, wrong: bool) -> str:
    one, two = w.count(100, 400), w.count(100, 400)
    total = one + two + (w.count(15, 60) if wrong else 0)
    return f"全区{total}座水库中,小(1)型水库以外的有{one}座,其余{two}座均为小(2)型。"


def _sum_years(w: World, wrong: bool) -> str:
    parts = [w.count(20, 90) for _ in range(3)]
    total = sum(parts) + (w.count(9, 30) if wrong else 0)
    return f"近三年分别新建公厕{parts[0]}座、{parts[1]}座、{parts[2]}座,三年累计{total}座。"


def _left_over(w: World, wrong: bool) -> str:
    whole, done = w.count(60, 120), w.count(20, 50)
    left = whole - done + (w.count(4, 9) if wrong else 0)
    return f"纳入台账的{whole}处地质灾害隐患点,已治理{done}处,还有{left}处未治理。"


def _not_passed(w: World, wrong: bool) -> str:
    whole, done = w.count(200, 400), w.count(100, 180)
    left = whole - done + (w.count(8, 19) if wrong else 0)
    return f"抽检药品{whole}批次,合格{done}批次,不合格{left}批次。"


def _grew(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(30, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"与上年同期的{before}亿元相比,今年完成{after}亿元,增长{rate}%。"


def _grew_to(w: World, wrong: bool) -> str:
    before, more = w.count(60, 300), w.count(10, 50)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"备案民宿数量从年初的{before}家发展到{before + more}家,增幅{rate}%。"


def _fewer(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(30, 90)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"刑事案件发案{before - less}起,同比少发{less}起,降幅{rate}%。"


def _base_given(w: World, wrong: bool) -> str:
    before, more = w.money(20, 90), w.money(2, 9)
    after = w.misprinted(before + more, wrong)
    return f"在上年{before}亿元的基础上增加{more}亿元,达到{after}亿元。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"群众安全感满意度{before + more}%,较上年({before}%)上升{told}个百分点。"


def _average_gap(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12), w.money(3, 6)
    gap = w.shifted(own - other, wrong, "0.8")
    return f"限上消费增长{own}%,全市平均为{other}%,高于全市平均{gap}个百分点。"


def _completion(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"目标任务{goal}人,完成{done}人,完成{rate}%。"


def _completion_in(w: World, wrong: bool) -> str:
    goal, done = w.money(50, 90), w.money(30, 49)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"水利项目年度投资计划{goal}亿元,累计完成投资{done}亿元,投资完成率{rate}%。"


def _over(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"年度计划改造管网{goal}公里,实际改造{goal + more}公里,超出计划{told}公里。"


def _not_met(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal + w.count(5, 20) if wrong else goal - w.count(2, 9)
    return f"新引进首店{done}家,未能完成年初{goal}家的目标。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"网上政务服务能力排名全省第{old - move}位,比上年提升{told}位(上年第{old}位)。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"举办专场招聘{number}场,达成意向{number * each}人,场均{told}人。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"跨境电商交易额由{before}亿元增加到{before * times}亿元,相当于原来的{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = 4 if wrong else 3
    return f"确定{number}个试点单位({names[0]}、{names[1]}、{names[2]})。"


def _listed_kinds(w: World, wrong: bool) -> str:
    number = "四" if wrong else "三"
    return f"聚焦燃气安全、道路交通、建筑施工{number}个重点领域开展整治。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"调解案件{whole}件,成功调解{done}件,调解成功率{rate}%。"


def _rate_of(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"{whole}家重点企业已复工{done}家,复工率{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"中央、省、区三级资金比例为{one}:{two}:{three}。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"建成各类应急避难场所{whole}处,含中心避难场所{part}处。"


def _part_among(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"参训学员{whole}人当中,取得证书的{part}人。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"全区注册志愿者总人数{value}00人。\n志愿服务方面,注册志愿者总人数达到{value + (37 if wrong else 0)}00人。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(5, 9)
    high = low - 1 if wrong else low + 1
    return f"明年限上零售额预期增长{low}%,奋斗目标为增长{high}%。"


def _net(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"新增限上单位{came}家,退库{left}家,净增{net}家。"


def _status(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}件仍在办理" if wrong else ",群众满意率持续提升"
    return f"交办的{w.count(8, 20)}件信访积案已全部办结{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(780, 850)) / 10
    gap = w.shifted(done - 75, wrong)
    return f"前三季度累计完成全年任务的{done}%,超序时进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_in, _share_online, _share_women],
    "sum": [_sum_kinds, _sum_halves, _sum_of, _sum_years],
    "remainder": [_left_over, _not_passed],
    "growth": [_grew, _grew_to, _fewer, _base_given],
    "points": [_points, _average_gap],
    "completion": [_completion, _completion_in],
    "gap": [_over],
    "target wording": [_not_met],
    "rank": [_rank],
    "average": [_average],
    "multiple": [_multiple],
    "list count": [_listed, _listed_kinds],
    "rate": [_rate, _rate_of],
    "structure": [_structure],
    "part of whole": [_part, _part_among],
    "same fact": [_same],
    "target order": [_tiers],
    "net": [_net],
    "status": [_status],
    "pace": [_pace],
}
