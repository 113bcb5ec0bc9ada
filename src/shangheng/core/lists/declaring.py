"""What a list is made of, declared once: columns, filters, tabs, acts. A view shows it in one call.

POSTINGS = Listing(
    code="targets.postings", title=_("入账记录"), url="postings", permission="targets.view",
    rows=lambda asked: postings_for(asked.actor), columns=(...), filters=(...), sort="-day",
)

@permission_required("targets.view")
def posting_list(request):
    return show(request, POSTINGS)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from shangheng.core.accounts.models import User
from shangheng.core.exchange.writing import Written
from shangheng.core.ui.figures import FigureLike
from shangheng.core.ui.moment import Moment

type Text = str | Promise
type Choice = tuple[str, Text]
type Choices = Sequence[Choice | tuple[Text, Sequence[Choice]]]

PAGE = 50
MOST = 200  # rows in one bulk act: more is not reviewed by a person


@dataclass(frozen=True)
class Asked:
    """Who asks for a list, as known when, and what it is narrowed to."""

    actor: User
    moment: Moment
    tab: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def known_at(self) -> datetime:
        """The instant up to which records count."""
        return self.moment.known_at


@dataclass(frozen=True)
class Column[R]:
    """One column. `value` is what is exported and, without `figure`, `draw` or `cell`, what is shown.

    `figure` gives a number of the ledger, drawn as such; `cell` names a template that finds the row
    as `row`; `draw` does the same without one, which in lists of many rows is several times as
    fast: its second argument is the query that keeps the moment of the page. What such a cell shows
    besides is exported in the columns `also`. `sort` names the fields of the model, in order; the
    first column of a listing names its row and is always shown.
    """

    key: str
    label: Text
    value: Callable[[R], Written]
    figure: Callable[[R], FigureLike] | None = None
    cell: str = ""
    draw: Callable[[R, str], SafeString] | None = None
    also: "tuple[Column[R], ...]" = ()
    sort: tuple[str, ...] = ()
    unit: str = ""
    number: bool = False
    decimals: int | None = None  # places to which the decimal points of a column are aligned
    shown: bool = True
    css: str = ""


@dataclass(frozen=True)
class Filter[M: Model]:
    """What a list may be narrowed by. A value that `choices` do not offer counts as none.

    One of the kind `hidden` is set by what the page draws, a map say; its `hint` names it.
    """

    key: str
    label: Text
    narrow: Callable[[QuerySet[M], str, Asked], QuerySet[M]]
    choices: Callable[[Asked], Choices] | None = None
    kind: Literal["search", "choice", "day", "hidden"] = "choice"
    hint: Text = ""
    every: Text = ""  # the choice that leaves the list wide


@dataclass(frozen=True)
class Tabs[M: Model]:
    """Parts of a list of which one is shown; `counts` says how many rows stand in each."""

    label: Text
    choices: Sequence[Choice]
    narrow: Callable[[QuerySet[M], str, Asked], QuerySet[M]]
    counts: Callable[[QuerySet[M], Asked], Mapping[str, int]] | None = None
    first: Callable[[User], str] | None = None  # the tab that a person starts on


@dataclass(frozen=True)
class Bulk[R]:
    """What a bulk act is done to: rows that were shown before, by whom, when, with which words."""

    actor: User
    at: datetime
    rows: Sequence[R]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Act[R]:
    """Something done to many rows at once, after a preview; all of it or nothing.

    `refuse` says why a row cannot take part ("" when it can). `run` does it and says what was done;
    what it raises of `errors` is shown and nothing happened. With `page`, the name of a route, the
    chosen rows (`row`) are posted there instead: for acts that ask something about every row. An act
    that harms nothing and is undone as easily needs no preview (`at_once`): it is done to those of
    the rows that can take part.
    """

    code: str
    label: Text
    permission: str
    icon: str = "list-check"
    about: Text = ""  # what will happen, in words
    refuse: Callable[[R, Asked], str] = lambda _row, _asked: ""
    run: Callable[[Bulk[R]], str] | None = None
    errors: tuple[type[Exception], ...] = ()
    form: Callable[..., Form] = Form
    extra: str = ""  # a template with more about the rows together; finds them as `rows`
    together: Callable[[Sequence[R]], Any] | None = None  # what that template finds as `together`
    offered: Callable[[Asked], bool] = lambda _asked: True
    then: str = ""  # the query of the list to go on with
    page: str = ""
    most: int = MOST
    danger: bool = False
    at_once: bool = False


@dataclass(frozen=True)
class Empty:
    """What is said where there is nothing; `url` names the route that leads on.

    Who lacks the `permission` for it is told `waits` instead.
    """

    title: Text
    about: Text = ""
    waits: Text = ""
    url: str = ""
    action: Text = ""
    permission: str = ""


@dataclass(frozen=True)
class Listing[M: Model, R]:
    """A list: what stands in it for whom, and all that can be done with it.

    `rows` gives what the person may see at all, `fetch` adds what the lines need, `lines` makes a
    page of them ready for the cells. `totals` says what the list comes to; its words are drawn by
    the template `foot`, which finds them as `totals`; `total_count` tells from them how many rows
    there are and `whole_count` how many there would be without filters, which then are not counted
    once more. `period` narrows to the period of the page,
    unless the reader asks for all of them; `whole_at_first` opens with all where the address names no
    period, for what waits to be done. `permission` may be ``SIGNED_IN`` where `rows` are those
    of the person. While the page shows a row that is `moving`, it is read anew every few seconds.
    """

    code: str
    title: Text
    url: str
    permission: str
    rows: Callable[[Asked], QuerySet[M]]
    columns: tuple[Column[R], ...]
    about: Text = ""
    counted: Text = ""  # what is counted, with its measure word, such as 份凭证
    filters: tuple[Filter[M], ...] = ()
    tabs: Tabs[M] | None = None
    sort: str = ""
    period: Callable[[QuerySet[M], Asked], QuerySet[M]] | None = None
    whole_at_first: bool = False
    fetch: Callable[[QuerySet[M]], QuerySet[M]] = lambda rows: rows
    lines: Callable[[Sequence[M], Asked], Sequence[R]] = lambda rows, _asked: rows  # type: ignore[assignment, return-value] # then R is M
    row_css: Callable[[R], str] = lambda _row: ""
    moving: Callable[[R], bool] = lambda _row: False
    totals: Callable[[QuerySet[M], Asked], object] | None = None
    total_count: Callable[[Any], int] | None = None
    whole_count: Callable[[Any], int] | None = None
    foot: str = ""
    head: str = ""  # a template above the rows, where `totals` say more than a foot can hold
    acts: tuple[Act[R], ...] = ()
    empty: Empty | None = None
    none: Empty | None = None  # where filters leave nothing
    export_act: str = "lists.export"
    export_permission: str = ""  # what taking it away asks for besides `permission`

    def column(self, key: str) -> Column[R] | None:
        """The column of that key."""
        return next((one for one in self.columns if one.key == key), None)


def row_key(row: Any) -> int:
    """The key of the record behind a line: its own, or that of its `row`."""
    return int(row.pk if hasattr(row, "pk") else row.row.pk)


type AnyListing = Listing[Any, Any]
