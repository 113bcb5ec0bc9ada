"""The thirteenth grammar: what a port, a grid, courts, a state-owned group, a post office and a trade union tell of a year.

In another order of clauses than the others: the relation often stands before the figures that it ties, the whole after its
parts, the base after what it became. Written after the rules for the twelfth; run once before anything was changed for it.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_before(w: World, wrong: bool) -> str:
    whole, part = w.money(800, 1500), w.money(200, 600)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"外贸货物吞吐量{part}万吨,为港口总吞吐量{whole}万吨的{share}%。"


def _share_of_all(w: World, wrong: bool) -> str:
    whole, part = w.count(3000, 6000), w.count(600, 2000)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"{whole}件新收民商事案件当中,有{part}件通过诉前调解化解,比例达到{share}%。"


def _share_green(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 150), w.money(20, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return (
        f"全社会用电量{whole}亿千瓦时,清洁能源供电{part}亿千瓦时,清洁能源用电占比提升到{share}%。"
    )


def _share_women(w: World, wrong: bool) -> str:
    whole, part = w.count(300, 900), w.count(60, 250)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"评选出的先进职工共{whole}名,一线职工{part}名,占到{share}%。"


def _sum_after(w: World, wrong: bool) -> str:
    one, two, three = w.money(10, 40), w.money(10, 40), w.money(10, 40)
    total = w.misprinted(one + two + three, wrong)
    return f"煤炭{one}万吨、矿石{two}万吨、粮食{three}万吨,三大货种吞吐量加起来达到{total}万吨。"


def _sum_split(w: World, wrong: bool) -> str:
    one, two = w.count(100, 400), w.count(100, 400)
    total = one + two + (w.count(15, 60) if wrong else 0)
    return f"投递快件{total}万件,进口件{one}万件,出口件{two}万件。"


def _sum_two_levels(w: World, wrong: bool) -> str:
    one, two = w.count(20, 60), w.count(20, 60)
    total = one + two + (w.count(6, 15) if wrong else 0)
    return f"集团公司本部招录{one}人,下属子公司招录{two}人,上下两级一共招录{total}人。"


def _left_lines(w: World, wrong: bool) -> str:
    whole, done = w.count(60, 120), w.count(20, 50)
    left = whole - done + (w.count(4, 9) if wrong else 0)
    return f"列入改造计划的配电线路有{whole}条,除{done}条已改造外,余下的{left}条明年实施。"


def _left_debts(w: World, wrong: bool) -> str:
    whole, done = w.money(60, 90), w.money(20, 50)
    left = w.misprinted(whole - done, wrong)
    return f"存量债务{whole}亿元,化解{done}亿元后,年末尚有{left}亿元。"


def _left_cases(w: World, wrong: bool) -> str:
    whole, done = w.count(300, 600), w.count(100, 250)
    left = whole - done + (w.count(15, 40) if wrong else 0)
    return f"全年执行案件收案{whole}件,执结{done}件,未结{left}件。"


def _grew_first(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"增幅为{rate}%,集装箱吞吐量由上年{before}万标箱升至{after}万标箱。"


def _grew_after(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"全年邮政业务总量达{before + more}万元,同比净增{more}万元、增长{rate}%。"


def _grew_profit(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"上年国企利润总额{before}亿元,今年达到{after}亿元,升幅{rate}%。"


def _fell_time(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(60, 200)
    rate = w.shifted(w.percent(less, before), wrong)
    return f"客户年均停电时间压减到{before - less}分钟,较上年的{before}分钟缩短{rate}%。"


def _fell_days(w: World, wrong: bool) -> str:
    before, less = w.count(60, 90), w.count(10, 30)
    told = less + (w.count(4, 9) if wrong else 0)
    return f"案件平均审理天数从{before}天压缩为{before - less}天,缩短了{told}天。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"一审服判息诉率达{before + more}%,上年为{before}%,同比提高{told}个百分点。"


def _points_fell(w: World, wrong: bool) -> str:
    after, more = w.money(50, 60), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"国有企业资产负债率{after}%,比年初{after + more}%下降{told}个百分点。"


def _done_of(w: World, wrong: bool) -> str:
    goal, done = w.money(60, 90), w.money(20, 50)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"电网建设年度计划投资{goal}亿元,至年底实际完成{done}亿元,完成率为{rate}%。"


def _done_before(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"工会新发展会员{done}人,达到全年{goal}人目标的{rate}%。"


def _over(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"建成充电桩{goal + more}个,较{goal}个的年度任务多建{told}个。"


def _short(w: World, wrong: bool) -> str:
    goal, less = w.count(200, 900), w.count(20, 90)
    told = less + (w.count(10, 30) if wrong else 0)
    return f"全年应办理法律援助{goal}件,实际办理{goal - less}件,尚差{told}件。"


def _met(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"年初确定新开航线{goal}条,截至年末已开通{done}条,如期实现目标。"


def _missed(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal + w.count(5, 20) if wrong else goal - w.count(2, 9)
    return f"清欠账款任务{goal}万元,仅收回{done}万元,没有完成任务。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"快递业务量一举闯过{mark}亿件关口,达到{value}.{w.count(1, 9)}亿件。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"供电可靠性排名跃升{told}位,由全省第{old}位进到第{old - move}位。"


def _rank_now(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"港口综合竞争力位列全国第{old - move}位,而去年为第{old}位,前进{told}个位次。"


def _average_judge(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(120, 290)
    told = each + (w.count(18, 45) if wrong else 0)
    return f"{number}名员额法官审结各类案件{number * each}件,人均结案{told}件。"


def _average_berth(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"港区{number}个泊位完成装卸{number * each}万吨,平均单个泊位{told}万吨。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"职工书屋发展到{before * times}家,是五年前{before}家的{told}倍。"


def _multiple_grown(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times - 1 if not wrong else times
    return f"跨境包裹由{before}万件猛增到{before * times}万件,增长了{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"{names[0]}、{names[1]}、{names[2]}{number}个镇街建起了工会驿站。"


def _listed_after(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "两" if wrong else "三"
    return f"在{number}个镇街设立共享法庭,分别为{names[0]}、{names[1]}和{names[2]}。"


def _points_listed(w: World, wrong: bool) -> str:
    number = "四" if wrong else "三"
    return f"明年要抓好{number}件大事:一是航道疏浚;二是电网升级;三是国企改革。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"12345热线转来供电诉求{whole}件,按期办结{done}件,按期办结率{rate}%。"


def _rate_first(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"调解成功率{rate}%,{whole}起纠纷中成功调解{done}起。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"公路、铁路、水路集疏运比例为{one}:{two}:{three}。"


def _structure_power(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"电源结构持续优化,火电、风电、光伏装机分别占{one}%、{two}%、{three}%。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"辖区基层工会组织{whole}个,其中非公企业工会{part}个。"


def _taken(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"巡察移交问题线索{whole}条,目前已处置{part}条。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"全区国有资产总额{value}亿元。\n国资监管方面,目前国有资产总额为{value + (37 if wrong else 0)}亿元。"


def _same_again(w: World, wrong: bool) -> str:
    value = w.count(20, 90)
    return f"全年开通国际航线{value}条。新增的货运需求旺盛,这{value + (w.count(3, 9) if wrong else 0)}条国际航线运行平稳。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 10 if wrong else low + 10
    return f"明年港口吞吐量保{low}万标箱、争{high}万标箱。"


def _tiers_growth(w: World, wrong: bool) -> str:
    low = w.money(5, 8, 1)
    high = low - 1 if wrong else low + 1
    return f"明年售电量预期增长{low}%,奋力冲刺{high}%。"


def _net(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"全年新入职职工{came}人,离职{left}人,职工人数净增{net}人。"


def _running(w: World, wrong: bool) -> str:
    first, came = w.count(30, 90), w.count(100, 300)
    last = first + came + (w.count(8, 20) if wrong else 0)
    return f"旧存未结案件{first}件,加上新收{came}件,全年共有案件{last}件。"


def _balance(w: World, wrong: bool) -> str:
    income, spent = w.money(60, 90), w.money(20, 50)
    profit = w.misprinted(income - spent, wrong)
    return f"集团实现营业收入{income}亿元,发生营业成本{spent}亿元,毛利{profit}亿元。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 100)
    return f"追回国有资金{Decimal(value) / 10}亿元,也就是{told}万元。"


def _status(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}个还在安装" if wrong else ",群众用电更有保障"
    return f"{w.count(8, 20)}个老旧台区均已改造完毕{tail}。"


def _status_cases(w: World, wrong: bool) -> str:
    tail = f",还有{w.count(2, 6)}件尚未审结" if wrong else ",无一超期"
    return f"{w.count(8, 20)}件涉企积案全部审结{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(530, 620)) / 10
    gap = w.shifted(done - 50, wrong, "0.9")
    return f"1-6月,电网投资完成年计划的{done}%,比序时快{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_before, _share_of_all, _share_green, _share_women],
    "sum": [_sum_after, _sum_split, _sum_two_levels],
    "remainder": [_left_lines, _left_debts, _left_cases],
    "growth": [_grew_first, _grew_after, _grew_profit, _fell_time, _fell_days],
    "points": [_points, _points_fell],
    "completion": [_done_of, _done_before],
    "gap": [_over, _short],
    "target wording": [_met, _missed],
    "threshold": [_mark],
    "rank": [_rank, _rank_now],
    "average": [_average_judge, _average_berth],
    "multiple": [_multiple, _multiple_grown],
    "list count": [_listed, _listed_after, _points_listed],
    "rate": [_rate, _rate_first],
    "structure": [_structure, _structure_power],
    "part of whole": [_part, _taken],
    "same fact": [_same, _same_again],
    "target order": [_tiers, _tiers_growth],
    "balance": [_net, _running, _balance],
    "unit slip": [_slip],
    "status": [_status, _status_cases],
    "pace": [_pace],
}
