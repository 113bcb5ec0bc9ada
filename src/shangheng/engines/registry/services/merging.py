"""Two rows that are one organisation: look at it (`plan`), do it (`merge`), take it back (`unmerge`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model, QuerySet

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.registry.models import Merge, NameKind, Organisation
from shangheng.engines.registry.relations import Fate, Relation, relation, relations, undeclared
from shangheng.engines.registry.services.finding import findable_anew
from shangheng.engines.registry.services.organisations import is_above
from shangheng.methods.wording import say

TAKEN = ("code", "code_note", "kind", "industry", "area", "address", "founded_on", "parent_id")


class MergeRefused(ValueError):
    """Why two organisations cannot become one, or a merge cannot be taken back."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do: what stands against it, fields that differ, rows that would move."""

    refusals: tuple[str, ...]
    differing: Mapping[str, tuple[object, object]]
    moving: Mapping[str, int]


def plan(*, kept: Organisation, gone: Organisation) -> Plan:
    """Look at a merge without doing it; each differing field with the kept and the other value."""
    differing = {
        field: (ours, theirs)
        for field in TAKEN
        if (theirs := getattr(gone, field)) not in {None, ""}
        and theirs != (ours := getattr(kept, field))
    }
    moving = {each.key: _rows(each, kept, gone).count() for each in _that_move()}
    return Plan(tuple(_refusals(kept, gone)), differing, {key: n for key, n in moving.items() if n})


@transaction.atomic
def merge(
    *,
    actor: User,
    at: datetime,
    kept: Organisation,
    gone: Organisation,
    reason: str,
    take: frozenset[str] = frozenset(),
    seen: tuple[int, int] | None = None,
) -> Merge:
    """Make `gone` part of `kept`: its rows move, the fields in `take` are taken over, its name stays
    as a former one. Empty fields of `kept` are always filled.

    `seen` are the versions of both that the person looked at. Raises StaleEdit, MergeRefused,
    ValueError for a field that cannot be taken, PermissionDenied.
    """
    _must_merge(actor)
    if unknown := take - set(TAKEN):
        raise ValueError(f"no such field can be taken: {sorted(unknown)}")
    kept, gone = _locked(kept, gone)
    if seen is not None and (kept.version, gone.version) != seen:
        raise StaleEdit(kept)
    refusals = list(_refusals(kept, gone))
    if not reason.strip():
        refusals.append(say("请写明合并的理由。"))
    if refusals:
        raise MergeRefused(refusals)
    taken = _taken(kept, gone, take)
    gone.merged_into = kept
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    done = Merge.objects.create(
        kept=kept, gone=gone, reason=reason, taken=taken, merged_by=actor, merged_at=at
    )
    gone.names.filter(kind=NameKind.CURRENT).update(kind=NameKind.FORMER)
    done.moved = {each.key: _move(each, kept, gone) for each in _that_move()}
    done.save(update_fields=["moved"])
    _set_fields(kept, {field: after for field, (_before, after) in taken.items()})
    kept.refresh_from_db()
    findable_anew(kept, gone)
    _record("registry.merge", actor, at, done, reason)
    return done


@transaction.atomic
def unmerge(*, actor: User, at: datetime, done: Merge, reason: str) -> Merge:
    """Take a merge back: every row that moved and has not moved on since, and every field taken.

    Raises MergeRefused when a row has meanwhile gone elsewhere, a taken field was changed, or the
    keeper was itself merged away; PermissionDenied.
    """
    _must_merge(actor)
    done = Merge.objects.select_for_update().get(pk=done.pk)
    kept, gone = _locked(done.kept, done.gone)
    refusals = _undo_refusals(done, kept)
    if not reason.strip():
        refusals.append(say("请写明撤销合并的理由。"))
    if refusals:
        raise MergeRefused(refusals)
    done.undone_by, done.undone_at, done.undone_because = actor, at, reason
    done.save(update_fields=["undone_by", "undone_at", "undone_because"])
    for key, rows in done.moved.items():
        each = relation(key)
        each.table._base_manager.filter(pk__in=rows).update(**{each.field: gone})
    _set_fields(kept, {field: before for field, (before, _after) in done.taken.items()})
    gone.merged_into = None
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    _make_current(gone)
    kept.refresh_from_db()
    findable_anew(kept, gone)
    _record("registry.unmerge", actor, at, done, reason)
    return done


def refusals_to_undo(done: Merge) -> tuple[str, ...]:
    """What stands against taking a merge back; nothing when it can be."""
    return tuple(_undo_refusals(done, done.kept))


def field_name(field: str) -> str:
    """A field that a merge takes over, in words."""
    return str(Organisation._meta.get_field(field.removesuffix("_id")).verbose_name)  # type: ignore[union-attr] # a column


def _make_current(organisation: Organisation) -> None:
    """Its name counts again as the current one."""
    name = organisation.names.filter(kind=NameKind.FORMER, name=organisation.name).last()
    if name is not None:
        name.kind = NameKind.CURRENT
        name.save(update_fields=["kind"])


def _must_merge(actor: User) -> None:
    if not allows(actor, "registry.merge"):
        raise PermissionDenied


def _refusals(kept: Organisation, gone: Organisation) -> list[str]:
    if kept.pk == gone.pk:
        return [say("同一个主体不能与自己合并。")]
    found = [
        say("“%(name)s”已并入其他主体。", name=each.name)
        for each in (kept, gone)
        if each.merged_into_id is not None
    ]
    if kept.code and gone.code and kept.code != gone.code:
        found.append(
            say(
                "两个主体的统一社会信用代码不同（%(kept)s与%(gone)s），不是同一个主体。代码有误的，请先更正。",
                kept=kept.code,
                gone=gone.code,
            )
        )
    if is_above(kept, gone) or is_above(gone, kept):
        found.append(say("两个主体是上下级，不能合并。"))
    if unknown := undeclared():
        found.append(
            say("下列资料没有说明合并时如何处理，暂不能合并：%(what)s。", what="、".join(unknown))
        )
    return found


def _undo_refusals(done: Merge, kept: Organisation) -> list[str]:
    if done.undone_at is not None:
        return [say("这次合并已经撤销。")]
    found = []
    if kept.merged_into_id is not None:
        found.append(say("“%(name)s”后来又并入了其他主体，请先撤销那一次。", name=kept.name))
    for key, rows in done.moved.items():
        each = relation(key)
        left = each.table._base_manager.filter(pk__in=rows).exclude(**{each.field: kept})
        if missing := len(rows) - each.table._base_manager.filter(pk__in=rows).count():
            found.append(say("%(what)s中有%(n)d条已删除。", what=each.name, n=missing))
        if moved_on := left.count():
            found.append(say("%(what)s中有%(n)d条后来又转到别处。", what=each.name, n=moved_on))
    changed = [field for field, (_, after) in done.taken.items() if _held(kept, field) != after]
    if changed:
        names = "、".join(field_name(field) for field in changed)
        found.append(say("合并后又改过：%(fields)s。", fields=names))
    return found


def _that_move() -> list[Relation]:
    return [each for each in relations() if each.fate is Fate.MOVES]


def _rows(each: Relation, kept: Organisation, gone: Organisation) -> QuerySet[Model]:
    """The rows of `gone` that would move; none that would repeat one of `kept`."""
    table = each.table._base_manager
    rows = table.filter(**{each.field: gone})
    if each.once_per:
        for repeated in table.filter(**{each.field: kept}).values(*each.once_per):
            rows = rows.exclude(**repeated)
    return rows


def _move(each: Relation, kept: Organisation, gone: Organisation) -> list[int]:
    rows = sorted(_rows(each, kept, gone).values_list("pk", flat=True))
    each.table._base_manager.filter(pk__in=rows).update(**{each.field: kept})
    return rows


def _taken(
    kept: Organisation, gone: Organisation, take: frozenset[str]
) -> dict[str, tuple[object, object]]:
    """Field → (before, after) of `kept`, as the merge keeps them."""
    return {
        field: (_held(kept, field), _held(gone, field))
        for field in TAKEN
        if _held(gone, field) not in {None, ""}
        and _held(gone, field) != _held(kept, field)
        and (field in take or _held(kept, field) in {None, ""})
    }


def _held(organisation: Organisation, field: str) -> object:
    value = getattr(organisation, field)
    return value.isoformat() if isinstance(value, date) else value


def _set_fields(organisation: Organisation, values: Mapping[str, object]) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(version=F("version") + 1, **values)


def _locked(kept: Organisation, gone: Organisation) -> tuple[Organisation, Organisation]:
    """Both rows as they are now, held until the end of the transaction, in one order for all."""
    rows = Organisation.objects.select_for_update().order_by("pk").in_bulk([kept.pk, gone.pk])
    return rows[kept.pk], rows[gone.pk]


def _record(act: str, actor: User, at: datetime, done: Merge, reason: str) -> None:
    record(
        actor=actor,
        act=act,
        at=at,
        target=f"registry.organisation:{done.kept_id}",
        label=f"{done.gone.name} → {done.kept.name}",
        after={"merge": done.pk, "gone": done.gone_id, "reason": reason},
    )
