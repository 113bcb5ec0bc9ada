"""Passages of the third grammar: plain government prose, bounds, Chinese numerals, both orders of a relation."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_CN = "零一二三四五六七八九十"
_CROPS = ["小麦", "玉米", "水稻", "大豆", "薯类", "杂粮"]


def _share_named_first(w: World, wrong: bool) -> str:
    whole, part = w.money(200, 800, 1), w.money(30, 190, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年完成地区生产总值{whole}亿元。其中,数字经济核心产业增加值{part}亿元,占地区生产总值的{share}%。"


def _share_without_whole_word(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 900), w.count(60, 290)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区各类医疗机构总数{whole}家,基层医疗机构{part}家,占比{share}%。"


def _share_more_than(w: World, wrong: bool) -> str:
    whole = w.count(200, 400)
    part = int(whole * Decimal("0.62"))
    least = 75 if wrong else 60
    return f"全年获评先进个人{whole}名,其中一线职工{part}名,占比超过{least}%。"


def _share_two_in_turn(w: World, wrong: bool) -> str:
    whole, one, other = w.money(300, 600, 1), w.money(20, 90, 1), w.money(20, 90, 1)
    first, second = w.percent(one, whole), w.shifted(w.percent(other, whole), wrong)
    return (f"教育支出{one}亿元、农林水支出{other}亿元,分别占一般公共预算支出{whole}亿元的"
            f"{first}%和{second}%。")  # fmt: skip


def _sum_composed(w: World, wrong: bool) -> str:
    parts = [w.money(20, 60, 1), w.money(5, 19, 1), w.money(2, 9, 1)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"全年综合财力{total}亿元,由本级收入{parts[0]}亿元、上级补助{parts[1]}亿元和调入资金{parts[2]}亿元构成。"


def _sum_named(w: World, wrong: bool) -> str:
    kinds = w.some(_CROPS, 3)
    parts = [w.money(2, 30, 2) for _ in kinds]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"全年粮食播种面积{total}万亩,即{'、'.join(f'{k}{p}万亩' for k, p in zip(kinds, parts, strict=True))}。"


def _sum_done(w: World, wrong: bool) -> str:
    parts = [w.count(10, 90), w.count(10, 90)]
    total = w.miscounted(sum(parts), wrong)
    return f"开展线上培训{parts[0]}期、线下培训{parts[1]}期,累计开展业务培训{total}期。"


def _sum_by_quarter(w: World, wrong: bool) -> str:
    parts = [w.money(20, 90, 1) for _ in range(4)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    one, two, three, four = parts
    return (f"全年实现工业用电量{total}亿千瓦时,其中一季度{one}亿千瓦时、二季度{two}亿千瓦时、"
            f"三季度{three}亿千瓦时、四季度{four}亿千瓦时。")  # fmt: skip


def _part_in_brackets(w: World, wrong: bool) -> str:
    whole = w.money(20, 60, 1)
    part = whole + w.money(2, 9, 1) if wrong else whole - w.money(2, 9, 1)
    return f"争取各类上级资金{whole}亿元(其中中央资金{part}亿元)。"


def _new_above_all(w: World, wrong: bool) -> str:
    new = w.count(30, 90)
    total = new - w.count(3, 20) if wrong else new * w.count(3, 8)
    return f"新增公共充电桩{new}个,累计达到{total}个。"


def _rest_undone(w: World, wrong: bool) -> str:
    done, rest = w.count(60, 200), w.count(8, 40)
    whole = done + rest
    return f"排查出问题{whole}项,已整改{done}项,尚有{w.miscounted(rest, wrong)}项正在整改。"


def _rest_money(w: World, wrong: bool) -> str:
    paid, rest = w.money(4, 9, 1), w.money(1, 3, 1)
    left = w.misprinted(rest, wrong) if not wrong else rest + w.money(1, 2, 1)
    return f"全年下达惠企资金{paid + rest}亿元,已拨付{paid}亿元,剩余{left}亿元将于年前拨付。"


def _growth_two_years(w: World, wrong: bool) -> str:
    old, new = w.money(20, 60, 1), w.money(61, 120, 1)
    rate = w.shifted(w.percent(new - old, old), wrong)
    return f"{w.year}年全市水产品产值{new}亿元,{w.year - 1}年为{old}亿元,同比增长{rate}%。"


def _growth_change_of_base(w: World, wrong: bool) -> str:
    old, change = w.count(2000, 6000), w.count(200, 1500)
    rate = w.shifted(w.percent(change, old), wrong)
    return f"在校生达到{old + change}人,比上年的{old}人增加{change}人,增长{rate}%。"


def _change_first(w: World, wrong: bool) -> str:
    old, change = w.money(20, 60, 1), w.money(3, 15, 1)
    new = w.misprinted(old + change, wrong)
    return f"贷款余额净增{change}亿元,总量由年初的{old}亿元增加到{new}亿元。"


def _points_up(w: World, wrong: bool) -> str:
    old, new = w.money(60, 75, 1), w.money(76, 95, 1)
    gap = w.shifted(new - old, wrong, "0.8")
    return f"群众满意度由{old}%升至{new}%,提升{gap}个百分点。"


def _times_of(w: World, wrong: bool) -> str:
    old, factor = w.count(10, 60), w.count(2, 6)
    stated = factor + w.count(1, 3) if wrong else factor
    return f"直播电商交易额完成{old * factor}亿元,是上年{old}亿元的{stated}倍。"


def _growth_times(w: World, wrong: bool) -> str:
    old, factor = w.count(5, 30), w.count(2, 6)
    stated = factor if wrong else factor - 1
    return f"网络主播从{old}名发展到{old * factor}名,增长{stated}倍。"


def _aimed(w: World, wrong: bool) -> str:
    value, rate = w.money(50, 300, 1), w.count(6, 18)
    target = w.misprinted(w.rounded(value * (100 + rate) / 100), wrong)
    w.plans.append(f"主要预期目标:茶叶全产业链产值增长{rate}%,达到{target}亿元。")
    return f"全年实现茶叶全产业链产值{value}亿元。"


def _completion_last(w: World, wrong: bool) -> str:
    goal = w.count(20, 90)
    done = goal - w.count(1, 15)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"计划新建口袋公园{goal}个,已建成{done}个,完成计划的{rate}%。"


def _completion_between(w: World, wrong: bool) -> str:
    goal, done = w.money(20, 40, 2), w.money(15, 39, 2)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"全年完成营造林{done}万亩,占任务{goal}万亩的{rate}%。"


def _verb_of_target(w: World, wrong: bool) -> str:
    goal = w.count(60, 200)
    done = goal - w.count(3, 20) if wrong else goal + w.count(3, 20)
    return f"全年实际到位省外资金{done}亿元,超过{goal}亿元的年度目标。"


def _short_of_target(w: World, wrong: bool) -> str:
    goal, gap = w.count(40, 90), w.count(3, 20)
    return f"全年引进科技企业{goal - gap}家,距{goal}家的年度目标还差{w.miscounted(gap, wrong)}家。"


def _pace(w: World, wrong: bool) -> str:
    months, word = w.pick([(3, "一季度"), (6, "上半年"), (9, "前三季度"), (10, "1-10月")])
    pace = w.rounded(Decimal(months) / 12 * 100, 1)
    ahead = w.money(2, 9, 1)
    gap = w.shifted(ahead, wrong)
    return f"{word},全区固定资产投资完成年度任务的{pace + ahead}%,快于时间进度{gap}个百分点。"


def _fact(w: World, wrong: bool) -> str:
    number = w.count(60, 300)
    again = w.miscounted(number, wrong)
    return f"全年新开工产业项目{number}个。{w.filler()}新开工的{again}个产业项目中,制造业项目居多。"


def _spelled_list(w: World, wrong: bool) -> str:
    names = w.some(
        ["东部新城", "高铁商务区", "滨江片区", "临空组团", "科创走廊", "老城更新"], w.count(3, 5)
    )
    number = len(names) + (1 if wrong else 0)
    return f"重点打造{'、'.join(names)}{_CN[number]}大片区。"


def _quoted_list(w: World, wrong: bool) -> str:
    names = w.some(["年货节", "美食节", "汽车节", "家居节", "文旅节", "购物节"], w.count(3, 5))
    number = len(names) + (w.pick([1, 2]) if wrong else 0)
    return f"先后举办{''.join(f'“{n}”' for n in names)}{number}场促消费活动。"


def _threshold(w: World, wrong: bool) -> str:
    low = w.money(12, 18, 1) if wrong else w.money(21, 29, 1)
    return f"引进20亿元以上项目2个,分别是总投资{w.money(31, 60, 1)}亿元的{w.project()}、总投资{low}亿元的{w.project()}。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(2000, 9000)
    part = whole - w.count(20, 600)
    rate = w.shifted(w.percent(part, whole), wrong)
    return f"受理行政审批事项{whole}件,网上办理{part}件,网办率{rate}%。"


def _rank(w: World, wrong: bool) -> str:
    old, new = w.count(12, 25), w.count(2, 11)
    return (
        f"综合考核位次由全市第{old}名跃升到第{new}名,前进{w.miscounted(old - new, wrong)}个位次。"
    )


def _average(w: World, wrong: bool) -> str:
    heads, each = w.count(100, 900), w.count(2, 30)
    total = heads * each
    stated = each + w.count(2, 6) if wrong else each
    return f"{heads}名创业者获得担保贷款{total}万元,人均贷款{stated}万元。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(60, 120)
    high = low - w.count(5, 20) if wrong else low + w.count(5, 20)
    w.plans.append(f"招商引资到位资金,基本目标{low}亿元,奋斗目标{high}亿元。")
    return w.filler()


def _slip(w: World, wrong: bool) -> str:
    parts = [w.money(10, 40, 1), w.money(10, 40, 1)]
    unit = "万元" if wrong else "亿元"
    return f"对外承包工程完成营业额{parts[0]}亿元,对外劳务合作完成营业额{parts[1]}亿元,营业额总计{sum(parts, Decimal(0))}{unit}。"


def _done_yet_hoped(w: World, wrong: bool) -> str:
    tail = "预计可完成全年目标" if wrong else "全部落地见效"
    return f"外资项目年度目标3个,已完成3个。{w.project()}等项目进展顺利,{tail}。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(3, 9, 1), w.money(35, 45, 1)
    three = 100 - one - two + (w.money(2, 5, 1) if wrong else 0)
    return f"一、二、三产业投资比例为{one}:{two}:{three}。"


def _spelling(w: World, wrong: bool) -> str:
    again = "锐丰" if wrong else "瑞丰"
    return f"瑞丰精密公司二期竣工投产。{w.filler()}{again}精密公司被评为专精特新企业。"


def _points(w: World, wrong: bool) -> str:
    third = "四" if wrong else "三"
    return f"一是抓招商,引进一批好项目。二是抓服务,解决一批难题。{third}是抓环境,擦亮一批品牌。"


def _doubled(w: World, wrong: bool) -> str:
    return f"各部门{'积极' * (2 if wrong else 1)}配合,{w.pick(STREETS)}率先完成任务。"


def _marks(w: World, wrong: bool) -> str:
    return f"营商环境持续改善{'，，' if wrong else '，'}企业获得感明显增强。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_named_first, _share_without_whole_word, _share_more_than, _share_two_in_turn],
    "sum": [_sum_composed, _sum_named, _sum_done, _sum_by_quarter],
    "part of whole": [_part_in_brackets, _new_above_all],
    "remainder": [_rest_undone, _rest_money],
    "growth": [_growth_two_years, _growth_change_of_base, _change_first, _points_up],
    "multiple": [_times_of, _growth_times],
    "target growth": [_aimed],
    "completion": [_completion_last, _completion_between],
    "target wording": [_verb_of_target],
    "gap": [_short_of_target],
    "pace": [_pace],
    "same fact": [_fact],
    "list count": [_spelled_list, _quoted_list],
    "threshold": [_threshold],
    "rate": [_rate],
    "rank": [_rank],
    "average": [_average],
    "target order": [_tiers],
    "unit slip": [_slip],
    "status": [_done_yet_hoped],
    "structure": [_structure],
    "spelling": [_spelling],
    "numbering": [_points],
    "doubled word": [_doubled],
    "punctuation": [_marks],
}
