"""The eighth grammar: bulletins of finance, education, civil affairs, health, transport and farming.

Written by someone who had read the checks; run once before anything was changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_people(w: World, wrong: bool) -> str:
    whole, part = w.money(40, 90, 2), w.money(5, 15, 2)
    share = w.shifted(w.percent(part, whole, 2), wrong)
    return (
        f"年末全区常住人口{whole}万人,其中65岁及以上人口{part}万人,占全区常住人口的比重为{share}%。"
    )


def _share_livelihood(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 120), w.money(40, 58)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"一般公共预算支出{whole}亿元,其中用于民生领域的支出达{part}亿元,占比达到{share}%。"


def _share_led(w: World, wrong: bool) -> str:
    whole, part = w.count(200, 500), w.count(40, 160)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"在{whole}家规上工业企业中,实现产值正增长的有{part}家,增长面{share}%。"


def _share_of_two(w: World, wrong: bool) -> str:
    whole, part = w.count(3000, 9000), w.count(600, 2500)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"新增城镇就业{whole}人,高校毕业生{part}人,占新增就业总数的{share}%。"


def _sum_schools(w: World, wrong: bool) -> str:
    parts = [w.count(10, 60) for _ in range(3)]
    total = w.miscounted(sum(parts), wrong)
    return f"全区现有各级各类学校{total}所,其中小学{parts[0]}所、初中{parts[1]}所、高中{parts[2]}所,三类学校合计{sum(parts)}所。"


def _sum_funds(w: World, wrong: bool) -> str:
    parts = [w.count(200, 900) for _ in range(3)]
    total = sum(parts) + (w.count(30, 150) if wrong else 0)
    return f"筹集资金{total}万元(中央{parts[0]}万元、省级{parts[1]}万元、区级{parts[2]}万元),已全部下达。"


def _sum_tax(w: World, wrong: bool) -> str:
    tax, other = w.money(30, 70, 2), w.money(5, 20, 2)
    total = w.misprinted(tax + other, wrong)
    return f"地方一般公共预算收入{total}亿元,其中:税收收入{tax}亿元,非税收入{other}亿元。"


def _sum_streets(w: World, wrong: bool) -> str:
    names, parts = w.some(STREETS, 3), [w.count(3, 30) for _ in range(3)]
    told = "、".join(f"{n}{p}处" for n, p in zip(names, parts, strict=True))
    return f"新建口袋公园情况是:{told},共{w.miscounted(sum(parts), wrong)}处。"


def _sum_plus(w: World, wrong: bool) -> str:
    one, two = w.count(100, 500), w.count(100, 500)
    total = w.miscounted(one + two, wrong)
    return f"发放城市低保金{one}万元、农村低保金{two}万元,两项共{total}万元。"


def _rest(w: World, wrong: bool) -> str:
    whole, one, two = w.count(60, 120), w.count(10, 25), w.count(10, 25)
    left = whole - one - two + (w.count(3, 9) if wrong else 0)
    return f"需改造老旧小区{whole}个,已完工{one}个、在建{two}个,其余{left}个尚未启动。"


def _unsettled(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = w.count(100, whole - 60)
    left = whole - done + (w.count(9, 50) if wrong else 0)
    return f"全年共受理劳动争议案件{whole}件,审结{done}件,未审结{left}件。"


def _grew(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(30, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"财政民生支出由上年的{before}亿元增加到{after}亿元,增幅达{rate}%。"


def _grew_by(w: World, wrong: bool) -> str:
    before, more = w.count(600, 3000), w.count(60, 500)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"年末实有市场主体{before + more}户,较上年末增加{more}户,增长{rate}%。"


def _shrank(w: World, wrong: bool) -> str:
    before, less = w.count(600, 3000), w.count(60, 300)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"全年发生各类生产安全事故{before - less}起,同比减少{less}起,下降{rate}%。"


def _than(w: World, wrong: bool) -> str:
    before, more = w.count(60, 300), w.count(10, 50)
    after = w.miscounted(before + more, wrong)
    return f"公共图书馆藏书{after}万册,比上年的{before}万册增加{more}万册。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    after = w.shifted(before + more, wrong)
    return f"城镇化率由{before}%提升至{after}%,提高{more}个百分点。"


def _points_than(w: World, wrong: bool) -> str:
    now, before = w.money(85, 97), w.money(70, 83)
    more = w.shifted(now - before, wrong)
    return f"空气质量优良天数比例为{now}%,上年为{before}%,同比提高{more}个百分点。"


def _over_average(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12), w.money(3, 6)
    gap = w.shifted(own - other, wrong, "0.8")
    return f"规上工业增加值增长{own}%,比全市平均水平({other}%)高{gap}个百分点。"


def _completion(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"全年计划新增学位{goal}个,实际新增{done}个,完成计划的{rate}%。"


def _budget(w: World, wrong: bool) -> str:
    goal, done = w.money(50, 90, 2), w.money(30, 49, 2)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"全区一般公共预算支出{done}亿元,为年度预算{goal}亿元的{rate}%。"


def _completion_rate(w: World, wrong: bool) -> str:
    goal, done = w.count(200, 500), w.count(100, 190)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"市下达我区高标准农田建设任务{goal}亩,现已建成{done}亩,任务完成率{rate}%。"


def _beyond(w: World, wrong: bool) -> str:
    goal, more = w.count(2000, 5000), w.count(100, 800)
    rate = w.shifted(w.percent(more, goal), wrong)
    return f"城镇新增就业目标{goal}人,实际完成{goal + more}人,超目标任务{rate}%。"


def _exceeded(w: World, wrong: bool) -> str:
    goal = w.count(200, 900)
    done = goal - w.count(10, 90) if wrong else goal + w.count(10, 90)
    return f"完成职业技能培训{done}人次,超额完成年度{goal}人次的培训任务。"


def _reached(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(0, 9)
    return f"全年新建充电桩{done}个,达到年初确定的{goal}个目标。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(780, 900)) / 10
    gap = w.shifted(done - 75, wrong)
    return f"1-9月完成全年投资计划的{done}%,高于时间进度{gap}个百分点。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"营商环境评价列全市第{old - move}位,较上年第{old}位前移{told}位。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"补助困难群众{number}户,发放救助金{number * each}元,户均{told}元。"


def _average_park(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(2, 9)
    told = each + (w.count(2, 5) if wrong else 0)
    return f"{number}个养老服务中心共有床位{number * each * 10}张,平均每个中心{told * 10}张。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"公办幼儿园从{before}所增加到{before * times}所,是五年前的{told}倍。"


def _twice(w: World, wrong: bool) -> str:
    before = w.count(100, 400)
    after = before * (3 if wrong else 2)
    return f"养老床位由{before}张增至{after}张,实现翻一番。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 4)
    number = 3 if wrong else 4
    return f"新增{number}个省级示范社区,分别位于{'、'.join(names[:3])}和{names[3]}。"


def _listed_first(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 4)
    number = "五" if wrong else "四"
    return f"在{'、'.join(names)}{number}个街镇开展试点。"


def _threshold(w: World, wrong: bool) -> str:
    low = w.count(2, 4) if wrong else w.count(5, 9)
    return f"年纳税超5000万元的企业2家,甲公司{w.count(6, 9)}000万元、乙公司{low}000万元。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"抽检食品{whole}批次,合格{done}批次,合格率为{rate}%。"


def _rate_letters(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"收到群众信访{whole}件,按期办结{done}件,办结率达{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(2, 9), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"三次产业增加值占地区生产总值比重分别为{one}%、{two}%和{three}%。"


def _structure_ratio(w: World, wrong: bool) -> str:
    one, two = w.money(2, 9), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"三次产业比由上年的{one}:{two}:{100 - one - two}调整为{one}:{two}:{three}。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"全区共有登记社会组织{whole}家,其中社会团体{part}家。"


def _part_two(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"现有执业医师{whole}人,副高以上职称的就有{part}人。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(20, 90)
    return f"全区养老机构床位总数达{value}00张。\n截至年底,养老机构床位总数{value + (7 if wrong else 0)}00张。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(5, 9)
    high = low - 1 if wrong else low + 1
    return f"明年社零额增速目标:确保增长{low}%、力争增长{high}%。"


def _unit(w: World, wrong: bool) -> str:
    before, more = w.money(20, 90), w.money(2, 9)
    unit = "万元" if wrong else "亿元"
    return f"年末金融机构存款余额{before + more}{unit},上年末为{before}亿元,新增{more}亿元。"


def _net(w: World, wrong: bool) -> str:
    came, left = w.count(500, 900), w.count(100, 400)
    net = came - left + (w.count(20, 90) if wrong else 0)
    return f"全年新登记企业{came}户,注销{left}户,净增{net}户。"


def _balance(w: World, wrong: bool) -> str:
    out, into = w.money(60, 90), w.money(20, 50)
    told = w.misprinted(out - into, wrong)
    return f"外贸出口{out}亿元、进口{into}亿元,实现贸易顺差{told}亿元。"


def _status(w: World, wrong: bool) -> str:
    tail = f",还有{w.count(2, 6)}项没有办结" if wrong else ",群众满意度进一步提升"
    return f"{w.count(8, 20)}项民生实事已全部办结{tail}。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_people, _share_livelihood, _share_led, _share_of_two],
    "sum": [_sum_schools, _sum_funds, _sum_tax, _sum_streets, _sum_plus],
    "remainder": [_rest, _unsettled],
    "growth": [_grew, _grew_by, _shrank, _than],
    "points": [_points, _points_than, _over_average],
    "completion": [_completion, _budget, _completion_rate],
    "over target": [_beyond],
    "target wording": [_exceeded, _reached],
    "pace": [_pace],
    "rank": [_rank],
    "average": [_average, _average_park],
    "multiple": [_multiple, _twice],
    "list count": [_listed, _listed_first],
    "threshold": [_threshold],
    "rate": [_rate, _rate_letters],
    "structure": [_structure, _structure_ratio],
    "part of whole": [_part, _part_two],
    "same fact": [_same],
    "target order": [_tiers],
    "unit slip": [_unit],
    "net": [_net],
    "balance": [_balance],
    "status": [_status],
}
