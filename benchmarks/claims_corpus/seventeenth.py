"""The seventeenth grammar: year and half-year summaries of bureaus, streets and development zones.

Written blind; run once before anything was changed for it.
"""
# fmt: off

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import World


def _cut(w: World, whole: Decimal, low: int, high: int, places: int = 1) -> Decimal:
    """An amount of `low` to `high` % of the whole."""
    return w.rounded(whole * w.count(low * 10, high * 10) / 1000, places)

def _off(w: World, value: int, wrong: bool, least: int, most: int) -> int:
    """A count, made greater when it is to be wrong."""
    return value + w.count(least, most) if wrong else value

def _share_hightech(w: World, wrong: bool) -> str:
    whole = w.money(300, 800)
    part = _cut(w, whole, 25, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年规模以上工业企业实现总产值{whole}亿元,其中高新技术产业产值{part}亿元,占比{share}%。"

def _share_machinery(w: World, wrong: bool) -> str:
    whole = w.money(60, 150, 2)
    part = _cut(w, whole, 30, 65, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区出口总额{whole}亿元。其中,机电产品出口{part}亿元,占全区出口总额的{share}%,出口结构持续优化。"

def _share_tax(w: World, wrong: bool) -> str:
    whole = w.money(30, 90, 2)
    part = _cut(w, whole, 65, 85, 2)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年地方一般公共预算收入完成{whole}亿元,其中税收收入{part}亿元,税收占一般公共预算收入的比重为{share}%。"

def _sum_upper(w: World, wrong: bool) -> str:
    one, two, three = w.money(2000, 6000, 0), w.money(1000, 3000, 0), w.money(300, 900, 0)
    total = w.misprinted(one + two + three, wrong)
    return f"积极向上争取,全年分别争取中央、省、市专项资金{one}万元、{two}万元、{three}万元,合计{total}万元。"

def _sum_staff(w: World, wrong: bool) -> str:
    men, women = w.count(28, 60), w.count(20, 55)
    return f"全局现有在职干部职工{w.miscounted(men + women, wrong)}人,其中男性{men}人,女性{women}人。"

def _sum_quarters(w: World, wrong: bool) -> str:
    parts = [w.money(3, 9, 2) for _ in range(4)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    told = "、".join(f"{part}亿元" for part in parts)
    return f"一至四季度服务外包执行额分别为{told},全年累计{total}亿元。"

def _sum_checks(w: World, wrong: bool) -> str:
    one, two, three = w.count(100, 400), w.count(30, 90), w.count(200, 600)
    total = w.misprinted(Decimal(one + two + three), wrong)
    return f"深入开展安全隐患排查,全年检查商场超市{one}家次、加油站{two}家次、餐饮场所{three}家次,共计{total}家次。"

def _left_bonds(w: World, wrong: bool) -> str:
    whole = w.money(12, 40, 2)
    done = _cut(w, whole, 55, 85, 2)
    left = w.misprinted(whole - done, wrong)
    return f"市级下达我区新增专项债券额度{whole}亿元,截至12月底已支出{done}亿元,剩余{left}亿元结转下年使用。"

def _left_quarters(w: World, wrong: bool) -> str:
    whole, done = w.count(30, 60), w.count(8, 20)
    left = w.miscounted(whole - done, wrong)
    return f"纳入改造计划的老旧小区共{whole}个,目前已完工{done}个,剩余{left}个将于明年实施。"

def _left_proposals(w: World, wrong: bool) -> str:
    whole, done = w.count(50, 90), w.count(25, 40)
    left = w.miscounted(whole - done, wrong)
    return f"今年承办人大代表建议和政协委员提案{whole}件,已办结{done}件,其余{left}件正在按程序办理。"

def _grew_online(w: World, wrong: bool) -> str:
    last = w.money(40, 160, 2)
    now = _cut(w, last, 104, 122, 2)
    rate = w.shifted(w.percent(now - last, last), wrong)
    if w.random.random() < 0.5:
        return f"全年实现网络零售额{now}亿元,去年同期为{last}亿元,同比增长{rate}%。"
    return f"网络零售额由上年的{last}亿元增加到{now}亿元,同比增长{rate}%。"

def _fell_petitions(w: World, wrong: bool) -> str:
    last = w.count(300, 900)
    now = last * w.count(60, 90) // 100
    rate = w.shifted(w.percent(last - now, last), wrong)
    return f"信访形势总体平稳,全年接待群众来信来访{now}件次,较上年的{last}件次下降{rate}%。"

def _grew_services(w: World, wrong: bool) -> str:
    last = w.money(90, 260, 2)
    more = _cut(w, last, 6, 22, 2)
    rate = w.shifted(w.percent(more, last), wrong)
    return f"规模以上服务业企业实现营业收入{last + more}亿元,比上年增加{more}亿元,增长{rate}%。"

def _grew_firms(w: World, wrong: bool) -> str:
    first, more = w.count(120, 300), w.count(9, 40)
    told = w.miscounted(more, wrong)
    return f"年末规模以上工业企业达到{first + more}家,年初为{first}家,全年净增{told}家。"

def _grew_down(w: World, wrong: bool) -> str:
    last = w.money(60, 200, 1)
    now = _cut(w, last, 106, 118)
    word = "下降" if wrong else "增长"
    return f"建筑业总产值完成{now}亿元,上年同期为{last}亿元,同比{word}{w.percent(now - last, last)}%。"

def _grew_half(w: World, wrong: bool) -> str:
    last = w.money(900, 4000, 0)
    now = _cut(w, last, 105, 130, 0)
    rate = w.shifted(w.percent(now - last, last), wrong)
    return f"上半年,街道财政收入{now}万元,同比增长{rate}%(去年上半年为{last}万元)。"

def _done_invested(w: World, wrong: bool) -> str:
    goal = w.money(180, 400, 0)
    now = _cut(w, goal, 90, 112)
    rate = w.shifted(w.percent(now, goal), wrong)
    return f"固定资产投资年度目标{goal}亿元,实际完成{now}亿元,完成年度目标的{rate}%。"

def _done_funds(w: World, wrong: bool) -> str:
    goal = w.money(9, 30, 2)
    now = _cut(w, goal, 80, 115, 2)
    rate = w.shifted(w.percent(now, goal), wrong)
    return f"政府性基金预算收入完成{now}亿元,为年初预算{goal}亿元的{rate}%。"

def _done_half(w: World, wrong: bool) -> str:
    goal = w.money(20, 50, 0)
    now = _cut(w, goal, 61, 75, 2)
    rate = w.shifted(w.percent(now, goal), wrong)
    return f"上半年技改投资完成{now}亿元,占全年任务{goal}亿元的{rate}%,实现时间过半、任务过半。"

def _points_waste(w: World, wrong: bool) -> str:
    first, more = w.money(70, 82, 1), w.money(2, 9, 1)
    told = w.shifted(more, wrong)
    return f"居民生活垃圾资源化利用率由上年的{first}%提高到{first + more}%,提高{told}个百分点。"

def _points_added(w: World, wrong: bool) -> str:
    city, more = w.money(4, 8, 1), w.money(1, 4, 1)
    told = w.shifted(more, wrong)
    return f"规模以上工业增加值同比增长{city + more}%,全市平均增速为{city}%,高于全市平均{told}个百分点。"

def _gap_funds(w: World, wrong: bool) -> str:
    goal = w.money(150, 400, 0)
    now = _cut(w, goal, 70, 90)
    told = w.misprinted(goal - now, wrong)
    return f"1-11月实际到位资金{now}亿元,距离全年目标{goal}亿元还差{told}亿元。"

def _met_foreign(w: World, wrong: bool) -> str:
    goal = w.money(2, 9, 2)
    now = _cut(w, goal, 84, 95, 2) if wrong else _cut(w, goal, 103, 120, 2)
    return f"全年实际利用外资{now}亿美元,超过市下达的{goal}亿美元目标。"

def _met_retail(w: World, wrong: bool) -> str:
    goal = w.count(6, 10)
    now = w.money(goal - 3, goal - 1, 1) if wrong else goal + w.money(0, 3, 1)
    return f"社会消费品零售总额同比增长{now}%,达到年初确定的增长{goal}%的目标。"

def _met_firms(w: World, wrong: bool) -> str:
    goal = w.count(15, 40)
    now = goal - w.count(2, 9) if wrong else goal + w.count(1, 12)
    return f"全年新增“小进规”企业{now}家,超额完成全年{goal}家的目标任务。"

def _met_accidents(w: World, wrong: bool) -> str:
    goal = w.count(8, 16)
    now = goal + w.count(2, 6) if wrong else goal - w.count(1, 6)
    return f"全年发生生产安全事故{now}起,控制在年度指标{goal}起以内。"

def _mark_projects(w: World, wrong: bool) -> str:
    mark = w.pick([10, 20, 30])
    one = mark + w.count(1, 25)
    two = mark - w.count(2, 7) if wrong else mark + w.count(0, 20)
    return f"引进{mark}亿元以上项目2个,分别是投资{one}亿元的{w.project()}和投资{two}亿元的{w.project()}。"

def _mark_logistics(w: World, wrong: bool) -> str:
    mark = w.pick([50, 100, 200])
    now = _cut(w, Decimal(mark), 86, 96) if wrong else _cut(w, Decimal(mark), 101, 112)
    return f"物流业营业收入首次突破{mark}亿元,达到{now}亿元。"

def _rank_moved(w: World, wrong: bool) -> str:
    now, up = w.count(1, 6), w.count(2, 5)
    told = _off(w, up, wrong, 1, 2)
    return f"农村居民人均可支配收入增速由上年的全市第{now + up}位上升至第{now}位,前移{told}位。"

def _rank_of(w: World, wrong: bool) -> str:
    size = w.count(11, 17)
    now = size + w.count(1, 4) if wrong else w.count(2, size)
    return f"在全市营商环境评价中,我区得分{w.money(80, 90, 2)}分,在全市{size}个区县中排名第{now}位。"

def _average_jobs(w: World, wrong: bool) -> str:
    money, number = w.money(150, 600, 1), w.count(200, 900)
    told = w.misprinted(w.rounded(money * 10000 / number, 0), wrong)
    return f"发放稳岗补贴{money}万元,惠及企业{number}户,户均补贴{told}元。"

def _average_visits(w: World, wrong: bool) -> str:
    teams, each = w.count(6, 15), w.count(12, 40)
    told = w.miscounted(each, wrong)
    return f"成立{teams}个助企工作组,全年走访企业{teams * each}家,平均每个工作组走访{told}家。"

def _multiple_cross(w: World, wrong: bool) -> str:
    last = w.money(5, 15, 2)
    now = _cut(w, last, 210, 450, 2)
    times = w.rounded(now / last, 1) + (Decimal(w.count(8, 19)) / 10 if wrong else 0)
    return f"跨境电商交易额达到{now}亿元,是上年{last}亿元的{times}倍。"

def _multiple_double(w: World, wrong: bool) -> str:
    last = w.count(200, 500)
    now = last * w.count(125, 155) // 100 if wrong else last * 2 + w.count(0, 3)
    return f"有效发明专利由上年末的{last}件增加到{now}件,翻了一番。"

def _listed_streets(w: World, wrong: bool) -> str:
    names = w.some(["樱花街", "古城步行街", "滨江美食街", "文创街", "中山商业街", "渔人码头街"], w.count(3, 4))
    told = len(names) + (w.pick([-1, 1]) if wrong else 0)
    return f"新打造特色商业街区{told}条,分别是{'、'.join(names)}。"

def _listed_events(w: World, wrong: bool) -> str:
    events = ["新春购物节", "汽车展销会", "龙虾美食节", "家居博览会", "金秋啤酒节", "年货大集"]
    names = w.some(events, w.count(4, 5))
    told = len(names) - (w.count(1, 2) if wrong else 0)
    return f"先后举办{'、'.join(names)}等{told}场促消费活动,有效激发市场活力。"

def _rate_food(w: World, wrong: bool) -> str:
    whole = w.count(600, 1800)
    part = whole * w.count(80, 89) // 100
    told = w.shifted(w.percent(part, whole), wrong)
    return f"全年开展散装食品快检{whole}批次,合格{part}批次,合格率{told}%。"

def _rate_affairs(w: World, wrong: bool) -> str:
    whole = w.count(200, 500)
    part = whole * w.count(70, 89) // 100
    told = w.shifted(w.percent(part, whole), wrong)
    return f"梳理政务服务事项{whole}项,其中可全程网办{part}项,全程网办率达到{told}%。"

def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(3, 12, 1), w.money(36, 48, 1)
    three = 100 - one - two + (w.money(2, 6, 1) if wrong else 0)
    return f"产业结构进一步优化,三次产业占比分别为{one}%、{two}%和{three}%。"

def _part_trade(w: World, wrong: bool) -> str:
    whole = w.count(120, 300)
    part = whole + w.count(8, 60) if wrong else whole * w.count(20, 70) // 100
    return f"辖区现有入库商贸企业{whole}家,其中批发企业{part}家。"

def _part_towers(w: World, wrong: bool) -> str:
    whole = w.count(20, 45)
    part = whole + w.count(2, 9) if wrong else w.count(4, 15)
    return f"全区投入使用商务楼宇{whole}栋,其中税收亿元楼宇{part}栋。"

def _same_signed(w: World, wrong: bool) -> str:
    number = w.count(30, 60)
    again = w.miscounted(number, wrong)
    return (
        f"全年新签约项目{number}个,协议投资总额{w.money(120, 400)}亿元。"
        f"{again}个新签约项目中,已开工{w.count(8, 20)}个。"
    )

def _same_fairs(w: World, wrong: bool) -> str:
    number = w.count(20, 45)
    again = w.miscounted(number, wrong)
    return f"全年共举办招聘会{number}场,有力保障企业用工。全年{again}场招聘会共提供岗位{w.money(1, 4, 1)}万个。"

def _same_funds(w: World, wrong: bool) -> str:
    money = w.money(1200, 4800, 0)
    again = w.misprinted(money, wrong)
    return f"全年兑现惠企政策资金{money}万元,惠及企业{w.count(80, 300)}家。上述{again}万元资金均已通过国库集中支付系统拨付到位。"

def _tiers_tour(w: World, wrong: bool) -> str:
    low = w.count(40, 90)
    middle, high = low + w.count(3, 9), low + w.count(12, 20)
    if wrong:
        middle, high = high, middle
    return f"旅游综合收入年度预期目标{low}亿元,奋斗目标{middle}亿元,挑战目标{high}亿元。"

def _tiers_major(w: World, wrong: bool) -> str:
    low = w.count(20, 40)
    high = low + w.count(3, 9) * (-1 if wrong else 1)
    return f"{w.year + 1}年,确保引进重大项目{low}个,力争引进{high}个。"

def _plan_software(w: World, wrong: bool) -> str:
    now = w.money(30, 90, 1)
    goal = _cut(w, now, 106, 118)
    rate = w.shifted(w.percent(goal - now, now), wrong)
    return f"今年软件业务收入完成{now}亿元,明年目标为{goal}亿元,增长{rate}%。"

def _plan_farm(w: World, wrong: bool) -> str:
    now = w.money(10, 30, 2)
    goal = _cut(w, now, 108, 125, 2)
    rate = w.shifted(w.percent(goal - now, now), wrong)
    w.plans.append(f"{w.year + 1}年,农产品网络销售额力争达到{goal}亿元,比{w.year}年增长{rate}%。")
    return f"{w.year}年全区农产品网络销售额完成{now}亿元,电商助农成效明显。"

def _balance(w: World, wrong: bool) -> str:
    first, come = w.money(1000, 3000, 2), w.money(5000, 9000, 2)
    gone = _cut(w, first + come, 60, 88, 2)
    left = w.misprinted(first + come - gone, wrong)
    return f"财政专户上年结余{first}万元,本年收入{come}万元,本年支出{gone}万元,年末结余{left}万元。"

def _balance_shops(w: World, wrong: bool) -> str:
    first, come, gone = w.count(6000, 9000), w.count(900, 1900), w.count(200, 800)
    left = first + come - gone + (w.pick([-1, 1]) * w.count(60, 150) if wrong else 0)
    return f"个体工商户年初实有{first}户,全年新设{come}户、注销{gone}户,年末实有{left}户。"

def _slip_fund(w: World, wrong: bool) -> str:
    value = w.count(11, 59)
    return f"设立产业引导基金,规模{Decimal(value) / 10}亿元(即{value * (100 if wrong else 1000)}万元)。"

def _slip_road(w: World, wrong: bool) -> str:
    whole = w.money(5, 16, 1)
    done = _cut(w, whole, 30, 80, 2)
    unit = "万元" if wrong else "亿元"
    return f"园区路网项目计划总投资{whole}亿元,已完成投资{done}{unit},占总投资的{w.percent(done, whole)}%。"

def _status_chargers(w: World, wrong: bool) -> str:
    number, some = w.count(12, 30), w.count(3, 9)
    tail = f"还有{some}座正在施工" if wrong else f"其中{some}座为超充站"
    return f"列入民生实事的{number}座充电站已全部建成投用,{tail}。"

def _status_plant(w: World, wrong: bool) -> str:
    tail = "目前正在办理开工手续" if wrong else f"年内实现产值{w.money(1, 4, 1)}亿元"
    return f"{w.project()}已于今年{w.count(3, 8)}月竣工投产,{tail}。"

def _pace_spending(w: World, wrong: bool) -> str:
    done = w.money(52, 62, 1)
    gap = w.shifted(done - 50, wrong)
    return f"上半年民生支出完成年初预算的{done}%,快于时间进度{gap}个百分点。"

def _pace_projects(w: World, wrong: bool) -> str:
    done = w.money(62, 72, 1) if wrong else w.money(76, 88, 1)
    return f"1-9月市级重点项目完成年度投资计划的{done}%,超过序时进度。"

def _spelling(w: World, wrong: bool) -> str:
    pair = w.pick(["鸿达 宏达", "华昌 华畅", "金禾 金和", "佳美 嘉美", "恒盛 恒胜", "启铭 启明"])
    name, other = pair.split()
    kind = w.pick(["食品", "机械", "电子科技"])
    return (
        f"全力服务{name}{kind}有限公司扩产项目,协调解决用地、用电等问题{w.count(3, 9)}个。"
        f"目前,上述{other if wrong else name}{kind}有限公司扩产项目已完成主体工程。"
    )

def _numbering(w: World, wrong: bool) -> str:
    third = w.pick(["二", "四"]) if wrong else "三"
    return (
        "推动作风建设走深走实。一是抓学习教育,组织集中学习。二是抓制度落实,完善内控机制。"
        f"{third}是抓监督检查,开展谈心谈话。"
    )

def _doubled(w: World, wrong: bool) -> str:
    text = "认真做好重点企业的跟踪服务工作,及时协调解决用工、用能等方面的困难,进一步提振企业信心。"
    word = w.pick(["做好", "及时", "解决", "进一步", "的"])
    return text.replace(word, word + word, 1) if wrong else text

def _punctuation(w: World, wrong: bool) -> str:
    text = "组织开展政策宣讲活动(含线上直播),围绕减税降费、稳岗就业、融资担保等政策答疑解惑,受到企业欢迎。"
    mark, slip = w.pick([(",围", ",,围"), ("、稳", "、、稳"), ("欢迎。", "欢迎。。"), ("),", ","), (",受", ",。受")])
    return text.replace(mark, slip, 1) if wrong else text

FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_hightech, _share_machinery, _share_tax],
    "sum": [_sum_upper, _sum_staff, _sum_quarters, _sum_checks],
    "remainder": [_left_bonds, _left_quarters, _left_proposals],
    "growth": [_grew_online, _fell_petitions, _grew_services, _grew_firms, _grew_down, _grew_half],
    "completion": [_done_invested, _done_funds, _done_half],
    "points": [_points_waste, _points_added],
    "gap": [_gap_funds],
    "target wording": [_met_foreign, _met_retail, _met_firms, _met_accidents],
    "threshold": [_mark_projects, _mark_logistics],
    "rank": [_rank_moved, _rank_of],
    "average": [_average_jobs, _average_visits],
    "multiple": [_multiple_cross, _multiple_double],
    "list count": [_listed_streets, _listed_events],
    "rate": [_rate_food, _rate_affairs],
    "structure": [_structure],
    "part of whole": [_part_trade, _part_towers],
    "same fact": [_same_signed, _same_fairs, _same_funds],
    "target order": [_tiers_tour, _tiers_major],
    "target growth": [_plan_software, _plan_farm],
    "balance": [_balance, _balance_shops],
    "unit slip": [_slip_fund, _slip_road],
    "status": [_status_chargers, _status_plant],
    "pace": [_pace_spending, _pace_projects],
    "spelling": [_spelling],
    "numbering": [_numbering],
    "doubled word": [_doubled],
    "punctuation": [_punctuation],
}
