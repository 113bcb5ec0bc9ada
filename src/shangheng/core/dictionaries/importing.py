"""The Excel table of all dictionaries: what stands there, to be changed and taken in again."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.dictionaries import selectors, services
from shangheng.core.dictionaries.declaring import dictionaries
from shangheng.core.dictionaries.models import Entry
from shangheng.core.dictionaries.selectors import Value
from shangheng.core.exchange.columns import Column, Kind
from shangheng.core.exchange.columns import Value as Cell
from shangheng.core.exchange.template import template
from shangheng.core.imports.registry import (
    Act,
    CannotUndo,
    Done,
    Fault,
    Match,
    Obstacle,
    Rows,
    RowsRefused,
    Table,
    Undoing,
)

TITLE = gettext_lazy("字典值")


def columns(_actor: User) -> Sequence[Column]:
    """The columns of the sheet."""
    of = {str(one.label): one.code for one in dictionaries()}
    return (
        Column("of", _("字典"), Kind.CHOICE, required=True, choices=of),
        Column("code", _("代码"), max_length=60, note=_("新增时可以不填。")),
        Column("zh", _("名称"), required=True, max_length=100),
        Column("en", _("英文名称"), max_length=100),
        Column("position", _("排序"), Kind.INTEGER, note=_("数小的排在前面。")),
        Column("retired_on", _("停用日期"), Kind.DATE, note=_("从这一天起不再提供选择。")),
        Column("note", _("依据或说明"), max_length=300, lines=True),
    )


@transaction.atomic
def export(*, actor: User, at: datetime) -> bytes:
    """Every value of every dictionary, as the import takes it in again."""
    rows = [
        {"of": one.code, **shown(value)}
        for one in dictionaries()
        for value in selectors.values(one.code)
    ]
    content = template(str(TITLE), columns(actor), rows)
    record(
        actor=actor, act="dictionaries.export", at=at, label=str(TITLE), after={"rows": len(rows)}
    )
    return content


def shown(value: Value) -> dict[str, Cell]:
    """A value as a row of the sheet."""
    return {
        "code": value.code,
        "zh": value.zh,
        "en": value.en,
        "position": value.position,
        "retired_on": value.retired_on,
        "note": value.note,
    }


def _identity(rows: Rows) -> Sequence[Hashable]:
    every = (rows.row(index) for index in range(len(rows)))
    return [(row["of"], row.get("code") or row["zh"]) for row in every]


def _known(_actor: User, rows: Rows, keys: Sequence[Hashable]) -> Mapping[int, Match]:
    """Values that stand there, by code or, without a code, by name; what an empty cell keeps."""
    found = {}
    for index, key in enumerate(keys):
        of, word = key if isinstance(key, tuple) else ("", "")
        now = next((v for v in selectors.values(str(of)) if word in {v.code, v.zh}), None)
        if now is None:
            continue
        old, row = shown(now), rows.row(index)
        before = {k: old[k] for k, new in row.items() if k in _FIELDS and new != (old[k] or None)}
        if row.get("position") is None:
            before.pop("position", None)
        url = reverse("dictionary", args=[of])
        found[index] = Match(now.name, url, before)
    return found


_FIELDS = ("zh", "en", "position", "retired_on", "note")


def _commit(act: Act) -> Done:
    targets, before, after, faults = [], [], [], []
    for index in range(len(act.rows)):
        row = act.rows.row(index)
        match = act.matches.get(index)
        try:
            with transaction.atomic():
                old, entry = _take(act, row, changes=match is not None)
        except ValidationError as refusal:
            faults.append(Fault(index, "", " ".join(refusal.messages)))
            continue
        targets.append(entry.pk)
        before.append(old)
        after.append({"code": entry.code, "zh": entry.zh} if old is not None else None)
    if faults:
        raise RowsRefused(faults)
    return Done(targets, before, after)


def _take(
    act: Act, row: Mapping[str, Cell], *, changes: bool
) -> tuple[dict[str, Any] | None, Entry]:
    of, code = str(row["of"]), str(row.get("code") or "")
    told: dict[str, Any] = {
        "zh": str(row["zh"]),
        "en": str(row.get("en") or ""),
        "position": _number(row.get("position")),
        "retired_on": _day(row.get("retired_on")),
        "note": str(row.get("note") or ""),
    }
    if not changes:
        return None, services.add_value(actor=act.actor, at=act.at, of=of, code=code, **told)
    now = next(v for v in selectors.values(of) if (code or told["zh"]) in {v.code, v.zh})
    entry = services.change_value(actor=act.actor, at=act.at, of=of, code=now.code, **told)
    return services.told(now), entry


def _number(cell: Cell) -> int | None:
    return None if cell is None else int(str(cell))


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else None


def _undo(undoing: Undoing) -> Mapping[str, object]:
    """Put changed values back; retire added ones, as they may be in use by now."""
    entries = Entry.objects.in_bulk([row.target for row in undoing.rows])
    obstacles = list(_obstacles(undoing, entries))
    if obstacles:
        raise CannotUndo(obstacles)
    today = timezone.localdate(undoing.at)
    for row in undoing.rows:
        entry = entries[row.target]
        old = row.before
        services.change_value(
            actor=undoing.actor,
            at=undoing.at,
            of=entry.dictionary,
            code=entry.code,
            zh=str(old["name"]) if old else entry.zh,
            en=str(old["name_en"]) if old else entry.en,
            position=int(str(old["position"])) if old else entry.position,
            retired_on=_past(old["retired_on"]) if old else today,
            note=str(old["note"]) if old else entry.note,
        )
    return {"rows": len(undoing.rows)}


def _past(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _obstacles(undoing: Undoing, entries: Mapping[int, Entry]) -> Iterator[Obstacle]:
    """Values that somebody has changed since."""
    for row in undoing.rows:
        entry = entries[row.target]
        if row.after and row.after.get("zh") != entry.zh:
            url = reverse("dictionary", args=[entry.dictionary])
            yield Obstacle(row.number, _("“%s”后来又改过名") % entry.zh, url)


def _named(keys: Sequence[int], _actor: User) -> Mapping[int, tuple[str, str]]:
    return {
        one.pk: (one.zh, reverse("dictionary", args=[one.dictionary]))
        for one in Entry.objects.filter(pk__in=keys)
    }


TABLE = Table(
    code="dictionary_values",
    label=TITLE,
    permission=services.MANAGE,
    columns=columns,
    identity=_identity,
    known=_known,
    commit=_commit,
    undo=_undo,
    named=_named,
    limit=5_000,
    url_name="dictionary-import",
    home="dictionaries",
    home_label=gettext_lazy("字典"),
    undo_about=gettext_lazy("改过的值恢复原样；新增的值即日停用，不删除，以免已经登记的失去名称。"),
)
