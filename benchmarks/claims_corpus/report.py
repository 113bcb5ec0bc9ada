"""Put passages together into a report, and remember where each stands and whether it is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.claims_corpus.development import Rule
from benchmarks.claims_corpus.world import World

_NUMBERS = "一二三四五六七八九十"
_TITLES = [
    "招商引资",
    "消费促进",
    "外贸外资",
    "企业服务",
    "项目建设",
    "市场监管",
    "民生保障",
    "数字商务",
    "开放平台",
    "营商环境",
    "安全生产",
    "党的建设",
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a generated report: its family, where it stands, whether an error was put in."""

    family: str
    spans: tuple[tuple[int, int], ...]
    wrong: bool


def write_report(
    seed: int,
    families: Mapping[str, Sequence[Rule]],
    *,
    error_rate: float = 0.35,
    passages: int = 14,
) -> tuple[str, list[Passage]]:
    """A report of `passages` passages drawn from the families, and the list of them."""
    writer = World(seed)
    lines: list[str] = [
        f"{writer.place}商务局{writer.year}年工作总结",
        "",
        f"一、{writer.year}年工作情况",
    ]
    planned: list[tuple[str, bool, str, str | None]] = []
    for family in writer.random.sample(list(families), min(passages, len(families))):
        wrong = writer.random.random() < error_rate
        before = len(writer.plans)
        text = writer.pick(families[family])(writer, wrong)
        plan = writer.plans[before] if len(writer.plans) > before else None
        planned.append((family, wrong, text, plan))
    return _assembled(writer, lines, planned)


def _assembled(
    writer: World, lines: list[str], planned: list[tuple[str, bool, str, str | None]]
) -> tuple[str, list[Passage]]:
    titles = writer.random.sample(_TITLES, 4)
    text = "\n".join(lines) + "\n"
    starts: list[list[tuple[int, int]]] = []
    for place, (_, _, passage, _) in enumerate(planned):
        if place % 4 == 0 and place // 4 < 4:
            text = text.rstrip("\n") + f"\n({_NUMBERS[place // 4]}){titles[place // 4]}工作\n"
        opening = writer.filler() if writer.random.random() < 0.5 else ""
        text += opening
        starts.append([(len(text), len(text) + len(passage))])
        text += passage + ("\n" if writer.random.random() < 0.7 else "")
    text = text.rstrip("\n") + f"\n二、{writer.year + 1}年工作安排\n"
    for place, (_, _, _, plan) in enumerate(planned):
        if plan:
            starts[place].append((len(text), len(text) + len(plan)))
            text += plan + "\n"
    done = [Passage(family, tuple(spans), wrong)
            for (family, wrong, _, _), spans in zip(planned, starts, strict=True)]  # fmt: skip
    return text, done
