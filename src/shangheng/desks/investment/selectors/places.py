"""What was found, on a map: places put together by the cells of a grid, in the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import Any

from django.db.models import (
    Avg,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    Max,
    Min,
    Model,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from shangheng.core.lists.declaring import Asked, Listing
from shangheng.core.lists.finding import narrowed
from shangheng.core.ui.waiting import HowMany
from shangheng.desks.investment.domain.mapping import (
    COLUMNS,
    ROWS,
    TO_THE_LEFT,
    Line,
    Scale,
    Window,
    around,
    graticule,
    names_with_room,
    read_window,
    scale_of,
)

LISTED = 20  # of those without a place; the others are in the list
HOME = (114.0, 114.2, 30.55, 30.75)  # what is shown while nothing has a place: about the district
SMALL = 1e-6  # degrees within which places cannot be told apart


class Cell(Func):
    """How many cells lie between an origin and a place, never negative."""

    output_field = IntegerField()
    template = "CAST(FLOOR((%(expressions)s) * %(per_degree)s) AS INTEGER)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Cutting off is rounding down where nothing is negative, and needs no function."""
        template = "CAST((%(expressions)s) * %(per_degree)s AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def _cell(window: Window) -> Any:
    """The number of the cell of a place, row by row: one number is grouped faster than two."""
    col = _steps("longitude", window.west, COLUMNS / window.width)
    row = _steps("latitude", window.south, ROWS / window.height)
    return row * (COLUMNS + 1) + col


def _steps(field: str, origin: float, per_degree: float) -> Cell:
    shift = Func(
        F(field),
        Value(origin),
        template="%(expressions)s",
        arg_joiner=" - ",
        output_field=FloatField(),
    )
    return Cell(shift, per_degree=f"{per_degree:.9f}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place, or several in one cell: where (per cent), how many, where it leads, what it is called."""

    x: float
    y: float
    count: int
    size: int
    url: str
    name: str
    opens: bool
    named: bool = False

    @property
    def is_high(self) -> bool:
        """Whether the name has to stand to the left."""
        return self.x > TO_THE_LEFT


@dataclass(frozen=True)
class Map:
    """A map of what was found. `inside` lie in the window, `missing` have no place; without filters
    there would be the `whole`."""

    window: Window
    is_whole: bool
    marks: Sequence[Mark]
    total: int
    whole: int
    inside: int
    missing: int
    unplaced: Sequence[tuple[str, str]]
    meridians: Sequence[Line]
    parallels: Sequence[Line]
    scale: Scale
    ways: Mapping[str, str]

    @property
    def outside(self) -> int:
        """How many have a place beyond the window."""
        return self.total - self.inside - self.missing

    @property
    def unlisted(self) -> int:
        """How many without a place are not listed."""
        return self.missing - len(self.unplaced)


def within(rows: QuerySet[Any], value: str, _asked: Asked) -> QuerySet[Any]:
    """Those in a window; all of them for what is none."""
    window = read_window(value)
    return rows if window is None else rows.filter(_in(window))


def placed(rows: QuerySet[Any], value: str, _asked: Asked) -> QuerySet[Any]:
    """Those that have a place, or have none."""
    return rows.filter(longitude__isnull=value == "no")


def map_of[M: Model](listing: Listing[M, Any], page: str) -> Callable[[QuerySet[M], Asked], Map]:
    """What draws a listing as a map; `page` is the route of one record. At most three queries."""

    def drawn(_rows: QuerySet[M], asked: Asked) -> Map:
        chosen = read_window(asked.values.get("box", ""))
        values = {key: value for key, value in asked.values.items() if key != "box"}
        wide = replace(asked, values=values)
        rows = narrowed(listing, wide)
        if listing.tabs:
            rows = listing.tabs.narrow(rows, asked.tab, wide)
        whole = HowMany(listing.rows(asked).order_by().values("pk")) if asked.values else None
        return _map(rows.order_by(), chosen, page, whole)

    return drawn


def listed(drawn: Map) -> int:
    """How many the table below a map has: those in view, all of them while nothing is chosen."""
    return drawn.total if drawn.is_whole else drawn.inside


def _map(rows: QuerySet[Any], chosen: Window | None, page: str, whole: HowMany | None) -> Map:
    inside = _in(chosen) if chosen else Q(longitude__isnull=False)
    told = rows.aggregate(
        total=Count("pk"),
        placed=Count("longitude"),
        inside=Count("pk", filter=inside),
        west=Min("longitude"),
        east=Max("longitude"),
        south=Min("latitude"),
        north=Max("latitude"),
        **({"whole": Coalesce(Max(whole), whole)} if whole else {}),  # Max: of what is summed up
    )
    extent = tuple(told[side] for side in ("west", "east", "south", "north"))
    reach = HOME if None in extent else tuple(map(float, extent))
    window = chosen or around(*reach)
    missing = told["total"] - told["placed"]
    cells = _cells(rows, window) if told["inside"] else []
    names, lacking = _names(rows, [one["first"] for one in cells if one["n"] == 1], missing)
    return Map(
        window=window,
        is_whole=chosen is None,
        marks=_marks(cells, names, window, page),
        total=told["total"],
        whole=told.get("whole", told["total"]),
        inside=told["inside"],
        missing=missing,
        unplaced=[(names[pk], reverse(page, args=[pk])) for pk in lacking],
        meridians=[Line(window.across(one), one) for one in graticule(window.west, window.east, 6)],
        parallels=[
            Line(window.down(one), one)
            for one in graticule(window.south, window.north, 4)
            if 3 < window.down(one) < 95  # the corner holds a longitude
        ],
        scale=scale_of(window),
        ways=_ways(window),
    )


def _ways(window: Window) -> dict[str, str]:
    """Windows to go to from this one."""
    return {
        "west": window.moved(-0.5, 0).code,
        "east": window.moved(0.5, 0).code,
        "north": window.moved(0, 0.5).code,
        "south": window.moved(0, -0.5).code,
        "nearer": window.scaled(0.5).code,
        "farther": window.scaled(2).code,
    }


def _cells(rows: QuerySet[Any], window: Window) -> list[dict[str, Any]]:
    """What lies in each cell of the window."""
    return list(
        rows.filter(_in(window))
        .annotate(cell=_cell(window))
        .values("cell")
        .annotate(
            n=Count("pk"),
            first=Min("pk"),
            x=Avg("longitude", output_field=FloatField()),
            y=Avg("latitude", output_field=FloatField()),
            west=Min("longitude"),
            east=Max("longitude"),
            south=Min("latitude"),
            north=Max("latitude"),
        )
        .order_by("-cell")
    )


def _names(
    rows: QuerySet[Any], single: Sequence[int], missing: int
) -> tuple[dict[int, str], list[int]]:
    """The names of those that stand alone and of the latest without a place; the keys of these."""
    every = rows.model.objects.order_by().values_list("pk", "name", "longitude")
    found = every.filter(pk__in=single)
    if missing:
        nowhere = rows.filter(longitude=None, latitude=None).order_by(
            "-pk"
        )  # as the index has them
        found = found.union(every.filter(pk__in=nowhere.values("pk")[:LISTED]), all=True)
    told = list(found.order_by())
    lacking = sorted((pk for pk, _name, x in told if x is None), reverse=True)
    return {pk: name for pk, name, _x in told}, lacking


def _marks(
    cells: Sequence[Mapping[str, Any]], names: Mapping[int, str], window: Window, page: str
) -> list[Mark]:
    """The cells as they are drawn, with the names for which there is room."""
    marks = [_mark(one, window, names.get(one["first"], ""), page) for one in cells]
    written = names_with_room([(mark.x, mark.y, mark.name) for mark in marks])
    return [replace(mark, named=n in written) for n, mark in enumerate(marks)]


def _mark(one: Mapping[str, Any], window: Window, name: str, page: str) -> Mark:
    sides = [float(one[side]) for side in ("west", "east", "south", "north")]
    x, y = window.across(float(one["x"])), window.down(float(one["y"]))
    if one["n"] == 1:
        return Mark(x, y, 1, 0, reverse(page, args=[one["first"]]), name, opens=True)
    nearer = around(*sides)
    size = min(1 + int(log10(one["n"])), 4)
    return Mark(x, y, one["n"], size, nearer.code, name, opens=False)


def _in(window: Window) -> Q:
    west, south, east, north = (f"{value:.6f}" for value in window.corners)
    return Q(longitude__gte=west, longitude__lte=east, latitude__gte=south, latitude__lte=north)
