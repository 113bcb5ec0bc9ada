"""The twentieth grammar: reports put together subject by verb by number by unit by relation.

Written blind; run once before anything was changed for it.
"""
# fmt: off

import re
from decimal import Decimal

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import STREETS, World

_WORDS = {
    "@升": "<同比增长|比上年增长|较去年同期上升|较上年增长|同比上升>",
    "@降": "<同比下降|比上年下降|较去年同期减少|较上年下降|同比减少>",
    "@成": "<完成|实现|达到|累计|为|达>",
    "@占": "<占比|占比为|占比达|所占比重为|比重达>",
    "@共": "<共|合计|总计|共计>",
    "@年": "<全年|1-12月|{year}年|{year}年,全{area}|截至12月末,全{area}|今年,全{area}>",
    "@快": "<快于|高于|超过>",
}  # fmt: skip
_WIDE = str.maketrans({",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "(": "\uff08", ")": "\uff09"})


def _say(w: World, *texts: str, **values: object) -> str:
    text = w.pick(texts)
    for mark, words in _WORDS.items():
        text = text.replace(mark, words)
    while "<" in text:
        text = re.sub(r"<([^<>]*)>", lambda found: w.pick(found[1].split("|")), text)
    if w.year % 2:
        text = text.translate(_WIDE)
    return text.format(year=w.year, last=w.year - 1, next=w.year + 1, area=w.place[-1], **values)


def _one(w: World, names: str) -> str:
    return w.pick(names.split())


def _pair(w: World, low: int, high: int, places: int | None = None, sign: int = 1) -> tuple[Decimal, Decimal, Decimal]:
    base = w.money(low, high, places)
    now = (base * (1 + sign * Decimal(w.count(35, 260)) / 1000)).quantize(base)
    return base, now, w.percent(abs(now - base), base)


def _grew_sales(w: World, wrong: bool) -> str:
    base, now, rate = _pair(w, 120, 600)
    return _say(w, "@年{name}@成{now}亿元,@升{rate}%,上年同期为{base}亿元。", "{name}由{last}年的{base}亿元<增至|增加到|上升到>{year}年的{now}亿元,<增长|增幅为|增幅达>{rate}%。",
        "{last}年{name}为{base}亿元,{year}年@成{now}亿元,<同比增速|增幅|增长率><为|达>{rate}%。",
        name=_one(w, "批发业商品销售额 零售业商品销售额 汽车类商品零售额"), base=base, now=now, rate=w.shifted(rate, wrong))

def _fell_cases(w: World, wrong: bool) -> str:
    base, now, rate = _pair(w, 300, 900, 0, -1)
    return _say(w, "@年<受理|接到|登记>{name}{now}件,@降{rate}%(上年为{base}件)。", "{name}由上年的{base}件<降至|减少到|下降到>{now}件,<下降|降幅为|降幅达>{rate}%。",
        "上年<受理|接到>{name}{base}件,今年<受理|接到>{now}件,@降{rate}%。", name=_one(w, "消费投诉 快递申诉 物流时效投诉"), base=base, now=now, rate=w.shifted(rate, wrong))

def _grew_heads(w: World, wrong: bool) -> str:
    base, now, rate = _pair(w, 400, 2000, 0)
    return _say(w, "@年{name}{now}户,上年同期{base}户,@升{rate}%。", "{name}{now}户,<比上年的|较上年的>{base}户增长{rate}%。", "{name}从去年的{base}户<增加到|增至>今年的{now}户,<增速为|增长|增幅达>{rate}%。",
        name=_one(w, "新登记个体工商户 新设商贸主体 新备案进出口经营者"), base=base, now=now, rate=w.shifted(rate, wrong))

def _grew_added(w: World, wrong: bool) -> str:
    base, now, rate = _pair(w, 80, 400)
    return _say(w, "@年{name}@成{now}亿元,<比上年|较上年|同比>增加{more}亿元,增长{rate}%。", "{name}<比上年|较上年|同比>增加{more}亿元,<增长|增幅为>{rate}%,<总量|总额|全年总量>达到{now}亿元。",
        "{name}{now}亿元,<净增|同比增加>{more}亿元,<同比增速|增幅|增长率><为|达>{rate}%。",
        name=_one(w, "商贸业设施投资 仓储业投资 商务服务业投资"), now=now, more=now - base, rate=w.shifted(rate, wrong))

def _grew_way(w: World, wrong: bool) -> str:
    sign = w.pick([1, -1])
    base, now, rate = _pair(w, 20, 90, 1, sign)
    return _say(w, "@年{name}@成{now}亿元,上年同期为{base}亿元,{way}{rate}%。", "{name}上年为{base}亿元,今年为{now}亿元,{way}{rate}%。", "{name}{now}亿元,{way}{rate}%,<去年同期|上年同期|上年>为{base}亿元。",
        name=_one(w, "家电以旧换新销售额 直播带货销售额 夜间消费额"), base=base, now=now, rate=rate, way=_say(w, "@升" if (sign > 0) != wrong else "@降"))

def _share_money(w: World, wrong: bool) -> str:
    name, part = _one(w, "实物商品网上零售额/生鲜食品类 餐饮行业收入/外卖订单收入 服务贸易额/知识密集型服务贸易额").split("/")
    whole, some = w.money(80, 300), w.money(10, 65)
    return _say(w, "@年{name}@成{whole}亿元,其中{part}{some}亿元,@占{share}%。", "{part}@成{some}亿元,<占|占全部>{name}({whole}亿元)的{share}%。", "{name}{whole}亿元,其中{part}<为|达>{some}亿元,占{name}的{share}%。",
        name=name, part=part, whole=whole, some=some, share=w.shifted(w.percent(some, whole), wrong))

def _share_heads(w: World, wrong: bool) -> str:
    name, part = _one(w, "商圈入驻品牌/首店品牌 物流园区入驻单位/外地单位 网络货运驾驶员/本地户籍驾驶员").split("/")
    whole, some, unit = w.count(300, 900), w.count(60, 240), "名" if "员" in part else "家"
    return _say(w, "{name}@共{whole}{unit},其中{part}{some}{unit},@占{share}%。", "{whole}{unit}{name}中,{part}有{some}{unit},占总数的{share}%。", "{name}<总数|数量>为{whole}{unit},{part}<为|有>{some}{unit},<占|占比>{share}%。",
        name=name, part=part, whole=whole, some=some, unit=unit, share=w.shifted(w.percent(some, whole), wrong))

def _share_area(w: World, wrong: bool) -> str:
    name, part = _one(w, "商业综合体营业面积/体验业态 标准仓库总面积/高标仓 冷库总面积/自动化冷库").split("/")
    whole, some = w.money(60, 180), w.money(12, 50)
    return _say(w, "{name}<共|为|达到>{whole}万平方米,其中{part}{some}万平方米,@占{share}%。", "{part}面积{some}万平方米,占{name}{whole}万平方米的{share}%。", "截至年底,{name}{whole}万平方米,{part}{some}万平方米,{part}@占{share}%。",
        name=name, part=part, whole=whole, some=some, share=w.shifted(w.percent(some, whole), wrong))

def _share_two(w: World, wrong: bool) -> str:
    name, one, two, unit = _one(w, "货运量/公路货运/铁路货运/万吨 快件投递量/同城件/异地件/万件 商品房成交面积/住宅/商办/万平方米").split("/")
    whole, a = w.money(500, 900, 1), w.money(120, 400, 1)
    return _say(w, "@年{name}@成{whole}{unit},其中{one}{a}{unit}、占{p}%,{two}{b}{unit}、占{q}%。", "{name}{whole}{unit},{one}、{two}分别为{a}{unit}和{b}{unit},分别占{p}%和{q}%。", "{name}<共|为>{whole}{unit}:{one}{a}{unit},@占{p}%;{two}{b}{unit},@占{q}%。",
        name=name, one=one, two=two, unit=unit, whole=whole, a=a, b=whole - a, p=w.percent(a, whole), q=w.shifted(w.percent(whole - a, whole), wrong))

def _sum_fairs(w: World, wrong: bool) -> str:
    a, b, c = (w.money(200, 900, 1) for _ in range(3))
    return _say(w, "春季、夏季、秋季三场{name}成交额分别为{a}万元、{b}万元、{c}万元,@共{total}万元。", "三场{name}<累计|@共>成交{total}万元,其中春季{a}万元、夏季{b}万元、秋季{c}万元。",
        "<举办|组织>{name}三场,成交额分别为{a}万元、{b}万元和{c}万元,三场@共成交{total}万元。", name=_one(w, "汽车展销会 家装展销会 名优特产展销会"), a=a, b=b, c=c, total=w.misprinted(a + b + c, wrong))

def _sum_funds(w: World, wrong: bool) -> str:
    a, b, c = (w.money(300, 1500, 0) for _ in range(3))
    return _say(w, "{name}@共{total}万元,由省级{a}万元、市级{b}万元、本级{c}万元<构成|组成>。", "{name}<包括|分为>三部分:省级{a}万元,市级{b}万元,本级{c}万元,@共{total}万元。", "省级、市级、本级<安排|下达>{name}分别为{a}万元、{b}万元、{c}万元,三级@共{total}万元。",
        name=_one(w, "商贸流通补助资金 县域商业补助资金 物流枢纽补助资金"), a=a, b=b, c=c, total=w.misprinted(a + b + c, wrong))

def _sum_quarters(w: World, wrong: bool) -> str:
    a, b, c, d = (w.money(8, 40, 2) for _ in range(4))
    return _say(w, "一至四季度{name}分别<完成|为>{a}亿元、{b}亿元、{c}亿元、{d}亿元,全年@共{total}亿元。", "全年{name}@成{total}亿元,其中一季度{a}亿元、二季度{b}亿元、三季度{c}亿元、四季度{d}亿元。",
        "{name}一季度{a}亿元,二季度{b}亿元,三季度{c}亿元,四季度{d}亿元,四个季度@共{total}亿元。", name=_one(w, "快递企业收入 港口装卸收入 会展业收入"), a=a, b=b, c=c, d=d, total=w.misprinted(a + b + c + d, wrong))

def _sum_streets(w: World, wrong: bool) -> str:
    (s, t, u), (a, b, c) = w.some(STREETS, 3), (w.count(15, 90) for _ in range(3))
    return _say(w, "{s}、{t}、{u}分别<摸排|登记>{name}{a}家、{b}家、{c}家,三地@共{total}家。", "{s}<摸排|登记>{name}{a}家,{t}{b}家,{u}{c}家,@共{total}家。", "<摸排|登记>{name}@共{total}家,分布在三地:{s}{a}家、{t}{b}家、{u}{c}家。",
        name=_one(w, "小餐饮店 小作坊 废旧物资回收站"), s=s, t=t, u=u, a=a, b=b, c=c, total=w.miscounted(a + b + c, wrong))

def _sum_kinds(w: World, wrong: bool) -> str:
    a, b, c = (w.count(20, 120) for _ in range(3))
    return _say(w, "@年<排查|发现>{name}{total}处,其中消防类{a}处、用电类{b}处、其他类{c}处。", "<排查|发现>{name}按类别分,消防类{a}处,用电类{b}处,其他类{c}处,@共{total}处。",
        "<排查|发现>消防类、用电类、其他类{name}分别为{a}处、{b}处、{c}处,@共{total}处。", name=_one(w, "商场问题隐患 市场问题隐患 仓库问题隐患"), a=a, b=b, c=c, total=w.miscounted(a + b + c, wrong))

def _done_money(w: World, wrong: bool) -> str:
    goal, done = w.money(100, 300), w.money(85, 330)
    return _say(w, "@年{name}@成{done}亿元,<完成|占>年度目标{goal}亿元的{rate}%。", "{name}年度目标{goal}亿元,<实际完成|累计完成>{done}亿元,完成率<为|达>{rate}%。", "{name}<累计|实际>完成{done}亿元,年度目标为{goal}亿元,<完成率为|完成年度目标的>{rate}%。",
        name=_one(w, "产业招商到位资金 省外境内资金 对外承包工程营业额"), goal=goal, done=done, rate=w.shifted(w.percent(done, goal), wrong))

def _done_heads(w: World, wrong: bool) -> str:
    goal, done = w.count(60, 150), w.count(45, 160)
    return _say(w, "{name}年度任务{goal}家,<实际完成|已完成>{done}家,完成率<为|达>{rate}%。", "@年<培育|新增>{name}{done}家,完成年度任务({goal}家)的{rate}%。", "<上级下达|全年>{name}任务{goal}家,<截至12月末|目前>完成{done}家,<任务完成率为|占任务数的>{rate}%。",
        name=_one(w, "进规纳统单位 社零入库单位 升限单位"), goal=goal, done=done, rate=w.shifted(w.percent(done, goal), wrong))

def _done_over(w: World, wrong: bool) -> str:
    goal = w.money(60, 240, 1)
    done = (goal * (1 + Decimal(w.count(30, 240)) / 1000)).quantize(goal)
    return _say(w, "{name}@成{done}亿元,<比|较>年度目标{goal}亿元超出{over}%。", "{name}年度目标为{goal}亿元,实际@成{done}亿元,<超目标|超出目标|超额>{over}%。", "@年{name}@成{done}亿元,<超年度目标|超额>{over}%(年度目标{goal}亿元)。",
        name=_one(w, "跨境结算金额 服务外包执行额 技术合同成交额"), goal=goal, done=done, over=w.shifted(w.percent(done - goal, goal), wrong))

def _left_dangers(w: World, wrong: bool) -> str:
    whole, done = w.count(120, 400), w.count(60, 100)
    return _say(w, "<发现|查出>{name}{whole}处,已整改{done}处,<尚有|剩余|还有>{left}处<正在整改|限期整改>。", "{name}@共{whole}处,其中<完成整改|已整改>{done}处,其余{left}处<正在整改|已下达整改通知>。", "@年排查{name}{whole}处,整改<销号|到位>{done}处,<未整改|尚未整改>{left}处。",
        name=_one(w, "燃气使用隐患 消防通道隐患 特种设备隐患"), whole=whole, done=done, left=w.miscounted(whole - done, wrong))

def _left_fund(w: World, wrong: bool) -> str:
    whole, paid = w.money(900, 2000), w.money(300, 700, 1)
    return _say(w, "{name}<预算|总额>{whole}万元,已<拨付|兑付>{paid}万元,<结余|剩余|尚余>{left}万元。", "<安排|下达>{name}{whole}万元,其中已<支出|拨付>{paid}万元,<未支出|余下>{left}万元。", "{name}@共{whole}万元,<累计|截至12月末>支出{paid}万元,<余额为|结余>{left}万元。",
        name=_one(w, "电商扶持经费 促消费专项经费 冷链补贴经费"), whole=whole, paid=paid, left=w.misprinted(whole - paid, wrong))

def _left_applied(w: World, wrong: bool) -> str:
    whole, one = w.count(60, 120), w.count(20, 45)
    return _say(w, "<收到|受理>{name}申请{whole}份,<通过|审核通过>{one}份,其余{left}份<未通过|不予通过>。", "{name}申请@共{whole}份,其中<批准|核准>{one}份,<未获批准|未予核准>{left}份。", "对{whole}份{name}申请<逐一审核|进行审查>,{one}份<通过|符合条件>,<剩余|余下>{left}份<未通过|不符合条件>。",
        name=_one(w, "老字号认定 绿色商场创建 社区商业示范点"), whole=whole, one=one, left=w.miscounted(whole - one, wrong))

def _left_land(w: World, wrong: bool) -> str:
    whole, one, two = w.count(900, 1800), w.count(150, 350), w.count(150, 350)
    return _say(w, "<收储|整理>{name}{whole}亩,已供{one}亩,签订意向{two}亩,<剩余|余下>{left}亩<待供|可供招商>。", "{name}@共{whole}亩,其中已供地{one}亩,已签意向{two}亩,其余{left}亩<待招商|尚未安排>。", "截至年底,{name}总量{whole}亩,扣除已供{one}亩和意向{two}亩,<还剩|剩余>{left}亩。",
        name=_one(w, "物流用地 商服用地 保税用地"), whole=whole, one=one, two=two, left=whole - one - two + (w.count(30, 90) if wrong else 0))

def _part_heads(w: World, wrong: bool) -> str:
    whole = w.count(120, 500)
    part = whole + w.count(12, 60) if wrong else whole - w.count(20, 100)
    return _say(w, "@年<检查|巡查>{name}{whole}家次,其中<责令整改|限期整改>{part}家次。", "<检查|抽查>{name}@共{whole}家次,其中<存在问题|不合规>的{part}家次。", "<对{name}开展检查|检查{name}>{whole}家次,<其中发现问题的|其中下达整改通知的>有{part}家次。",
        name=_one(w, "大型商超 再生资源回收点 单用途预付卡发卡单位"), whole=whole, part=part)

def _part_money(w: World, wrong: bool) -> str:
    name, kind = _one(w, "港口物流投资/设备购置 会展场馆投资/土建工程 文旅消费额/住宿消费").split("/")
    whole = w.money(40, 120, 1)
    part = (whole * (w.count(108, 140) if wrong else w.count(25, 80)) / 100).quantize(whole)
    return _say(w, "@年{name}@成{whole}亿元,其中{kind}{part}亿元。", "{name}{whole}亿元,其中{kind}<达到|为>{part}亿元。", "{name}<总额|总量>{whole}亿元,<其中包括|包括>{kind}{part}亿元。", name=name, kind=kind, whole=whole, part=part)

def _part_funnel(w: World, wrong: bool) -> str:
    whole, some = w.count(70, 110), w.count(30, 55)
    last = some + w.count(4, 12) if wrong else some - w.count(5, 20)
    return _say(w, "<落户|引进>{name}{whole}个,其中已开工{some}个,开工项目中<已投产|已竣工>{built}个。", "{whole}个{name}中,<已经|已>开工的{some}个,开工的项目中有{built}个<建成投产|竣工>。", "<引进|落户>{name}@共{whole}个,开工{some}个,其中开工后已<投产|竣工>的{built}个。",
        name=_one(w, "链上项目 补链项目 飞地项目"), whole=whole, some=some, built=last)

def _same_money(w: World, wrong: bool) -> str:
    total = w.money(100, 600)
    return _say(w, "@年{name}@成{a}亿元。{a2}亿元的{name}<为稳增长提供了支撑|创历年新高>。", "{name}全年@成{a}亿元,总量<稳步扩大|创新高>。<综上|总体看>,全年{name}为{a2}亿元。", "<据统计|经核算>,全年{name}为{a}亿元;<从结构看|从全{area}看>,全年{name}{a2}亿元的<总量|规模><来之不易|基本稳定>。",
        name=_one(w, "生活性服务业增加值 会员店销售额 商品交易市场成交额"), a=total, a2=w.misprinted(total, wrong))

def _same_tickets(w: World, wrong: bool) -> str:
    many = w.count(12, 90)
    return _say(w, "今年<发放|投放>{name}{a}万张,<分批|分期>核销。<这|上述>{b}万张{name}<有效拉动了消费|全部面向市民发放>。", "面向市民<发放|投放>{name}{a}万张。上述{b}万张{name}<由平台统一发放|均已领取>。", "今年@共<发放|投放>{name}{a}万张,这{b}万张{name}<覆盖餐饮、零售等行业|受到市民欢迎>。",
        name=_one(w, "电子消费券 文旅惠民券 汽车购置券"), a=many, b=w.miscounted(many, wrong))

def _same_meetings(w: World, wrong: bool) -> str:
    many = w.count(15, 60)
    return _say(w, "今年<举办|组织>{name}{a}场。全年{b}场{name}<搭建了对接平台|参与面广、成效明显>。", "@年<开展|举办>{name}{a}场,<形式多样|内容丰富>。通过<这|上述>{b}场{name},<促成了一批合作|企业获得感明显增强>。", "{name}<全年|累计><举办|开展>{a}场,<这|上述>{b}场{name}均<按计划完成|有企业参加>。",
        name=_one(w, "政银企对接会 供需洽谈会 政策宣讲会"), a=many, b=w.miscounted(many, wrong))

def _met_money(w: World, wrong: bool) -> str:
    goal = w.money(50, 300, 1)
    done = (goal * (w.count(70, 95) if wrong else w.count(104, 130)) / 100).quantize(goal)
    return _say(w, "@年{name}@成{done}亿元,<超额完成|超过>年度目标{goal}亿元。", "{name}年度目标{goal}亿元,实际完成{done}亿元,<超额完成目标|超额完成任务>。", "{name}<累计|全年>完成{done}亿元,<超额完成|提前超额完成>{goal}亿元的年度目标。",
        name=_one(w, "制造业到资 离岸贸易额 总部经济营收"), goal=goal, done=done)

def _missed_money(w: World, wrong: bool) -> str:
    goal = w.money(50, 300, 1)
    done = (goal * (w.count(105, 130) if wrong else w.count(70, 95)) / 100).quantize(goal)
    return _say(w, "@年{name}为{done}亿元,<未完成|未达到|低于>年度目标{goal}亿元。", "{name}年度目标{goal}亿元,实际完成{done}亿元,<未能完成目标|没有达到目标|与目标仍有差距>。", "受市场影响,{name}{done}亿元,<没有完成|未能达到>{goal}亿元的年度目标。",
        name=_one(w, "房屋租赁营收 二手车交易额 家具类销售额"), goal=goal, done=done)

def _met_speed(w: World, wrong: bool) -> str:
    goal = Decimal(w.count(50, 120)).scaleb(-1)
    speed = goal + Decimal(w.count(6, 35) * (-1 if wrong else 1)).scaleb(-1)
    return _say(w, "@年{name}@升{speed}%,<高于|超过|超额完成>{goal}%的年度目标。", "{name}年度增长目标为{goal}%,实际增长{speed}%,<高于目标|超额完成目标>。", "{name}<增速|增幅>为{speed}%,<超过|高于>年初确定的{goal}%的增长目标。",
        name=_one(w, "线上零售规模 服务消费规模 多式联运量"), goal=goal, speed=speed)

def _gap(w: World, wrong: bool) -> str:
    done, gap = w.money(100, 300, 1), w.money(10, 60, 1)
    return _say(w, "{name}年度目标{goal}亿元,<目前|累计|实际>完成{done}亿元,<距目标还差|与目标相差|尚差>{gap}亿元。", "@年{name}@成{done}亿元,<距年度目标|与年度目标>{goal}亿元<还差|相差>{gap}亿元。", "{name}完成{done}亿元,<比|较>{goal}亿元的年度目标少{gap}亿元。",
        name=_one(w, "加工贸易额 市场采购贸易额 保税维修产值"), goal=done + gap, done=done, gap=w.misprinted(gap, wrong))

def _points(w: World, wrong: bool) -> str:
    old, more = Decimal(w.count(420, 700)).scaleb(-1), Decimal(w.count(21, 90)).scaleb(-1)
    return _say(w, "{name}由上年的{old}%<提高|上升|提升>到今年的{now}%,<提高|上升|提升>{more}个百分点。", "{name}为{now}%,<比上年|较上年|同比><提高|上升>{more}个百分点,上年为{old}%。", "{last}年、{year}年{name}分别为{old}%、{now}%,<提高|上升>{more}个百分点。",
        name=_one(w, "外贸依存度 连锁经营覆盖率 共同配送率"), old=old, now=old + more, more=w.shifted(more, wrong))

def _mark_money(w: World, wrong: bool) -> str:
    mark = w.count(2, 9) * 100
    value = (Decimal(mark) * (w.count(82, 96) if wrong else w.count(102, 112)) / 100 + Decimal("0.3"))
    return _say(w, "@年{name}@成{value}亿元,<突破|首次突破|成功突破>{mark}亿元<大关|>。", "{name}<突破|首次突破|超过>{mark}亿元,<达到|达>{value}亿元。", "{name}<迈上|站上>{mark}亿元台阶,全年@成{value}亿元。",
        name=_one(w, "大宗商品交易额 供应链平台营收 枢纽经济规模"), mark=mark, value=value.quantize(Decimal("0.1")))

def _mark_people(w: World, wrong: bool) -> str:
    value = w.money(20, 90, 2)
    mark = int(value) + w.count(3, 9) if wrong else int(value)
    value = value if value > mark or wrong else value + Decimal("0.25")
    return _say(w, "@年{name}超{mark}万人次,<具体为|准确数为>{value}万人次。", "{name}@成{value}万人次,<超|超过|突破>{mark}万人次。", "{name}<逾|超过>{mark}万人次,<达|为>{value}万人次。", name=_one(w, "商圈客流量 夜市接待量 会展参观量"), mark=mark, value=value)

def _rank_up(w: World, wrong: bool) -> str:
    new, step = w.count(1, 6), w.count(2, 7)
    return _say(w, "{name}全市排名由第{old}位<上升|提升|前移>至第{new}位,<上升|提升|前移>{step}位。", "{name}<位居|位列|排名>全市第{new}位,<比上年|较上年>第{old}位<前移|上升>{step}位。", "{name}排名从上年第{old}位<升至|上升到>今年第{new}位,<上升|前进>{step}个位次。",
        name=_one(w, "营商环境满意度 消费活跃指数 商务综合考评得分"), old=new + step, new=new, step=w.miscounted(step, wrong))

def _rank_top(w: World, wrong: bool) -> str:
    top = w.pick([3, 5])
    return _say(w, "{name}<位居|位列|排名>全市第{rank}位,<进入|跻身>全市前{top}{n}。", "{name}<进入|跻身>全市前{top}{n},<位列|排名>第{rank}位。", "{name}在全市<排第|排名第|列第>{rank}位,<保持在|稳居>前{top}{n}。",
        name=_one(w, "社区商业便利度 商贸统计质量 开放发展指数"), rank=top + w.count(2, 5) if wrong else w.count(1, top), top=top, n=w.pick(["位", "名"]))

def _mean_money(w: World, wrong: bool) -> str:
    name, unit, per = _one(w, "夜市摊主营业额/户/户均 社区团长销售额/名/人均 智能快件柜收入/组/组均").split("/")
    total, many = w.money(2000, 9000, 0), w.count(40, 160)
    return _say(w, "{many}{unit}{name}@共{total}万元,{per}{mean}万元。", "@年{name}@成{total}万元,涉及{many}{unit},{per}<为|达>{mean}万元。", "{name}@共{total}万元,按{many}{unit}计算,{per}<为|达到>{mean}万元。",
        name=name, unit=unit, per=per, total=total, many=many, mean=w.misprinted(w.rounded(total / many), wrong))

def _mean_people(w: World, wrong: bool) -> str:
    many, each = w.count(12, 40), w.count(50, 180)
    return _say(w, "<举办|开展>{name}{many}期,培训{total}人次,平均每期{each}人次。", "@年{name}@共{many}期、{total}人次,<平均每期|每期平均>{each}人次。", "{name}<累计|全年>培训{total}人次,<共|共计>{many}期,平均每期<达|为>{each}人次。",
        name=_one(w, "电商技能培训 安全员培训 家政服务培训"), many=many, total=many * each, each=w.misprinted(Decimal(each), wrong))

def _times(w: World, wrong: bool) -> str:
    base, many = w.money(10, 40, 1), Decimal(w.count(16, 42)) / 10
    now = (base * many).quantize(base)
    told = w.rounded(now / base) + (Decimal(w.count(4, 12)) / 10 if wrong else 0)
    return _say(w, "@年{name}@成{now}亿元,是上年{base}亿元的{told}倍。", "{name}由上年的{base}亿元<增至|增加到>今年的{now}亿元,<是|为>上年的{told}倍。", "{name}上年为{base}亿元,今年达到{now}亿元,<相当于|是>上年的{told}倍。",
        name=_one(w, "二手车出口额 海外仓发货额 数字贸易额"), base=base, now=now, told=told)

def _doubled(w: World, wrong: bool) -> str:
    base = w.money(10, 60, 1)
    now = base * 2 if not wrong else (base * w.count(120, 165) / 100).quantize(base)
    return _say(w, "@年{name}@成{now}亿元,比上年的{base}亿元<翻了一番|翻一番|增长一倍>。", "{name}由上年{base}亿元<增至|增加到>{now}亿元,<翻了一番|实现翻番|增长1倍>。", "{name}<实现翻番|翻了一番>,从上年的{base}亿元<增加到|增至>{now}亿元。",
        name=_one(w, "预制菜产值 即时零售额 银发消费额"), base=base, now=now)

def _listed(w: World, wrong: bool) -> str:
    names = [w.project() for _ in range(w.count(3, 5))]
    told = w.pick(["三四五六七", "34567"])[len(names) - 3 + (w.pick([1, 2]) if wrong else 0)]
    return _say(w, "<集中开工|推动开工>{list}{told}个{kind}。", "<现场签约|集中签约>{told}个{kind}:{list}。", "<推进|调度>{told}个{kind},<分别为|分别是>{list}。", list="、".join(names), told=told, kind=_one(w, "亿元以上产业项目 市级调度项目"))

def _listed_sites(w: World, wrong: bool) -> str:
    names = w.some(["南门夜市", "滨河步行街", "古城商业街", "大学城商圈", "高铁站商圈", "西湖美食街"], w.count(3, 4))
    told = len(names) + (w.pick([1, 2]) if wrong else 0)
    return _say(w, "<打造|建成>{told}个{kind},<分别是|分别为|即>{list}。", "<培育|提升>{list}共{told}个{kind}。", "{told}个{kind}({list})<全部开街|改造完工>。", list="、".join(names), told=told, kind=_one(w, "夜间经济集聚区 消费新场景"))

def _rate_passed(w: World, wrong: bool) -> str:
    many = w.count(150, 600)
    good = many - w.count(10, many // 4)
    return _say(w, "<抽检|抽查>{name}{many}批次,合格{good}批次,合格率<为|达|>{rate}%。", "{name}<抽检|抽查>合格率{rate}%,@共<抽检|抽查>{many}批次,其中合格{good}批次。", "@年<抽检|抽查>{name}{many}批次,其中{good}批次合格,合格率{rate}%。",
        name=_one(w, "食用农产品 成品油 儿童用品"), many=many, good=good, rate=_under(w, w.percent(good, many), wrong))

def _rate_mended(w: World, wrong: bool) -> str:
    many = w.count(150, 600)
    good = many - w.count(10, many // 4)
    return _say(w, "<办理|受理>{name}{many}件,<办结|已办结>{good}件,办结率<为|达|>{rate}%。", "{name}@共{many}件,其中<办结|按期办结>{good}件,办结率{rate}%。", "@年{name}办结率<为|达到>{rate}%,<即|其中>受理{many}件、办结{good}件。",
        name=_one(w, "民生热线工单 企业诉求 网上信访件"), many=many, good=good, rate=_under(w, w.percent(good, many), wrong))

def _under(w: World, rate: Decimal, wrong: bool) -> Decimal:
    return rate - Decimal(w.count(18, 90)).scaleb(-1) if wrong else rate

def _structure(w: World, wrong: bool) -> str:
    a, b = Decimal(w.count(300, 500)).scaleb(-1), Decimal(w.count(200, 350)).scaleb(-1)
    name, x, y, z = _one(w, "集装箱吞吐量/公路集疏运/铁路集疏运/水路集疏运 商务楼宇入驻面积/金融类/科技类/其他类 城市配送订单/早间/午间/晚间").split("/")
    return _say(w, "{name}由{x}、{y}、{z}三部分<构成|组成>,<占比分别为|比重分别为>{a}%、{b}%、{c}%。", "从构成看,{name}中{x}、{y}、{z}三部分(合计100%)分别占{a}%、{b}%和{c}%。", "{name}按三类划分,{x}@占{a}%,{y}@占{b}%,{z}@占{c}%。",
        name=name, x=x, y=y, z=z, a=a, b=b, c=w.shifted(100 - a - b, wrong))

def _tiers(w: World, wrong: bool) -> str:
    low = w.money(80, 200, 1)
    high = (low * w.count(105, 125) / 100).quantize(low)
    low, high = (high, low) if wrong else (low, high)
    return _say(w, "{next}年{name}<基本目标|保底目标>{low}亿元,<挑战目标|奋斗目标>{high}亿元。", "{next}年,{name}<确定为|安排为>:<基本目标|保底目标>{low}亿元,<力争|奋斗>目标{high}亿元。", "{next}年{name}<确保|保底>完成{low}亿元,<力争|冲刺>完成{high}亿元。",
        name=_one(w, "绿色食品产值 新能源产业投资 航空物流营收"), low=low, high=high)

def _plan_growth(w: World, wrong: bool) -> str:
    base, goal, rate = _pair(w, 100, 400, 1)
    return _say(w, "{year}年{name}@成{base}亿元,{next}年目标为{goal}亿元,<增长|计划增长|同比增长>{rate}%。", "{next}年{name}目标{goal}亿元,<比|较>{year}年的{base}亿元增长{rate}%。", "{name}{year}年完成{base}亿元,{next}年<计划|力争>完成{goal}亿元,<增幅|增速>{rate}%。",
        name=_one(w, "装备产业营收 医药流通销售额 文创产业营收"), base=base, goal=goal, rate=w.shifted(rate, wrong))

def _plan_amount(w: World, wrong: bool) -> str:
    base, rate = w.money(100, 400, 1), w.count(5, 15)
    goal = (base * (100 + rate) / 100).quantize(base)
    return _say(w, "{next}年,{name}在{year}年{base}亿元的基础上增长{rate}%,达到{goal}亿元。", "{year}年{name}@成{base}亿元,{next}年<计划|力争>增长{rate}%,<达到|总量达到>{goal}亿元。", "{next}年{name}<预期|计划>增长{rate}%,由{year}年的{base}亿元<增至|增加到>{goal}亿元。",
        name=_one(w, "商贸物流增加值 临空产业营收 康养服务营收"), base=base, rate=rate, goal=w.misprinted(goal, wrong))

def _trade(w: World, wrong: bool) -> str:
    out, into = w.money(90, 200, 1), w.money(20, 60, 1)
    return _say(w, "@年{g}出口{out}{unit},{g}进口{into}{unit},{g}贸易顺差{left}{unit}。", "{g}出口额{out}{unit},{g}进口额{into}{unit},<实现|形成>顺差{left}{unit}。", "{g}贸易中,出口@成{out}{unit},进口@成{into}{unit},<顺差为|顺差达>{left}{unit}。",
        g=_one(w, "机电产品 纺织品 农副产品"), unit=w.pick(["亿元", "亿美元"]), out=out, into=into, left=w.misprinted(out - into, wrong))

def _stock(w: World, wrong: bool) -> str:
    start, more, less = w.count(200, 600), w.count(40, 90), w.count(5, 30)
    return _say(w, "年初有{name}{start}家,全年<新增|新开>{more}家,<注销|退出>{less}家,年末<为|实有|共有>{end}家。", "年末{name}<为|共有>{end}家,年初{start}家,年内<新增|新开>{more}家、<减少|退出>{less}家。", "{name}<年初|上年末>{start}家,<本年|年内>增加{more}家、减少{less}家,<年末|期末>{end}家。",
        name=_one(w, "在营仓储单位 在营汽修门店 在营月子中心"), start=start, more=more, less=less, end=w.miscounted(start + more - less, wrong))

def _pace(w: World, wrong: bool) -> str:
    when, line = w.pick([("6月末", 50), ("9月末", 75), ("上半年", 50), ("前三季度", 75)])
    gap = Decimal(w.count(21, 120)).scaleb(-1)
    done = line + gap
    return _say(w, "{when}{name}完成年度目标的{done}%,<快于|超><时间进度|序时进度>{gap}个百分点。", "{name}{when}完成率为{done}%,<比时间进度快|高于时间进度|快于序时进度>{gap}个百分点。", "{when},{name}<完成率|进度>达{done}%,@快{line}%的<时间进度|序时进度>{gap}个百分点。",
        when="截至" + when if "末" in when else when, name=_one(w, "重大产业项目投资 专项债项目投资 城市更新投资"), line=line, done=done, gap=w.shifted(gap, wrong))

def _slip(w: World, wrong: bool) -> str:
    value = w.count(12, 98)
    told = value * (w.pick([100, 10000]) if wrong else 1000)
    return _say(w, "{name}<总额|规模><为|达>{a}亿元(<折合|即|合>{b}万元)。", "@年{name}@成{a}亿元,<即|合|折合>{b}万元。", "{name}{b}万元,<折合|即|合>{a}亿元。", name=_one(w, "纾困贷款 应收账款融资 出口信保保额"), a=Decimal(value) / 10, b=told)

def _status(w: World, wrong: bool) -> str:
    tail = w.pick([",目前仍有{n}{unit}尚未{do}", ",其余{n}{unit}正在{do}"]) if wrong else w.pick([",无一遗漏", ",做到应改尽改", ""])
    name, unit, do = _one(w, "农贸市场升级改造/家/改造 老旧仓库拆除/处/拆除 加油站油气回收改造/座/改造").split("/")
    return _say(w, "{whole}{unit}{name}已全部完成" + tail + "。", "{name}共{whole}{unit},<目前|截至12月末>已全部<完工|完成>" + tail + "。", "<列入计划的|年度计划>{whole}{unit}{name}<均已完成|全部完成>" + tail + "。", name=name, unit=unit, do=do, whole=w.count(15, 60), n=w.count(2, 9))

def _spelling(w: World, wrong: bool) -> str:
    right, slip = _one(w, "恒通达供应链/恒通答供应链 鼎盛元冷链/鼎胜元冷链 安捷达运输/安节达运输 百汇通商贸/百惠通商贸 顺和丰仓储/顺合丰仓储 德康源食品/德糠源食品").split("/")
    return _say(w, "{a}有限公司<投资建设|新建>的分拨中心已<签约|落户>,目前{b}有限公司正在办理<供地|环评>手续。", "<引进|签约>{a}有限公司;<下一步|近期>,将协助{b}有限公司<注册登记|申报入库>。", "<帮助|指导>{a}有限公司<申报奖补|办理证照>,{b}有限公司对此<表示感谢|十分满意>。", a=right, b=slip if wrong else right)

def _numbering(w: World, wrong: bool) -> str:
    marks = w.pick(["一是 二是 三是 四是", "第一, 第二, 第三, 第四,", "(1) (2) (3) (4)", "1. 2. 3. 4."]).split()
    order = w.pick([(0, 1, 3), (0, 2, 3), (0, 1, 1)]) if wrong else (0, 1, 2)
    acts = w.some(["健全联席会议制度", "强化数据监测分析", "深化部门协作", "优化审批流程", "开展业务培训", "完善应急预案", "加大宣传力度", "规范台账管理"], 3)
    return _say(w, "<主要做法是|重点做好以下工作|工作中坚持做到>:" + ";".join(marks[i] + act for i, act in zip(order, acts, strict=True)) + "。")

def _twice(w: World, wrong: bool) -> str:
    text, word = w.pick([("我局<积极|主动>{x}商贸企业<参加各类展会|开拓市场>。", "组织"), ("<持续|扎实>{x}商贸领域<安全检查|专项整治>。", "开展"), ("<商贸|物流>企业{x}普遍反映<政策兑现及时|办事更加方便>。", "负责人"), ("<联合|会同>街道{x}公安、消防<加强巡查|开展督导>。", "以及"), ("对<重点|骨干>企业{x}困难<及时协调|逐项解决>。", "的")])
    return _say(w, text, x=word * (2 if wrong else 1))

def _marks(w: World, wrong: bool) -> str:
    text, good, bad = w.pick([("<完善|健全>工作机制{x}<压实责任|明确分工>,确保<市场平稳|供应充足>。", ",", ",, 、, ,。"), ("<商超|市场>保供<平稳有序|措施有力>{x}", "。", "。。 ,。 ;。"), ("<走访|服务>零售{x}餐饮、住宿等<行业|企业>,<送政策上门|了解经营情况>。", "、", "、、 ,、"), ("开展<“放心消费”|“诚信经营”>{x}活动,<营造良好氛围|成效明显>。", "创建", "创建,, 创建。,"), ("<印发|出台>《促进商贸流通发展若干措施{x},<加大扶持力度|明确奖补标准>。", "》", "》》 》、")])
    return _say(w, text.replace("{x}", w.pick(bad.split()) if wrong else good))


FAMILIES: dict[str, list[Rule]] = {
    "growth": [_grew_sales, _fell_cases, _grew_heads, _grew_added, _grew_way],
    "share": [_share_money, _share_heads, _share_area, _share_two],
    "sum": [_sum_fairs, _sum_funds, _sum_quarters, _sum_streets, _sum_kinds],
    "completion": [_done_money, _done_heads, _done_over],
    "remainder": [_left_dangers, _left_fund, _left_applied, _left_land],
    "part of whole": [_part_heads, _part_money, _part_funnel],
    "same fact": [_same_money, _same_tickets, _same_meetings],
    "target wording": [_met_money, _missed_money, _met_speed],
    "gap": [_gap],
    "points": [_points],
    "threshold": [_mark_money, _mark_people],
    "rank": [_rank_up, _rank_top],
    "average": [_mean_money, _mean_people],
    "multiple": [_times, _doubled],
    "list count": [_listed, _listed_sites],
    "rate": [_rate_passed, _rate_mended],
    "structure": [_structure],
    "target order": [_tiers],
    "target growth": [_plan_growth, _plan_amount],
    "balance": [_trade, _stock],
    "pace": [_pace],
    "unit slip": [_slip],
    "status": [_status],
    "spelling": [_spelling],
    "numbering": [_numbering],
    "doubled word": [_twice],
    "punctuation": [_marks],
}
RULES = FAMILIES
