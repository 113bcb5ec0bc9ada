"""Comments with mentions, and watching a case."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.engines.cases.domain.mentions import mentioned
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Comment, Mention, Watcher
from shangheng.engines.cases.services.recording import must_work, record
from shangheng.engines.cases.services.telling import can_see, tell
from shangheng.methods.wording import say

LONGEST = 4000


@transaction.atomic
def comment(*, actor: User, at: datetime, case: Case, text: str) -> Comment:
    """Say something about a case; `@login-name` tells that person.

    Raises CannotDo for an empty or too long text and for a mention of nobody, or of somebody who may
    not see the case: nobody is told of what is not theirs. PermissionDenied.
    """
    _must_see(actor, case)
    must_work(actor)
    if not text.strip() or len(text) > LONGEST:
        raise CannotDo(say("请写1至%(limit)d字。", limit=LONGEST))
    people = _people(mentioned(text), case)
    made = Comment.objects.create(case=case, author=actor, at=at, text=text.strip())
    Mention.objects.bulk_create(Mention(comment=made, person=person) for person in people)
    after = {"comment": made.pk, "mentions": [person.username for person in people]}
    record(actor=actor, at=at, act="cases.comment", case=case, after=after)
    tell(
        kind="case.mentioned",
        case=case,
        to=people,
        subject=lambda: say(
            "%(person)s在“%(case)s”中提到您", person=actor.display_name, case=case.title
        ),
        body=made.text[:200],
        at=at,
        actor=actor,
        key=f"cases.comment:{made.pk}",
    )
    return made


@transaction.atomic
def watch(*, actor: User, at: datetime, case: Case) -> Watcher:
    """Hear of every step of a case; once is enough. Raises PermissionDenied."""
    _must_see(actor, case)
    watcher, new = Watcher.objects.get_or_create(case=case, person=actor, defaults={"since": at})
    if new:
        record(actor=actor, at=at, act="cases.watch", case=case)
    return watcher


@transaction.atomic
def unwatch(*, actor: User, at: datetime, case: Case) -> None:
    """Hear no more of a case."""
    gone, _rows = Watcher.objects.filter(case=case, person=actor).delete()
    if gone:
        record(actor=actor, at=at, act="cases.unwatch", case=case)


def _must_see(actor: User, case: Case) -> None:
    if not can_see(actor, case):
        raise PermissionDenied


def _people(names: tuple[str, ...], case: Case) -> list[User]:
    found = User.objects.filter(username__in=names, is_active=True).select_related("unit")
    people = [person for person in found if can_see(person, case)]
    known = {person.username for person in people}
    if strangers := [name for name in names if name not in known]:
        raise CannotDo(
            say(
                "没有可以查看这件事的人员：%(names)s。@后面写登录名。",
                names=say("、").join(f"@{name}" for name in strangers),
            )
        )
    return people
