"""Acts on the case of a lead or project: what the engine does, and what the desk does with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.models import User
from shangheng.core.database.edits import StaleEdit
from shangheng.core.search import services as search
from shangheng.desks.investment.models import Lead, Project
from shangheng.desks.investment.selectors.moving_many import Candidate
from shangheng.desks.investment.selectors.search import found_with
from shangheng.desks.investment.services.announcing import held_by, tell_milestones
from shangheng.desks.investment.services.claiming import renew
from shangheng.desks.investment.services.counting import bring_up_to_date
from shangheng.desks.investment.services.leads import change_lead
from shangheng.desks.investment.services.projects import change_project
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.services import exhibits, milestones, moving
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import Upload, store
from shangheng.engines.ledger.domain.line import LinesRefused


@transaction.atomic
def handled[T](*, actor: User, at: datetime, row: Project | Lead, act: Callable[[], T]) -> T:
    """Do an act on the case of `row`; the ledger, the search and the notices follow, or nothing was
    done.

    Raises what the act raises, and LinesRefused where the ledger refuses what follows from it.
    """
    done = _followed(actor, at, row, act)
    search.index(*(found_with(row) if isinstance(row, Project) else [row]))
    return done


def _followed[T](actor: User, at: datetime, row: Project | Lead, act: Callable[[], T]) -> T:
    """What was done, once ledger and notices have followed."""
    before = held_by(row) if isinstance(row, Project) else {}
    done = act()
    kept: Any = type(row)._default_manager
    row.refresh_from_db(from_queryset=kept.select_related("case__owner", "case__unit"))
    if isinstance(row, Project):
        bring_up_to_date(actor=actor, at=at, project=row)
        tell_milestones(actor=actor, at=at, project=row, before=before)
    return done


def advance(
    *,
    actor: User,
    at: datetime,
    row: Project | Lead,
    transition: str,
    seen: int | None,
    values: Mapping[str, Any] | None = None,
    uploads: Sequence[Upload] = (),
    documents: Sequence[Document] = (),
    occurred_on: date | None = None,
    reason: str = "",
) -> None:
    """Take a lead or project a step on, supplying what the gate asks for on the way; all or nothing.

    `documents` are vouchers that are kept already; `seen` is the version of the case. Raises GateClosed with what is still missing, CannotDo,
    StaleEdit, ValidationError, UnacceptableFile, LinesRefused, PermissionDenied.
    """

    def act() -> None:
        if values and isinstance(row, Project):
            change_project(actor=actor, at=at, row=row, values=values, seen=None)
        elif values and isinstance(row, Lead):
            change_lead(actor=actor, at=at, row=row, values=values, seen=None)
        _step(actor, at, row, transition, seen, uploads, documents, occurred_on, reason)
        if isinstance(row, Lead):
            row.refresh_from_db()
            renew(row, at)

    handled(actor=actor, at=at, row=row, act=act)


def _step(
    actor: User,
    at: datetime,
    row: Project | Lead,
    transition: str,
    seen: int | None,
    uploads: Sequence[Upload],
    documents: Sequence[Document],
    occurred_on: date | None,
    reason: str,
) -> None:
    """Attach what the gate asks for and move the case."""
    for upload in uploads:
        attach(actor=actor, at=at, row=row, upload=upload)
    for document in documents:
        exhibits.attach(actor=actor, at=at, case=row.matter, document=document)
    added = len(uploads) + len(documents)
    moving.move(
        actor=actor,
        at=at,
        case=row.matter,
        transition=transition,
        seen=seen + added if seen is not None else None,
        reason=reason,
        occurred_on=occurred_on,
    )


@transaction.atomic
def advance_many(
    *,
    actor: User,
    at: datetime,
    going: Sequence[Candidate],
    occurred_on: date,
    uploads: Sequence[Upload] = (),
    documents: Mapping[int, Sequence[Document]] | None = None,
    reason: str = "",
) -> None:
    """Take several projects a step on to one milestone, or none of them.

    Each keeps its own copy of what it lacks of the `uploads`; `documents` are vouchers that are kept
    already, by project. What each leaves is what `advance` would have left; the search follows once.
    Raises HeldBack, naming the first that cannot go on, and what else `advance` does.
    """
    borne_out = documents or {}
    with search.later():
        for one in going:
            _go_on(one, actor, at, uploads, borne_out.get(one.row.pk, ()), occurred_on, reason)
    search.index(*found_with(*(one.row for one in going)))


class HeldBack(CannotDo):
    """One of several cannot go on, and so none does."""

    def __init__(self, row: Project, why: str) -> None:
        super().__init__(why)
        self.row = row


def _go_on(
    one: Candidate,
    actor: User,
    at: datetime,
    uploads: Sequence[Upload],
    documents: Sequence[Document],
    occurred_on: date,
    reason: str,
) -> None:
    assert one.way is not None  # noqa: S101 - whoever goes on has a way
    wanted = {kind for kinds in one.documents for kind in kinds}
    files = [upload for upload in uploads if upload.kind in wanted]
    row, way, seen = one.row, one.way.id, one.row.matter.version
    step = partial(_step, actor, at, row, way, seen, files, documents, occurred_on, reason)
    try:
        _followed(actor, at, row, step)
    except StaleEdit as error:
        raise HeldBack(row, _("“%s”刚被别人改过，请刷新后再办。") % row) from error
    except (CannotDo, LinesRefused) as error:
        raise HeldBack(row, _("“%(row)s”：%(why)s") % {"row": row, "why": error}) from error


@transaction.atomic
def attach(*, actor: User, at: datetime, row: Project | Lead, upload: Upload) -> Document:
    """Keep a file as evidence and let it bear the case out. Raises CannotDo, UnacceptableFile,
    PermissionDenied."""
    document = store(
        actor=actor,
        at=at,
        name=upload.name,
        content=upload.content,
        kind=upload.kind,
        unit=row.matter.unit,
        is_sample=row.is_sample,
    )
    exhibits.attach(actor=actor, at=at, case=row.matter, document=document)
    return document


def record_milestone(
    *,
    actor: User,
    at: datetime,
    row: Project,
    stage: str,
    occurred_on: date,
    note: str = "",
    documents: Sequence[Document] = (),
) -> None:
    """Record that a project has reached a stage, borne out by vouchers that are kept already; it
    stays where it is, the ledger follows.

    Raises CannotDo, LinesRefused, ValidationError where no unit leads the project, PermissionDenied.
    """

    def act() -> None:
        for document in documents:
            exhibits.attach(actor=actor, at=at, case=row.matter, document=document)
        milestones.record_milestone(
            actor=actor, at=at, case=row.matter, stage=stage, occurred_on=occurred_on, note=note
        )

    handled(actor=actor, at=at, row=row, act=act)
