"""The fourth grammar, second part: targets, pace, ranks, one fact told twice, tables."""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import World


def _next_year_total(w: World, wrong: bool) -> str:
    now, name = w.money(80, 400, 1), w.money_name()
    rate = w.count(4, 15)
    goal = w.rounded(now * (1 + Decimal(rate) / 100))
    w.plans.append(
        f"——{name}达到{goal}亿元,同比增长{rate + (w.pick([3, 4, 5]) if wrong else 0)}%。"
    )
    return f"{w.year}年,{name}实现{now}亿元,总体保持平稳。"


def _next_year_tiers(w: World, wrong: bool) -> str:
    now, name = w.money(80, 400, 1), w.money_name()
    low, high = w.count(4, 7), w.count(9, 14)
    goals = [w.rounded(now * (1 + Decimal(r) / 100)) for r in (low, high)]
    if wrong:
        place = w.count(0, 1)
        goals[place] = w.misprinted(goals[place], wrong)
        if goals[0] >= goals[1]:
            goals = [w.rounded(now * (1 + Decimal(low + 6) / 100)), max(goals) * 2]
    w.plans.append(f"{name}:预期目标{goals[0]}亿元,增长{low}%;奋斗目标{goals[1]}亿元,增长{high}%。")
    return f"全年{name}完成{now}亿元。"


def _completion_bracket(w: World, wrong: bool) -> str:
    goal, done = w.money(50, 300, 1), w.money(40, 320, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"{w.money_name()}完成{done}亿元,完成市定目标({goal}亿元)的{rate}%。"


def _completion_for(w: World, wrong: bool) -> str:
    goal, done = w.count(20, 90), w.count(18, 110)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"年度计划培育{w.count_name()}{goal}家,实际培育{done}家,完成率达{rate}%。"


def _completion_over(w: World, wrong: bool) -> str:
    goal = w.count(40, 200)
    done = goal + w.count(3, goal // 3)
    over = w.shifted(w.percent(done - goal, goal), wrong)
    return f"新改扩建{w.count_name()}{done}个,超出年度任务{goal}个的{over}%。"


def _completion_is(w: World, wrong: bool) -> str:
    goal, done = w.money(50, 300, 1), w.money(40, 320, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"全年到位{w.money_name()}{done}亿元,为目标任务{goal}亿元的{rate}%。"


def _wording_break(w: World, wrong: bool) -> str:
    goal = w.money(60, 300, 1)
    done = goal - w.money(3, 20, 1) if wrong else goal + w.money(1, 20, 1)
    return f"{w.money_name()}达{done}亿元,突破{goal}亿元的年度任务。"


def _wording_round(w: World, wrong: bool) -> str:
    goal = w.count(20, 90)
    done = goal - w.count(2, 9) if wrong else goal + w.count(0, 9)
    return (
        f"全年共新增{w.count_name().removeprefix('新增')}{done}家,圆满完成市里下达的{goal}家任务。"
    )


def _wording_short(w: World, wrong: bool) -> str:
    goal, short = w.money(60, 300, 1), w.money(3, 20, 1)
    told = w.misprinted(short, wrong)
    return f"{w.money_name()}完成{goal - short}亿元,距{goal}亿元的年度目标还差{told}亿元。"


def _wording_not(w: World, wrong: bool) -> str:
    goal = w.count(30, 90)
    done = goal + w.count(2, 9) if wrong else goal - w.count(2, 9)
    return f"{w.count_name()}只新增了{done}家,没有达到{goal}家的年度目标。"


def _pace_faster(w: World, wrong: bool) -> str:
    ahead = w.money(1, 12, 1)
    told = w.shifted(ahead, wrong)
    return f"1至9月,{w.money_name()}完成年度目标的{75 + ahead}%,快于时序进度{told}个百分点。"


def _pace_behind(w: World, wrong: bool) -> str:
    behind = w.money(1, 12, 1)
    told = w.shifted(behind, wrong)
    return f"上半年{w.money_name()}完成全年任务的{50 - behind}%,低于序时进度{told}个百分点。"


def _rank_up(w: World, wrong: bool) -> str:
    before, moved = w.count(12, 30), w.count(2, 10)
    told = w.miscounted(moved, wrong)
    return f"在全省县域商业考评中居第{before - moved}位,较上年第{before}位前移{told}位。"


def _rank_down(w: World, wrong: bool) -> str:
    before, moved = w.count(2, 9), w.count(2, 6)
    told = moved + w.pick([1, 2]) if wrong else moved
    return f"{w.money_name()}增速从全市第{before}位滑落至第{before + moved}位,后退{told}位。"


def _rank_places(w: World, wrong: bool) -> str:
    before, moved = w.count(10, 30), w.count(2, 8)
    told = w.miscounted(moved, wrong)
    return f"营商环境满意度排名由第{before}名升至第{before - moved}名,上升{told}个位次。"


def _tiers_secure(w: World, wrong: bool) -> str:
    low = w.money(50, 300, 1)
    high = low - w.money(2, 20, 1) if wrong else low + w.money(2, 20, 1)
    return f"{w.year + 1}年,{w.money_name()}确保完成{low}亿元,力争完成{high}亿元。"


def _tiers_named(w: World, wrong: bool) -> str:
    low = w.count(20, 60)
    high = low - w.count(2, 9) if wrong else low + w.count(2, 9)
    return f"{w.year + 1}年新增{w.count_name().removeprefix('新增')}的基本目标为{low}家,挑战目标为{high}家。"


def _fact_in_problems(w: World, wrong: bool) -> str:
    value, name = w.money(60, 400), w.money_name()
    w.plans.append(
        f"从存在问题看,全年{name}虽达到{w.misprinted(value, wrong)}亿元,但结构还需优化。"
    )
    return f"全年{name}达到{value}亿元。"


def _fact_count(w: World, wrong: bool) -> str:
    value, name = w.count(60, 400), w.count_name()
    told = w.miscounted(value, wrong)
    w.plans.append(f"要服务好全年新引进的{told}家{name},推动早见效。")
    return f"全年新引进{name}{value}家。"


def _gap_more(w: World, wrong: bool) -> str:
    goal, over = w.count(20, 90), w.count(2, 19)
    told = w.miscounted(over, wrong)
    return (
        f"新增{w.count_name().removeprefix('新增')}{goal + over}家,比年度目标{goal}家多{told}家。"
    )


def _gap_over(w: World, wrong: bool) -> str:
    goal, over = w.money(60, 300, 1), w.money(2, 19, 1)
    told = w.misprinted(over, wrong)
    return f"{w.money_name()}目标为{goal}亿元,实际完成{goal + over}亿元,超出{told}亿元。"


def _done_yet_waiting(w: World, wrong: bool) -> str:
    number, name = w.count(2, 5), w.project()
    verb = "已认定" if wrong else "已申报"
    return f"全年目标引进区域总部{number}家,{verb}{number}家,其中{name}正待上级部门认定。"


def _all_done_yet_working(w: World, wrong: bool) -> str:
    number, left = w.count(8, 20), w.count(2, 5)
    verb = "已全部完工" if wrong else "已全部开工"
    return f"计划改造的{number}个老旧小区{verb},其中{left}个仍在施工。"


def _table_growth(w: World, wrong: bool) -> str:
    names = [w.money_name() for _ in range(3)]
    rows = []
    for place, name in enumerate(names):
        before, after = w.money(40, 300, 1), w.money(40, 300, 1)
        rate = w.shifted(w.percent(after - before, before), wrong and place == 1)
        rows.append(f"{name}\t{after}\t{before}\t{rate}")
    return "\n指标(亿元)\t本年\t上年\t增长(%)\n" + "\n".join(rows) + "\n"


def _table_total(w: World, wrong: bool) -> str:
    parts = [w.count(5, 60) for _ in range(3)]
    total = w.miscounted(sum(parts), wrong)
    names = w.some(["东片区", "西片区", "南片区", "北片区"], 3)
    rows = "\n".join(f"{n}\t{p}" for n, p in zip(names, parts, strict=True))
    return f"\n片区\t项目数(个)\n{rows}\n合计\t{total}\n"


FAMILIES: dict[str, list[Rule]] = {
    "target growth": [_next_year_total, _next_year_tiers],
    "completion": [_completion_bracket, _completion_for, _completion_over, _completion_is],
    "target wording": [_wording_break, _wording_round, _wording_not],
    "pace": [_pace_faster, _pace_behind],
    "rank": [_rank_up, _rank_down, _rank_places],
    "target order": [_tiers_secure, _tiers_named],
    "same fact": [_fact_in_problems, _fact_count],
    "gap": [_gap_more, _gap_over, _wording_short],
    "status": [_done_yet_waiting, _all_done_yet_working],
    "table": [_table_growth, _table_total],
}
