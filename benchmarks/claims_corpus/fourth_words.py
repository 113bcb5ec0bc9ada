"""The fourth grammar, third part: lists, thresholds, names and the writing itself."""

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import World

_CITIES = ["深圳", "杭州", "苏州", "合肥", "成都", "青岛", "宁波", "厦门"]
_CHINESE = "零一二三四五六七八九"
_SLIPS = [
    ("天港冷链物流园", "天岗冷链物流园"),
    ("众诚汽车博览城", "众成汽车博览城"),
    ("佳惠生鲜配送中心", "佳汇生鲜配送中心"),
    ("瀚海数字文创园", "翰海数字文创园"),
    ("福源粮油加工基地", "福元粮油加工基地"),
]
_TASKS = ["强化要素保障", "优化政务服务", "狠抓项目建设", "提升监管效能", "严守安全底线"]


def _list_cities(w: World, wrong: bool) -> str:
    cities = w.some(_CITIES, w.count(3, 6))
    return f"组队前往{'、'.join(cities)}{w.miscounted(len(cities), wrong)}个城市开展精准招商。"


def _list_after_colon(w: World, wrong: bool) -> str:
    names = [w.project() for _ in range(w.count(2, 4))]
    number = len(names) + (1 if wrong else 0)
    return f"落地了{_CHINESE[number]}个牵引性项目:{'、'.join(names)}。"


def _list_measures(w: World, wrong: bool) -> str:
    tasks = w.some(_TASKS, 3)
    number = _CHINESE[3 + (w.pick([1, 2]) if wrong else 0)]
    listed = ";".join(f"{n}是{t}" for n, t in zip("一二三", tasks, strict=True))
    return f"重点抓好以下{number}项工作:{listed}。"


def _list_documents(w: World, wrong: bool) -> str:
    names = w.some(
        ["消费提振行动方案", "外贸企业帮扶办法", "首店经济扶持细则", "夜经济发展意见"], 3
    )
    number = 3 + (w.pick([-1, 1]) if wrong else 0)
    return f"先后出台{''.join(f'《{n}》' for n in names)}{number}份文件。"


def _threshold_each(w: World, wrong: bool) -> str:
    bar = w.pick([10, 20, 50])
    one = w.money(bar, bar * 3, 1)
    two = w.money(bar // 2, bar - 1, 1) if wrong else w.money(bar, bar * 3, 1)
    return (f"引进{bar}亿元以上项目2个,即投资{one}亿元的{w.project()}"
            f"和投资{two}亿元的{w.project()}。")  # fmt: skip


def _threshold_brackets(w: World, wrong: bool) -> str:
    bar = w.pick([5, 10])
    values = [w.money(bar, bar * 2, 1) for _ in range(3)]
    if wrong:
        values[1] = w.money(bar // 2, bar - 1, 1)
    listed = "、".join(f"{w.project()}{v}亿元" for v in values)
    return f"培育年营收超{bar}亿元的企业3家({listed})。"


def _spelling(w: World, wrong: bool) -> str:
    right, slip = w.pick(_SLIPS)
    return (f"{right}项目主体完工,预计年内投用。围绕{slip if wrong else right},"
            f"配套引进上下游企业{w.count(5, 20)}家。")  # fmt: skip


def _spelling_far(w: World, wrong: bool) -> str:
    right, slip = w.pick(_SLIPS)
    w.plans.append(f"加快{slip if wrong else right}招商运营。")
    return f"总投资{w.money(5, 30, 1)}亿元的{right}正式签约。"


def _numbering_points(w: World, wrong: bool) -> str:
    tasks = w.some(_TASKS, 4)
    marks = "一二四五" if wrong else "一二三四"
    return "。".join(f"{m}是{t}" for m, t in zip(marks, tasks, strict=True)) + "。"


def _numbering_lines(w: World, wrong: bool) -> str:
    tasks = w.some(_TASKS, 4)
    marks = (1, 2, 4, 5) if wrong else (1, 2, 3, 4)
    return "\n" + "\n".join(f"{m}.{t}。" for m, t in zip(marks, tasks, strict=True)) + "\n"


def _doubled(w: World, wrong: bool) -> str:
    verb = w.pick(["推动", "提升", "健全", "支持"])
    return f"我们{verb}{verb if wrong else ''}特色商业街区提档升级,消费环境不断改善。"


def _doubled_mid(w: World, wrong: bool) -> str:
    noun = w.pick(["企业", "工作", "市场"])
    return f"全面梳理{noun}{noun if wrong else ''}发展中的难点问题,逐项研究解决。"


def _marks(w: World, wrong: bool) -> str:
    return w.pick(
        [
            f"商务领域安全形势总体平稳,{',' if wrong else ''}未发生较大以上事故。",
            f"持续擦亮“夜间经济{'' if wrong else '”'}品牌,集聚人气商气。",
            f"党建工作与业务工作深度融合。{'。' if wrong else ''}干部作风明显转变。",
        ]
    )


FAMILIES: dict[str, list[Rule]] = {
    "list count": [_list_cities, _list_after_colon, _list_measures, _list_documents],
    "threshold": [_threshold_each, _threshold_brackets],
    "spelling": [_spelling, _spelling_far],
    "numbering": [_numbering_points, _numbering_lines],
    "doubled word": [_doubled, _doubled_mid],
    "punctuation": [_marks],
}
