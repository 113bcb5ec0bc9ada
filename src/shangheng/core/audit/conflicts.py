"""Both sides of an edit that came too late: before, yours, theirs, field by field, and whose theirs is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Max, Q, QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _

from shangheng.core.audit.models import Row
from shangheng.core.audit.selectors import Difference, differences
from shangheng.core.audit.services import take_turn
from shangheng.core.database.edits import EditForm, StaleEdit

LATEST = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One field: what stood there, what you entered, what stands there now."""

    name: str
    label: str
    before: str
    mine: str
    theirs: str
    my_values: Sequence[str]
    their_values: Sequence[str]

    @property
    def i_changed(self) -> bool:
        """Whether you entered something else than you saw."""
        return self.mine != self.before

    @property
    def they_changed(self) -> bool:
        """Whether somebody else has changed it since."""
        return self.theirs != self.before

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.mine != self.theirs

    @property
    def choice(self) -> str:
        """What is offered: the side that changed it; nothing where both did."""
        if self.i_changed and self.they_changed:
            return ""
        return "mine" if self.i_changed else "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that came too late, with the acts of others since, the latest first."""

    sides: Sequence[Side]
    version: int
    acts: Sequence[Row]

    @property
    def differing(self) -> list[Side]:
        """The fields in which both sides differ."""
        return [side for side in self.sides if side.differs]


def acts_on(target: str, about: Q | None = None) -> QuerySet[Row]:
    """The acts on a record by its own app: that somebody has logged in changes no person.

    `target` is the record as the audit names it; `about` narrows to what touched a part of it.
    """
    found = Row.objects.filter(target=target, act__startswith=target.partition(".")[0] + ".")
    return found if about is None else found.filter(about)


def revision_of(acts: QuerySet[Row]) -> int:
    """How a record without a version of its own is known: the number of the last act on it."""
    return acts.aggregate(last=Max("number"))["last"] or 0


def hold(acts: QuerySet[Row], current: Any, *, seen: int | None) -> None:
    """Hold a record for changing it, if the last of the acts on it is still the one `seen`.

    The counterpart of `edits.take` for records without a version: whoever records an act waits for
    this transaction to end. `current` goes with the StaleEdit that is raised.
    """
    take_turn()
    if seen is not None and revision_of(acts) != seen:
        raise StaleEdit(current)


@dataclass(frozen=True, slots=True)
class Act:
    """An act with what it changed."""

    row: Row
    details: Sequence[Difference]


def acts_since(acts: QuerySet[Row], seen: int, *, detailed: bool = False) -> list[Act]:
    """The latest of the acts after the one `seen`, the last first.

    `detailed` where the page that they stand on does not show what they changed.
    """
    rows = acts.filter(number__gt=seen).order_by("-number")[:LATEST]
    return [Act(row, _told(row) if detailed else []) for row in rows]


def _told(row: Row) -> list[Difference]:
    return [one for one in differences(row) if one.before or one.after]


def conflict_of(
    form: EditForm, theirs: Mapping[str, Any], *, acts: QuerySet[Row], not_by: int | None = None
) -> Conflict:
    """Lay out a form that came too late against the record as it is now (`theirs`, with `version`).

    `acts` are those on the record; the latest of them are shown, as many as it has changed since.
    """
    version, seen = int(theirs["version"]), int(form["version"].value() or 0)
    others, changes = acts.order_by("-number"), version - seen
    if version == revision_of(acts):  # a record without a version of its own
        others, changes = others.filter(number__gt=seen), LATEST
    if not_by is not None:
        others = others.exclude(actor_id=not_by)
    open_to_both = [name for name, field in form.fields.items() if not field.disabled]
    sides = [_side(form[name], theirs) for name in open_to_both if name != "version"]
    return Conflict(sides, version, list(others[: max(1, min(changes, LATEST))]))


def _side(bound: BoundField, theirs: Mapping[str, Any]) -> Side:
    """Both sides of a field; one that the record does not keep (a reason) is yours alone."""
    field = bound.field
    mine = list(_sent(bound, bound.html_name))
    values = list(_values(field, theirs[bound.name])) if bound.name in theirs else mine
    before = list(_sent(bound, bound.html_initial_name))
    return Side(
        name=bound.name,
        label=str(bound.label),
        before=_shown(field, before),
        mine=_shown(field, mine),
        theirs=_shown(field, values),
        my_values=mine,
        their_values=values,
    )


def _sent(bound: BoundField, name: str) -> Iterator[str]:
    data = bound.form.data
    got = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
    yield from (value.replace("\r\n", "\n") for value in got if value != "")


def _values(field: forms.Field, value: Any) -> Iterator[str]:
    """A value as a form sends it: none for an empty one."""
    prepared = field.prepare_value(value)
    every = prepared if isinstance(prepared, list | tuple | set | frozenset) else [prepared]
    for one in every:
        if isinstance(field, forms.NullBooleanField):
            yield from () if one is None else [str(one).lower()]
        elif one is True:
            yield "on"
        elif one is not None and one is not False and one != "":
            yield str(field.widget.format_value(one) if _is_input(field) else one)


def _is_input(field: forms.Field) -> bool:
    return hasattr(field.widget, "input_type") and not isinstance(
        field, forms.BooleanField | forms.ChoiceField
    )


def _shown(field: forms.Field, values: Sequence[str]) -> str:
    """Values for people: the names of choices, yes and no."""
    if isinstance(field, forms.NullBooleanField):
        known = field.to_python(values[0] if values else None)
        return {True: _("是"), False: _("否"), None: ""}[known]
    if isinstance(field, forms.BooleanField):
        return _("是") if values else _("否")
    choices = {
        str(key): str(name).strip() for key, name in getattr(field, "choices", ()) if key != ""
    }
    return _("、").join(choices.get(value, value) for value in values)
