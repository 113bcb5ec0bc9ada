"""The fifteenth grammar: an analysis of the economy, audit findings put right, a budget's performance, answers to deputies, the results of a campaign.

Written after the rules for the fourteenth, in the manner of those papers; run once before anything was changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_contribution(w: World, wrong: bool) -> str:
    whole, part = w.money(20, 60), w.money(5, 18)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年增量{whole}亿元,汽车类商品贡献增量{part}亿元,对增量的贡献率为{share}%。"


def _share_half(w: World, wrong: bool) -> str:
    whole, part = w.money(100, 200), w.money(30, 90)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"{whole}亿元的批发业销售额里,有{part}亿元来自大宗商品,大宗商品占了{share}%。"


def _share_deputies(w: World, wrong: bool) -> str:
    whole, part = w.count(80, 150), w.count(20, 70)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"承办代表建议{whole}件,经济发展类{part}件,占总件数的{share}%。"


def _share_not(w: World, wrong: bool) -> str:
    whole, part = w.money(3000, 5000, 1), w.money(500, 900, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"项目预算总额{whole}万元,年末结余{part}万元,结余资金占预算总额{share}%。"


def _sum_money(w: World, wrong: bool) -> str:
    one, two, three = w.money(100, 400, 1), w.money(100, 400, 1), w.money(100, 400, 1)
    total = w.misprinted(one + two + three, wrong)
    return f"资金来源:中央资金{one}万元,省级资金{two}万元,区级配套{three}万元,共计{total}万元。"


def _sum_findings(w: World, wrong: bool) -> str:
    one, two, three = w.count(5, 20), w.count(5, 20), w.count(5, 20)
    total = one + two + three + (w.count(3, 7) if wrong else 0)
    return f"审计共反映问题{total}个,涉及预算管理{one}个、资产管理{two}个、政府采购{three}个。"


def _sum_halves(w: World, wrong: bool) -> str:
    one, two = w.money(40, 90), w.money(40, 90)
    total = w.misprinted(one + two, wrong)
    return f"上半年完成{one}亿元,下半年完成{two}亿元,全年完成{total}亿元。"


def _sum_caught(w: World, wrong: bool) -> str:
    one, two = w.count(20, 60), w.count(20, 60)
    total = one + two + (w.count(6, 15) if wrong else 0)
    return f"专项行动期间查处违法案件{total}起(其中行政案件{one}起,刑事案件{two}起)。"


def _left_findings(w: World, wrong: bool) -> str:
    whole, done = w.count(60, 120), w.count(20, 50)
    told = whole - done + (w.count(4, 9) if wrong else 0)
    return f"截至目前,{whole}个审计问题已整改到位{done}个,剩余{told}个正按计划推进。"


def _left_answers(w: World, wrong: bool) -> str:
    one, two, left = w.count(30, 60), w.count(20, 40), w.count(6, 18)
    told = left + (w.count(3, 5) if wrong else 0)
    return f"{one + two + left}件政协提案中,A类(已解决){one}件,B类(列入计划){two}件,C类(留作参考){told}件。"


def _left_money(w: World, wrong: bool) -> str:
    whole, done = w.money(3000, 5000, 1), w.money(1000, 2500, 1)
    told = w.misprinted(whole - done, wrong)
    return f"到位资金{whole}万元,累计支出{done}万元,结余{told}万元。"


def _grew_net(w: World, wrong: bool) -> str:
    before, more = w.money(200, 400, 1), w.money(10, 60, 1)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"限上零售额{before + more}亿元,比去年同期多{more}亿元,增速{rate}%。"


def _grew_shrunk(w: World, wrong: bool) -> str:
    before, less = w.money(200, 400, 1), w.money(10, 60, 1)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"石油类销售额由{before}亿元缩至{before - less}亿元,同比跌{rate}%。"


def _grew_month(w: World, wrong: bool) -> str:
    before, more = w.money(20, 40, 1), w.money(1, 6, 1)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"12月份当月零售额{before + more}亿元,11月份为{before}亿元,环比增长{rate}%。"


def _grew_cases(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(60, 200)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"行动开展以来,侵权投诉量从{before}件降到{before - less}件,降幅达{rate}%。"


def _points_gap(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12, 1), w.money(3, 6, 1)
    told = own - other + (Decimal("1.2") if wrong else 0)
    return f"限上增速{own}%,限下增速{other}%,两者相差{told}个百分点。"


def _points_back(w: World, wrong: bool) -> str:
    before, less = w.money(8, 12, 1), w.money(1, 4, 1)
    told = less + (Decimal("0.8") if wrong else 0)
    return f"社零累计增速从一季度的{before}%回落至上半年的{before - less}%,回落{told}个百分点。"


def _done_budget(w: World, wrong: bool) -> str:
    goal, done = w.money(3000, 5000, 1), w.money(1000, 2500, 1)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"全年预算数{goal}万元,执行数{done}万元,预算执行率{rate}%。"


def _done_quota(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"产出指标“补贴车辆数”:指标值{goal}辆,实际值{done}辆,完成{rate}%。"


def _gap_indicator(w: World, wrong: bool) -> str:
    goal, less = w.count(200, 900), w.count(20, 90)
    told = less + (w.count(10, 30) if wrong else 0)
    return f"绩效指标要求培训{goal}人次,实际培训{goal - less}人次,比要求少{told}人次。"


def _gap_ahead(w: World, wrong: bool) -> str:
    days, ahead = w.count(60, 90), w.count(5, 20)
    told = ahead + (w.count(4, 9) if wrong else 0)
    return f"建议答复法定时限{days}天,平均用时{days - ahead}天,提前{told}天。"


def _met_indicator(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"产出数量指标:扶持企业≥{goal}家,实际完成{done}家,指标已完成。"


def _met_short(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal + w.count(5, 20) if wrong else goal - w.count(2, 9)
    return f"计划检查{goal}家次,实际检查{done}家次,未完成原定计划。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"网络零售额达{value}.{w.count(1, 9)}亿元,首次站上{mark}亿元。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"限上零售额增速居全市第{old - move},较一季度的第{old}前移{told}位。"


def _rank_lost(w: World, wrong: bool) -> str:
    old, move = w.count(3, 8), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"外贸增速由全市第{old}位滑落到第{old + move}位,下滑{told}位。"


def _average_day(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"行动历时{number}天,出动执法人员{number * each}人次,日均出动{told}人次。"


def _average_car(w: World, wrong: bool) -> str:
    number, each = w.count(300, 900), w.count(3, 9)
    told = each * 1000 + (w.count(500, 900) if wrong else 0)
    return f"以旧换新补贴汽车{number}辆,发放补贴{Decimal(number * each) / 10}万元,每辆车平均补贴{told}元。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"二手车交易量达到{before * times}万辆,为三年前{before}万辆的{told}倍。"


def _multiple_draw(w: World, wrong: bool) -> str:
    spent, times = w.count(200, 900), w.count(5, 9)
    told = times + (2 if wrong else 0)
    return f"投入消费券资金{spent}万元,直接拉动消费{spent * times}万元,拉动效应达{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"审计涉及{number}个单位:{names[0]}、{names[1]}、{names[2]}。"


def _listed_causes(w: World, wrong: bool) -> str:
    number = "四" if wrong else "三"
    return f"增速回落有{number}方面原因:一是基数抬高,二是车市走弱,三是油价下行。"


def _listed_led(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "四" if wrong else "三"
    return f"{names[0]}、{names[1]}、{names[2]}{number}家单位办理工作受到代表点名表扬。"


def _rate_answers(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    done = whole - w.count(4, 20)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"收回代表意见反馈表{whole}份,表示满意的{done}份,满意率{rate}%。"


def _rate_put_right(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    done = whole - w.count(4, 20)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"反馈问题{whole}个,完成整改{done}个,整改完成率{rate}%。"


def _rate_face(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    done = whole - w.count(4, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"在库{whole}家限上单位中,有{done}家实现正增长,增长面{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"评分结果构成:优{one}%,良{two}%,中{three}%。"


def _structure_trade(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"贸易方式结构为一般贸易{one}%、加工贸易{two}%、其他贸易{three}%。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"摸排商户{whole}户,其中证照齐全的有{part}户。"


def _part_case(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"行动中立案{whole}起,已结案{part}起。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"家电以旧换新销售额{value}万元。\n从补贴效果看,家电以旧换新销售额为{value + (37 if wrong else 0)}万元。"


def _same_total(w: World, wrong: bool) -> str:
    value = w.count(80, 160)
    return f"共承办建议提案{value}件。\n上述{value + (w.count(3, 9) if wrong else 0)}件建议提案均在法定时限内答复。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.money(5, 8, 1)
    high = low - 1 if wrong else low + 1
    return f"下一步,确保社零增速不低于{low}%,努力实现{high}%。"


def _tiers_three(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 10 if wrong else low + 10
    return f"明年招引项目目标分两档:基本目标{low}个,奋斗目标{high}个。"


def _balance(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"全年开业门店{came}家、闭店{left}家,净增门店{net}家。"


def _balance_money(w: World, wrong: bool) -> str:
    first, came, gone = w.count(200, 500), w.count(200, 500), w.count(50, 190)
    last = first + came - gone + (w.count(30, 90) if wrong else 0)
    return f"上年结余{first}万元,本年收入{came}万元,本年支出{gone}万元,年末结余{last}万元。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 10000)
    return f"追缴财政资金{Decimal(value) / 10}亿元,即{told}万元。"


def _status(w: World, wrong: bool) -> str:
    tail = f",仍有{w.count(2, 6)}个未整改" if wrong else ",相关制度同步完善"
    return f"审计指出的{w.count(8, 20)}个问题全部整改完毕{tail}。"


def _status_answers(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}件正在办理" if wrong else ",面商率100%"
    return f"{w.count(30, 60)}件人大代表议案已全部办结答复{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(530, 620)) / 10
    gap = w.shifted(done - 50, wrong, "0.9")
    return f"截至6月底,专项资金支出进度{done}%,高于序时进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_contribution, _share_half, _share_deputies, _share_not],
    "sum": [_sum_money, _sum_findings, _sum_halves, _sum_caught],
    "remainder": [_left_findings, _left_answers, _left_money],
    "growth": [_grew_net, _grew_shrunk, _grew_month, _grew_cases],
    "points": [_points_gap, _points_back],
    "completion": [_done_budget, _done_quota],
    "gap": [_gap_indicator, _gap_ahead],
    "target wording": [_met_indicator, _met_short],
    "threshold": [_mark],
    "rank": [_rank, _rank_lost],
    "average": [_average_day, _average_car],
    "multiple": [_multiple, _multiple_draw],
    "list count": [_listed, _listed_causes, _listed_led],
    "rate": [_rate_answers, _rate_put_right, _rate_face],
    "structure": [_structure, _structure_trade],
    "part of whole": [_part, _part_case],
    "same fact": [_same, _same_total],
    "target order": [_tiers, _tiers_three],
    "balance": [_balance, _balance_money],
    "unit slip": [_slip],
    "status": [_status, _status_answers],
    "pace": [_pace],
}
