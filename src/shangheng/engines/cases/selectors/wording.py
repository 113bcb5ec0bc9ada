"""What a case lacks and what a gate asks for, in words; and the things of a case by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shangheng import rules
from shangheng.core.accounts.access import allows, reached_by
from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import permissions
from shangheng.core.ui.templatetags.ui import day
from shangheng.engines.cases.domain.interpreter import Lack, Missing
from shangheng.engines.cases.domain.workflow import OWNER, Condition, Transition, Workflow
from shangheng.engines.cases.models import Case, Exhibit, Milestone, Override, Signing
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.methods.wording import named, say

NAMED = 3
"""People who are named as those who may do something, before it only says how many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is missing, in the reader's language: what, and who can supply it."""

    what: str
    who: str
    missing: Missing


def wanted(case: Case, lacks: Sequence[Missing], reader: User | None = None) -> tuple[Wanted, ...]:
    """What is missing and who can supply it, for a page that `reader` sees."""
    people = _people(case, lacks)
    codes = {each.codes[0] for each in lacks if each.lack is Lack.PERMISSION}
    able = {code: _able(case, code) for code in codes}
    return tuple(
        Wanted(_what(case, each, people, reader), _who(each, people, able), each) for each in lacks
    )


def lacks_in_words(case: Case, lacks: Sequence[Missing]) -> list[str]:
    """What is missing, for a sentence."""
    people = _people(case, lacks)
    return [_what(case, each, people) for each in lacks]


def asks(workflow: Workflow, way: Transition) -> list[str]:
    """Everything that the gate of a transition asks for: fields, evidence, who takes it, a reason."""
    told = []
    for need in way.fields:
        words = {"field": workflow.fields[need.field].name, "value": _value(need.value)}
        if need.value is None:
            asked = say("填写“%(field)s”", field=words["field"])
        else:
            asked = say("“%(field)s”须为“%(value)s”", **words)
        told.append(_where(workflow, need.when, asked))
    for paper in way.evidence:
        kinds = say("或").join(_kind(code) for code in paper.any_of)
        told.append(_where(workflow, paper.when, say("凭证：%(kinds)s", kinds=kinds)))
    told.append(say("需要“%(permission)s”权限", permission=permissions()[way.permission].name))
    if way.not_owner:
        told.append(say("须由经办人以外的人办理"))
    if way.reason:
        told.append(say("写明理由"))
    return told


def name_of(thing: object) -> str:
    """A milestone, signature, override or document of a case, or anything else, for a heading."""
    match thing:
        case Milestone():
            stage = workflow_of(thing.case)[1].stage(thing.stage).name
            return say("%(stage)s，%(day)s", stage=stage, day=day(thing.occurred_on))
        case Override():
            way = workflow_of(thing.case)[1].transition(thing.transition).name
            return say("%(way)s：%(reason)s", way=way, reason=thing.reason)
        case Signing():
            return thing.question
        case Exhibit():
            return say("%(way)s：%(reason)s", way=_kind(thing.kind), reason=thing.document.name)
        case None:
            return ""
    return str(thing)


def _where(workflow: Workflow, when: Condition | None, asked: str) -> str:
    if when is None:
        return asked
    words = {"field": workflow.fields[when.field].name, "value": _value(when.value)}
    return say("“%(field)s”为“%(value)s”时，%(asked)s", **words, asked=asked)


def _people(case: Case, lacks: Iterable[Missing]) -> dict[str, str]:
    asked = {int(key) for each in lacks for key in each.by if key.isdigit()} | {case.owner_id}
    found = User.objects.filter(pk__in=asked)
    names = {str(person.pk): person.display_name for person in found}
    return names | {OWNER: names[str(case.owner_id)]}


def _able(case: Case, permission: str) -> str:
    """Who has a permission for this very case, by name, the owner first; "" for nobody."""
    found = reached_by(permission, unit_id=case.unit_id, owner_id=case.owner_id)
    rows = sorted(found, key=lambda one: (one.pk != case.owner_id, one.username))
    names = say("、").join(one.display_name for one in rows[:NAMED])
    if len(rows) > NAMED:
        return say("%(names)s等%(count)d人", names=names, count=len(rows))
    return names


def _what(case: Case, lack: Missing, people: dict[str, str], reader: User | None = None) -> str:
    workflow, _version = workflow_of(case)
    one = lack.codes[0] if lack.codes else ""
    match lack.lack:
        case Lack.FIELD:
            return say("缺“%(field)s”", field=workflow.fields[one].name)
        case Lack.VALUE:
            words = {"field": workflow.fields[one].name, "value": _value(lack.value)}
            return say("“%(field)s”须为“%(value)s”", **words)
        case Lack.EVIDENCE:
            kinds = say("或").join(_kind(code) for code in lack.codes)
            return say("缺凭证：%(kinds)s", kinds=kinds)
        case Lack.SIGNATURE:
            return say("%(person)s还没有会签", person=people.get(one, one))
        case Lack.REFUSAL:
            return say("%(person)s会签不同意", person=people.get(one, one))
        case Lack.PERMISSION if reader is not None and allows(reader, one):
            return say("不在您的范围内")
        case Lack.PERMISSION:
            return say("需要“%(permission)s”权限", permission=permissions()[one].name)
        case Lack.OTHER_PERSON:
            return say("须由经办人以外的人办理")
        case Lack.RESUMPTION:
            return say("事项已暂停，须先恢复办理")


def _who(lack: Missing, people: dict[str, str], able: dict[str, str]) -> str:
    """Who can supply it, by name."""
    if lack.lack is Lack.PERMISSION:
        names = able[lack.codes[0]]
        return say("%(who)s可办", who=names) if names else say("还没有人可办")
    if lack.lack is Lack.OTHER_PERSON:
        return say("其他人员可办")
    return say("%(who)s可补", who=say("、").join(people[key] for key in lack.by))


def _kind(code: str) -> str:
    rows = {row["code"]: row for row in rules.load("voucher_kinds.yaml")}
    return named(rows[code]["zh"], rows[code]["en"]) if code in rows else code


def _value(value: object) -> str:
    if isinstance(value, bool):
        return say("是") if value else say("否")
    return str(value)
