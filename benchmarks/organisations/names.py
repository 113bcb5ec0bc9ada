"""Names as registers hold them: place, brand, trade, form; brands and trades as uneven as in life."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

PLACES = (
    *["武汉"] * 30, *["武汉市"] * 12, *["湖北"] * 18, *["湖北省"] * 3, *["武汉东西湖"] * 6, *["深圳市"] * 4,
    *["上海"] * 5, *["北京"] * 5, *["广州"] * 3, "杭州", "苏州", "南京", "成都", "重庆", "长沙", "宜昌", "襄阳", "黄冈",
    "孝感", "荆州", "厦门", "青岛", "东莞市", "佛山市", *[""] * 4,
)  # fmt: skip
SIGNS = (
    "华鑫恒泰瑞盛达通顺兴隆昌源丰裕博远宏图志诚信德仁和安康宁福禄寿喜庆春夏秋冬东西南北中天地海江河湖山川云雷雨雪风阳光明辉耀星月日晨曦"
    "金银铜铁锡木林森竹梅兰菊松柏桃李杏花草叶果禾谷稻麦米粮油盐酱醋茶酒乐美雅丽佳优良善真诺言语文章书画诗歌琴棋龙凤虎马牛羊鸡鹏鹤燕鹰"
    "一二三四五六七八九十百千万亿元亨利贞乾坤震巽坎离艮兑新创智慧聪颖睿哲思想梦幻奇妙灵动力量能源科技电光声热力磁超越卓尔不凡精益求工匠心"
    "同方正大长江黄河长城泰岳昆仑嵩衡楚汉荆襄鄂湘赣皖吴越蜀巴秦晋齐鲁燕赵韩魏宋唐明清凯迪邦联合众协广润泽沃洁净清爽绿蓝青紫红朱丹赤橙"
    "飞跃腾升高峰顶尖领航启程迈步先锋前沿未来时代世纪国际环球亚太欧美洲洋港湾堡城镇乡村家园居室厅堂楼阁台榭桥路道途驰骋捷速快易简便民惠"
)
TRADES = (
    *["科技"] * 30, *["贸易"] * 22, *["商贸"] * 25, *["建筑工程"] * 14, *["建筑劳务"] * 8, *["装饰工程"] * 10, *["餐饮管理"] * 14,
    *["电子商务"] * 10, *["信息技术"] * 12, *["网络科技"] * 12, *["物流"] * 10, *["供应链管理"] * 9, *["企业管理咨询"] * 9,
    *["文化传媒"] * 9, *["广告传媒"] * 7, *["物业管理"] * 7, *["房地产开发"] * 5, *["置业"] * 4, *["生物科技"] * 7, *["医药"] * 5,
    *["医疗器械"] * 6, *["食品"] * 8, *["农业发展"] * 6, *["汽车销售服务"] * 6, *["汽车配件"] * 5, *["机械设备"] * 7, *["自动化设备"] * 5,
    *["新能源"] * 5, *["新材料"] * 5, *["环保科技"] * 5, *["教育咨询"] * 5, *["旅行社"] * 2, *["冷链物流"] * 3, *["国际货运代理"] * 3,
    *["光电技术"] * 3, *["半导体"] * 2, *["智能制造"] * 3, *["纺织服饰"] * 3, *["石化机械"] * 1, *["包装材料"] * 3, *["印务"] * 2,
)  # fmt: skip
# The 3,755 signs of GB 2312 level 1: what a brand may hold besides the signs that are liked in brands.
COMMON = bytes(
    octet
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
    for octet in (row, cell)
).decode("gb2312")
ANY = 0.3  # share of signs that are any of COMMON
FORMS = (
    *["有限公司"] * 70, *["有限责任公司"] * 12, *["股份有限公司"] * 3, *["集团有限公司"] * 3, *["中心(有限合伙)"] * 2, *["经营部"] * 6, *["合作社"] * 2,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A name in its parts."""

    place: str
    brand: str
    trade: str
    form: str

    @property
    def name(self) -> str:
        """The registered name."""
        return f"{self.place}{self.brand}{self.trade}{self.form}"


def made(count: int, seed: int = 7) -> Iterator[Made]:
    """So many names, no brand with its trade twice."""
    dice = random.Random(seed)
    met: set[tuple[str, str]] = set()
    while len(met) < count:
        size = dice.choices((2, 3, 4), (55, 30, 15))[0]
        brand = "".join(_sign(dice) for _ in range(size))
        one = Made(dice.choice(PLACES), brand, dice.choice(TRADES), dice.choice(FORMS))
        if (one.brand, one.trade) not in met:
            met.add((one.brand, one.trade))
            yield one


def _sign(dice: random.Random) -> str:
    if dice.random() < ANY:
        return dice.choice(COMMON)
    return SIGNS[int(len(SIGNS) * dice.random() ** 1.6)]  # a third of them in half of the brands
