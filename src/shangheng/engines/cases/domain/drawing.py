"""The graph of a workflow, measured: stages stand in one column, what leads further runs beside it.

A step to the next stage is an arrow between the two. Every other transition is a rail: on the right
when it leads on or round, on the left (dashed) when it leads back. Whatever shares a name shares a
rail, so that “终止” from nine stages is one line and not nine. Rails that do not meet share a lane.
Lengths are in pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shangheng.engines.cases.domain.workflow import Stage, Transition, Version

ROW, BOX, LANE, LETTER, MARGIN = 68, 36, 22, 14, 12
SMALL = 12  # letters of the name of a rail or an arrow
LEAST_WIDTH = 120
OFF = 7  # a rail leaves a stage and comes to it so far below or above its middle
APART = 4  # rails of one lane keep at least so much between them


@dataclass(frozen=True, slots=True)
class Box:
    """A stage: its corner, its width and its name."""

    stage: Stage
    x: int
    y: int
    width: int

    @property
    def middle(self) -> int:
        """Half its height down."""
        return self.y + BOX // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step to the stage below: from one height to another, with the names of its transitions."""

    x: int
    top: int
    bottom: int
    name: str


@dataclass(frozen=True, slots=True)
class Rail:
    """A line at `x` beside the column, whose side is at `side`: from `stubs` to `ends`, as heights."""

    x: int
    side: int
    stubs: tuple[int, ...]
    ends: tuple[int, ...]
    name: str
    back: bool

    @property
    def heights(self) -> list[int]:
        """Where something joins it, from above."""
        return sorted((*self.stubs, *self.ends))

    @property
    def label_at(self) -> int:
        """The middle of its longest free piece."""
        low, high = max(pairwise(self.heights), key=lambda piece: piece[1] - piece[0])
        return (low + high) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything to draw, and the size that it needs."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rails: tuple[Rail, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Places of the column that lead to other places, under one name."""

    origins: tuple[int, ...]
    targets: tuple[int, ...]
    name: str
    back: bool

    @property
    def stubs(self) -> tuple[int, ...]:
        return tuple(_middle(place) + (-OFF if self.back else OFF) for place in self.origins)

    @property
    def ends(self) -> tuple[int, ...]:
        return tuple(_middle(place) + (OFF if self.back else -OFF) for place in self.targets)

    @property
    def span(self) -> tuple[int, int]:
        heights = (*self.stubs, *self.ends)
        return min(heights), max(heights)


def draw(version: Version, back_name: str) -> Drawing:
    """Lay a workflow out; `back_name` names the ways back that stages allow."""
    arrows, ways = _ways(version, back_name)
    right, left = _lanes(way for way in ways if not way.back), _lanes(w for w in ways if w.back)
    width = max([LEAST_WIDTH, *(text_width(stage.name, LETTER) + 32 for stage in version.stages)])
    x = MARGIN + sum(_widths(left))
    rails = [*_rails(right, x + width, 1), *_rails(left, x, -1)]
    return Drawing(
        width=x + width + sum(_widths(right)) + MARGIN,
        height=2 * MARGIN + (len(version.stages) - 1) * ROW + BOX,
        boxes=tuple(Box(each, x, _top(n), width) for n, each in enumerate(version.stages)),
        arrows=tuple(
            Arrow(x + width // 2, _top(place) + BOX, _top(place + 1), " / ".join(names))
            for place, names in sorted(arrows.items())
        ),
        rails=tuple(rails),
    )


def text_width(text: str, size: int) -> int:
    """How wide a text is about: a Chinese letter is as wide as it is high, others about 0.58 of it."""
    return round(sum(size if ord(letter) > 0x2E7F else size * 0.58 for letter in text))


def _top(place: int) -> int:
    return MARGIN + place * ROW


def _middle(place: int) -> int:
    return _top(place) + BOX // 2


def _ways(version: Version, back_name: str) -> tuple[dict[int, list[str]], list[_Way]]:
    """The arrows down, by the place above them, and everything else."""
    places = {stage.id: place for place, stage in enumerate(version.stages)}
    arrows: dict[int, list[str]] = {}
    ways: list[_Way] = []
    for each in version.transitions:
        below, found = _split(each, places)
        ways += found
        for place in below:
            arrows.setdefault(place, []).append(each.name)
    for stage in version.stages:
        if stage.returns:
            back = tuple(places[code] for code in stage.returns)
            ways.append(_Way((places[stage.id],), back, back_name, back=True))
    return arrows, ways


def _split(each: Transition, places: dict[str, int]) -> tuple[list[int], list[_Way]]:
    """A transition as arrows from the place above its target, or as rails on either side."""
    target = places[each.target]
    origins = [places[code] for code in each.origins]
    onward = tuple(place for place in origins if place <= target)
    backward = tuple(place for place in origins if place > target)
    if onward == (target - 1,):
        arrows, sides = [target - 1], [(backward, True)]
    else:
        arrows, sides = [], [(onward, False), (backward, True)]
    return arrows, [_Way(side, (target,), each.name, back) for side, back in sides if side]


def _lanes(ways: Iterable[_Way]) -> list[list[_Way]]:
    """Short ways next to the column; ways that do not meet share a lane."""
    lanes: list[list[_Way]] = []
    for way in sorted(ways, key=lambda each: (each.span[1] - each.span[0], each.span)):
        low, high = way.span
        for lane in lanes:
            if all(low >= each.span[1] + APART or high + APART <= each.span[0] for each in lane):
                lane.append(way)
                break
        else:
            lanes.append([way])
    return lanes


def _widths(lanes: Sequence[Sequence[_Way]]) -> list[int]:
    return [LANE + max(text_width(way.name, SMALL) for way in lane) for lane in lanes]


def _rails(lanes: Sequence[Sequence[_Way]], side: int, direction: int) -> Iterable[Rail]:
    x = side + direction * LANE
    for lane, width in zip(lanes, _widths(lanes), strict=True):
        yield from (Rail(x, side, way.stubs, way.ends, way.name, way.back) for way in lane)
        x += direction * width
