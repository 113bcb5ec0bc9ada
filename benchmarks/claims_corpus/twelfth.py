"""The twelfth grammar: what bureaus of education, transport, agriculture, science, labour and the tax office tell of a year.

Written after the eleventh; run once before anything was changed for it or for what the eleventh missed.
"""

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _share_pupils(w: World, wrong: bool) -> str:
    whole, part = w.count(3000, 6000), w.count(600, 2000)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区义务教育阶段在校生{whole}人,其中随迁子女{part}人,占在校生总数的{share}%。"


def _share_tax(w: World, wrong: bool) -> str:
    whole, part = w.money(80, 150), w.money(20, 60)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"组织税费收入{whole}亿元,制造业贡献{part}亿元,制造业税费占比{share}%。"


def _share_among(w: World, wrong: bool) -> str:
    whole, part = w.count(120, 300), w.count(30, 100)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"在册{whole}家科技型中小企业里,成立不满三年的有{part}家,占{share}%。"


def _sum_roads(w: World, wrong: bool) -> str:
    one, two, three = w.money(10, 40), w.money(10, 40), w.money(10, 40)
    total = w.misprinted(one + two + three, wrong)
    return f"年内修建县道{one}公里、乡道{two}公里、村道{three}公里,共计新改建农村公路{total}公里。"


def _sum_crops(w: World, wrong: bool) -> str:
    one, two = w.money(10, 40), w.money(10, 40)
    total = w.misprinted(one + two, wrong)
    return f"粮食总产量{total}万吨,其中夏粮{one}万吨,秋粮{two}万吨。"


def _sum_posts(w: World, wrong: bool) -> str:
    one, two, three = w.count(20, 60), w.count(20, 60), w.count(20, 60)
    total = one + two + three + (w.count(6, 15) if wrong else 0)
    return f"开发公益性岗位{total}个(社区{one}个、学校{two}个、企业{three}个)。"


def _left_schools(w: World, wrong: bool) -> str:
    whole, done = w.count(60, 120), w.count(20, 50)
    left = whole - done + (w.count(4, 9) if wrong else 0)
    return f"纳入改造的{whole}所学校食堂,{done}所已完成“明厨亮灶”,其余{left}所正在施工。"


def _left_cases(w: World, wrong: bool) -> str:
    whole, done = w.count(300, 600), w.count(100, 250)
    left = whole - done + (w.count(15, 40) if wrong else 0)
    return f"受理劳动争议{whole}件,已结案{done}件,尚未结案{left}件。"


def _grew_passengers(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"公交日均客运量从{before}人次增加至{before + more}人次,同比增幅达{rate}%。"


def _grew_invest(w: World, wrong: bool) -> str:
    before = w.money(20, 90)
    after = w.rounded(before * (1 + Decimal(w.count(60, 300)) / 1000))
    rate = w.shifted(w.percent(after - before, before), wrong)
    return f"交通固定资产投资完成{after}亿元,上年为{before}亿元,同比增长{rate}%。"


def _grew_patents(w: World, wrong: bool) -> str:
    before, more = w.count(200, 900), w.count(30, 150)
    rate = w.shifted(w.percent(more, before), wrong)
    return f"有效发明专利拥有量{before + more}件,比上年净增{more}件,增长{rate}%。"


def _less(w: World, wrong: bool) -> str:
    before, less = w.count(300, 900), w.count(60, 200)
    told = less + (w.count(9, 30) if wrong else 0)
    return f"道路交通事故由上年的{before}起下降到{before - less}起,减少{told}起。"


def _points(w: World, wrong: bool) -> str:
    before, more = w.money(60, 80), w.money(1, 9)
    told = w.shifted(more, wrong, "0.8")
    return f"公办幼儿园在园幼儿占比由{before}%上升至{before + more}%,提升{told}个百分点。"


def _ahead(w: World, wrong: bool) -> str:
    own, other = w.money(7, 12), w.money(3, 6)
    gap = w.shifted(own - other, wrong, "0.8")
    return f"农村居民人均可支配收入增长{own}%,比城镇居民增速({other}%)高{gap}个百分点。"


def _done(w: World, wrong: bool) -> str:
    goal, done = w.count(2000, 5000), w.count(1000, 1900)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"城镇新增就业{done}人,占年度目标{goal}人的{rate}%。"


def _done_land(w: World, wrong: bool) -> str:
    goal, done = w.money(60, 90), w.money(20, 50)
    rate = w.shifted(w.percent(done, goal), wrong)
    return f"市级下达高标准农田建设任务{goal}万亩,已建成{done}万亩,完成任务的{rate}%。"


def _over(w: World, wrong: bool) -> str:
    goal, more = w.count(200, 900), w.count(20, 90)
    told = more + (w.count(10, 30) if wrong else 0)
    return f"全年培训新型职业农民{goal + more}人,比计划的{goal}人多{told}人。"


def _short(w: World, wrong: bool) -> str:
    goal, less = w.count(200, 900), w.count(20, 90)
    told = less + (w.count(10, 30) if wrong else 0)
    return f"年度计划开行班列{goal}列,实际开行{goal - less}列,少开行{told}列。"


def _met(w: World, wrong: bool) -> str:
    goal = w.count(50, 90)
    done = goal - w.count(5, 20) if wrong else goal + w.count(2, 9)
    return f"认定高新技术企业{done}家,超额完成{goal}家的年度目标。"


def _mark(w: World, wrong: bool) -> str:
    mark = w.count(5, 20) * 10
    value = mark - w.count(2, 4) if wrong else mark + w.count(1, 4)
    return f"技术合同成交额{value}.{w.count(1, 9)}亿元,成功跨上{mark}亿元台阶。"


def _rank(w: World, wrong: bool) -> str:
    old, move = w.count(9, 15), w.count(2, 6)
    told = move + (1 if wrong else 0)
    return f"科技创新指数在全省排第{old - move}位,比上一年度的第{old}位提高{told}位。"


def _average(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"选派科技特派员{number}名,全年下乡服务{number * each}次,人均服务{told}次。"


def _average_unit(w: World, wrong: bool) -> str:
    number, each = w.count(8, 30), w.count(20, 90)
    told = each + (w.count(8, 15) if wrong else 0)
    return f"{number}所学校共投入{number * each}万元改善条件,校均{told}万元。"


def _multiple(w: World, wrong: bool) -> str:
    before, times = w.count(8, 30), w.count(2, 5)
    told = times + (1 if wrong else 0)
    return f"充电场站从{before}座发展到{before * times}座,为三年前的{told}倍。"


def _listed(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    number = "4" if wrong else "3"
    return f"新增{number}个省级农业强镇,即{names[0]}、{names[1]}、{names[2]}。"


def _points_listed(w: World, wrong: bool) -> str:
    number = "四" if wrong else "三"
    return f"重点做好以下{number}项工作:一是稳就业;二是强技能;三是促和谐。"


def _rate(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"高校毕业生{whole}人,已落实就业去向{done}人,去向落实率{rate}%。"


def _rate_pass(w: World, wrong: bool) -> str:
    whole = w.count(300, 900)
    done = whole - w.count(9, 60)
    rate = w.shifted(w.percent(done, whole), wrong)
    return f"检测农产品{whole}批次,合格{done}批次,抽检合格率{rate}%。"


def _structure(w: World, wrong: bool) -> str:
    one, two = w.money(20, 30), w.money(30, 45)
    three = w.shifted(100 - one - two, wrong, "2")
    return f"税收结构中,第一、二、三产业占比分别为{one}%、{two}%、{three}%。"


def _part(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"全区共有农民专业合作社{whole}家,其中国家级示范社{part}家。"


def _taken(w: World, wrong: bool) -> str:
    whole = w.count(100, 300)
    part = whole + w.count(10, 50) if wrong else whole - w.count(10, 60)
    return f"接到欠薪线索{whole}条,办结{part}条。"


def _same(w: World, wrong: bool) -> str:
    value = w.count(200, 900)
    return f"全区家庭农场总量达到{value}家。\n新型经营主体方面,家庭农场总量{value + (37 if wrong else 0)}家。"


def _tiers(w: World, wrong: bool) -> str:
    low = w.count(50, 90)
    high = low - 10 if wrong else low + 10
    return f"2030年计划新认定专精特新企业{low}家,力争达到{high}家。"


def _net(w: World, wrong: bool) -> str:
    came, left = w.count(50, 90), w.count(10, 40)
    net = came - left + (w.count(4, 9) if wrong else 0)
    return f"新招录教师{came}名,调出及退休{left}名,净增{net}名。"


def _running(w: World, wrong: bool) -> str:
    first, came = w.count(30, 90), w.count(100, 300)
    last = first + came + (w.count(8, 20) if wrong else 0)
    return f"上年结转工伤认定申请{first}件,今年新收{came}件,共{last}件。"


def _slip(w: World, wrong: bool) -> str:
    value = w.count(11, 99)
    told = value * (1000 if not wrong else 100)
    return f"累计发放创业担保贷款{Decimal(value) / 10}亿元,合{told}万元。"


def _status(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 6)}条仍在施工" if wrong else ",群众出行更加便捷"
    return f"计划内的{w.count(8, 20)}条断头路已全部打通{tail}。"


def _pace(w: World, wrong: bool) -> str:
    done = Decimal(w.count(530, 620)) / 10
    gap = w.shifted(done - 50, wrong, "0.9")
    return f"上半年完成全年任务的{done}%,超时间进度{gap}个百分点。"


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_pupils, _share_tax, _share_among],
    "sum": [_sum_roads, _sum_crops, _sum_posts],
    "remainder": [_left_schools, _left_cases],
    "growth": [_grew_passengers, _grew_invest, _grew_patents, _less],
    "points": [_points, _ahead],
    "completion": [_done, _done_land],
    "gap": [_over, _short],
    "target wording": [_met],
    "threshold": [_mark],
    "rank": [_rank],
    "average": [_average, _average_unit],
    "multiple": [_multiple],
    "list count": [_listed, _points_listed],
    "rate": [_rate, _rate_pass],
    "structure": [_structure],
    "part of whole": [_part, _taken],
    "same fact": [_same],
    "target order": [_tiers],
    "balance": [_net, _running],
    "unit slip": [_slip],
    "status": [_status],
    "pace": [_pace],
}
