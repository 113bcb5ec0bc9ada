"""The fifth grammar: smaller, written after the checks had been mended for the fourth; the last test."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_NAMED = ["夜市经济", "首店经济", "会展经济", "直播经济", "社区商业"]
_DIGITS = "零一二三四五六七八九"


def _share_first(w: World, wrong: bool) -> str:
    whole, part = w.money(300, 900, 1), w.money(30, 250, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"在{whole}亿元的{w.money_name()}中,民营经济贡献了{part}亿元,占{share}%。"


def _share_count(w: World, wrong: bool) -> str:
    whole, part, name = w.count(100, 700), w.count(20, 90), w.count_name()
    share = w.shifted(w.percent(part, whole), wrong)
    return f"摸底调查显示,全区{name}合计{whole}家,经营困难的有{part}家,约为总数的{share}%。"


def _sum_from(w: World, wrong: bool) -> str:
    parts = [w.count(12, 90) for _ in range(3)]
    return (f"今年以来,我局累计走访企业{w.miscounted(sum(parts), wrong)}家次,其中局领导带队{parts[0]}家次、"
            f"科室走访{parts[1]}家次、街道走访{parts[2]}家次,三者合计即为全部走访数。")  # fmt: skip


def _sum_trade(w: World, wrong: bool) -> str:
    one, two = w.money(30, 90, 2), w.money(10, 60, 2)
    total = w.misprinted(one + two, wrong)
    return f"外贸方面,出口{one}亿元,进口{two}亿元,进出口合计{total}亿元。"


def _remainder(w: World, wrong: bool) -> str:
    done, rest = w.count(20, 80), w.count(5, 30)
    left = w.miscounted(rest, wrong)
    return f"需整改的{done + rest}处隐患里,{done}处已整改到位,其余{left}处明确了时限。"


def _growth_last(w: World, wrong: bool) -> str:
    before = w.money(60, 300, 1)
    after = w.rounded(before * (1 + Decimal(w.count(40, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"{w.money_name()}{after}亿元,而去年全年是{before}亿元,增幅达{rate}%。"


def _growth_more(w: World, wrong: bool) -> str:
    before = w.count(60, 300)
    after = before + w.count(8, 60)
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"{w.count_name()}由{before}户扩大至{after}户,增长了{rate}%。"


def _points(w: World, wrong: bool) -> str:
    before, moved = w.money(50, 80, 1), w.money(1, 9, 1)
    told = w.shifted(moved, wrong)
    return f"群众满意度由{before}%提升至{before + moved}%,提高了{told}个百分点。"


def _completion(w: World, wrong: bool) -> str:
    goal, done = w.money(60, 300, 1), w.money(50, 320, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"对照年初下达的{goal}亿元任务,{w.money_name()}实际完成{done}亿元,完成率{rate}%。"


def _target(w: World, wrong: bool) -> str:
    goal = w.count(20, 80)
    done = goal - w.count(2, 9) if wrong else goal + w.count(0, 9)
    return f"{w.count_name()}新增{done}家,完成了全年{goal}家的任务。"


def _short(w: World, wrong: bool) -> str:
    goal, short = w.count(40, 90), w.count(3, 15)
    return f"{w.count_name()}计划{goal}家,实际{goal - short}家,差{w.miscounted(short, wrong)}家。"


def _plan(w: World, wrong: bool) -> str:
    now, name, rate = w.money(80, 400, 1), w.money_name(), w.count(4, 15)
    goal = w.rounded(now * (1 + Decimal(rate) / 100))
    w.plans.append(f"力争{name}增长{rate + (w.pick([3, 4, 5]) if wrong else 0)}%,达到{goal}亿元。")
    return f"{w.year}年,全区累计完成{name}{now}亿元。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(20, 60)
    high = low - w.count(2, 9) if wrong else low + w.count(2, 9)
    return f"{w.year + 1}年{w.count_name()}净增预期目标{low}家、拼搏目标{high}家。"


def _pace(w: World, wrong: bool) -> str:
    ahead = w.money(1, 12, 1)
    told = w.shifted(ahead, wrong)
    return f"截至6月底,{w.money_name()}已完成全年目标的{50 + ahead}%,超序时进度{told}个百分点。"


def _rank(w: World, wrong: bool) -> str:
    before, moved = w.count(12, 40), w.count(2, 10)
    return f"电商发展指数从上年全省第{before}位跃居第{before - moved}位,提升{w.miscounted(moved, wrong)}位。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(10, 60), w.count(5, 60)
    told = w.misprinted(Decimal(each), wrong)
    return f"向{number}家企业拨付扶持资金{number * each}万元,平均每家{told}万元。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(10, 60), w.count(2, 5)
    told = times + 1 if wrong else times
    return f"{w.count_name()}由{before}家增长到{before * (times + 1)}家,增加了{told}倍。"


def _same(w: World, wrong: bool) -> str:
    value, name = w.money(60, 400), w.money_name()
    return f"全年完成{name}{value}亿元。横向比较,全区{name}{w.misprinted(value, wrong)}亿元的总量仍然偏小。"


def _list(w: World, wrong: bool) -> str:
    names = w.some(_NAMED, w.count(3, 4))
    return f"着力发展{'、'.join(names)}等{_DIGITS[len(names) - (1 if wrong else 0)]}类业态。"


def _list_streets(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    return f"在{'、'.join(names)}{3 + (1 if wrong else 0)}个镇街开展试点。"


def _threshold(w: World, wrong: bool) -> str:
    bar = w.pick([10, 20, 50])
    one = w.money(bar // 2, bar - 1, 1) if wrong else w.money(bar, bar * 2, 1)
    return f"签约{bar}亿元以上项目1个,为总投资{one}亿元的{w.project()}。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(200, 900)
    done = whole - w.count(4, 60)
    return f"发放调查问卷{whole}份,回收{done}份,回收率{w.shifted(w.percent(done, whole), wrong)}%。"


def _structure(w: World, wrong: bool) -> str:
    first, second = w.money(2, 9, 1), w.money(25, 45, 1)
    return f"产业结构由此优化为{first}:{second}:{w.shifted(100 - first - second, wrong)}。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(80, 400)
    part = whole + w.count(5, 60) if wrong else w.count(10, whole - 5)
    return f"出动执法人员{whole}人次,其中参加夜查的{part}人次。"


def _table(w: World, wrong: bool) -> str:
    rows = []
    for place in range(3):
        goal, done = w.count(40, 90), w.count(30, 100)
        rate = w.shifted(w.percent(done, goal), wrong and place == 1)
        rows.append(f"{w.count_name()}\t{goal}\t{done}\t{rate}%")
    return "\n项目\t年度目标(个)\t实际完成(个)\t完成率\n" + "\n".join(rows) + "\n"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_first, _share_count],
    "sum": [_sum_from, _sum_trade],
    "remainder": [_remainder],
    "growth": [_growth_last, _growth_more, _points],
    "completion": [_completion],
    "target wording": [_target],
    "gap": [_short],
    "target growth": [_plan],
    "target order": [_tiers],
    "pace": [_pace],
    "rank": [_rank],
    "average": [_average],
    "multiple": [_multiple],
    "same fact": [_same],
    "list count": [_list, _list_streets],
    "threshold": [_threshold],
    "rate": [_rate],
    "structure": [_structure],
    "part of whole": [_part],
    "table": [_table],
}
