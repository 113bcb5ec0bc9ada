"""Writing: a value is added, renamed, moved, retired, offered again; each with its row of the audit."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.locks import exclusive
from shangheng.core.dictionaries import selectors
from shangheng.core.dictionaries.declaring import dictionary
from shangheng.core.dictionaries.models import Entry
from shangheng.core.dictionaries.selectors import STEP, Value

MANAGE = "dictionaries.manage"
CODE = RegexValidator(r"\A[a-z0-9]+(?:[_-][a-z0-9]+)*\Z")


def target_of(code: str, key: str) -> str:
    """A value as the audit names it."""
    return f"dictionaries.entry:{code}/{key}"


@transaction.atomic
def add_value(
    *,
    actor: User,
    at: datetime,
    of: str,
    zh: str,
    en: str = "",
    code: str = "",
    position: int | None = None,
    retired_on: date | None = None,
    note: str = "",
) -> Entry:
    """Add a value; without a code it gets one, without a position it comes last.

    Raises ValidationError, PermissionDenied, UnknownDictionary.
    """
    _authorise(actor)
    known = selectors.values(of)
    code = code.strip() or _next_code(known)
    if any(one.code == code for one in known):
        raise ValidationError({"code": _("代码“%s”已经用过，请换一个。") % code})
    try:
        CODE(code)
    except ValidationError as error:
        told = _("代码只能用小写字母、数字、连字符和下划线，例如 land_approval。")
        raise ValidationError({"code": told}) from error
    if position is None:
        position = max((one.position for one in known), default=0) + STEP
    entry = Entry(dictionary=of, code=code)
    _fill(entry, known, zh, en, position, retired_on, note, at)
    _save(actor, at, "create", entry, None)
    return entry


@transaction.atomic
def change_value(
    *,
    actor: User,
    at: datetime,
    of: str,
    code: str,
    zh: str,
    en: str,
    position: int | None,
    retired_on: date | None,
    note: str,
) -> Entry:
    """Rename a value, move it, retire it from a day on, or offer it again (no day).

    Raises ValidationError, also for a value that is not there, PermissionDenied, UnknownDictionary.
    """
    _authorise(actor)
    known = selectors.values(of)
    now = next((one for one in known if one.code == code), None)
    if now is None:
        raise ValidationError(_("字典里没有代码“%s”。") % code)
    entry = Entry.objects.filter(dictionary=of, code=code).first()
    entry = entry or Entry(dictionary=of, code=code)
    position = now.position if position is None else position
    earliest = at if retired_on != now.retired_on else None
    _fill(entry, known, zh, en, position, retired_on, note, earliest)
    if told(now) != _told(entry):
        _save(actor, at, _act(now, entry), entry, told(now))
    return entry


def told(value: Value) -> dict[str, object]:
    """What the audit keeps of a value."""
    return {
        "name": value.zh,
        "name_en": value.en,
        "position": value.position,
        "retired_on": str(value.retired_on) if value.retired_on else None,
        "note": value.note,
    }


def _authorise(actor: User) -> None:
    if not allows(actor, MANAGE):
        raise PermissionDenied
    exclusive("dictionaries")
    selectors.forget()  # what is decided upon is read here, not remembered


def _next_code(known: list[Value]) -> str:
    taken, number = {one.code for one in known}, 1
    while f"local-{number}" in taken:
        number += 1
    return f"local-{number}"


def _fill(
    entry: Entry,
    known: list[Value],
    zh: str,
    en: str,
    position: int,
    retired_on: date | None,
    note: str,
    earliest: datetime | None,
) -> None:
    """Put values into a row. Raises ValidationError."""
    entry.zh, entry.en, entry.note = zh.strip(), en.strip(), note.strip()
    entry.position, entry.retired_on = position, retired_on
    entry.full_clean(validate_constraints=False)
    twin = next((one for one in known if one.zh == entry.zh and one.code != entry.code), None)
    if twin:
        raise ValidationError({"zh": _("已有名为“%s”的值，请换个叫法。") % entry.zh})
    if retired_on and earliest and retired_on < timezone.localdate(earliest):
        raise ValidationError({"retired_on": _("停用日期不能早于今天：已经登记的要保持原样。")})


def _act(before: Value, entry: Entry) -> str:
    if before.retired_on == entry.retired_on:
        return "change"
    return "retire" if entry.retired_on else "restore"


def _told(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.zh,
        "name_en": entry.en,
        "position": entry.position,
        "retired_on": str(entry.retired_on) if entry.retired_on else None,
        "note": entry.note,
    }


def _save(
    actor: User, at: datetime, act: str, entry: Entry, before: dict[str, object] | None
) -> None:
    entry.save()
    selectors.forget()
    transaction.on_commit(selectors.forget)
    record(
        actor=actor,
        act=f"dictionaries.{act}",
        at=at,
        target=target_of(entry.dictionary, entry.code),
        label=f"{dictionary(entry.dictionary).label}：{entry.zh}",
        before=before,
        after=_told(entry),
    )
