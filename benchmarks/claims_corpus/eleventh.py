"""The eleventh grammar: what street offices, development zones and bureaus of commerce, health and housing tell of a year.

Written after the rules that a broad list of relations asked for; run once before anything was changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_of_new(w: World, wrong: bool) -> str:
    whole, part = w.count(120, 400), w.count(30, 100)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年新登记外贸主体{whole}家,民营企业有{part}家,占了{share}%。"


def _share_area(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 150), w.money(20, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"园区已供工业用地{whole}公顷,其中标准地出让{part}公顷,“标准地”供应比例为{share}%。"


def _share_first(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 150), w.money(20, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"社区卫生服务中心诊疗量{part}万人次,在全区{whole}万人次的总诊疗量中占{share}%。"


def _sum_channels(w: World, wrong: bool) -> str:
    one, two, three = w.count(80, 300), w.count(80, 300), w.count(80, 300)
    total = one + two + three + (w.count(15, 60) if wrong else 0)
    return f"通过窗口收件{one}件、网上申报{two}件、上门服务{three}件,三种渠道合计受理{total}件。"


def _sum_money(w: World, wrong: bool) -> str:
    one, two = w.money(10, 40), w.money(10, 40)
    total = w.misprinted(one + two, wrong)
    return f"筹措保障房资金{total}亿元,由中央补助{one}亿元和地方配套{two}亿元两部分构成。"


def _sum_visits(w: World, wrong: bool) -> str:
    one, two = w.count(20, 60), w.count(20, 60)
    total = one + two + (w.count(6, 15) if wrong else 0)
    return f"领导带队外出招商{one}批次,邀请客商来访{two}批次,出访来访共{total}批次。"


def _left_units(w: World, wrong: bool) -> str:
    whole, done = w.count(300, 600), w.count(100, 250)
    left = whole - done + (w.count(15, 40) if wrong else 0)
    return f"本轮征收涉及住户{whole}户,目前已签订协议{done}户,还剩{left}户未签约。"


def _left_money(w: World, wrong: bool) -> str:
    whole, done = w.money(60, 90), w.money(20, 50)
    left = w.misprinted(whole - done, wrong)
    return f"年初安排专项经费{whole}万元,已使用{done}万元,结余{left}万元。"


def _grew_from(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"网络零售额由去年同期的{before}亿元提高到{after}亿元,涨幅{rate}%。"


def _grew_bracket(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"服务企业{before + more}家次(去年为{before}家次),同比增长{rate}%。"


def _fell(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(60, 200)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"群众来信来访量降至{before - less}件次,比上年减少{less}件次,同比下降{rate}%。"


def _more(w: World, wrong: bool) -> str:
    before, more = w.count(40, 90), w.count(8, 30)
    told = more + (w.count(4, 12) if wrong else 0)
    return f"上年末拥有社区食堂{before}个,今年末达到{before + more}个,一年增加{told}个。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"政务事项全程网办率达到{before + more}%,较上年末的{before}%提高了{told}个百分点。"


def _ahead(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12), w.money(3, 6)
    gap = w.shifted(own - other, wrong, "0.8")
    return f"规上工业增加值增长{own}%,快于全市平均增速({other}%){gap}个百分点。"


def _done(w: World, wrong: bool) -> str:
    goal, done = w.count(200, 500), w.count(100, 190)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"既有住宅加装电梯年度任务{goal}部,已竣工{done}部,完成年度任务的{rate}%。"


def _done_bracket(w: World, wrong: bool) -> str:
    goal, done = w.count(200, 500), w.count(100, 190)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"新增托位{done}个(目标{goal}个),任务完成率为{rate}%。"


def _over(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"市下达我区培育任务{goal}户,实际培育{goal + more}户,超额{told}户。"


def _short(w: World, wrong: bool) -> str:
    goal, less = w.money(60, 90), w.money(3, 9)
    told = w.misprinted(less, wrong)
    return f"固定资产投资完成{goal - less}亿元,与{goal}亿元的年度目标相比还差{told}亿元。"


def _not_met(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal + w.count(5, 20) if wrong else goal - w.count(2, 9)
    return f"全年上规入库企业{done}家,没有达到年初确定的{goal}家的目标。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"开发区工业总产值达到{value}.{w.count(1, 9)}亿元,首次突破{mark}亿元大关。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"营商环境评价由全省第{old}位跃居第{old - move}位,一年提升{told}个位次。"


def _rank_was(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"开发区综合考评居全市第{old - move}名,较上年的第{old}名前移{told}名。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"全年发放稳岗补贴{number * each}万元,惠及企业{number}家,平均每家{told}万元。"


def _average_month(w: World, wrong: bool) -> str:
    each = w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"全年受理政务热线{each * 12}件,月均{told}件。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"直播电商基地入驻商家由{before}家增至{before * times}家,是年初的{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = 4 if wrong else 3
    return f"在{names[0]}、{names[1]}、{names[2]}{number}个镇街开展试点。"


def _listed_after(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 4)
    number = 5 if wrong else 4
    return f"新建街道综合养老服务中心{number}个,分别位于{names[0]}、{names[1]}、{names[2]}和{names[3]}。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"应抽检食用农产品{whole}批次,实抽{done}批次,抽检覆盖率{rate}%。"


def _rate_settled(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"共交办问题线索{whole}件,已核查处置{done}件,处置率为{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"从贸易方式看,一般贸易、加工贸易和其他贸易占比分别为{one}%、{two}%和{three}%,贸易结构进一步优化。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"持证上岗养老护理员{whole}名,其中高级护理员{part}名。"


def _taken(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"收到公租房申请{whole}份,审核通过{part}份。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"全区备案社区工厂总数{value}家。\n就业方面,备案社区工厂总数已有{value + (37 if wrong else 0)}家。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(5, 9)
    high = low - 1 if wrong else low + 1
    return f"2030年服务业增加值确保增长{low}%,力争增长{high}%。"


def _net(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"全年迁入企业{came}家,迁出企业{left}家,净迁入{net}家。"


def _running(w: World, wrong: bool) -> str:
    first, came, went = w.count(300, 500), w.count(50, 90), w.count(10, 40)
    last = first + came - went + (w.count(8, 20) if wrong else 0)
    return f"年初在管公租房{first}套,年内新增{came}套,退出{went}套,年末在管{last}套。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 100)
    return f"兑付惠企资金{Decimal(value) / 10}亿元(折合{told}万元)。"


def _status(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}个尚在建设" if wrong else ",周边环境明显改善"
    return f"列入民生实事的{w.count(8, 20)}个项目已全部建成{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(780, 850)) / 10
    gap = w.shifted(done - 75, wrong)
    return f"1-9月完成年度目标的{done}%,快于序时进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_of_new, _share_area, _share_first],
    "sum": [_sum_channels, _sum_money, _sum_visits],
    "remainder": [_left_units, _left_money],
    "growth": [_grew_from, _grew_bracket, _fell, _more],
    "points": [_points, _ahead],
    "completion": [_done, _done_bracket],
    "gap": [_over, _short],
    "target wording": [_not_met],
    "threshold": [_mark],
    "rank": [_rank, _rank_was],
    "average": [_average, _average_month],
    "multiple": [_multiple],
    "list count": [_listed, _listed_after],
    "rate": [_rate, _rate_settled],
    "structure": [_structure],
    "part of whole": [_part, _taken],
    "same fact": [_same],
    "target order": [_tiers],
    "balance": [_net, _running],
    "unit slip": [_slip],
    "status": [_status],
    "pace": [_pace],
}
