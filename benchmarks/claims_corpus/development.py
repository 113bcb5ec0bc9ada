"""Passages of the development grammar: one list of rules for each family of errors."""

from collections.abc import Callable
from decimal import Decimal

from benchmarks.claims_corpus.world import OFFICES, STREETS, World

Rule = Callable[[World, bool], str]


def _share_of_named(w: World, wrong: bool) -> str:
    whole, part = w.count(40, 300), w.count(8, 39)
    share = w.shifted(w.percent(part, whole), wrong)
    name = w.count_name()
    return f"{whole}个{name}中,已开工{part}个,占总{name}的{share}%。"


def _share_after_among(w: World, wrong: bool) -> str:
    whole, part = w.money(200, 900), w.money(20, 190)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年完成{w.money_name()}{whole}亿元,其中产业项目{part}亿元,占比{share}%。"


def _share_of_indicator(w: World, wrong: bool) -> str:
    whole, part, name = w.money(300, 900), w.money(20, 190), w.money_name()
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区{name}累计完成{whole}亿元。高技术领域完成{part}亿元,占全区{name}的{share}%。"


def _sum_then_total(w: World, wrong: bool) -> str:
    parts = [w.count(3, 40) for _ in range(3)]
    return (f"全年新落户工业类企业{parts[0]}家、服务类企业{parts[1]}家、农业类企业{parts[2]}家,"
            f"合计{w.miscounted(sum(parts), wrong)}家。")  # fmt: skip


def _sum_in_out(w: World, wrong: bool) -> str:
    exports, imports = w.money(50, 200, 1), w.money(20, 90, 1)
    total = w.misprinted(exports + imports, wrong)
    return f"1-12月全区完成货物贸易总值{total}亿元,其中出口{exports}亿元、进口{imports}亿元。"


def _sum_by_separate(w: World, wrong: bool) -> str:
    parts, names = [w.count(5, 40) for _ in range(3)], w.some(STREETS, 3)
    total = w.miscounted(sum(parts), wrong)
    return (f"全年建成{w.count_name()}{total}个,其中{names[0]}、{names[1]}、{names[2]}"
            f"分别为{parts[0]}个、{parts[1]}个、{parts[2]}个。")  # fmt: skip


def _part_exceeds(w: World, wrong: bool) -> str:
    whole = w.count(60, 200)
    part = whole + w.count(3, 30) if wrong else w.count(5, whole - 5)
    return f"全年共开展各类检查{whole}次,其中夜间检查{part}次。"


def _parts_exceed(w: World, wrong: bool) -> str:
    names = w.some(OFFICES, 4)
    parts = [w.count(6, 30) for _ in names]
    total = sum(parts) - w.count(3, 12) if wrong else sum(parts) + w.count(0, 12)
    listed = "、".join(f"{n}{p}次" for n, p in zip(names, parts, strict=True))
    return f"各责任单位全年共外出招商{total}次,其中{listed}。"


def _remainder_projects(w: World, wrong: bool) -> str:
    parts = [w.count(3, 20), w.count(3, 20)]
    whole = sum(parts) + w.count(5, 30)
    rest = w.miscounted(whole - sum(parts), wrong)
    return f"{whole}个{w.count_name()}中,已竣工{parts[0]}个,正在施工{parts[1]}个,其余{rest}个正在办理前期手续。"


def _growth_from_to(w: World, wrong: bool) -> str:
    base, result = w.count(20, 60), w.count(65, 160)
    rate = w.shifted(w.percent(result - base, base), wrong)
    return f"全区{w.count_name()}由{base}家增加到{result}家,增长{rate}%。"


def _growth_fall(w: World, wrong: bool) -> str:
    base, result = w.money(60, 90, 1), w.money(30, 55, 1)
    rate = w.shifted(w.percent(base - result, base), wrong)
    return f"行政处罚金额从{base}万元下降到{result}万元,下降{rate}%。"


def _growth_by_change(w: World, wrong: bool) -> str:
    value, change = w.count(3000, 9000), w.count(300, 900)
    rate = w.shifted(w.percent(change, value - change), wrong)
    return f"全年{w.money_name()}完成{value}万元,比上年增加{change}万元,增长{rate}%。"


def _points_from_to(w: World, wrong: bool) -> str:
    base, result = w.money(40, 60, 1), w.money(61, 90, 1)
    gap = w.shifted(result - base, wrong, "0.8")
    return f"群众满意率由{base}%提高到{result}%,提高{gap}个百分点。"


def _next_year_target(w: World, wrong: bool) -> str:
    name, value, rate = w.money_name(), w.money(100, 600, 2), w.money(3, 15, 1)
    target = w.rounded(value * (100 + rate) / 100, 1)
    rate = w.shifted(rate, wrong)
    w.plans.append(f"{name}预期目标{target}亿元,增长{rate}%。")
    return f"全年{name}完成{value}亿元。"


def _completion_of_target(w: World, wrong: bool) -> str:
    target, done = w.money(50, 100, 1), w.money(30, 120, 1)
    rate = w.shifted(w.percent(done, target), wrong)
    return f"全年完成{w.money_name()}{done}亿元,完成年度目标{target}亿元的{rate}%。"


def _completion_of_budget(w: World, wrong: bool) -> str:
    target, done = w.count(30000, 80000), w.count(20000, 90000)
    rate = w.shifted(w.percent(done, target, 2), wrong)
    return f"{w.money_name()}完成{done}万元,为年初预算{target}万元的{rate}%。"


def _exceeds_target(w: World, wrong: bool) -> str:
    target = w.money(50, 400, 1)
    gap = w.money(1, 20, 1)
    done = target - gap if wrong else target + gap
    return f"1-12月全区{w.money_name()}累计完成{done}亿元,超全年挑战目标{target}亿元。"


def _misses_target(w: World, wrong: bool) -> str:
    target = w.money(50, 400, 1)
    gap = w.money(1, 20, 1)
    done = target + gap if wrong else target - gap
    return f"全年{w.money_name()}完成{done}亿元,未达到全年目标{target}亿元。"


def _declared_done(w: World, wrong: bool) -> str:
    target = w.count(20, 60)
    done = target - w.count(2, 9) if wrong else target + w.count(0, 9)
    return f"全年培育{w.count_name()}目标{target}家,实际完成{done}家,圆满完成年度任务。"


def _pace_ahead(w: World, wrong: bool) -> str:
    months, word = w.pick([(6, "上半年"), (9, "前三季度"), (6, "1-6月"), (10, "1-10月")])
    target = w.money(100, 200, 1)
    done = w.rounded(target * months / 12 + w.money(5, 12, 1), 1)
    rate = w.percent(done, target)
    gap = w.rounded(rate - Decimal(months) / 12 * 100, 1)
    return (f"{word},{w.money_name()}完成{done}亿元,完成全年目标{target}亿元的{rate}%,"
            f"超序时进度{w.shifted(gap, wrong, '2')}个百分点。")  # fmt: skip


def _same_fact(w: World, wrong: bool) -> str:
    name, value = w.money_name(), w.money(100, 900, 2)
    again = w.misprinted(value, wrong)
    return f"全年{name}完成{value}亿元。{w.filler()}在扩内需方面,全年{name}达到{again}亿元,为稳增长提供了支撑。"


def _whole_again(w: World, wrong: bool) -> str:
    name, whole = w.count_name(), w.count(40, 120)
    again = w.miscounted(whole, wrong)
    started = w.count(5, 30)
    return f"全年{name}{whole}个。{w.filler()}{again}个{name}中,已开工{started}个。"


def _names_and_number(w: World, wrong: bool) -> str:
    names = [w.project() for _ in range(w.count(3, 5))]
    return f"重点推进了{'、'.join(names)}{w.miscounted(len(names), wrong)}个项目建设。"


def _projects_listed(w: World, wrong: bool) -> str:
    number = w.count(2, 4)
    listed = "、".join(f"投资{w.money(31, 90, 1)}亿元的{w.project()}" for _ in range(number))
    stated = number - 1 if wrong else number
    return f"引进30亿元以上项目目标值1个,已完成{stated}个。已签约引进{listed}。"


def _below_threshold(w: World, wrong: bool) -> str:
    amounts = [w.money(31, 90, 1), w.money(10, 28, 1) if wrong else w.money(31, 90, 1)]
    listed = "、".join(f"投资{a}亿元的{w.project()}" for a in amounts)
    return f"引进30亿元以上工业项目2个。分别是{listed}。"


def _rate_done(w: World, wrong: bool) -> str:
    found, done = w.count(80, 200), w.count(40, 79)
    rate = w.shifted(w.percent(done, found), wrong)
    return f"全年排查发现隐患{found}处,已整改{done}处,整改率{rate}%。"


def _rank_moved(w: World, wrong: bool) -> str:
    old, new = w.count(12, 30), w.count(2, 11)
    moved = w.miscounted(old - new, wrong)
    return f"综合排名由全省第{old}位上升到第{new}位,上升{moved}位。"


def _average_each(w: World, wrong: bool) -> str:
    number, total = w.count(8, 40), w.money(50, 400, 1)
    each = w.rounded(total / number, 2)
    each = w.misprinted(each, wrong)
    return f"集中开工{number}个项目,总投资{total}亿元,平均每个项目投资{each}亿元。"


def _times_as_many(w: World, wrong: bool) -> str:
    base, factor = w.count(10, 30), w.count(2, 5)
    stated = factor if wrong else factor - 1
    return f"直播基地由{base}个增加到{base * factor}个,增长{stated}倍。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(100, 300, 1)
    high = low + w.money(5, 30, 1)
    first, second = (high, low) if wrong else (low, high)
    w.plans.append(f"{w.money_name()}预期目标:{first}亿元;拼搏目标:{second}亿元。")
    return w.filler()


def _unit_slipped(w: World, wrong: bool) -> str:
    name, value = w.money_name(), w.money(100, 900, 2)
    unit = "万元" if wrong else "亿元"
    return f"全年{name}完成{value}亿元。{w.filler()}从结构看,全年{name}达到{value}{unit},保持平稳。"


def _done_yet_hoped(w: World, wrong: bool) -> str:
    tail = (
        "已签订协议并上报市投促局认定,预计可超额完成全年目标"
        if wrong
        else "已签订协议并通过市投促局认定"
    )
    return (f"引进30亿元以上服务业项目目标值1个,已完成2个。一是投资{w.money(31, 50, 1)}亿元的{w.project()};"
            f"二是投资{w.money(31, 50, 1)}亿元的{w.project()}{tail}。")  # fmt: skip


SOUNDALIKES = {"华星": "华兴", "恒远": "衡远", "金泽": "金择", "博瑞": "博锐", "天和": "天合", "联创": "联闯", "远航": "远杭",
               "鑫源": "新源", "宏达": "洪达", "瑞丰": "锐丰", "启航": "启杭", "安泰": "安态", "信达": "信答", "嘉禾": "佳禾"}  # fmt: skip


def _misspelt(w: World, wrong: bool) -> str:
    head = w.once("soundalike", list(SOUNDALIKES))
    other = SOUNDALIKES[head] if wrong else head
    return (f"重点引进了中远海运、{head}光电、长河数控等一批企业。{w.filler()}"
            f"加快推进北辰汽车、{other}光电、长河数控等项目建设。")  # fmt: skip


def _doubled(w: World, wrong: bool) -> str:
    word = w.pick(["早日", "加快", "全面", "及时"])
    return f"推动重点项目{word}{word if wrong else ''}建成投产,形成新的增长点。"


def _bad_mark(w: World, wrong: bool) -> str:
    return f"加强政策宣传,帮助企业用足用好政策{w.pick(['。。', ',。', '、、']) if wrong else '。'}持续做好跟踪服务。"


def _structure(w: World, wrong: bool) -> str:
    first, second = w.money(2, 12, 1), w.money(30, 50, 1)
    third = 100 - first - second + (w.money(1, 5, 1) if wrong else 0)
    return f"三次产业结构优化为{first}:{second}:{third}。"


def _enumerated(w: World, wrong: bool) -> str:
    last = "四" if wrong else "三"
    return f"主要做法有:一是强化组织领导,压实工作责任。二是强化要素保障,做好服务。{last}是强化督促检查,抓好落实。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_of_named, _share_after_among, _share_of_indicator],
    "sum": [_sum_then_total, _sum_in_out, _sum_by_separate],
    "part of whole": [_part_exceeds, _parts_exceed],
    "remainder": [_remainder_projects],
    "growth": [_growth_from_to, _growth_fall, _growth_by_change, _points_from_to],
    "target growth": [_next_year_target],
    "completion": [_completion_of_target, _completion_of_budget],
    "target wording": [_exceeds_target, _misses_target, _declared_done],
    "pace": [_pace_ahead],
    "same fact": [_same_fact, _whole_again],
    "list count": [_names_and_number, _projects_listed],
    "threshold": [_below_threshold],
    "rate": [_rate_done],
    "rank": [_rank_moved],
    "average": [_average_each],
    "multiple": [_times_as_many],
    "target order": [_tiers],
    "unit slip": [_unit_slipped],
    "status": [_done_yet_hoped],
    "structure": [_structure],
    "spelling": [_misspelt],
    "numbering": [_enumerated],
    "doubled word": [_doubled],
    "punctuation": [_bad_mark],
}
