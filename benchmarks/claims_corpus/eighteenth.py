"""The eighteenth grammar: government work reports of cities and counties, bulletins of statistics.

Written blind; run once before anything was changed for it.
"""
# fmt: off

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import World


def _all(w: World) -> str:
    """全区, 全县 or 全市."""
    return "全" + w.place[-1]

def _scaled(w: World, value: Decimal, low: int, high: int) -> Decimal:
    """A value times low to high thousandths, in the same precision."""
    return w.rounded(value * w.count(low, high) / 1000, -int(value.as_tuple().exponent))

def _tenth(w: World, low: int, high: int) -> Decimal:
    """A number with one decimal, given in tenths."""
    return Decimal(w.count(low, high)).scaleb(-1)

def _blend(w: World, *items: tuple[Decimal, Decimal]) -> Decimal:
    """The growth of a total from the values and growths of its parts."""
    now = sum((v for v, _ in items), Decimal(0))
    before = sum((v / (1 + g / 100) for v, g in items), Decimal(0))
    return w.rounded((now / before - 1) * 100, 1)

def _share_retail(w: World, wrong: bool) -> str:
    whole, part = w.money(150, 300), w.money(30, 110)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年实现社会消费品零售总额{whole}亿元,比上年增长{_tenth(w, 31, 99)}%。其中,限额以上单位消费品零售额{part}亿元,占社会消费品零售总额的比重为{share}%。"

def _share_tax(w: World, wrong: bool) -> str:
    whole = w.money(20, 60, 2)
    part = _scaled(w, whole, 600, 820)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"{_all(w)}一般公共预算收入完成{whole}亿元,其中税收收入{part}亿元,税收占比{share}%,财政收入质量保持稳定。"

def _share_old(w: World, wrong: bool) -> str:
    whole = w.money(40, 90, 2)
    part = _scaled(w, whole, 150, 260)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"据公安部门统计,年末{_all(w)}户籍总人口{whole}万人,其中60周岁及以上人口{part}万人,占户籍总人口的{share}%。"

def _share_private(w: World, wrong: bool) -> str:
    whole = w.money(180, 420, 1)
    part = _scaled(w, whole, 350, 680)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全年完成固定资产投资(不含农户){whole}亿元。从投资主体看,民间投资完成{part}亿元,占全部投资的比重为{share}%。"

def _share_welfare(w: World, wrong: bool) -> str:
    whole = w.money(50, 120, 1)
    part = _scaled(w, whole, 680, 850)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"坚持财力向民生倾斜,一般公共预算支出{whole}亿元中用于民生领域的支出达{part}亿元,占{share}%。"

def _sum_gdp(w: World, wrong: bool) -> str:
    one, two, three = w.money(20, 60, 2), w.money(150, 320, 2), w.money(180, 380, 2)
    a, b, c = _tenth(w, 21, 45), _tenth(w, 40, 80), _tenth(w, 45, 75)
    total = w.misprinted(one + two + three, wrong)
    return (
        f"初步核算,全年地区生产总值{total}亿元,按不变价格计算,比上年增长{_blend(w, (one, a), (two, b), (three, c))}%。其中,"
        f"第一产业增加值{one}亿元,增长{a}%;第二产业增加值{two}亿元,增长{b}%;第三产业增加值{three}亿元,增长{c}%。"
    )

def _sum_trade(w: World, wrong: bool) -> str:
    out, come = w.money(60, 150, 1), w.money(20, 70, 1)
    a, b = _tenth(w, 52, 150), _tenth(w, 21, 98)
    total = w.misprinted(out + come, wrong)
    return f"全年货物进出口总额{total}亿元,比上年增长{_blend(w, (out, a), (come, b))}%。其中,出口额{out}亿元,增长{a}%;进口额{come}亿元,增长{b}%。"

def _sum_pupils(w: World, wrong: bool) -> str:
    one, two, three = w.count(6000, 9900), w.count(12000, 19000), w.count(26000, 45000)
    total = one + two + three + (w.count(200, 1900) if wrong else 0)
    return f"年末普通高中在校学生{one}人,初中在校学生{two}人,小学在校学生{three}人,三个学段在校学生合计{total}人。"

def _sum_freight(w: World, wrong: bool) -> str:
    parts = [w.money(900, 2600, 1), w.money(120, 480, 1), w.money(200, 760, 1)]
    total = w.misprinted(sum(parts, Decimal(0)), wrong)
    return f"全年公路、铁路、水路分别完成货运量{parts[0]}万吨、{parts[1]}万吨和{parts[2]}万吨,三种运输方式货运总量{total}万吨。"

def _done_fund(w: World, wrong: bool) -> str:
    plan = w.money(12, 40, 2)
    done = _scaled(w, plan, 820, 1180)
    rate = w.shifted(w.percent(done, plan), wrong)
    return f"全年政府性基金预算收入{done}亿元,为年初预算{plan}亿元的{rate}%。"

def _done_homes(w: World, wrong: bool) -> str:
    plan = w.count(1200, 4800)
    done = plan * w.count(88, 120) // 100
    rate = w.shifted(w.percent(done, plan), wrong)
    return f"住房保障力度加大,年初计划筹集保障性租赁住房{plan}套,实际筹集{done}套,完成年度计划的{rate}%。"

def _done_forest(w: World, wrong: bool) -> str:
    plan = w.money(5, 20, 2)
    done = _scaled(w, plan, 900, 1250)
    rate = w.shifted(w.percent(done, plan), wrong)
    return f"国土绿化扎实推进,上级下达营造林任务{plan}万亩,全年完成{done}万亩,任务完成率{rate}%。"

def _left_blocks(w: World, wrong: bool) -> str:
    whole, done = w.count(48, 95), w.count(15, 36)
    left = w.miscounted(whole - done, wrong)
    return f"城市更新步伐加快,列入年度改造计划的城镇老旧小区{whole}个,已完工{done}个,其余{left}个正在施工。"

def _left_motions(w: World, wrong: bool) -> str:
    one, two, left = w.count(90, 160), w.count(20, 45), w.count(9, 20)
    return (
        f"全年共办理人大代表建议和政协提案{one + two + left}件,其中已经解决或基本解决的{one}件,"
        f"列入计划逐步解决的{two}件,其余{w.miscounted(left, wrong)}件作了解释说明,办复率100%。"
    )

def _left_funds(w: World, wrong: bool) -> str:
    whole = w.money(6000, 18000, 0)
    paid = _scaled(w, whole, 600, 850)
    left = w.misprinted(whole - paid, wrong)
    return f"全年到位乡村振兴衔接资金{whole}万元,已支出{paid}万元,剩余{left}万元结转下年使用。"

def _part_beds(w: World, wrong: bool) -> str:
    whole = w.count(3200, 6800)
    part = whole + w.count(120, 800) if wrong else whole * w.count(65, 88) // 100
    return f"年末{_all(w)}共有医疗卫生机构{w.count(210, 480)}个,医疗卫生机构床位{whole}张,其中医院床位{part}张。"

def _part_cars(w: World, wrong: bool) -> str:
    whole = w.money(12, 28, 2)
    part = _scaled(w, whole, 1050, 1200) if wrong else _scaled(w, whole, 780, 930)
    return f"年末{_all(w)}民用汽车保有量{whole}万辆,比上年末增长{_tenth(w, 31, 88)}%,其中私人汽车{part}万辆。"

def _part_roads(w: World, wrong: bool) -> str:
    fast, first, second = w.count(60, 120), w.count(110, 240), w.count(200, 380)
    used = fast + first + second
    whole = used - w.count(20, 50) if wrong else used * w.count(30, 45) // 10
    return f"年末公路通车总里程{whole}公里,其中高速公路{fast}公里,一级公路{first}公里,二级公路{second}公里。"

def _same_income(w: World, wrong: bool) -> str:
    growth = _tenth(w, 42, 79)
    again = w.shifted(growth, wrong)
    return (
        f"全年{_all(w)}居民人均可支配收入{w.count(29000, 37000)}元,比上年增长{growth}%。"
        f"城乡居民生活水平稳步提高,{_all(w)}居民人均可支配收入增长{again}%,增收渠道进一步拓宽。"
    )

def _same_tech(w: World, wrong: bool) -> str:
    number = w.count(22, 68)
    again = w.miscounted(number, wrong)
    return f"全年新认定高新技术企业{number}家。创新主体不断壮大,新认定的{again}家高新技术企业主要分布在电子信息、生物医药和装备制造领域。"

def _same_air(w: World, wrong: bool) -> str:
    value = w.count(27, 39)
    again = value + (w.pick([-7, -5, -4, 4, 5]) if wrong else 0)
    return f"环境质量持续改善,全年PM2.5平均浓度为{value}微克/立方米。蓝天保卫战成效明显,PM2.5年均浓度降至{again}微克/立方米。"

def _grew_online(w: World, wrong: bool) -> str:
    old = w.money(20, 60, 2)
    new = _scaled(w, old, 1045, 1260)
    rate = w.shifted(w.percent(new - old, old), wrong)
    return f"新型消费加快发展,实物商品网上零售额由上年的{old}亿元增加到{new}亿元,增长{rate}%。"

def _grew_wage(w: World, wrong: bool) -> str:
    new, more = w.count(72000, 108000), w.count(3000, 7500)
    rate = w.shifted(w.percent(more, new - more), wrong)
    return f"城镇非私营单位就业人员年平均工资{new}元,比上年增加{more}元,增长{rate}%。"

def _grew_deposit(w: World, wrong: bool) -> str:
    new, more = w.money(400, 900, 2), w.money(30, 85, 2)
    rate = w.shifted(w.percent(more, new - more), wrong)
    return f"年末金融机构本外币各项存款余额{new}亿元,比年初增加{more}亿元,增长{rate}%。"

def _fell_grain(w: World, wrong: bool) -> str:
    new, less = w.money(24, 50, 2), Decimal(w.count(60, 290)).scaleb(-2)
    rate = w.shifted(w.percent(less, new + less), wrong)
    return f"受播种面积调整影响,全年粮食总产量{new}万吨,比上年减少{less}万吨,下降{rate}%。"

def _grew_guests(w: World, wrong: bool) -> str:
    old = w.money(300, 900, 1)
    new = _scaled(w, old, 1060, 1380) if w.random.random() < 0.5 else _scaled(w, old, 680, 940)
    rate = w.percent(abs(new - old), old)
    word = "增长" if (new > old) != wrong else "下降"
    return f"全年接待国内游客{new}万人次,上年为{old}万人次,同比{word}{rate}%。"

def _points_research(w: World, wrong: bool) -> str:
    old, more = w.money(1, 3, 2), Decimal(w.count(11, 45)).scaleb(-2)
    told = more + (Decimal(w.count(20, 70)).scaleb(-2) if wrong else 0)
    return f"全社会研发经费投入强度由上年的{old}%提高到{old + more}%,提高{told}个百分点。"

def _points_emerging(w: World, wrong: bool) -> str:
    old, more = _tenth(w, 181, 335), _tenth(w, 4, 28)
    told = w.shifted(more, wrong, "0.9")
    return f"战略性新兴产业产值占规模以上工业总产值的比重为{old + more}%,上年为{old}%,比上年提升{told}个百分点。"

def _gap_capital(w: World, wrong: bool) -> str:
    done, gap = w.money(2, 6, 2), Decimal(w.count(31, 140)).scaleb(-2)
    told = gap + (Decimal(w.count(15, 60)).scaleb(-2) if wrong else 0)
    return f"受外部环境影响,全年实际使用外资{done}亿美元,与{done + gap}亿美元的年度目标相比还差{told}亿美元。"

def _met_jobs(w: World, wrong: bool) -> str:
    goal = w.count(40, 95) * 100
    done = goal * w.count(80, 96) // 100 if wrong else goal * w.count(102, 125) // 100
    return f"就业形势总体稳定,全年城镇新增就业{done}人,超额完成{goal}人的年度目标任务。"

def _met_energy(w: World, wrong: bool) -> str:
    goal = _tenth(w, 26, 38)
    done = goal - _tenth(w, 6, 15) if wrong else goal + _tenth(w, 1, 12)
    return f"绿色低碳转型稳步推进,单位地区生产总值能耗比上年下降{done}%,完成了年度下降{goal}%的目标任务。"

def _met_prices(w: World, wrong: bool) -> str:
    value = _tenth(w, 34, 47) if wrong else _tenth(w, 11, 27)
    return f"市场物价保持平稳,全年居民消费价格总水平上涨{value}%,低于3%的年度调控目标。"

def _missed_places(w: World, wrong: bool) -> str:
    goal = w.count(20, 48) * 100
    done = goal * w.count(105, 125) // 100 if wrong else goal * w.count(75, 95) // 100
    return f"教育资源供给仍有不足,全年新增公办学前教育学位{done}个,没有达到年初计划的{goal}个。"

def _aim_industry(w: World, wrong: bool) -> str:
    now = w.money(300, 800, 1)
    goal = _scaled(w, now, 1050, 1140)
    rate = w.shifted(w.percent(goal - now, now), wrong)
    return f"{w.year}年规模以上工业企业营业收入{now}亿元,{w.year + 1}年预期目标为{goal}亿元,增长{rate}%。"

def _aim_building(w: World, wrong: bool) -> str:
    now = w.money(90, 260, 1)
    goal = _scaled(w, now, 1045, 1120)
    rate = w.shifted(w.percent(goal - now, now), wrong)
    w.plans.append(f"建筑业总产值目标:{goal}亿元,比上年增长{rate}%。")
    return f"全年资质以上建筑业企业稳步发展,建筑业总产值完成{now}亿元。"

def _tiers(w: World, wrong: bool) -> str:
    low = w.money(60, 150, 1)
    high = _scaled(w, low, 1040, 1130)
    one, two = (high, low) if wrong else (low, high)
    words = w.pick([("确保实现", "力争达到"), ("预期目标为", "奋斗目标为"), ("基本目标为", "挑战目标为")])
    return f"综合考虑各方面因素,{w.year + 1}年旅游总收入{words[0]}{one}亿元,{words[1]}{two}亿元。"

def _mark_savings(w: World, wrong: bool) -> str:
    mark = w.count(10, 32) * 10
    value = _scaled(w, Decimal(mark).quantize(Decimal("0.01")), 1004, 1060)
    value = value * Decimal("0.9") if wrong else value
    return f"年末住户存款余额突破{mark}亿元大关,达到{value.quantize(Decimal('0.01'))}亿元。"

def _mark_port(w: World, wrong: bool) -> str:
    mark = w.count(12, 38) * 100
    value = mark - w.count(60, 240) if wrong else mark + w.count(8, 95)
    return f"临港经济发展壮大,港口货物吞吐量首次超过{mark}万吨,全年完成{value}万吨。"

def _rank_county(w: World, wrong: bool) -> str:
    new, up = w.count(31, 68), w.count(3, 14)
    told = w.miscounted(up, wrong)
    return f"综合实力迈上新台阶,全国综合实力百强区县(市)排名由上年的第{new + up}位升至第{new}位,前移{told}位。"

def _rank_business(w: World, wrong: bool) -> str:
    place = w.count(12, 19) if wrong else w.count(3, 9)
    return f"营商环境持续优化,在全省营商环境评价中列第{place}位,跻身全省前十。"

def _average_relief(w: World, wrong: bool) -> str:
    total, homes = w.money(1500, 4800, 1), w.count(1600, 4200)
    each = w.misprinted(w.rounded(total * 10000 / homes, 0), wrong)
    return f"全年发放最低生活保障金{total}万元,保障困难家庭{homes}户,平均每户{each}元。"

def _average_fields(w: World, wrong: bool) -> str:
    total, towns = w.money(14, 36, 2), w.count(8, 16)
    each = w.misprinted(w.rounded(total / towns, 2), wrong)
    return f"藏粮于地落到实处,{towns}个乡镇累计建成高标准农田{total}万亩,平均每个乡镇{each}万亩。"

def _times_electric(w: World, wrong: bool) -> str:
    old = w.count(1800, 4600)
    new = old * w.count(21, 49) // 10
    times = w.rounded(Decimal(new) / old, 1) + (_tenth(w, 6, 16) if wrong else 0)
    return f"年末新能源汽车保有量{new}辆,是{w.year - 3}年末{old}辆的{times}倍。"

def _times_income(w: World, wrong: bool) -> str:
    city, country = w.count(39000, 52000), w.count(19000, 26000)
    ratio = w.rounded(Decimal(city) / country, 2) + (Decimal(w.count(15, 45)).scaleb(-2) if wrong else 0)
    return f"城镇居民人均可支配收入{city}元,农村居民人均可支配收入{country}元,城乡居民收入比为{ratio}:1。"

def _listed_schools(w: World, wrong: bool) -> str:
    names = w.some(["实验小学东校区", "滨江初级中学", "第三中学新校区", "育才小学", "城南九年一贯制学校", "春晖幼儿园", "明德高级中学"], w.count(3, 5))
    number = len(names) + (w.pick([-1, 1, 2]) if wrong else 0)
    return f"教育事业优质均衡发展,年内建成投用学校{number}所,分别是{'、'.join(names)}。"

def _listed_streets(w: World, wrong: bool) -> str:
    names = w.some(["滨河大道", "人民东路", "青年路", "文昌街", "迎宾大道", "学府路", "环城北路"], w.count(3, 5))
    number = len(names) + (w.pick([-1, 1, 2]) if wrong else 0)
    return f"城市功能不断完善,{'、'.join(names)}{'零一两三四五六七'[number]}条道路建成通车,群众出行更加便捷。"

def _rate_urban(w: World, wrong: bool) -> str:
    whole = w.money(35, 95, 2)
    part = _scaled(w, whole, 480, 760)
    rate = w.shifted(w.percent(part, whole, 2), wrong)
    return f"年末{_all(w)}常住人口{whole}万人,其中城镇常住人口{part}万人,常住人口城镇化率为{rate}%。"

def _rate_food(w: World, wrong: bool) -> str:
    whole = w.count(1500, 4200)
    good = whole * w.count(960, 992) // 1000
    rate = w.percent(good, whole) - (_tenth(w, 18, 65) if wrong else 0)
    return f"食品安全监管持续加强,全年监督抽检食品{whole}批次,合格{good}批次,合格率{rate}%。"

def _structure_jobs(w: World, wrong: bool) -> str:
    one, two, down, up = _tenth(w, 132, 248), _tenth(w, 285, 372), _tenth(w, 4, 16), _tenth(w, 1, 9)
    old, new = 100 - one - two, 100 - one - two + down - up + (_tenth(w, 20, 65) if wrong else 0)
    return f"就业结构继续优化,三次产业就业人员构成由上年的{one}:{two}:{old}调整为{one - down}:{two + up}:{new}。"

def _structure_power(w: World, wrong: bool) -> str:
    one, two, three = _tenth(w, 11, 39), _tenth(w, 520, 640), _tenth(w, 141, 203)
    last = 100 - one - two - three + (_tenth(w, 20, 75) if wrong else 0)
    return f"从用电结构看,第一产业、第二产业、第三产业和城乡居民生活用电占全社会用电量的比重分别为{one}%、{two}%、{three}%和{last}%。"

def _balance_births(w: World, wrong: bool) -> str:
    born, died = w.count(4300, 6900), w.count(2600, 4000)
    net = born - died + (w.count(110, 600) if wrong else 0)
    return f"全年出生人口{born}人,死亡人口{died}人,自然增加人口{net}人。"

def _balance_belt(w: World, wrong: bool) -> str:
    out, come = w.money(26, 60, 1), w.money(5, 14, 1)
    net = out - come + (_tenth(w, 12, 60) if wrong else 0)
    return f"对共建“一带一路”国家出口{out}亿元,进口{come}亿元,实现贸易顺差{net}亿元。"

def _slip_bonds(w: World, wrong: bool) -> str:
    value = w.money(8, 32)
    return f"抢抓政策机遇,全年争取地方政府专项债券{value}亿元,支持{w.count(11, 29)}个重点项目建设,上述{value}{'万' if wrong else '亿'}元专项债券资金已全部下达到项目单位。"

def _status_deeds(w: World, wrong: bool) -> str:
    tail = f",其中{w.count(2, 4)}件仍在办理之中" if wrong else f",群众满意度达到{_tenth(w, 951, 989)}%"
    return f"年初承诺的十件民生实事已全部办结{tail}。"

def _status_villages(w: World, wrong: bool) -> str:
    tail = f",尚有{w.count(3, 9)}个行政村没有完成改造" if wrong else ",供水保证率明显提高"
    return f"农村饮水安全巩固提升,{w.count(85, 190)}个行政村供水管网改造全部完成{tail}。"

def _pace(w: World, wrong: bool) -> str:
    when, due = w.pick([("上半年", 50), ("前三季度", 75)])
    ahead = _tenth(w, 11, 88)
    told = w.shifted(ahead, wrong, "0.9")
    return f"{when},省市重点建设项目完成年度投资计划的{due + ahead}%,快于时序进度{told}个百分点。"

def _doubled(w: World, wrong: bool) -> str:
    start, word, end = w.pick([
        ("惠企政策覆盖企业发展的方方面面,市场活力", "持续", "增强。"), ("家家户户用上清洁能源,农村人居环境", "不断", "改善。"),
        ("我们", "坚持", "以人民为中心的发展思想,实实在在办好民生实事。"), ("深化“放管服”改革,", "进一步", "压减审批时限,让企业少跑腿。"),
        ("加快建设现代化产业体系,", "推动", "传统产业转型升级。"),
    ])  # fmt: skip
    return start + word * (2 if wrong else 1) + end

def _spelled(w: World, wrong: bool) -> str:
    name, other = w.pick([("鸿泰新材料产业园", "鸿太新材料产业园"), ("锦程智能装备产业园", "锦城智能装备产业园"),
                          ("蓝翼低空经济产业园", "蓝冀低空经济产业园"), ("康宸生物医药产业园", "康辰生物医药产业园")])  # fmt: skip
    return f"项目建设提速增效,总投资{w.count(12, 48)}亿元的{name}项目年初顺利开工。截至年末,该{other if wrong else name}项目一期厂房主体已经封顶。"

def _numbered(w: World, wrong: bool) -> str:
    marks = w.pick([["一是", "二是", "三是", "四是"], ["(1)", "(2)", "(3)", "(4)"], ["第一,", "第二,", "第三,", "第四,"]])
    if wrong:
        marks = [marks[0], marks[1], marks[3]] if w.random.random() < 0.5 else [marks[0], marks[1], marks[1]]
    texts = w.some(["扩大有效投资,夯实发展后劲", "优化政务服务,激发市场活力", "强化要素保障,破解用地难题", "加强生态保护,守牢环境底线"], 3)
    return "重点抓好三方面工作:" + ";".join(a + b for a, b in zip(marks, texts, strict=False)) + "。"

def _pointed(w: World, wrong: bool) -> str:
    good, bad = w.pick([
        ("社会大局保持和谐稳定,平安建设成效显著。", "社会大局保持和谐稳定,,平安建设成效显著。"),
        ("文化惠民工程深入实施,公共文化服务水平明显提升。", "文化惠民工程深入实施,公共文化服务水平明显提升。。"),
        ("制定出台《关于促进民营经济高质量发展的若干措施》,提振企业信心。", "制定出台《关于促进民营经济高质量发展的若干措施,提振企业信心。"),
        ("建立健全议事协调机制(含联席会议制度),形成工作合力。", "建立健全议事协调机制(含联席会议制度,形成工作合力。"),
    ])  # fmt: skip
    return bad if wrong else good


FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_retail, _share_tax, _share_old, _share_private, _share_welfare],
    "sum": [_sum_gdp, _sum_trade, _sum_pupils, _sum_freight],
    "completion": [_done_fund, _done_homes, _done_forest],
    "remainder": [_left_blocks, _left_motions, _left_funds],
    "part of whole": [_part_beds, _part_cars, _part_roads],
    "same fact": [_same_income, _same_tech, _same_air],
    "growth": [_grew_online, _grew_wage, _grew_deposit, _fell_grain, _grew_guests],
    "points": [_points_research, _points_emerging],
    "gap": [_gap_capital],
    "target wording": [_met_jobs, _met_energy, _met_prices, _missed_places],
    "target growth": [_aim_industry, _aim_building],
    "target order": [_tiers],
    "threshold": [_mark_savings, _mark_port],
    "rank": [_rank_county, _rank_business],
    "average": [_average_relief, _average_fields],
    "multiple": [_times_electric, _times_income],
    "list count": [_listed_schools, _listed_streets],
    "rate": [_rate_urban, _rate_food],
    "structure": [_structure_jobs, _structure_power],
    "balance": [_balance_births, _balance_belt],
    "unit slip": [_slip_bonds],
    "status": [_status_deeds, _status_villages],
    "pace": [_pace],
    "doubled word": [_doubled],
    "spelling": [_spelled],
    "numbering": [_numbered],
    "punctuation": [_pointed],
}
