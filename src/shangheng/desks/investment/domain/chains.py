"""What is strong, weak and missing in a chain, and how it is drawn."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

BOX = (230, 92)
GAP = (90, 26)
HEAD = 44
"""Units of the drawing: a node, the room between links and between nodes, the heading of a link."""

type Corner = tuple[int, int]
"""The upper left corner of a node in the drawing."""
type Edges = Mapping[str, Iterable[str]]
"""The codes of the nodes upstream of each node."""


class Strength(StrEnum):
    """How a node stands."""

    STRONG = "strong"
    WEAK = "weak"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands on a node: own enterprises, the leading ones among them, projects in progress."""

    enterprises: int = 0
    leading: int = 0
    projects: int = 0


@dataclass(frozen=True, slots=True)
class StrengthRule:
    """From how many enterprises and leading ones on a node is strong; `projects` in progress stand
    for one enterprise (0: they count for nothing)."""

    number: int
    enterprises: int
    leading: int
    projects: int


def judge(counts: Counts, rule: StrengthRule) -> Strength:
    """A node without an enterprise is missing, whatever is being negotiated."""
    if not counts.enterprises:
        return Strength.MISSING
    coming = counts.projects // rule.projects if rule.projects else 0
    enough = counts.enterprises + coming >= rule.enterprises
    return Strength.STRONG if enough and counts.leading >= rule.leading else Strength.WEAK


def closes_a_circle(edges: Edges) -> bool:
    """Whether a node supplies itself, however far around."""
    waiting = {code: set(ups) & set(edges) for code, ups in edges.items()}
    while free := [code for code, ups in waiting.items() if not ups]:
        for code in free:
            del waiting[code]
        for ups in waiting.values():
            ups.difference_update(free)
    return bool(waiting)


def steps_from(code: str, edges: Edges) -> dict[str, int]:
    """How many links away every node is that is tied to this one, up or down."""
    near: dict[str, set[str]] = {one: set() for one in edges}
    for one, ups in edges.items():
        for up in set(ups) & set(near):
            near[one].add(up)
            near[up].add(one)
    steps = {code: 0}
    queue = deque([code])
    while queue:
        here = queue.popleft()
        for other in sorted(near.get(here, ())):
            if other not in steps:
                steps[other] = steps[here] + 1
                queue.append(other)
    return steps


@dataclass(frozen=True, slots=True)
class Placed:
    """A node to be drawn: its code and in which link it stands."""

    code: str
    place: int


@dataclass(frozen=True)
class Layout:
    """Where everything is drawn: corners of nodes, left edges of links, paths, the whole size."""

    corners: Mapping[str, Corner]
    columns: Mapping[int, int]
    paths: tuple[str, ...]
    width: int
    height: int


def lay_out(nodes: Iterable[Placed], edges: Edges) -> Layout:
    """Links from left to right, nodes below each other; near those that supply them, so that few
    lines cross. The same nodes are always drawn the same way."""
    links: dict[int, list[str]] = {}
    for node in sorted(nodes, key=lambda one: (one.place, one.code)):
        links.setdefault(node.place, []).append(node.code)
    columns = {place: number * (BOX[0] + GAP[0]) for number, place in enumerate(links)}
    most = max(map(len, links.values()), default=0)
    corners: dict[str, Corner] = {}
    for place, codes in links.items():
        ordered = sorted(codes, key=lambda code: (_level(code, edges, corners), code))
        top = HEAD + (most - len(codes)) * (BOX[1] + GAP[1]) // 2
        for row, code in enumerate(ordered):
            corners[code] = columns[place], top + row * (BOX[1] + GAP[1])
    paths = tuple(
        _path(corners[up], corners[code], corners.values())
        for code in corners
        for up in edges.get(code, ())
        if up in corners
    )
    width = max(columns.values(), default=0) + BOX[0]
    return Layout(corners, columns, paths, width + 20, HEAD + most * (BOX[1] + GAP[1]))


def _level(code: str, edges: Edges, corners: Mapping[str, Corner]) -> float:
    heights = [corners[up][1] for up in edges.get(code, ()) if up in corners]
    return sum(heights) / len(heights) if heights else 0.0


def _path(start: Corner, end: Corner, every: Iterable[Corner]) -> str:
    """From the right side of what supplies to the left of what is supplied; within a link, around;
    past other links, between their nodes."""
    x, y = start[0] + BOX[0], start[1] + BOX[1] // 2
    half = BOX[1] // 2
    if start[0] == end[0]:
        return f"M{x} {y}C{x + 40} {y} {x + 40} {end[1] + half} {x + 6} {end[1] + half}"
    bend = GAP[0] // 2
    to_x, to_y = end[0] - 6, end[1] + half
    passed = [top for left, top in every if start[0] < left < end[0]]
    if not passed:
        return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
    free = _free((y + to_y) // 2, passed)
    go, come = start[0] + BOX[0] + GAP[0], end[0] - GAP[0]
    return (
        f"M{x} {y}C{x + bend} {y} {go - bend} {free} {go} {free}"
        f"H{come}C{come + bend} {free} {to_x - bend} {to_y} {to_x} {to_y}"
    )


def _free(wanted: int, tops: Iterable[int]) -> int:
    """The height nearest to `wanted` at which a line meets none of the nodes with these tops."""
    margin = GAP[1] // 2
    taken = [(top - margin, top + BOX[1] + margin) for top in tops]
    edges = [wanted, *(edge for band in taken for edge in band)]
    clear = [edge for edge in edges if not any(low < edge < high for low, high in taken)]
    return min(clear, key=lambda edge: (abs(edge - wanted), edge))
