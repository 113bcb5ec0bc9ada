"""Organisations are registered, renamed and described; each field keeps its source and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng import rules
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.audit.services import record
from shangheng.core.database.edits import StaleEdit, take
from shangheng.engines.registry.domain.codes import Gravity, clean_code, problems_of
from shangheng.engines.registry.industries import is_industry
from shangheng.engines.registry.models import (
    FieldSource,
    Kind,
    Membership,
    Name,
    NameKind,
    Organisation,
)
from shangheng.engines.registry.services.finding import findable_anew
from shangheng.engines.registry.services.naming import keep_name, without_blanks
from shangheng.methods.wording import say

DESCRIBED = ("code", "kind", "industry", "area", "address", "founded_on", "parent")


class OrganisationRefused(ValueError):
    """What is wrong, by field; fields in `to_confirm` are let through with a reason."""

    def __init__(self, errors: Mapping[str, str], to_confirm: frozenset[str] = frozenset()) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)
        self.to_confirm = to_confirm


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is known from, and as of when."""

    text: str
    as_of: date


def must_edit(actor: User) -> None:
    """Raises PermissionDenied for whoever may not change the registry."""
    if not allows(actor, "registry.edit"):
        raise PermissionDenied


@transaction.atomic
def register_organisation(
    *,
    actor: User,
    at: datetime,
    name: str,
    source: Source,
    values: Mapping[str, object] | None = None,
    code_note: str = "",
    is_sample: bool = False,
) -> Organisation:
    """Add an organisation with its current name and what is known of it (`DESCRIBED` fields).

    Raises OrganisationRefused; for a code with a wrong check character only until `code_note` says
    why it is kept. PermissionDenied without `registry.edit`.
    """
    must_edit(actor)
    told = _checked(name, dict(values or {}), code_note, source)
    organisation = Organisation.objects.create(
        name=without_blanks(name),
        code_note=code_note,
        created_by=actor,
        created_at=at,
        is_sample=is_sample,
        **told,
    )
    keep_name(organisation, organisation.name, NameKind.CURRENT, source=source.text)
    _keep_sources(organisation, actor, at, told, source)
    findable_anew(organisation)
    record(
        actor=actor,
        act="registry.register",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=organisation.name,
        after={field: _plain(value) for field, value in told.items()},
    )
    return organisation


@transaction.atomic
def describe_organisation(
    *,
    actor: User,
    at: datetime,
    organisation: Organisation,
    values: Mapping[str, object],
    source: Source,
    seen: int | None,
    code_note: str = "",
) -> Organisation:
    """Change `DESCRIBED` fields of the version `seen`; what does not differ is left alone, with its
    older source.

    Raises StaleEdit when it has changed since, OrganisationRefused and PermissionDenied as
    `register_organisation`.
    """
    must_edit(actor)
    _take(organisation, seen)
    told = _checked(organisation.name, dict(values), code_note, source, organisation)
    changed = {field: new for field, new in told.items() if getattr(organisation, field) != new}
    if not changed:
        return organisation
    before = {field: _plain(getattr(organisation, field)) for field in changed}
    if "code" in changed:
        changed["code_note"] = code_note
    for field, value in changed.items():
        setattr(organisation, field, value)
    organisation.save(update_fields=list(changed))
    changed.pop("code_note", None)
    _keep_sources(organisation, actor, at, changed, source)
    findable_anew(organisation)
    record(
        actor=actor,
        act="registry.describe",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=organisation.name,
        before=before,
        after={field: _plain(value) for field, value in changed.items()},
    )
    return organisation


@transaction.atomic
def rename_organisation(
    *,
    actor: User,
    at: datetime,
    organisation: Organisation,
    name: str,
    since: date,
    source: str,
    seen: int | None,
) -> Name:
    """Give an organisation of the version `seen` a new current name from a day on; the old one
    becomes a former name.

    Raises OrganisationRefused for an empty or unchanged name, StaleEdit, PermissionDenied.
    """
    must_edit(actor)
    _take(organisation, seen)
    new = without_blanks(name)
    if not new or new == organisation.name:
        raise OrganisationRefused({"name": say("请填写与现名不同的新名称。")})
    organisation.names.filter(kind=NameKind.CURRENT).update(kind=NameKind.FORMER, until=since)
    kept = keep_name(organisation, new, NameKind.CURRENT, source=source, since=since)
    before, organisation.name = organisation.name, new
    organisation.save(update_fields=["name"])
    findable_anew(organisation)
    record(
        actor=actor,
        act="registry.rename",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=new,
        before={"name": before},
        after={"name": new, "since": since.isoformat()},
    )
    return kept


@transaction.atomic
def add_name(
    *,
    actor: User,
    at: datetime,
    organisation: Organisation,
    name: str,
    kind: NameKind,
    source: str,
    until: date | None = None,
) -> Name:
    """Note a former, short or foreign name. Raises OrganisationRefused, PermissionDenied."""
    must_edit(actor)
    if kind == NameKind.CURRENT:
        raise OrganisationRefused({"kind": say("现名请用“更名”登记，原名会转为曾用名。")})
    if not (plain := without_blanks(name)):
        raise OrganisationRefused({"name": say("请填写名称。")})
    kept = keep_name(organisation, plain, kind, source=source, until=until)
    findable_anew(organisation)
    record(
        actor=actor,
        act="registry.name",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=f"{organisation.name}：{plain}",
        after={"name": plain, "kind": kind.value},
    )
    return kept


@transaction.atomic
def put_on_list(
    *,
    actor: User,
    at: datetime,
    organisation: Organisation,
    code: str,
    year: int,
    source: str,
    rank: int | None = None,
) -> Membership:
    """Note that an organisation stands on a list in a year; noting it again renews rank and source.

    Raises OrganisationRefused for a list that `rules/organisation_lists.yaml` does not know,
    PermissionDenied.
    """
    must_edit(actor)
    if code not in {row["code"] for row in rules.load("organisation_lists.yaml")}:
        raise OrganisationRefused({"list": say("没有编码为“%(code)s”的名录。", code=code)})
    membership, _new = Membership.objects.update_or_create(
        organisation=organisation,
        list=code,
        year=year,
        defaults={"rank": rank, "source": source},
    )
    record(
        actor=actor,
        act="registry.list",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=organisation.name,
        after={"list": code, "year": year, "rank": rank},
    )
    return membership


@transaction.atomic
def take_off_list(*, actor: User, at: datetime, membership: Membership) -> None:
    """Take back that an organisation stands on a list in a year. Raises PermissionDenied."""
    must_edit(actor)
    organisation = membership.organisation
    record(
        actor=actor,
        act="registry.list_end",
        at=at,
        target=f"registry.organisation:{organisation.pk}",
        label=organisation.name,
        before={"list": membership.list, "year": membership.year, "rank": membership.rank},
    )
    membership.delete()


def _take(organisation: Organisation, seen: int | None) -> None:
    """Hold an organisation as it is now. Raises StaleEdit, also for one that was merged away."""
    take(organisation, seen=seen)
    organisation.refresh_from_db()
    if organisation.merged_into_id is not None:
        raise StaleEdit(organisation)


def _checked(
    name: str,
    values: dict[str, object],
    code_note: str,
    source: Source,
    organisation: Organisation | None = None,
) -> dict[str, object]:
    """The values as they will be stored. Raises OrganisationRefused."""
    if unknown := set(values) - set(DESCRIBED):
        raise TypeError(f"an organisation has no {sorted(unknown)}")
    if "code" in values:
        values["code"] = clean_code(str(values["code"] or ""))
    errors, to_confirm = _code_errors(str(values.get("code", "")), code_note, organisation)
    if not without_blanks(name):
        errors["name"] = say("请填写名称。")
    if not source.text.strip():
        errors["source"] = say("请写明来源，例如“营业执照”“企业填报”。")
    if values.get("kind", Kind.ENTERPRISE) not in Kind.values:
        errors["kind"] = say("没有这种类型。")
    if (industry := str(values.get("industry") or "")) and not is_industry(industry):
        errors["industry"] = say("“%(code)s”不是 GB/T 4754-2017 的行业代码。", code=industry)
    parent = values.get("parent")
    if organisation and isinstance(parent, Organisation) and is_above(organisation, parent):
        errors["parent"] = say("“%(name)s”是它的下级，不能作它的上级。", name=parent.name)
    if errors:
        raise OrganisationRefused(errors, frozenset(to_confirm))
    return values


def _code_errors(
    code: str, note: str, organisation: Organisation | None
) -> tuple[dict[str, str], set[str]]:
    """What stands against a code, and whether a reason would let it through."""
    if not code:
        return {}, set()
    problems = problems_of(code)
    if fatal := [each.message for each in problems if each.gravity is Gravity.ERROR]:
        return {"code": " ".join(fatal)}, set()
    same = Organisation.objects.filter(code=code, merged_into=None)
    if organisation:
        same = same.exclude(pk=organisation.pk)
    if other := same.first():
        return {"code": say("“%(name)s”已用这个代码登记。", name=other.name)}, set()
    if problems and not note.strip():
        return {"code": " ".join(each.message for each in problems)}, {"code"}
    return {}, set()


def is_above(organisation: Organisation, parent: Organisation) -> bool:
    """Whether `parent` is the organisation itself or somewhere below it."""
    seen: set[int] = set()
    above: Organisation | None = parent
    while above is not None and above.pk not in seen:
        if above.pk == organisation.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _keep_sources(
    organisation: Organisation,
    actor: User,
    at: datetime,
    values: Mapping[str, object],
    source: Source,
) -> None:
    FieldSource.objects.bulk_create(
        FieldSource(
            organisation=organisation,
            field=field,
            value=str(_plain(value) or ""),
            source=source.text,
            as_of=source.as_of,
            recorded_by=actor,
            recorded_at=at,
        )
        for field, value in values.items()
    )


def _plain(value: object) -> object:
    """A value as the audit and the sources keep it."""
    if isinstance(value, Organisation):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
