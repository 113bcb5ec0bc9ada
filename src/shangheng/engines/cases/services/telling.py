"""Telling people of what concerns them; those who may not see a case are not told of it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from shangheng.core.accounts.models import User
from shangheng.core.notices.services import notify
from shangheng.engines.cases.domain.history import Act
from shangheng.engines.cases.models import Case, Step
from shangheng.engines.cases.selectors.cases import visible_to
from shangheng.engines.cases.subjects import subject_kind
from shangheng.methods.wording import say


def tell(
    *,
    kind: str,
    case: Case,
    to: Iterable[User],
    subject: Callable[[], str],
    at: datetime,
    body: str = "",
    actor: User | None = None,
    key: str = "",
) -> None:
    """Tell people something about a case, each once."""
    people = list(to)
    if not people:
        return
    notify(
        to=people,
        kind=kind,
        subject=subject,
        body=body,
        url=subject_kind(case.subject_type).url(case.subject_id),
        at=at,
        actor=actor,
        key=key,
        source=f"cases.case:{case.pk}",
        unit=case.unit,
    )


def tell_step(step: Step, case: Case) -> None:
    """Tell the watchers of a step, and a new owner that the case is theirs."""
    watching = [each.person for each in case.watchers.select_related("person__unit")]
    tell(
        kind="case.moved",
        case=case,
        to=[person for person in watching if can_see(person, case)],
        subject=lambda: say(
            "“%(case)s”：%(actor)s%(act)s",
            case=case.title,
            actor=step.actor.display_name,
            act=act_name(step.act),
        ),
        body=step.reason,
        at=step.at,
        actor=step.actor,
        key=f"cases.step:{step.pk}",
    )
    if step.act == Act.TRANSFER:
        tell(
            kind="case.assigned",
            case=case,
            to=[step.owner],
            subject=lambda: say("“%(case)s”转给您办理", case=case.title),
            body=step.reason,
            at=step.at,
            actor=step.actor,
            key=f"cases.transfer:{step.pk}",
        )


def can_see(person: User, case: Case) -> bool:
    """Whether somebody may see a case."""
    return visible_to(person).filter(pk=case.pk).exists()


def act_name(act: str) -> str:
    """What a step did, in the reader's language."""
    names = {
        Act.OPEN: say("开始办理了"),
        Act.MOVE: say("推进了一步"),
        Act.RETURN: say("退回了"),
        Act.TRANSFER: say("转办了"),
        Act.PAUSE: say("暂停了"),
        Act.RESUME: say("恢复了办理"),
        Act.UNDO: say("撤销了上一步"),
    }
    return names[Act(act)]
