"""The fourth grammar, first part: wholes and parts, growth, multiples, averages."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import OFFICES, STREETS, World


def _share_ratio_named(w: World, wrong: bool) -> str:
    whole, part, name = w.count(120, 900), w.count(20, 110), w.count_name()
    share = w.shifted(w.percent(part, whole), wrong)
    return f"截至年末,全{w.place[-1]}共有{name}{whole}家,属于先进制造领域的有{part}家,所占比重为{share}%。"


def _share_in_brackets(w: World, wrong: bool) -> str:
    whole, part, name = w.money(200, 900), w.money(20, 180), w.money_name()
    share = w.shifted(w.percent(part, whole, 2), wrong)
    return f"重点园区贡献{name}{part}亿元,占全部{name}({whole}亿元)的比重达到{share}%。"


def _share_two_at_once(w: World, wrong: bool) -> str:
    whole, one, two = w.money(300, 900, 1), w.money(30, 140, 1), w.money(30, 140, 1)
    shares = [w.percent(one, whole), w.percent(two, whole)]
    place = w.count(0, 1)
    shares[place] = w.shifted(shares[place], wrong)
    return (f"全年实现{w.money_name()}{whole}亿元,东部片区、西部片区分别实现{one}亿元、{two}亿元,"
            f"分别占{shares[0]}%和{shares[1]}%。")  # fmt: skip


def _share_of_survey(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 900), w.count(100, 290)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"我局走访{w.count_name()}{whole}户。走访对象中,反映用工困难的{part}户,占走访总数的{share}%。"


def _sum_quarters(w: World, wrong: bool) -> str:
    parts = [w.money(20, 90, 1) for _ in range(4)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    listed = ",".join(f"{q}季度{p}亿元" for q, p in zip("一二三四", parts, strict=True))
    return f"分季度看,{w.money_name()}{listed},全年合计{total}亿元。"


def _sum_levels(w: World, wrong: bool) -> str:
    parts = [w.count(2, 30) for _ in range(3)]
    total = w.miscounted(sum(parts), wrong)
    return (f"目前,全{w.place[-1]}{w.count_name()}总数为{total}个,其中国家级{parts[0]}个,"
            f"省级{parts[1]}个,市级及以下{parts[2]}个。")  # fmt: skip


def _sum_batches(w: World, wrong: bool) -> str:
    parts = [w.count(200, 1900) for _ in range(3)]
    total = w.misprinted(Decimal(sum(parts)), wrong)
    return (f"政府消费券分三轮投放,首轮{parts[0]}万元,第二轮{parts[1]}万元,第三轮{parts[2]}万元,"
            f"三轮共投放{total}万元。")  # fmt: skip


def _sum_brackets(w: World, wrong: bool) -> str:
    parts = [w.count(2, 20) for _ in range(3)]
    names = w.some(STREETS, 3)
    listed = "、".join(f"{n}{p}处" for n, p in zip(names, parts, strict=True))
    return f"全年新设{w.count_name()}{w.miscounted(sum(parts), wrong)}处({listed})。"


def _part_exceeds(w: World, wrong: bool) -> str:
    whole = w.count(80, 400)
    part = whole + w.count(5, 60) if wrong else w.count(10, whole - 5)
    return f"全年下发责令整改通知书{whole}份,其中立案查处的{part}份。"


def _part_done_of_all(w: World, wrong: bool) -> str:
    whole = w.count(20, 90)
    part = whole + w.count(2, 15) if wrong else w.count(5, whole - 1)
    return f"年初排定的{whole}项重点任务中,已办结{part}项。"


def _part_money(w: World, wrong: bool) -> str:
    whole = w.money(50, 300)
    part = whole + w.money(5, 40) if wrong else w.money(5, 45)
    return f"兑付各类奖补资金{whole}万元,其中用于支持首店经济{part}万元。"


def _remainder_still(w: World, wrong: bool) -> str:
    done, doing, rest = w.count(10, 40), w.count(10, 40), w.count(4, 30)
    left = w.miscounted(rest, wrong)
    return (f"纳入调度的{done + doing + rest}个项目中,完工{done}个,在建{doing}个,"
            f"尚未动工的{left}个。")  # fmt: skip


def _remainder_funds(w: World, wrong: bool) -> str:
    paid, rest = w.count(1200, 5000), w.count(300, 1100)
    left = w.misprinted(Decimal(rest), wrong)
    return f"专项资金规模{paid + rest}万元,已拨付{paid}万元,结余{left}万元。"


def _remainder_others(w: World, wrong: bool) -> str:
    parts, rest = [w.count(10, 60) for _ in range(2)], w.count(5, 40)
    left = w.miscounted(rest, wrong)
    return (f"全年接待客商{sum(parts) + rest}批次,其中珠三角{parts[0]}批次,"
            f"长三角{parts[1]}批次,其他地区{left}批次。")  # fmt: skip


def _growth_from_last_year(w: World, wrong: bool) -> str:
    before = w.money(60, 400, 1)
    after = w.rounded(before * (1 + Decimal(w.count(30, 400)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"{w.money_name()}由{w.year - 1}年的{before}亿元提高至{w.year}年的{after}亿元,增幅为{rate}%。"


def _growth_base_in_brackets(w: World, wrong: bool) -> str:
    before = w.count(60, 300)
    after = before + w.count(5, 50)
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"新培育{w.count_name()}{after}家,较上年({before}家)增长{rate}%。"


def _growth_change_and_rate(w: World, wrong: bool) -> str:
    after, change = w.money(80, 500, 1), w.money(4, 40, 1)
    rate = w.shifted(w.percent(change, after - change), wrong)
    return f"年末{w.money_name()}{after}亿元,比年初净增{change}亿元,增速{rate}%。"


def _growth_down(w: World, wrong: bool) -> str:
    before = w.count(300, 2000)
    after = before - w.count(20, 250)
    rate = w.shifted(w.percent(before - after, before), wrong)
    return f"涉企投诉件从去年的{before}件回落到今年的{after}件,降低{rate}%。"


def _growth_points(w: World, wrong: bool) -> str:
    city, ahead = w.money(2, 8, 1), w.money(1, 5, 1)
    told = w.shifted(ahead, wrong)
    return f"{w.money_name()}增长{city + ahead}%,增速高出全市平均水平({city}%){told}个百分点。"


def _growth_net(w: World, wrong: bool) -> str:
    before, added = w.count(100, 400), w.count(10, 90)
    told = w.miscounted(added, wrong)
    return f"{w.count_name()}从年初的{before}家发展到年底的{before + added}家,净增{told}家。"


def _multiple_grown(w: World, wrong: bool) -> str:
    before, times = w.money(1, 9, 1), w.count(2, 5)
    told = times + 1 if wrong else times
    return f"{w.money_name()}由上年的{before}亿元跃升至{before * (times + 1)}亿元,增长{told}倍。"


def _multiple_of_last(w: World, wrong: bool) -> str:
    before, times = w.count(12, 60), w.count(2, 6)
    told = times + w.pick([1, 2]) if wrong else times
    return f"今年引进{w.count_name()}{before * times}家,去年为{before}家,是去年的{told}倍。"


def _multiple_doubled(w: World, wrong: bool) -> str:
    before = w.money(2, 40, 1)
    after = before * (4 if wrong else 2)
    return f"{w.money_name()}从{w.year - 4}年的{before}亿元增至{after}亿元,实现翻一番。"


def _average_single(w: World, wrong: bool) -> str:
    number, each = w.count(8, 40), w.money(2, 20, 1)
    told = w.misprinted(each, wrong)
    return f"全年签约{w.count_name().removeprefix('签约')}{number}个,协议总投资{number * each}亿元,单个项目平均投资额{told}亿元。"


def _average_household(w: World, wrong: bool) -> str:
    number, each = w.count(20, 90), w.count(10, 60)
    told = w.misprinted(Decimal(each), wrong)
    return f"为{number}户商户发放贷款{number * each}万元,户均{told}万元。"


def _average_per_event(w: World, wrong: bool) -> str:
    number, each = w.count(12, 60), w.count(100, 900)
    told = w.misprinted(Decimal(each), wrong)
    return f"组织专场招聘会{number}场,提供岗位{number * each}个,平均每场{told}个。"


def _structure_now(w: World, wrong: bool) -> str:
    first, second = w.money(2, 9, 1), w.money(25, 45, 1)
    third = w.shifted(100 - first - second, wrong)
    return f"一二三次产业比重调整为{first}:{second}:{third}。"


def _structure_shares(w: World, wrong: bool) -> str:
    first, second = w.money(20, 35, 1), w.money(20, 35, 1)
    third = w.shifted(100 - first - second, wrong)
    return f"从投资构成看,建安工程、设备购置、其他费用所占比重分别为{first}%、{second}%、{third}%。"


def _rate_in_time(w: World, wrong: bool) -> str:
    whole = w.count(200, 900)
    done = whole - w.count(2, 40)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"承接12345工单{whole}件,按时办结{done}件,按时办结率为{rate}%。"


def _rate_pass(w: World, wrong: bool) -> str:
    whole = w.count(100, 700)
    done = whole - w.count(2, 50)
    rate = w.shifted(w.percent(done, whole, 2), wrong)
    return f"开展质量抽检{whole}批次,其中合格{done}批次,合格率达{rate}%。"


def _rate_conversion(w: World, wrong: bool) -> str:
    whole, done = w.count(40, 90), w.count(15, 38)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"上年度签约的{whole}个项目已有{done}个实现开工,开工率{rate}%。"


def _unit_sum(w: World, wrong: bool) -> str:
    one, two = w.money(30, 90, 1), w.money(10, 60, 1)
    unit = "万元" if wrong else "亿元"
    return f"跨境结算{one + two}亿元,其中流入{one}{unit}、流出{two}亿元。"


def _unit_growth(w: World, wrong: bool) -> str:
    before = w.money(20, 90, 1)
    after = w.rounded(before * (1 + Decimal(w.count(50, 300)) / 1000))
    unit = "万元" if wrong else "亿元"
    return f"{w.money_name()}由上年{before}{unit}增长到{after}亿元,增长{w.percent(after - before, before)}%。"


def _parts_of_offices(w: World, wrong: bool) -> str:
    names, parts = w.some(OFFICES, 3), [w.count(4, 25) for _ in range(3)]
    total = max(parts) - 2 if wrong else sum(parts) + w.count(0, 9)
    listed = ",".join(f"{n}{p}条" for n, p in zip(names, parts, strict=True))
    return f"全年报送信息{total}条,其中{listed}。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_ratio_named, _share_in_brackets, _share_two_at_once, _share_of_survey],
    "sum": [_sum_quarters, _sum_levels, _sum_batches, _sum_brackets],
    "part of whole": [_part_exceeds, _part_done_of_all, _part_money, _parts_of_offices],
    "remainder": [_remainder_still, _remainder_funds, _remainder_others],
    "growth": [
        _growth_from_last_year,
        _growth_base_in_brackets,
        _growth_change_and_rate,
        _growth_down,
        _growth_points,
        _growth_net,
    ],
    "multiple": [_multiple_grown, _multiple_of_last, _multiple_doubled],
    "average": [_average_single, _average_household, _average_per_event],
    "structure": [_structure_now, _structure_shares],
    "rate": [_rate_in_time, _rate_pass, _rate_conversion],
    "unit slip": [_unit_sum, _unit_growth],
}
