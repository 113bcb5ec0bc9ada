"""Who has a case in hand: passing it on (转办), asking for signatures (会签), adding one (加签)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Signing, Step
from shangheng.engines.cases.selectors.cases import visible_to
from shangheng.engines.cases.services.recording import (
    add_step,
    held,
    must,
    must_be_open,
    must_take_part,
    must_work,
    plain,
    reasoned,
    record,
)
from shangheng.engines.cases.services.telling import tell
from shangheng.methods.wording import say


@transaction.atomic
def transfer(
    *,
    actor: User,
    at: datetime,
    case: Case,
    to: User,
    reason: str,
    unit: OrgUnit | None = None,
    seen: int | None = None,
) -> Step:
    """Pass a case on to somebody else (转办), and to their unit unless another is named.

    Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    must_be_open(current)
    reason = reasoned(reason, say("转办要写明理由。"))
    must_take_part(to)
    if to.pk == current.owner_id or not to.is_active:
        raise CannotDo(say("请转给另一位在用人员。"))
    return pass_on(actor=actor, at=at, case=current, to=to, unit=unit or to.unit, reason=reason)


def pass_on(
    *, actor: User, at: datetime, case: Case, to: User, unit: OrgUnit | None, reason: str
) -> Step:
    """Write the transfer of a held case."""
    return add_step(
        case=case,
        actor=actor,
        at=at,
        act=Act.TRANSFER,
        owner=to,
        unit=unit or case.unit,
        reason=reason,
    )


@transaction.atomic
def ask_signatures(
    *,
    actor: User,
    at: datetime,
    case: Case,
    people: Iterable[User],
    question: str,
    seen: int | None = None,
) -> list[Signing]:
    """Ask people for their signatures (会签): the case stays in its stage until all have agreed.

    Those who were asked may see the case. Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    must_be_open(current)
    return _ask(current, actor, at, people, question)


@transaction.atomic
def add_signature(
    *, actor: User, at: datetime, signing: Signing, person: User, question: str
) -> Signing:
    """Add another person before one's own answer (加签): theirs comes first.

    Raises CannotDo, PermissionDenied for whoever was not asked.
    """
    current, own = _asked(actor, signing)
    [added] = _ask(current, actor, at, [person], question, added_by=own)
    return added


@transaction.atomic
def sign(*, actor: User, at: datetime, signing: Signing, agreed: bool, note: str = "") -> Signing:
    """Answer: agree, or refuse with a reason. Raises CannotDo, PermissionDenied for others."""
    current, own = _asked(actor, signing)
    if own.added.filter(answered_at=None).exists():
        raise CannotDo(say("您加签的人还没有答复，请等其答复后再签。"))
    if not agreed:
        reasoned(note, say("不同意要写明理由。"))
    own.agreed, own.answered_at, own.note = agreed, at, plain(note)
    own.save(update_fields=["agreed", "answered_at", "note"])
    after = {"signing": own.pk, "agreed": agreed, "note": own.note}
    record(actor=actor, at=at, act="cases.sign", case=current, after=after)
    tell(
        kind="case.answered",
        case=current,
        to={own.asked_by, current.owner},
        subject=lambda: (
            say("%(person)s同意“%(case)s”", person=actor.display_name, case=current.title)
            if agreed
            else say("%(person)s不同意“%(case)s”", person=actor.display_name, case=current.title)
        ),
        body=own.note,
        at=at,
        actor=actor,
        key=f"cases.signing:{own.pk}",
    )
    return own


def _asked(actor: User, signing: Signing) -> tuple[Case, Signing]:
    """The held case and the question as it stands. Raises CannotDo, PermissionDenied."""
    if signing.person_id != actor.pk or not actor.is_active:
        raise PermissionDenied
    must_work(actor)
    current = held(signing.case, None)
    own = Signing.objects.get(pk=signing.pk)
    if own.answered_at is not None or own.visit != current.visit:
        raise CannotDo(say("这次会签已经答复，或者事项已离开当时的环节。"))
    return current, own


def _ask(
    case: Case,
    actor: User,
    at: datetime,
    people: Iterable[User],
    question: str,
    added_by: Signing | None = None,
) -> list[Signing]:
    question = reasoned(question, say("请写明要会签什么。"))
    chosen = list({person.pk: person for person in people}.values())
    if not chosen or any(person.pk == actor.pk or not person.is_active for person in chosen):
        raise CannotDo(say("请选择会签的人；不能选自己或停用人员。"))
    for person in chosen:
        must_take_part(person)
    waiting = case.signings.filter(visit=case.visit, answered_at=None, person__in=chosen)
    if again := waiting.select_related("person").first():
        raise CannotDo(say("%(person)s已在会签中。", person=again.person.display_name))
    made = [
        Signing.objects.create(
            case=case,
            visit=case.visit,
            person=person,
            question=question,
            asked_by=actor,
            asked_at=at,
            added_by=added_by,
        )
        for person in chosen
    ]
    after = {"signers": [person.username for person in chosen], "question": question}
    act = "cases.sign.add" if added_by else "cases.sign.ask"
    record(actor=actor, at=at, act=act, case=case, after=after)
    for each in made:
        tell(
            kind="case.asked",
            case=case,
            to=[each.person],
            subject=lambda: say("请会签“%(case)s”", case=case.title),
            body=question,
            at=at,
            actor=actor,
            key=f"cases.signing.ask:{each.pk}",
        )
    return made


def open_signings(person: User) -> list[Signing]:
    """What somebody was asked to sign and has not answered, in cases that still wait for it."""
    found = Signing.objects.filter(person=person, answered_at=None, case__closed=False)
    mine = found.filter(case__in=visible_to(person)).select_related("case", "asked_by")
    return [each for each in mine if each.visit == each.case.visit]
