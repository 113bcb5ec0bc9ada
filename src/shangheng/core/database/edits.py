"""Two people on one record: whoever saves second is told, and nothing is overwritten silently.

A record that people edit has a whole-number column `version`. A form carries the version that its
reader saw; a write takes the record over with `take`, one conditional UPDATE, which fails for
whoever saw an older one. `audit.conflicts` then lays both sides out for choosing.
"""

from typing import Any, ClassVar, Protocol

from django import forms
from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class Versioned(Protocol):
    """A record that counts how often it was changed."""

    version: int
    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any:
        """Its key."""


class StaleEdit(Exception):
    """Somebody else has changed the record since it was read, or has removed it.

    `current` is the record as it is now, None when it is gone.
    """

    def __init__(self, current: Any) -> None:
        super().__init__("the record has changed since it was read")
        self.current = current


def take(record: Versioned, *, seen: int | None) -> None:
    """Hold a record for changing it, if it still is as `seen`; `record.version` becomes the new one.

    None for `seen` is for callers that have read the record in this very transaction, or that mean
    to write whatever stands there. The row stays locked until the transaction ends. Raises
    StaleEdit, RuntimeError outside of a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a record is taken in the transaction that changes it")
    rows = record._meta.default_manager.filter(pk=record.pk)
    matching = rows if seen is None else rows.filter(version=seen)
    if not matching.update(version=F("version") + 1):
        raise StaleEdit(rows.first())
    record.version = rows.values_list("version", flat=True).get() if seen is None else seen + 1


class EditForm(forms.Form):
    """A form about a record with a version: it carries the version and the values its reader saw.

    A form that comes without the version is refused: it could overwrite what nobody has looked at.
    """

    version = forms.IntegerField(
        label=_("版本"),
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": _("这一页不完整，请刷新后再改。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._remember(name, field)

    def add(self, name: str, field: forms.Field) -> None:
        """Add a field that depends on the record."""
        self.fields[name] = field
        self._remember(name, field)

    def _remember(self, name: str, field: forms.Field) -> None:
        """Send along what the reader saw."""
        sent = not self.is_bound or self.add_initial_prefix(name) in self.data
        field.show_hidden_initial = name != "version" and sent

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def seen(self) -> int:
        """The version that the reader saw."""
        version: int = self.cleaned_data["version"]
        return version


def chosen(data: QueryDict) -> QueryDict:
    """What was sent, with the other side's value wherever the sender has chosen it.

    The page that lays out both sides sends `choose-NAME` (mine or theirs) for each field, or
    `choose-all`; the other side's values stand in `initial-NAME`.
    """
    data = data.copy()
    everything = data.get("choose-all")
    for key in [key for key in data if key.startswith("initial-")]:
        name = key.removeprefix("initial-")
        if (everything or data.get(f"choose-{name}")) == "theirs":
            data.setlist(name, data.getlist(key))
    return data
