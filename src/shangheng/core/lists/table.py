"""One list as one person asked for it: the rows of a page, what it comes to, and every way on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from shangheng.core.accounts.access import admits, allows, person_of
from shangheng.core.lists.cells import text_of
from shangheng.core.lists.declaring import PAGE, Act, Asked, Choices, Column, Listing, row_key
from shangheng.core.lists.finding import by_keys, narrowed, ordered
from shangheng.core.lists.state import State, flat, offered, read_state
from shangheng.core.ui.figures import FigureLike
from shangheng.core.ui.moment import moment_of


@dataclass(frozen=True)
class Head:
    """The head of a column; `url` sorts by it, and once more the other way round."""

    column: Column[Any]
    url: str = ""
    order: str = "none"


@dataclass(frozen=True)
class Cell:
    """One cell: a figure, drawn in its own way, or its text."""

    column: Column[Any]
    text: str | SafeString = ""
    figure: FigureLike | None = None


@dataclass(frozen=True)
class Line:
    """One row: what its cells are about, and how it looks."""

    row: Any
    pk: int
    css: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Tab:
    """A part of the list, how many rows stand in it, and its address."""

    code: str
    label: str
    count: int | None
    url: str
    on: bool


class Table[M: Model, R]:
    """A list as it was asked for. Nothing is read from the database before it is used."""

    def __init__(self, request: HttpRequest, listing: Listing[M, R]) -> None:
        self.request = request
        self.listing = listing
        actor = person_of(request)
        asked = Asked(actor, moment_of(request))
        self.choices: Mapping[str, Choices] = offered(listing, asked)
        state = read_state(request.GET, listing, self.choices)
        if listing.tabs and not state.tab:
            first = listing.tabs.first(actor) if listing.tabs.first else ""
            state = replace(state, tab=first or listing.tabs.choices[0][0])
        self.state: State = state
        self.asked = replace(asked, tab=state.tab, values=state.values)

    @cached_property
    def narrowed(self) -> QuerySet[M]:
        """What fits the period and the filters, whatever the tab."""
        return narrowed(self.listing, self.asked, whole=self.state.whole)

    @cached_property
    def found(self) -> QuerySet[M]:
        """What the list shows over all its pages, in order."""
        rows = self.narrowed
        if self.listing.tabs:
            rows = self.listing.tabs.narrow(rows, self.state.tab, self.asked)
        return ordered(self.listing, rows, self.state.sort)

    @cached_property
    def page(self) -> Page[M]:
        """The rows of the page; the last one for a number beyond it."""
        paginator = Paginator(self.found, PAGE)
        if (count := self._known_count()) is not None:
            paginator.count = count
        page = paginator.get_page(self.state.page)
        if paginator.count:
            shown = self.found[page.start_index() - 1 : page.end_index()]
            page.object_list = self.listing.fetch(by_keys(shown))
        return page

    def _known_count(self) -> int | None:
        """How many rows there are, where the tabs or the totals have counted them already."""
        for tab in self.tabs:
            if tab.on and tab.count is not None:
                return tab.count
        told = self.listing.total_count
        return told(self.totals) if told else None

    @property
    def count(self) -> int:
        """How many rows the list shows over all its pages."""
        return self.page.paginator.count

    @cached_property
    def whole(self) -> int:
        """How many rows there are within reach, before anything narrows them."""
        if not self.is_narrowed:
            return self.count
        told = self.listing.whole_count
        return told(self.totals) if told else self.listing.rows(self.asked).count()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything keeps rows out of the list."""
        by_period = self.listing.period is not None and not self.state.whole
        return bool(self.state.values or self.listing.tabs or by_period)

    @property
    def columns(self) -> list[Column[R]]:
        """The columns that are shown."""
        chosen = self.state.columns
        if chosen is None:
            return [column for column in self.listing.columns if column.shown]
        return [column for column in self.listing.columns if column.key in chosen]

    @cached_property
    def rows(self) -> Sequence[R]:
        """The page made ready for its cells."""
        return self.listing.lines(list(self.page.object_list), self.asked)

    @property
    def lines(self) -> list[Line]:
        """The page as it is drawn."""
        columns, css = self.columns, self.listing.row_css
        return [line_of(row, columns, css(row)) for row in self.rows]

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns."""
        now = self.state.sort or self.listing.sort
        return [self._head(column, now) for column in self.columns]

    def _head(self, column: Column[R], now: str) -> Head:
        if not column.sort:
            return Head(column)
        order = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "none")
        following = f"-{column.key}" if order == "ascending" else column.key
        sort = "" if following == self.listing.sort else following
        return Head(column, self.address(sort=sort), order)

    def address(self, **changes: Any) -> str:
        """The query that shows the list this way, but for `changes`."""
        return self.state.address(self.asked.moment, **changes)

    @property
    def here(self) -> str:
        """The query that shows the list as it stands, on this page."""
        return self.address(page=self.page.number)

    @cached_property
    def totals(self) -> object:
        """What the list comes to, as its declaration sums it up."""
        return self.listing.totals(self.found, self.asked) if self.listing.totals else None

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, each with a way out."""
        return [
            Chip(
                str(one.label),
                self.word(one.key, value),
                self.address(values=self.state.without(one.key)),
            )
            for one in self.listing.filters
            if (value := self.state.values.get(one.key))
        ]

    def word(self, key: str, value: str) -> str:
        """The value of a filter in words."""
        if key not in self.choices:
            hidden = (one for one in self.listing.filters if one.kind == "hidden")
            return next((str(one.hint) for one in hidden if one.key == key), value)
        return next((str(word) for code, word in flat(self.choices[key]) if code == value), value)

    @cached_property
    def tabs(self) -> list[Tab]:
        """The parts of the list."""
        tabs = self.listing.tabs
        if tabs is None:
            return []
        counts = tabs.counts(self.narrowed, self.asked) if tabs.counts else {}
        return [
            Tab(code, str(word), counts.get(code), self.address(tab=code), code == self.state.tab)
            for code, word in tabs.choices
        ]

    @cached_property
    def acts(self) -> list[Act[R]]:
        """What this person may do to many rows at once; nothing while the past is looked at."""
        if self.asked.moment.known:
            return []
        return [
            act
            for act in self.listing.acts
            if admits(self.asked.actor, act.permission) and act.offered(self.asked)
        ]

    @property
    def is_moving(self) -> bool:
        """Whether something on the page still changes by itself."""
        return any(map(self.listing.moving, self.rows))

    @property
    def may_export(self) -> bool:
        """Whether this person may take the list away."""
        wanted = self.listing.export_permission
        return not wanted or allows(self.asked.actor, wanted)

    @property
    def takes_all(self) -> bool:
        """Whether everything that fits can be done at once, not only what the page shows."""
        return any(not act.page and self.count <= act.most for act in self.acts)

    @property
    def width(self) -> int:
        """How many columns the table has, with that of the marks."""
        return len(self.columns) + bool(self.acts)

    @property
    def has_period(self) -> bool:
        """Whether the list keeps to the period of the page, unless it is asked for all of them."""
        return self.listing.period is not None

    @property
    def narrow_period(self) -> str:
        """The address that keeps to the period of the page."""
        return self.address(whole=False)

    @property
    def widen_period(self) -> str:
        """The address that shows every period."""
        return self.address(whole=True)

    @property
    def clear(self) -> str:
        """The address without any filter."""
        return self.address(values={})

    @property
    def usual_columns(self) -> str:
        """The address with the columns that are shown at first."""
        return self.address(columns=None)

    @property
    def column_choices(self) -> list[tuple[Column[R], bool]]:
        """The columns to choose from, and whether each is shown; the first always is."""
        shown = {column.key for column in self.columns}
        return [(column, column.key in shown) for column in self.listing.columns[1:]]

    @property
    def previous_url(self) -> str:
        """The address of the page before; "" on the first."""
        return self.address(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The address of the page after; "" on the last."""
        return self.address(page=self.page.number + 1) if self.page.has_next() else ""

    @property
    def pages(self) -> list[tuple[int | str, str]]:
        """Numbers and addresses of pages to go to; no address where some are left out."""
        paginator = self.page.paginator
        if paginator.num_pages < 2:
            return []
        numbers = paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(n, self.address(page=n) if isinstance(n, int) else "") for n in numbers]

    def told(self) -> dict[str, object]:
        """How the list was narrowed, for the audit and for paper."""
        told: dict[str, object] = {chip.label: chip.value for chip in self.chips}
        if self.listing.tabs:
            words = dict(self.listing.tabs.choices)
            told[str(self.listing.tabs.label)] = str(words[self.state.tab])
        if self.listing.period:
            told["period"] = "" if self.state.whole else self.asked.moment.period
        return told

    @property
    def url(self) -> str:
        """The address of the list itself."""
        return reverse(self.listing.url)


def line_of(row: Any, columns: Sequence[Column[Any]], css: str = "") -> Line:
    """A row with its cells."""
    return Line(row, row_key(row), css, [_cell(column, row) for column in columns])


def _cell(column: Column[Any], row: Any) -> Cell:
    if column.figure is not None:
        return Cell(column, figure=column.figure(row))
    if column.cell or column.draw:
        return Cell(column)
    return Cell(column, text_of(column.value(row), column.decimals))
