"""Units of measure that reports use: what they measure and their size in a common unit.

A unit of counting (个, 家, 人次 …) is a dimension of its own: 60个 and 60家 are never compared.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

PERCENT, POINT, MULTIPLE, RANK, TIME = "percent", "point", "multiple", "rank", "time"

_MONEY = {
    "人民币元": "CNY", "元人民币": "CNY", "元整": "CNY", "元正": "CNY", "元": "CNY", "圆整": "CNY", "圆正": "CNY", "圆": "CNY", "圓": "CNY", "块钱": "CNY",
    "块": "CNY", "人民币": "CNY", "美元": "USD", "美圆": "USD", "美金": "USD", "美刀": "USD", "欧元": "EUR",
    "元欧元": "EUR", "日元": "JPY", "元日币": "JPY", "日币": "JPY", "港元": "HKD", "港币": "HKD",
    "新台币": "TWD", "台币": "TWD", "英镑": "GBP", "卢布": "RUB", "泰铢": "THB", "韩元": "KRW",
    "澳元": "AUD", "加元": "CAD", "瑞士法郎": "CHF", "法郎": "FRF", "奈拉": "NGN", "比特币": "BTC",
}  # fmt: skip
_MEASURES: dict[str, tuple[str, str]] = {
    "平方公里": ("area", "1000000"), "平方千米": ("area", "1000000"), "平方英尺": ("area", "0.09290304"),
    "平方米": ("area", "1"), "平米": ("area", "1"), "公顷": ("area", "10000"),
    "亩": ("land", "1"), "立方米": ("volume", "1"), "方": ("volume", "1"),
    "公里": ("length", "1000"), "千米": ("length", "1000"), "厘米": ("length", "0.01"),
    "毫米": ("length", "0.001"), "公分": ("length", "0.01"), "km": ("length", "1000"),
    "cm": ("length", "0.01"), "CM": ("length", "0.01"), "mm": ("length", "0.001"), "m": ("length", "1"),
    "海里": ("length", "1852"), "米": ("length", "1"),
    "吨": ("mass", "1000"), "公斤": ("mass", "1"), "千克": ("mass", "1"), "斤": ("mass", "0.5"),
    "kg": ("mass", "1"), "微克": ("mass", "1E-9"), "毫克": ("mass", "1E-6"), "克": ("mass", "0.001"),
    "两": ("mass", "0.05"), "吨标准煤": ("coal", "1"), "升": ("litre", "1"),
    "千瓦时": ("energy", "1"), "度": ("energy", "1"), "千卡": ("heat", "1"),
    "兆瓦": ("power", "1000"), "千瓦": ("power", "1"), "千伏安": ("capacity", "1"), "千伏": ("voltage", "1"),
    "兆赫兹": ("frequency", "1000000"), "赫兹": ("frequency", "1"), "微克/立方米": ("density", "1"),
    "千比特": ("bits", "1000"), "比特": ("bits", "1"), "兆字节": ("bytes", "1000000"),
    "千字节": ("bytes", "1000"), "字节": ("bytes", "1"), "分": ("score", "1"),
    "个小时": (TIME + ":h", "1"), "小时": (TIME + ":h", "1"), "分钟": (TIME + ":h", "0.0166666667"),
    "个工作日": (TIME + ":wd", "1"), "工作日": (TIME + ":wd", "1"), "天": (TIME + ":d", "1"),
    "周岁": (TIME + ":age", "1"), "岁": (TIME + ":age", "1"), "个月": (TIME + ":m", "1"),
    "年": (TIME + ":y", "1"), "周": (TIME + ":w", "1"), "刻钟": (TIME + ":q", "1"),
}  # fmt: skip
_COUNTERS = (
    "人次 户次 家次 车次 架次 班次 批次 场次 项次 件次 只次 个次 标箱 标准箱 篇次 "
    "个 家 次 人 户 件 项 起 处 辆 台 套 场 期 批 笔 宗 条 份 名 位 所 座 栋 幢 间 只 头 匹 株 棵 艘 架 列 "
    "班 趟 门 部 册 本 篇 幅 张 片 支 队 组 类 种 款 届 轮 级 层 段 站 副 双 对 枚 颗 箱 桶 袋 瓶 盘 盏 口 "
    "床 具 羽 尾 根 首 句 问 单 例 宿 面 顶 扇 道 桩 杆 员 号 强 星 环 路 区 县 市 省 国 镇 乡 村 街 "
    "个位次 位次 步 维 端 方面 TEU 注"
)
_ALIASES = {
    "个位次": "人",
    "位次": "人",
    "名": "人",
    "位": "人",
    "标箱": "TEU",
    "标准箱": "TEU",
    "幢": "栋",
    "例": "例",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, the dimension that it measures, and its size in that dimension's unit.

    `counts` says that it counts whole things, `money` that it is an amount of money.
    """

    name: str
    dimension: str
    size: Decimal = Decimal(1)
    counts: bool = field(init=False, compare=False)
    money: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what is asked of every quantity many times."""
        object.__setattr__(self, "counts", self.dimension.startswith("count:"))
        object.__setattr__(self, "money", self.dimension.startswith("money:"))


NO_UNIT = Unit("", "")
RATIOS = {
    "个百分点": Unit("个百分点", POINT), "百分点": Unit("百分点", POINT), "%": Unit("%", PERCENT),
    "‰": Unit("‰", PERCENT, Decimal("0.1")), "倍": Unit("倍", MULTIPLE), "成": Unit("成", PERCENT, Decimal(10)),
    "折": Unit("折", PERCENT, Decimal(10)),
}  # fmt: skip
UNITS: dict[str, Unit] = (
    {name: Unit(name, f"money:{code}") for name, code in _MONEY.items()}
    | {name: Unit(name, kind, Decimal(size)) for name, (kind, size) in _MEASURES.items()}
    | {name: Unit(name, f"count:{_ALIASES.get(name, name)}") for name in _COUNTERS.split()}
    | RATIOS
)
_NAMES = sorted(UNITS, key=len, reverse=True)


def _guard(name: str) -> str:
    """What may not follow a unit: a letter after a letter, a counter after the weight 两."""
    return "(?![A-Za-z])" if name.isascii() and name.isalpha() else _GUARDS.get(name, "")


_GUARDS = {
    "升": "(?!至|为|到第)",
    "分": "(?![之钟别公支组类期批段工布析册局店行步开数])",
    "圆": "(?!满|桌|形|梦)",
    "两": "(?![届个会年岸地级天大种类项次批型区市])",
}
UNIT_PATTERN = "(?:" + "|".join(re.escape(name) + _guard(name) for name in _NAMES) + ")"
_UNIT = re.compile(rf" ?(?P<unit>{UNIT_PATTERN})(?P<per>/[万亿]?(?:{UNIT_PATTERN}|日|天|月))?")


def read_unit(text: str, at: int) -> tuple[Unit, int]:
    """The unit that stands at `at` (a blank may precede it) and where it ends; NO_UNIT if none."""
    found = _UNIT.match(text, at)
    if found is None:
        return NO_UNIT, at
    unit = UNITS[found["unit"]]
    if found["per"]:
        return Unit(unit.name + found["per"], unit.dimension + found["per"], unit.size), found.end()
    return unit, found.end()
