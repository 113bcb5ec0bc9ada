"""The nineteenth grammar: half-year and quarterly briefings of bureaus and state-owned companies.

Written blind; run once before anything was changed for it.
"""
# fmt: off

from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World


def _growth(w: World, now: Decimal | int, before: Decimal | int) -> Decimal:
    """The growth between two figures, in per cent, to one place."""
    return w.rounded((Decimal(now) / Decimal(before) - 1) * 100)

def _share_complaints(w: World, wrong: bool) -> str:
    one, two = w.count(900, 2000), w.count(400, 850)
    share = w.shifted(w.percent(two, one + two), wrong)
    return (f"二季度,12315平台共受理消费投诉{one + two}件。从投诉类别看,商品类{one}件,占{w.percent(one, one + two)}%,"
            f"主要集中在食品、服装鞋帽;服务类{two}件,占{share}%,主要集中在美容美发和预付卡消费。")

def _share_rice(w: World, wrong: bool) -> str:
    whole, part = w.money(40, 70, 1), w.money(12, 35, 1)
    share = w.shifted(w.percent(part, whole), wrong)
    return (f"全县春播粮食面积{whole}万亩。受前期低温阴雨影响,插秧进度略有推迟,但优质稻面积保持稳定,"
            f"达到{part}万亩,占春播粮食面积的{share}%。")

def _share_buses(w: World, wrong: bool) -> str:
    counts, bad = [w.count(300, 600), w.count(150, 280), w.count(40, 140)], w.count(0, 2)
    whole, rows = sum(counts), ""
    for place, (name, number) in enumerate(zip(("纯电动", "混合动力", "天然气"), counts, strict=True)):
        rows += f"{name}\t{number}\t{w.shifted(w.percent(number, whole), wrong and place == bad)}\n"
    return f"公交车辆构成情况如下:\n车型\t数量(辆)\t占比(%)\n{rows}合计\t{whole}\t100\n下半年将继续淘汰老旧车型。"

def _share_teachers(w: World, wrong: bool) -> str:
    whole, part = w.count(3000, 4000), w.count(1900, 2500)
    share = w.shifted(w.percent(part, whole), wrong)
    return f"全区义务教育阶段在岗教师{whole}人,其中具有本科以上学历的{part}人(占{share}%),师资结构进一步优化。"

def _sum_inspected(w: World, wrong: bool) -> str:
    parts = [w.count(120, 900) for _ in range(3)]
    total = w.miscounted(sum(parts), wrong)
    return (f"一是检查校园周边食品店{parts[0]}家次;二是检查零售药店{parts[1]}家次;三是检查特种设备使用单位{parts[2]}家次。"
            f"以上三类合计检查{total}家次。")

def _sum_freight(w: World, wrong: bool) -> str:
    one, two = w.money(300, 800, 1), w.money(300, 800, 1)
    total = w.misprinted(one + two, wrong)
    return (f"一季度,全市公路货运量完成{one}万吨。二季度受汛期影响,部分线路短时中断,公路货运量完成{two}万吨。"
            f"两个季度相加,上半年公路货运量累计{total}万吨,运行总体平稳。")

def _sum_hazards(w: World, wrong: bool) -> str:
    rows, totals = "", [0, 0]
    for street in w.some(STREETS, 4):
        found, trained = w.count(20, 90), w.count(100, 400)
        totals = [totals[0] + found, totals[1] + trained]
        rows += f"| {street} | {found} | {trained} |\n"
    bad = w.count(0, 1)
    told = [w.miscounted(total, wrong and place == bad) for place, total in enumerate(totals)]
    return (f"各地消防通道整治情况见下表。\n| 镇街 | 清理堵点(处) | 参训人员(人) |\n| --- | --- | --- |\n{rows}"
            f"| 合计 | {told[0]} | {told[1]} |\n各镇街均按时报送了整治台账。")

def _sum_linked_funds(w: World, wrong: bool) -> str:
    parts = [w.count(400, 1800) for _ in range(3)]
    total = w.misprinted(Decimal(sum(parts)), wrong)
    return (f"今年共安排财政衔接推进乡村振兴补助资金{total}万元,分三个方向使用:产业发展类{parts[0]}万元,"
            f"基础设施类{parts[1]}万元,就业帮扶类{parts[2]}万元。资金已全部下达到镇村。")

def _sum_overnight(w: World, wrong: bool) -> str:
    one, two = w.money(30, 90, 2), w.money(3, 12, 2)
    total = w.misprinted(one + two, wrong)
    return f"上半年,全市星级饭店接待过夜游客{total}万人次(境内游客{one}万人次,境外游客{two}万人次),经营状况持续好转。"

def _left_hazards(w: World, wrong: bool) -> str:
    whole, left = w.count(160, 400), w.count(12, 60)
    told = w.miscounted(left, wrong)
    return (f"自建房安全排查中共发现安全隐患{whole}处,已完成整改{whole - left}处。其余{told}处受施工条件限制暂未整改,"
            "均已落实警示隔离和专人值守措施。")

def _left_estates(w: World, wrong: bool) -> str:
    done, building, left = w.count(6, 20), w.count(8, 25), w.count(4, 15)
    told = w.miscounted(left, wrong)
    return (f"今年全市计划改造老旧小区{done + building + left}个。截至6月底,已完工{done}个,正在施工{building}个,"
            f"剩余{told}个尚未开工,正在办理招标手续。")

def _left_machines(w: World, wrong: bool) -> str:
    whole, paid = w.count(900, 1600), w.count(300, 700)
    told = w.misprinted(Decimal(whole - paid), wrong)
    return (f"省下达我县农机购置补贴资金{whole}万元。县农业农村局及时公布补贴目录,简化申领程序,截至目前已兑付{paid}万元,"
            f"惠及农户{w.count(500, 900)}户。尚未兑付的{told}万元将在三季度兑付到位。")

def _grew_revenue(w: World, wrong: bool) -> str:
    before, now = w.money(30, 40, 2), w.money(42, 52, 2)
    return (f"1-6月,集团公司实现营业总收入{now}亿元(上年同期为{before}亿元),同比增长"
            f"{w.shifted(_growth(w, now, before), wrong)}%,主业支撑作用明显增强。")

def _fell_accidents(w: World, wrong: bool) -> str:
    before, now = w.count(60, 95), w.count(30, 55)
    fall = w.shifted(w.percent(before - now, before), wrong)
    return f"上半年,全县接报道路交通事故{now}起。与去年同期的{before}起相比,减少{before - now}起,下降{fall}%。"

def _grew_visitors(w: World, wrong: bool) -> str:
    before, more = w.money(80, 160, 1), w.money(12, 40, 1)
    rate = w.shifted(_growth(w, before + more, before), wrong)
    return f"“五一”假期,全市A级景区接待游客{before + more}万人次,比上年同期增加{more}万人次,增长{rate}%。"

def _grew_port(w: World, wrong: bool) -> str:
    before, now = w.count(410, 600), w.count(620, 800)
    rate = w.shifted(_growth(w, now, before), wrong)
    return (f"一季度,全市港口吞吐量完成{before}万吨。进入二季度,随着企业复产和航道水位回升,港口生产加快恢复,"
            f"当季完成{now}万吨,环比增长{rate}%。")

def _fell_direction(w: World, wrong: bool) -> str:
    low, high = w.count(110, 190), w.count(220, 390)
    before, now = (low, high) if wrong else (high, low)
    return f"出租汽车行业专项整治成效明显,乘客服务投诉由上年同期的{before}件下降到今年上半年的{now}件。"

def _grew_table(w: World, wrong: bool) -> str:
    rows, bad = "", w.count(0, 2)
    for place, name in enumerate(("供水量(万吨)", "污水处理量(万吨)", "燃气销量(万立方米)")):
        before, now = w.count(1000, 1400), w.count(1450, 1900)
        rows += f"{name}\t{now}\t{before}\t{w.shifted(_growth(w, now, before), wrong and place == bad)}\n"
    return f"水务燃气板块主要生产指标如下:\n指标\t本期\t上年同期\t同比增长(%)\n{rows}各项指标均好于年初预期。"

def _points_passed(w: World, wrong: bool) -> str:
    before, rise = Decimal(w.count(910, 950)).scaleb(-1), Decimal(w.count(12, 40)).scaleb(-1)
    return (f"上半年,全县主要农产品例行监测合格率为{before + rise}%,上年同期为{before}%,"
            f"提高{w.shifted(rise, wrong, '0.9')}个百分点。")

def _points_buses(w: World, wrong: bool) -> str:
    before, rise = Decimal(w.count(310, 420)).scaleb(-1), Decimal(w.count(21, 69)).scaleb(-1)
    return (f"去年底,中心城区公共交通机动化出行分担率为{before}%。今年通过优化线路、开通微循环巴士,6月底该分担率升至"
            f"{before + rise}%,半年上升{w.shifted(rise, wrong, '0.9')}个百分点。")

def _done_schools(w: World, wrong: bool) -> str:
    plan, done = w.money(12, 20, 2), w.money(5, 11, 2)
    return (f"教育补短板工程全年计划投资{plan}亿元,截至6月底累计完成投资{done}亿元,占年度计划的"
            f"{w.shifted(w.percent(done, plan), wrong)}%。")

def _done_profit(w: World, wrong: bool) -> str:
    plan, done = w.count(6000, 9000), w.count(2800, 5200)
    rate = w.shifted(w.percent(done, plan), wrong)
    return (f"年初,国资委下达公司利润总额考核目标{plan}万元。面对原材料价格上涨等不利因素,公司狠抓降本增效,"
            f"上半年实现利润总额{done}万元,完成考核目标的{rate}%。")

def _done_table(w: World, wrong: bool) -> str:
    rows, bad = "", w.count(0, 2)
    for place, name in enumerate(("滨江大道改造", "客运枢纽站", "环城公路二期")):
        plan, done = w.count(9000, 20000), w.count(3000, 8500)
        rows += f"{name}\t{plan}\t{done}\t{w.shifted(w.percent(done, plan), wrong and place == bad)}\n"
    return f"交通重点工程进展如下:\n项目\t年度计划投资(万元)\t累计完成(万元)\t完成率(%)\n{rows}下一步将倒排工期、挂图作战。"

def _gap_loans(w: World, wrong: bool) -> str:
    goal, done = w.money(30, 50, 2), w.money(12, 25, 2)
    return (f"“惠农贷”全年投放目标为{goal}亿元,目前累计投放{done}亿元,距全年投放目标还差"
            f"{w.misprinted(goal - done, wrong)}亿元。")

def _met_parks(w: World, wrong: bool) -> str:
    goal, more = w.count(12, 30), w.count(2, 6)
    done = goal - more if wrong else goal + more
    return f"省级现代农业示范家庭农场创建目标{goal}家,实际创建成功{done}家,超额完成创建目标。"

def _met_deaths(w: World, wrong: bool) -> str:
    limit, less = w.count(20, 40), w.count(4, 12)
    done = limit + less if wrong else limit - less
    return f"市里要求我区全年森林火情控制在{limit}起以内。截至12月底,全区实际发生森林火情{done}起,控制在要求范围之内。"

def _met_rentals(w: World, wrong: bool) -> str:
    goal, more = w.count(1200, 2400), w.count(60, 300)
    done = goal - more if wrong else goal + more
    return (f"今年市政府下达我区保障性租赁住房筹集任务{goal}套。我局提前谋划,通过新建、改建、盘活等方式多渠道筹集房源。"
            f"到9月底,共筹集{done}套,提前完成全年筹集任务。")

def _met_not(w: World, wrong: bool) -> str:
    goal, more = w.count(300, 500), w.count(25, 90)
    done = goal + more if wrong else goal - more
    return f"今年计划新增公共停车泊位{goal}个,实际新增{done}个,未能完成年度计划,主要原因是个别地块征收滞后。"

def _mark_tourism(w: World, wrong: bool) -> str:
    mark = w.count(3, 8) * 10
    told = Decimal(mark * 100 + (-w.count(150, 300) if wrong else w.count(40, 400))) / 100
    return f"上半年,集团旗下景区门票及二次消费收入首次突破{mark}00万元大关,达到{told * 100:.0f}万元。"

def _mark_projects(w: World, wrong: bool) -> str:
    one, two, three = (w.count(52, 98) * 100 for _ in range(3))
    if wrong:
        two = w.count(31, 46) * 100
    return (f"二季度新开工3个文旅项目,投资额均在5000万元以上,分别是古镇夜游项目{one}万元、湿地研学营地项目{two}万元、"
            f"温泉康养项目{three}万元。")

def _mark_average(w: World, wrong: bool) -> str:
    city, more = Decimal(w.count(900, 940)).scaleb(-1), Decimal(w.count(11, 40)).scaleb(-1)
    ours = city - more if wrong else city + more
    return f"据第三方测评,我区义务教育群众满意度为{ours}%,高于全市{city}%的平均水平。"

def _rank_scores(w: World, wrong: bool) -> str:
    names = w.some(STREETS, 3)
    scores = [Decimal(w.count(960, 985)).scaleb(-1), Decimal(w.count(930, 955)).scaleb(-1), Decimal(w.count(890, 925)).scaleb(-1)]
    if wrong:
        scores = [scores[1], scores[0], scores[2]]
    told = "、".join(f"{name}({score}分)" for name, score in zip(names, scores, strict=True))
    return f"二季度农村人居环境考评按得分由高到低排序,前三名依次为{told}。"

def _rank_moved(w: World, wrong: bool) -> str:
    now, moved = w.count(2, 5), w.count(2, 6)
    told = moved + (w.count(2, 4) if wrong else 0)
    return f"在全市质量工作考核中,我区由去年的第{now + moved}位上升至今年的第{now}位,前移{told}位。"

def _average_relief(w: World, wrong: bool) -> str:
    homes, money = w.count(900, 2500), w.money(300, 900, 1)
    told = w.misprinted(w.rounded(money * 10000 / homes, 0), wrong)
    return f"汛期后及时发放受灾群众生活救助资金{money}万元,惠及受灾家庭{homes}户,户均{told}元,全部通过“一卡通”打卡到户。"

def _average_days(w: World, wrong: bool) -> str:
    each = w.money(12, 30, 1)
    return f"春节假期7天,市属三条轨道线路共运送乘客{each * 7}万人次,日均运送{w.misprinted(each, wrong)}万人次,未发生乘客滞留。"

def _multiple_chargers(w: World, wrong: bool) -> str:
    before, times = w.count(120, 300), Decimal(w.count(21, 38)).scaleb(-1)
    now = int(before * times)
    told = w.rounded(Decimal(now) / before) + (Decimal(w.count(5, 12)).scaleb(-1) if wrong else 0)
    return f"高速服务区充电桩由去年同期的{before}个增至{now}个,是去年同期的{told}倍。"

def _listed_measures(w: World, wrong: bool) -> str:
    told = w.pick("三五六") if wrong else "四"
    return (f"围绕校园安全,主要采取了{told}项措施:一是开展校舍安全鉴定;二是配齐专职保安;三是推行校园食堂“互联网+明厨亮灶”;"
            "四是建立家校联防机制。")

def _listed_rules(w: World, wrong: bool) -> str:
    names = w.some(["投资管理办法", "招标采购办法", "合同管理办法", "薪酬管理办法", "担保管理办法"], w.count(3, 4))
    told = len(names) + (w.count(1, 2) if wrong else 0)
    return f"公司健全内控制度,上半年修订制度{told}项,分别是{'、'.join(f'《{name}》' for name in names)}。"

def _numbered(w: World, wrong: bool) -> str:
    marks = w.pick(["一二四五", "一二二三", "一三四五"]) if wrong else "一二三四"
    works = w.some(["强化值班值守", "备足抢险物资", "加密会商研判", "抓实隐患巡查", "组织应急演练", "做好信息报送"], 4)
    return "防汛备汛方面," + ",".join(f"{mark}是{work}" for mark, work in zip(marks, works, strict=True)) + "。"

def _pace_quarter(w: World, wrong: bool) -> str:
    done = Decimal(w.count(281, 349)).scaleb(-1)
    return f"截至3月底,公路养护资金支出进度为{done}%,快于序时进度{w.shifted(done - 25, wrong, '0.9')}个百分点。"

def _pace_autumn(w: World, wrong: bool) -> str:
    done = Decimal(w.count(640, 718) if wrong else w.count(771, 890)).scaleb(-1)
    return f"截至9月底,村级文化广场建设已完成全年任务的{done}%,超过时间进度要求。"

def _part_houses(w: World, wrong: bool) -> str:
    low, high = w.count(60, 110), w.count(130, 260)
    whole, part = (low, high) if wrong else (high, low)
    return f"今年农村危房改造任务已全面铺开。目前,全县列入改造计划的农户中已开工{whole}户,已开工农户中有{part}户通过竣工验收。"

def _part_seats(w: World, wrong: bool) -> str:
    low, high = w.count(900, 1800), w.count(2100, 4200)
    whole, part = (low, high) if wrong else (high, low)
    return f"近三年全区累计新增公办幼儿园学位{whole}个,其中今年新增{part}个,“入公办园难”问题得到缓解。"

def _part_inns(w: World, wrong: bool) -> str:
    five, four, three = w.count(3, 8), w.count(6, 14), w.count(10, 20)
    whole = five + four + three - (w.count(2, 4) if wrong else 0)
    return f"全市新评定等级民宿{whole}家,其中甲级{five}家、乙级{four}家、丙级{three}家。"

def _same_cases(w: World, wrong: bool) -> str:
    number = w.count(120, 380)
    return (f"今年上半年,执法支队共办结行政处罚案件{number}件,罚没款全部上缴国库。为规范执法行为,支队组织开展案卷评查,"
            f"上半年办结的{w.miscounted(number, wrong)}件行政处罚案件全部纳入评查范围,评查优秀率稳步提高。")

def _same_reading(w: World, wrong: bool) -> str:
    number = w.count(60, 160)
    return (f"全县现有农家书屋{number}家,实现行政村全覆盖。上半年新配送图书{w.count(2, 6)}万册,"
            f"全县{w.miscounted(number, wrong)}家农家书屋均已完成图书更新。")

def _same_harbour(w: World, wrong: bool) -> str:
    money = w.money(11, 30, 2)
    return (f"1-6月,全市水运工程建设完成投资{money}亿元,创历年同期新高。一是抓前期,航道整治项目提前获批;二是抓进度,"
            f"1-6月水运工程建设完成的{w.misprinted(money, wrong)}亿元投资已全部形成实物工作量。")

def _rate_meters(w: World, wrong: bool) -> str:
    whole, bad = w.count(400, 900), w.count(20, 70)
    true = w.percent(whole - bad, whole)
    rate = w.shifted(true, wrong)
    rate = rate if rate < 100 else 2 * true - rate
    return f"监督抽查加油机、电子秤等计量器具{whole}台件,发现不合格{bad}台件,合格率为{rate}%。"

def _rate_petitions(w: World, wrong: bool) -> str:
    whole, left = w.count(300, 700), w.count(30, 90)
    true = w.percent(whole - left, whole)
    rate = w.shifted(true, wrong)
    rate = rate if rate < 100 else 2 * true - rate
    return f"上半年共收到住房公积金业务咨询工单{whole}件,按期办结{whole - left}件,按期办结率{rate}%。"

def _structure_guests(w: World, wrong: bool) -> str:
    one, two = Decimal(w.count(380, 500)).scaleb(-1), Decimal(w.count(200, 300)).scaleb(-1)
    return (f"从抽样调查的客源构成看,本市游客占{one}%,省内其他市游客占{two}%,省外及境外游客占"
            f"{w.shifted(100 - one - two, wrong)}%,周边游仍是主流。")

def _goal_processing(w: World, wrong: bool) -> str:
    now, goal = w.money(60, 80, 1), w.money(84, 99, 1)
    rate = w.shifted(_growth(w, goal, now), wrong)
    w.plans.append(f"全县农产品加工业产值力争达到{goal}亿元,比{w.year}年增长{rate}%。")
    return f"{w.year}年,全县农产品加工业产值完成{now}亿元,龙头企业带动作用进一步增强。"

def _tiers(w: World, wrong: bool) -> str:
    low, more = w.count(20, 40), w.count(3, 9)
    high = low - more if wrong else low + more
    return f"四季度全市计划新改建农村公路,确保完成{low}公里,力争完成{high}公里。"

def _balance_cases(w: World, wrong: bool) -> str:
    old, new, left = w.count(30, 80), w.count(160, 300), w.count(20, 70)
    return (f"劳动人事争议仲裁方面,年初结存{old}件,上半年新收{new}件,审结{old + new - left}件,"
            f"6月末结存{w.miscounted(left, wrong)}件。")

def _balance_grain(w: World, wrong: bool) -> str:
    old, new, out = w.count(9000, 15000), w.count(2000, 4000), w.count(1000, 1900)
    return (f"季初县级储备粮库存{old}吨。本季度按计划轮入{new}吨、轮出{out}吨,无其他增减,"
            f"季末库存为{w.misprinted(Decimal(old + new - out), wrong)}吨,账实相符。")

def _slip_bridge(w: World, wrong: bool) -> str:
    value = w.count(11, 98)
    return f"跨河大桥工程总投资{Decimal(value) / 10}亿元(即{value * (100 if wrong else 1000)}万元),资金由市县两级财政共同承担。"

def _status(w: World, wrong: bool) -> str:
    tail = f"仍有{w.count(2, 9)}部尚未更换,主要是业主意见不统一" if wrong else "没有一部遗漏,居民出行更加安全"
    return f"住宅小区超期老旧电梯更新工作已于5月底全部完成,目前{tail}。"

def _status_safe(w: World, wrong: bool) -> str:
    number = w.count(1, 2) if wrong else 0
    return f"上半年,公司所属矿山未发生生产安全亡人事故。分季度看,一季度矿山亡人事故{number}起,二季度0起,总体情况好于上年。"

def _spelled(w: World, wrong: bool) -> str:
    name, other = w.pick([("云岭茶业股份有限公司", "云领茶业股份有限公司"), ("鼎盛粮油集团有限公司", "鼎胜粮油集团有限公司"),
                          ("锦绣文旅发展有限公司", "锦秀文旅发展有限公司"), ("永泰汽运集团有限公司", "永太汽运集团有限公司")])
    return (f"帮扶小组先后三次到{name}走访,协调解决用地、用电和融资难题。在各方支持下,"
            f"{other if wrong else name}已于6月恢复满负荷生产。")

def _doubled(w: World, wrong: bool) -> str:
    word = w.pick(["加强", "组织", "开展"])
    return f"各校层层压实责任,广泛{word}{word if wrong else ''}中小学生防溺水安全教育,家家户户都收到了告家长书。"

def _stopped(w: World, wrong: bool) -> str:
    mark = w.pick(["。。", ",。", "、。"]) if wrong else "。"
    return f"印发《城镇燃气安全排查整治方案》,明确责任分工和时限要求{mark}组织燃气企业入户安检,督促用户更换老化软管。"

FAMILIES: dict[str, list[Rule]] = {
    "share": [_share_complaints, _share_rice, _share_buses, _share_teachers],
    "sum": [_sum_inspected, _sum_freight, _sum_hazards, _sum_linked_funds, _sum_overnight],
    "remainder": [_left_hazards, _left_estates, _left_machines],
    "growth": [_grew_revenue, _fell_accidents, _grew_visitors, _grew_port, _fell_direction, _grew_table],
    "points": [_points_passed, _points_buses],
    "completion": [_done_schools, _done_profit, _done_table],
    "gap": [_gap_loans],
    "target wording": [_met_parks, _met_deaths, _met_rentals, _met_not],
    "threshold": [_mark_tourism, _mark_projects, _mark_average],
    "rank": [_rank_scores, _rank_moved],
    "average": [_average_relief, _average_days],
    "multiple": [_multiple_chargers],
    "list count": [_listed_measures, _listed_rules],
    "numbering": [_numbered],
    "pace": [_pace_quarter, _pace_autumn],
    "part of whole": [_part_houses, _part_seats, _part_inns],
    "same fact": [_same_cases, _same_reading, _same_harbour],
    "rate": [_rate_meters, _rate_petitions],
    "structure": [_structure_guests],
    "target growth": [_goal_processing],
    "target order": [_tiers],
    "balance": [_balance_cases, _balance_grain],
    "unit slip": [_slip_bridge],
    "status": [_status, _status_safe],
    "spelling": [_spelled],
    "doubled word": [_doubled],
    "punctuation": [_stopped],
}
