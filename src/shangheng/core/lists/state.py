"""What a list shows is in its address: filters, tab, sort, columns, page, and the view it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from shangheng.core.lists.declaring import Asked, Choice, Choices, Filter, Listing
from shangheng.core.ui.moment import Moment

EVERYTHING = "all"  # ?view=all: no view, whatever the person's default is
LONGEST = 100


@dataclass(frozen=True)
class State:
    """How a list is asked for. `columns` is None for those shown at first, `sort` "" for the usual order."""

    values: Mapping[str, str]
    tab: str = ""
    sort: str = ""
    columns: tuple[str, ...] | None = None
    whole: bool = False  # every period, where the list keeps to one
    whole_at_first: bool = False  # and whether it opens so
    view: str = ""
    page: int = 1

    def parts(self) -> Iterator[tuple[str, str]]:
        """What makes a view: everything but the page and the view that it came from."""
        if self.tab:
            yield "tab", self.tab
        yield from ((key, value) for key, value in self.values.items() if value)
        if self.whole != self.whole_at_first:
            yield "all", "1" if self.whole else "0"
        if self.sort:
            yield "sort", self.sort
        if self.columns is not None:
            yield "columns", ",".join(self.columns)

    @property
    def kept(self) -> str:
        """The query that a saved view keeps."""
        return urlencode(list(self.parts()), safe="/,")

    def address(self, moment: Moment, **changes: Any) -> str:
        """`?…` that shows the list this way, but for `changes`; the first page unless one is named."""
        now = replace(self, **{"page": 1, **changes})
        parts = list(now.parts())
        view = now.view or ("" if parts else EVERYTHING)
        if view:
            parts.append(("view", view))
        if now.page > 1:
            parts.append(("page", str(now.page)))
        query = urlencode(parts, safe="/,")
        return "?" + "&".join(part for part in (moment.query, query) if part)

    def without(self, key: str) -> Mapping[str, str]:
        """The filters but one."""
        return {name: value for name, value in self.values.items() if name != key}


def is_plain(query: QueryDict) -> bool:
    """Whether an address names nothing but the moment and perhaps a view, so that a view may fill it."""
    return not set(query) - {"period", "known", "view", "export"}


def offered(listing: Listing[Any, Any], asked: Asked) -> dict[str, Choices]:
    """The choices of each filter that has any; what several offer is asked for once."""
    choosing = {one.key: one.choices for one in listing.filters if one.choices is not None}
    found = {choose: choose(asked) for choose in set(choosing.values())}
    return {key: found[choose] for key, choose in choosing.items()}


def read_state(
    query: QueryDict, listing: Listing[Any, Any], choices: Mapping[str, Choices]
) -> State:
    """What an address asks of a list; whatever makes no sense counts as not asked."""
    values = {
        one.key: value
        for one in listing.filters
        if (value := sensible(one, query.get(one.key, ""), choices.get(one.key)))
    }
    sort = query.get("sort", "")
    column = listing.column(sort.removeprefix("-"))
    number = query.get("page", "")
    at_first = listing.whole_at_first and not query.get("period")
    return State(
        values=values,
        tab=_tab(listing, query.get("tab", "")),
        sort=sort if column and column.sort and sort != listing.sort else "",
        columns=_columns(listing, query),
        whole=listing.period is not None and query.get("all", "1" * at_first) not in {"", "0"},
        whole_at_first=at_first,
        view=query.get("view", "")[:20],
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1,
    )


def sensible(one: Filter[Any], value: str, choices: Choices | None) -> str:
    """The value of a filter as it counts; "" when the filter cannot take it."""
    text = value.strip()[:LONGEST]
    if not text:
        return ""
    if one.kind == "day":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return ""
    if choices is not None:
        return text if any(text == code for code, _ in flat(choices)) else ""
    return text


def flat(choices: Choices) -> Iterator[Choice]:
    """Choices without their groups."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield str(code), label  # type: ignore[misc] # a pair of texts is a choice


def _tab(listing: Listing[Any, Any], tab: str) -> str:
    tabs = listing.tabs
    return tab if tabs and any(tab == code for code, _ in tabs.choices) else ""


def _columns(listing: Listing[Any, Any], query: QueryDict) -> tuple[str, ...] | None:
    """The chosen columns in their own order; the first always among them."""
    if "columns" not in query:
        return None
    wanted = {key for text in query.getlist("columns") for key in text.split(",")}
    head = listing.columns[0].key
    chosen = tuple(c.key for c in listing.columns if c.key in wanted or c.key == head)
    usual = tuple(c.key for c in listing.columns if c.shown)
    return None if chosen == usual else chosen
