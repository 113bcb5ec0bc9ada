"""The made-up district that a generated report is about: names and true figures, by a seed."""

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal


def _names(words: str) -> list[str]:
    """The words of a list."""
    return words.split()


PLACES = _names("青川 云溪 临湖 松阳 河口 长岭 南屏 北塘 清源 江右 白沙 石桥")
MONEY_NAMES = [
    "社会消费品零售总额",
    "固定资产投资",
    "工业投资",
    "技改投资",
    "实际到位内资",
    "规模以上服务业营业收入",
    "限额以上批发业销售额",
    "餐饮业营业额",
    "网络零售额",
    "农产品网络销售额",
    "跨境电商交易额",
    "软件业务收入",
    "物流业务收入",
    "民间投资",
    "房地产开发投资",
    "住宿业营业额",
    "外贸进出口总额",
    "一般公共预算收入",
    "税收收入",
    "土地出让收入",
    "研发经费投入",
    "新能源汽车销售额",
    "旅游综合收入",
    "建筑业总产值",
]
COUNT_NAMES = [
    "签约项目",
    "在建项目",
    "技改项目",
    "外资项目",
    "新增市场主体",
    "限上商贸企业",
    "规模以上工业企业",
    "高新技术企业",
    "电商企业",
    "跨境电商企业",
    "连锁门店",
    "农贸市场",
    "便民网点",
    "专业市场",
    "物流企业",
    "外贸企业",
    "小微企业",
    "示范社区",
    "便利店",
    "加油站",
    "冷链企业",
    "养老机构",
    "幼儿园",
    "文化站",
]
HEADS = _names(
    "华星 恒远 金泽 博瑞 天和 联创 中科 远航 鑫源 宏达 瑞丰 银河 凌峰 卓越 启航 安泰 信达 嘉禾"
)
MIDDLES = [
    "光电",
    "智造",
    "生物",
    "新材",
    "食品",
    "医药",
    "供应链",
    "电气",
    "精密",
    "环保",
    "数据",
    "车联",
    "能源",
    "冷链",
    "包装",
    "仪表",
]
TAILS = _names("产业园 生产基地 研发中心 区域总部 结算中心 扩产项目 智能工厂 物流园")
OFFICES = [
    "招商局",
    "现代服务业办",
    "食品产业办",
    "保税物流办",
    "机电产业办",
    "商务局",
    "经信局",
    "农业农村局",
    "文旅局",
]
STREETS = _names("东桥街道 松山街道 望台街道 镜湖街道 长青街道 沙沟镇 石泉镇 木兰镇")
FILLERS = (
    "坚持以服务企业为中心,持续优化营商环境。", "进一步完善工作机制,压实各方责任。", "统筹推进疫情防控和经济社会发展,各项工作平稳有序。",
    "加强部门联动,形成工作合力。", "深入开展调查研究,及时协调解决企业困难。", "落实“放管服”改革要求,提升服务效能。",
    "各责任单位主动作为,为全区高质量发展作出了贡献。",
)  # fmt: skip


class World:
    """Random choices for one report; names are used once each, so that facts stay apart.

    `plans` gathers the lines of next year's plan.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.year = self.random.choice([2019, 2020, 2021, 2022, 2023, 2024])
        self.place = self.random.choice(PLACES) + self.random.choice(["区", "县", "市"])
        self.half_even = self.random.random() < 0.3
        self.plans: list[str] = []
        self._left: dict[str, list[str]] = {}

    def filler(self) -> str:
        """A sentence without figures."""
        return self.pick(FILLERS)

    def pick[T](self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return self.random.choice(choices)

    def once(self, kind: str, choices: Sequence[str]) -> str:
        """A name that this report has not used yet."""
        left = self._left.get(kind)
        if not left:
            left = self._left[kind] = self.random.sample(list(choices), len(choices))
        return left.pop()

    def money_name(self) -> str:
        """An indicator in money."""
        return self.once("money", MONEY_NAMES)

    def count_name(self) -> str:
        """Something that is counted."""
        return self.once("count", COUNT_NAMES)

    def project(self) -> str:
        """The name of a project."""
        return self.once("head", HEADS) + self.pick(MIDDLES) + self.pick(TAILS)

    def some(self, choices: Sequence[str], number: int) -> list[str]:
        """Different ones of the choices."""
        return self.random.sample(list(choices), number)

    def count(self, low: int, high: int) -> int:
        """A whole number."""
        return self.random.randint(low, high)

    def money(self, low: int, high: int, places: int | None = None) -> Decimal:
        """An amount with a printed precision."""
        digits = self.random.choice([1, 2]) if places is None else places
        return Decimal(self.random.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)

    def rounded(self, value: Decimal, places: int = 1) -> Decimal:
        """Rounded as this report rounds: half up, or half to even."""
        mode = ROUND_HALF_EVEN if self.half_even else ROUND_HALF_UP
        return value.quantize(Decimal(1).scaleb(-places), rounding=mode)

    def percent(self, part: Decimal | int, whole: Decimal | int, places: int = 1) -> Decimal:
        """A part as a percentage of its whole."""
        return self.rounded(Decimal(part) / Decimal(whole) * 100, places)

    def shifted(self, value: Decimal, wrong: bool, least: str = "1.5") -> Decimal:
        """A percentage, moved clearly when it is to be wrong."""
        if not wrong:
            return value
        step = self.rounded(Decimal(least) + Decimal(self.random.randint(0, 80)) / 10, 1)
        moved = value + step if value < step + 1 or self.random.random() < 0.6 else value - step
        return (
            moved.quantize(value)
            if value == value.to_integral_value() and value.as_tuple().exponent == 0
            else moved
        )

    def miscounted(self, value: int, wrong: bool) -> int:
        """A count, off by a little when it is to be wrong."""
        if not wrong:
            return value
        return value + self.random.choice([1, 2, 3, 5]) * (
            1 if value < 8 or self.random.random() < 0.5 else -1
        )

    def misprinted(self, value: Decimal, wrong: bool) -> Decimal:
        """An amount, off by 4 to 30 % when it is to be wrong."""
        if not wrong:
            return value
        factor = Decimal(self.random.randint(4, 30)) / 100
        factor = 1 + factor if self.random.random() < 0.5 else 1 - factor
        return (value * factor).quantize(value)
