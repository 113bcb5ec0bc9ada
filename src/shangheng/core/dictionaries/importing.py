"""The Excel table of all dictionaries: what stands there, to be changed and taken in again."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

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
from shangheng.core.imports.registry import Table
from shangheng.core.imports.tables.keyed import Keyed, Standing, Values
from shangheng.methods.wording import named

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


def shown(value: Value | Entry) -> dict[str, Cell]:
    """A value as a row of the sheet."""
    return {
        "code": value.code,
        "zh": value.zh,
        "en": value.en or None,
        "position": value.position,
        "retired_on": value.retired_on,
        "note": value.note or None,
    }


def _key(values: Values) -> tuple[str, str]:
    """The dictionary, and the code or, without one, the name."""
    return str(values["of"]), str(values.get("code") or values["zh"])


def _standing(of: str, target: int, value: Value | Entry) -> Standing:
    url = reverse("dictionary", args=[of])
    return Standing(target, named(value.zh, value.en or value.zh), {"of": of, **shown(value)}, url)


def _find(_actor: User, keys: Sequence[Hashable]) -> dict[Hashable, Standing]:
    """What stands under codes and names; read anew, and kept by nobody: a trial is taken back."""
    wanted = {key for key in keys if isinstance(key, tuple)}
    selectors.forget()
    entries = {(one.dictionary, one.code): one.pk for one in Entry.objects.all()}
    found: dict[Hashable, Standing] = {}
    for of in {of for of, _word in wanted}:
        for value in selectors.values(of):
            standing = _standing(of, entries.get((of, value.code), 0), value)
            found.setdefault((of, value.zh), standing)
            found[of, value.code] = standing
    selectors.forget()
    return {key: found[key] for key in wanted if key in found}


def _at(targets: Sequence[int]) -> dict[int, Standing]:
    found = Entry.objects.in_bulk(targets)
    return {pk: _standing(entry.dictionary, pk, entry) for pk, entry in found.items()}


def _write(actor: User, at: datetime, values: Values, standing: Standing | None) -> None:
    told: dict[str, Any] = {
        "zh": str(values["zh"]),
        "en": str(values.get("en") or ""),
        "position": values.get("position"),
        "retired_on": values.get("retired_on"),
        "note": str(values.get("note") or ""),
    }
    of = str(values["of"])
    if standing is None:
        code = str(values.get("code") or "")
        services.add_value(actor=actor, at=at, of=of, code=code, **told)
    else:
        code = str(standing.values["code"])
        services.change_value(actor=actor, at=at, of=of, code=code, **told)


def _remove(actor: User, at: datetime, standing: Standing) -> None:
    """An added value is retired, as it may be in use by now."""
    today = timezone.localdate(at)
    _write(actor, at, {**standing.values, "retired_on": today}, standing)


TABLE = Table(
    code="dictionary_values",
    label=TITLE,
    permission=services.MANAGE,
    columns=columns,
    limit=5_000,
    in_job_from=500,
    url_name="dictionary-import",
    home="dictionaries",
    home_label=gettext_lazy("字典"),
    undo_about=gettext_lazy("改过的值恢复原样；新增的值即日停用，不删除，以免已经登记的失去名称。"),
    **Keyed(
        key=_key,
        find=_find,
        at=_at,
        write=_write,
        remove=_remove,
        keeps=frozenset({"code", "position"}),
        days=frozenset({"retired_on"}),
    ).parts(),
)
