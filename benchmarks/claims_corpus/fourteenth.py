"""The fourteenth grammar: highlights in bullets, tables with a note, a five-year plan and its review, notices of supervision, self-assessments.

Other kinds of papers than the thirteen before it, not only other words: scores and boards, targets beside what was reached, plans
from the end of one period to the end of the next. Written after the rules for the thirteenth; run once before anything was
changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_first_shops(w: World, wrong: bool) -> str:
    whole, part = w.count(60, 120), w.count(15, 50)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"◆ 首店经济:新进首店{whole}家,省级以上首店{part}家、占{share}%。"


def _share_problems(w: World, wrong: bool) -> str:
    whole, part = w.count(120, 200), w.count(30, 90)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"本轮督查发现各类问题{whole}个,属于进度滞后的{part}个,占问题总数的{share}%。"


def _share_plan(w: World, wrong: bool) -> str:
    whole, part = w.money(600, 900), w.money(200, 500)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"规划期末,服务业增加值为{whole}亿元;现代服务业增加值为{part}亿元,比重为{share}%。"


def _share_bracket(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 600), w.count(60, 250)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"自评材料{part}份(占全部{whole}份的{share}%)已上传考核系统。"


def _sum_scores(w: World, wrong: bool) -> str:
    one, two, three = w.money(20, 40, 1), w.money(20, 30, 1), w.money(10, 20, 1)
    total = w.shifted(one + two + three, wrong, "1.5")
    return f"对照考核细则,经济发展自评{one}分,民生改善自评{two}分,改革创新自评{three}分,自评总分{total}分。"


def _sum_cards(w: World, wrong: bool) -> str:
    one, two, three = w.count(2, 9), w.count(4, 15), w.count(8, 20)
    total = one + two + three + (w.count(2, 4) if wrong else 0)
    return f"本季度亮牌{total}张:红牌{one}张,黄牌{two}张,蓝牌{three}张。"


def _sum_years(w: World, wrong: bool) -> str:
    parts = [w.money(100, 300) for _ in range(3)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    shown = "、".join(f"{part}亿元" for part in parts)
    return f"规划前三年依次完成投资{shown},三年合计{total}亿元。"


def _sum_table(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    parts = [w.count(8, 40) for _ in names]
    total = sum(parts) + (w.count(3, 7) if wrong else 0)
    rows = "\n".join(f"{n}\t{p}" for n, p in zip(names, parts, strict=True))
    return f"\n单位\t开工项目(个)\n{rows}\n合计\t{total}\n注:数据截至年底。"


def _left_problems(w: World, wrong: bool) -> str:
    one, two, left = w.count(50, 90), w.count(20, 40), w.count(6, 18)
    told = left + (w.count(3, 5) if wrong else 0)
    return f"{one + two + left}个问题中,立行立改{one}个,限期整改{two}个,需长期推进的还有{told}个。"


def _left_open(w: World, wrong: bool) -> str:
    whole, done = w.count(90, 160), w.count(40, 80)
    told = whole - done + (w.count(4, 9) if wrong else 0)
    return f"交办事项{whole}项,销号{done}项,未销号{told}项。"


def _grew_loud(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"▲ {after}亿元!夜间消费额较上年的{before}亿元劲增{rate}%。"


def _grew_only(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"直播带货成交额冲上{after}亿元,上年只有{before}亿元,一年涨了{rate}%。"


def _grew_plan(w: World, wrong: bool) -> str:
    before, more = w.count(300, 600), w.count(80, 250)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"规上企业数从“十三五”末的{before}家,扩大到“十四五”末的{before + more}家,五年累计增长{rate}%。"


def _grew_yearly(w: World, wrong: bool) -> str:
    before, yearly = w.money(300, 600, 1), Decimal(w.count(50, 110)) / 10
    after = w.rounded(before * (1 + yearly / 100) ** 5)
    rate = w.shifted(yearly, wrong)
    return f"“十四五”时期,商贸业营业收入由2020年的{before}亿元增加到2025年的{after}亿元,年均增长{rate}%。"


def _points_city(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"常住人口城镇化率达到{before + more}%,比“十三五”末({before}%)提高{told}个百分点。"


def _points_score(w: World, wrong: bool) -> str:
    before, more = w.money(80, 90, 1), w.money(1, 6, 1)
    told = more + (Decimal("0.8") if wrong else 0)
    return f"群众满意度得分{before + more}分,较上年{before}分提高{told}分。"


def _done_value(w: World, wrong: bool) -> str:
    goal, done = w.count(120, 200), w.count(60, 110)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"限上企业入库:目标值{goal}家,完成值{done}家,完成率{rate}%。"


def _done_against(w: World, wrong: bool) -> str:
    goal, done = w.count(120, 200), w.count(60, 110)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"对照年度任务{goal}个,已开工{done}个,开工率{rate}%。"


def _done_midway(w: World, wrong: bool) -> str:
    goal, done = w.money(400, 600), w.money(150, 300)
    rate = w.shifted(w.percent(done, goal), wrong)
    return (
        f"中期评估:规划确定的五年投资目标{goal}亿元,至评估期累计完成{done}亿元,实现程度为{rate}%。"
    )


def _gap_left(w: World, wrong: bool) -> str:
    goal, less = w.count(120, 200), w.count(20, 60)
    told = less + (w.count(5, 12) if wrong else 0)
    return f"年度应开工{goal}个,已开工{goal - less}个,尚有{told}个未开工。"


def _gap_over(w: World, wrong: bool) -> str:
    goal, more = w.count(120, 200), w.count(6, 30)
    told = more + (w.count(4, 9) if wrong else 0)
    return f"完成值{goal + more}家,目标值{goal}家,超目标值{told}家。"


def _met_full(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"举办促消费活动:年度目标{goal}场,实际{done}场,达到目标要求,自评满分。"


def _met_not(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal + w.count(5, 20) if wrong else goal - w.count(2, 9)
    return f"外资企业新设数目标{goal}家,完成{done}家,未达标,扣1分。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"★ 首破{mark}亿元——跨境电商交易额达{value}.{w.count(1, 9)}亿元。"


def _rank_bracket(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"季度考核列全市第{old - move}位(上季度第{old}位),进{told}位。"


def _rank_names(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"社零增速在全市的名次由第{old}名跃居第{old - move}名,连进{told}名。"


def _average_points(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(11, 29)
    told = each + (w.count(3, 6) if wrong else 0)
    return f"{number}个街镇建成便民网点{number * each}个,平均每个街镇{told}个。"


def _average_yearly(w: World, wrong: bool) -> str:
    each = w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"五年累计新增市场主体{each * 5}万户,年均新增{told}万户。"


def _multiple_since(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"◆ 品牌连锁门店达到{before * times}家,相当于2020年({before}家)的{told}倍。"


def _listed_bullets(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "四" if wrong else "三"
    lines = "\n".join(f"◆ {name}:做法在全市推广。" for name in names)
    return f"形成以下{number}个亮点:\n{lines}"


def _listed_praised(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"对{names[0]}、{names[1]}、{names[2]}{number}个单位予以通报表扬。"


def _listed_summoned(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"约谈排名靠后单位{number}家({names[0]}、{names[1]}、{names[2]})。"


def _rate_reports(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"应报送台账{whole}份,实际报送{done}份,报送率{rate}%。"


def _rate_true(w: World, wrong: bool) -> str:
    whole = w.count(60, 90)
    done = whole - w.count(4, 15)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"实地抽查项目{whole}个,真实开工{done}个,开工真实率{rate}%。"


def _structure_weights(w: World, wrong: bool) -> str:
    one, two = w.count(3, 5) * 10, w.count(2, 3) * 10
    three = 100 - one - two + (5 if wrong else 0)
    return f"考核权重按经济发展{one}%、民生改善{two}%、改革创新{three}%设置。"


def _structure_problems(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"从问题类型看,进度类、要素类、手续类占比依次为{one}%、{two}%、{three}%。"


def _part_checked(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"暗访经营门店{whole}家,存在问题的{part}家。"


def _part_rated(w: World, wrong: bool) -> str:
    whole = w.count(20, 60)
    part = whole + w.count(3, 9) if wrong else whole - w.count(3, 9)
    return f"参评单位{whole}家,评定为优秀等次的{part}家。"


def _same_bullet(w: World, wrong: bool) -> str:
    value = w.count(40, 90)
    return f"◆ 全区品牌首店总量突破性增长,品牌首店总数为{value}家。\n自评说明:品牌首店总数{value + (w.count(3, 9) if wrong else 0)}家,有佐证材料。"


def _same_note(w: World, wrong: bool) -> str:
    value = w.count(300, 900)
    return f"规划期内改造老旧厂房面积{value}万平方米。\n注:老旧厂房改造面积{value + (37 if wrong else 0)}万平方米为区住建局口径。"


def _tiers_values(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 10 if wrong else low + 10
    return f"明年新增限上企业:底线值{low}家,奋斗值{high}家。"


def _tiers_plan(w: World, wrong: bool) -> str:
    low = w.money(5, 8, 1)
    high = low - 1 if wrong else low + 1
    return f"到2030年,社会消费品零售总额年均增速保持在{low}%以上,力争达到{high}%。"


def _balance_open(w: World, wrong: bool) -> str:
    first, came, gone = w.count(20, 50), w.count(20, 50), w.count(5, 19)
    last = first + came - gone + (w.count(3, 9) if wrong else 0)
    return f"期初未销号问题{first}个,本期新增{came}个,本期销号{gone}个,期末未销号{last}个。"


def _balance_listed(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"全年纳统入库{came}家,退库{left}家,净入库{net}家。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 100)
    return f"兑现奖补资金{told}万元(即{Decimal(value) / 10}亿元)。"


def _status(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}项仍未整改到位" if wrong else ",整改成效得到巩固"
    return f"上轮督查指出的{w.count(8, 20)}项问题已全部销号{tail}。"


def _status_plan(w: World, wrong: bool) -> str:
    tail = f",目前还有{w.count(2, 6)}个在建" if wrong else ",群众反响良好"
    return f"规划的{w.count(8, 20)}个15分钟便民生活圈悉数建成{tail}。"


def _pace_third(w: World, wrong: bool) -> str:
    done = Decimal(w.count(770, 830)) / 10
    gap = w.shifted(done - 75, wrong, "0.9")
    return f"截至9月底,完成年度投资计划的{done}%,快于序时进度{gap}个百分点。"


def _pace_behind(w: World, wrong: bool) -> str:
    done = Decimal(w.count(400, 480)) / 10
    gap = w.shifted(50 - done, wrong, "0.9")
    return f"上半年完成率{done}%,滞后时序进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_first_shops, _share_problems, _share_plan, _share_bracket],
    "sum": [_sum_scores, _sum_cards, _sum_years, _sum_table],
    "remainder": [_left_problems, _left_open],
    "growth": [_grew_loud, _grew_only, _grew_plan, _grew_yearly],
    "points": [_points_city, _points_score],
    "completion": [_done_value, _done_against, _done_midway],
    "gap": [_gap_left, _gap_over],
    "target wording": [_met_full, _met_not],
    "threshold": [_mark],
    "rank": [_rank_bracket, _rank_names],
    "average": [_average_points, _average_yearly],
    "multiple": [_multiple_since],
    "list count": [_listed_bullets, _listed_praised, _listed_summoned],
    "rate": [_rate_reports, _rate_true],
    "structure": [_structure_weights, _structure_problems],
    "part of whole": [_part_checked, _part_rated],
    "same fact": [_same_bullet, _same_note],
    "target order": [_tiers_values, _tiers_plan],
    "balance": [_balance_open, _balance_listed],
    "unit slip": [_slip],
    "status": [_status, _status_plan],
    "pace": [_pace_third, _pace_behind],
}
