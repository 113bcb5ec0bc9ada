"""The seventh grammar: briefings on investment, consumption, foreign trade and zones, and five-year reviews.

Written together with the sixth, and kept aside until the checks had been mended for that one.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_ZONES = ["高新区", "经开区", "综保区", "临空区", "科学城"]
_FAIRS = ["年货节", "汽车展", "家电以旧换新", "啤酒节", "美食节", "购物嘉年华"]
_DIGITS = "零一二三四五六七八九"
_COUNTRIES = ["东盟", "欧盟", "美国", "韩国", "共建“一带一路”国家"]


def _share_private(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 190, 1), w.money(20, 59, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区外贸进出口总值{whole}亿元,民营企业进出口{part}亿元,占全区外贸总值的{share}%。"


def _share_mechanic(w: World, wrong: bool) -> str:
    whole, part = w.money(60, 190, 2), w.money(20, 59, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"出口{whole}亿元中,机电产品为{part}亿元,占出口总值比重为{share}%。"


def _share_signed(w: World, wrong: bool) -> str:
    whole, part = w.count(50, 120), w.count(10, 45)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"今年新签约项目{whole}个,先进制造业项目有{part}个,项目数占比{share}%。"


def _share_each(w: World, wrong: bool) -> str:
    whole, one, two = w.count(80, 160), w.count(10, 40), w.count(10, 39)
    first = w.percent(one, whole)
    second = w.shifted(w.percent(two, whole), wrong)
    return f"受访企业{whole}家,订单增加的{one}家、持平的{two}家,分别占{first}%和{second}%。"


def _sum_zones(w: World, wrong: bool) -> str:
    parts, zones = [w.money(5, 60, 1) for _ in range(3)], w.some(_ZONES, 3)
    told = ",".join(f"{zone}{part}亿元" for zone, part in zip(zones, parts, strict=True))
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"分园区看,{told},三大园区合计完成工业投资{total}亿元。"


def _sum_online(w: World, wrong: bool) -> str:
    one, two = w.money(30, 90, 1), w.money(10, 60, 1)
    total = w.misprinted(one + two, wrong)
    return f"夜间经济带动线上消费{one}亿元、线下消费{two}亿元,线上线下共计{total}亿元。"


def _sum_fund(w: World, wrong: bool) -> str:
    one, two, three = (w.count(200, 900) for _ in range(3))
    total = w.miscounted(one + two + three, False) + (w.count(40, 200) if wrong else 0)
    return f"补贴资金{total}万元由三级分担,其中中央{one}万元、省级{two}万元、区级{three}万元。"


def _balance(w: World, wrong: bool) -> str:
    whole, done = w.count(800, 2000), w.count(200, 700)
    left = whole - done + (w.count(30, 100) if wrong else 0)
    return f"安排专项资金{whole}万元,已拨付{done}万元,结余{left}万元。"


def _growth_vouchers(w: World, wrong: bool) -> str:
    before = w.money(60, 300, 1)
    after = w.rounded(before * (1 + Decimal(w.count(40, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"“五一”假期,重点监测商贸企业销售额{after}万元,去年同期为{before}万元,同比提高{rate}%。"


def _growth_new(w: World, wrong: bool) -> str:
    before, more = w.count(60, 300), w.count(8, 50)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"期末实有经营主体{before + more}万户,比上年末多{more}万户,增长{rate}%。"


def _growth_shrank(w: World, wrong: bool) -> str:
    before = w.money(60, 300, 1)
    after = w.rounded(before * (1 - Decimal(w.count(40, 300)) / 1000))
    rate = w.shifted(w.percent(before - after, before), wrong)
    return f"受外需走弱影响,一般贸易出口由上年的{before}亿元降为{after}亿元,降幅为{rate}%。"


def _decade(w: World, wrong: bool) -> str:
    before = w.money(40, 90, 1)
    after = w.rounded(before * (1 + Decimal(w.count(300, 900)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"“十三五”末,全区限上零售额{after}亿元,相比“十二五”末的{before}亿元,增长{rate}%。"


def _more(w: World, wrong: bool) -> str:
    before, more = w.count(60, 300), w.count(8, 60)
    told = w.miscounted(more, wrong)
    return f"全年新开首店{before + more}家,而上年仅{before}家,多开{told}家。"


def _completion(w: World, wrong: bool) -> str:
    goal, done = w.money(80, 300, 1), w.money(60, 320, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"截至11月末,到位市外资金{done}亿元,为全年{goal}亿元目标的{rate}%。"


def _completion_task(w: World, wrong: bool) -> str:
    goal, done = w.count(40, 120), w.count(30, 140)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"培育“小升规”企业的目标数为{goal}家,现已入库{done}家,目标完成率为{rate}%。"


def _fell_short(w: World, wrong: bool) -> str:
    goal = w.count(30, 80)
    done = goal + w.count(2, 9) if wrong else goal - w.count(2, 9)
    return f"{w.count_name()}净增{done}家,没有达到{goal}家的预期。"


def _exceed(w: World, wrong: bool) -> str:
    goal, over = w.count(30, 80), w.count(3, 12)
    told = w.miscounted(over, wrong)
    return f"全年开展招商推介{goal + over}场,比计划的{goal}场多{told}场。"


def _plan(w: World, wrong: bool) -> str:
    now, name, rate = w.money(80, 400, 1), w.money_name(), w.count(5, 15)
    goal = w.rounded(now * (1 + Decimal(rate) / 100))
    told = rate + (w.pick([3, 4, 5]) if wrong else 0)
    w.plans.append(f"——{name}达到{goal}亿元,增长{told}%。")
    return f"——{name}{now}亿元,保持稳定。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(30, 90)
    high = low - w.count(3, 9) if wrong else low + w.count(3, 9)
    return f"下一步,{w.count_name()}力保{low}家、争取{high}家。"


def _pace(w: World, wrong: bool) -> str:
    behind = w.money(1, 12, 1)
    told = w.shifted(behind, wrong)
    return f"上半年,{w.money_name()}仅完成全年目标任务的{50 - behind}%,低于时间进度{told}个百分点。"


def _rank(w: World, wrong: bool) -> str:
    before, moved = w.count(9, 30), w.count(2, 7)
    told = w.miscounted(moved, wrong)
    return f"在全国综合保税区绩效评估中排第{before - moved},较上次的第{before}提升{told}位。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(10, 60), w.count(5, 60)
    told = w.misprinted(Decimal(each), wrong)
    return f"兑现稳岗补贴{number * each}万元,惠及企业{number}家,户均{told}万元。"


def _density(w: World, wrong: bool) -> str:
    area, each = w.count(100, 600), w.count(200, 500)
    told = w.misprinted(Decimal(each), wrong)
    whole = w.rounded(Decimal(area * each) / 10000, 2)
    return f"出让工业用地{area}亩,对应固定资产投资{whole}亿元,亩均投资强度{told}万元。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(10, 60), w.count(2, 5)
    told = times + w.pick([1, 2]) if wrong else times
    return f"五年来,区内外贸实绩企业由{before}家壮大到{before * times}家,相当于{w.year - 5}年的{told}倍。"


def _same(w: World, wrong: bool) -> str:
    value, name = w.count(60, 400), w.count_name()
    return f"全区现有{name}{value}家。座谈中了解到,全区{name}{value + (w.count(5, 30) if wrong else 0)}家,数量偏少。"


def _list(w: World, wrong: bool) -> str:
    names = w.some(_FAIRS, w.count(3, 5))
    told = _DIGITS[len(names) - (1 if wrong else 0)]
    return f"先后举办了{'、'.join(names)}{told}场主题促消费活动。"


def _list_before(w: World, wrong: bool) -> str:
    towns = w.some(STREETS, w.count(3, 4))
    told = _DIGITS[len(towns) + (1 if wrong else 0)]
    return f"督查组抽查了{told}个镇街({'、'.join(towns)}),情况总体较好。"


def _threshold(w: World, wrong: bool) -> str:
    bar = w.pick([10, 20, 50])
    one = w.money(bar // 2, bar - 1, 1) if wrong else w.money(bar, bar * 2, 1)
    return (
        f"投资额超{bar}亿元的项目有{w.project()}(投资{bar + 2}亿元)、{w.project()}(投资{one}亿元)。"
    )


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(100, 400)
    done = whole - w.count(4, 30)
    told = w.shifted(w.percent(done, whole), wrong)
    return f"收到企业诉求{whole}件,按时回应{done}件,按时回应率为{told}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(30, 45, 1), w.money(20, 30, 1)
    three = w.shifted(100 - one - two, wrong)
    return f"一般贸易、加工贸易、保税物流占进出口的比重分别为{one}%、{two}%和{three}%。"


def _part(w: World, wrong: bool) -> str:
    whole = w.money(80, 200, 1)
    part = whole + w.money(5, 60, 1) if wrong else w.money(10, 70, 1)
    return f"对{w.pick(_COUNTRIES)}进出口{whole}亿元,其中出口{part}亿元。"


def _remainder(w: World, wrong: bool) -> str:
    done, going, rest = w.count(20, 50), w.count(10, 30), w.count(4, 15)
    left = w.miscounted(rest, wrong)
    return (
        f"本轮排查的{done + going + rest}家企业中,正常经营{done}家,半停产{going}家,停产{left}家。"
    )


def _points(w: World, wrong: bool) -> str:
    before, moved = w.money(50, 80, 1), w.money(1, 9, 1)
    told = w.shifted(moved, wrong)
    return (
        f"单位地区生产总值能耗达标企业比例从{before}%升到{before + moved}%,上升了{told}个百分点。"
    )


def _debt(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 200, 1), w.money(30, 75, 1)
    told = w.shifted(w.percent(part, whole), wrong)
    return f"平台公司总资产{whole}亿元、总负债{part}亿元,资产负债率为{told}%。"


def _deposit(w: World, wrong: bool) -> str:
    whole, part = w.money(800, 2000, 1), w.money(300, 750, 1)
    told = w.shifted(w.percent(part, whole), wrong)
    return f"全区各项存款余额{whole}亿元,各项贷款余额{part}亿元,存贷比为{told}%。"


def _status(w: World, wrong: bool) -> str:
    number = w.count(8, 30)
    later = f",目前还有{w.count(2, 6)}个未开工" if wrong else ",正在加紧建设"
    return f"{number}个省重点项目已全部开工{later}。"


def _unit(w: World, wrong: bool) -> str:
    before, more = w.money(20, 90, 1), w.money(2, 9, 1)
    unit = "万元" if wrong else "亿元"
    rate = w.percent(more, before)
    return f"加工贸易进出口{before + more}{unit},上年同期{before}亿元,增长{rate}%。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_private, _share_mechanic, _share_signed, _share_each],
    "sum": [_sum_zones, _sum_online, _sum_fund],
    "balance": [_balance],
    "growth": [_growth_vouchers, _growth_new, _growth_shrank, _decade],
    "difference": [_more],
    "completion": [_completion, _completion_task],
    "target wording": [_fell_short],
    "over target": [_exceed],
    "target growth": [_plan],
    "target order": [_tiers],
    "pace": [_pace],
    "rank": [_rank],
    "average": [_average, _density],
    "multiple": [_multiple],
    "same fact": [_same],
    "list count": [_list, _list_before],
    "threshold": [_threshold],
    "rate": [_rate],
    "structure": [_structure],
    "part of whole": [_part],
    "remainder": [_remainder],
    "points": [_points],
    "ratio": [_debt, _deposit],
    "status": [_status],
    "unit slip": [_unit],
}
