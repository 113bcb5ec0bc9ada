"""Posting a fact with its vouchers, and adding vouchers later."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.desks.targets.access import closed_units, units_for
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.line import Line, LineError, LinesRefused
from shangheng.engines.ledger.models import Entry, Posting
from shangheng.engines.ledger.services import posting as ledger


class VouchersRefused(ValueError):
    """Some files were not taken; the others were. `messages` say which and why."""

    def __init__(self, messages: Sequence[str], kept: Sequence[Document]) -> None:
        super().__init__(" ".join(messages))
        self.messages = tuple(messages)
        self.kept = tuple(kept)


def keep_vouchers(
    *, actor: User, at: datetime, uploads: Iterable[evidence.Upload], unit: OrgUnit | None
) -> list[Document]:
    """Keep files as evidence, each by itself. Raises VouchersRefused when some cannot be taken."""
    kept: list[Document] = []
    refused: list[str] = []
    for upload in uploads:
        if not allows(actor, "evidence.upload"):
            refused.append(_("您没有上传凭证的权限，“%s”没有保存。") % upload.name)
            continue
        try:
            kept.append(
                evidence.store(
                    actor=actor,
                    at=at,
                    name=upload.name,
                    content=upload.content,
                    kind=upload.kind,
                    unit=unit,
                )
            )
        except evidence.UnacceptableFile as error:
            refused.append(str(error))
    if refused:
        raise VouchersRefused(refused, kept)
    return kept


def post_facts(
    *,
    actor: User,
    at: datetime,
    lines: Sequence[Line],
    source: str,
    note: str = "",
    act: str = "ledger.post",
) -> Entry:
    """Post facts for units in use within the actor's reach, all or none. Raises LinesRefused."""
    reach = set(units_for(actor, "edit").values_list("pk", flat=True))
    beyond = {line.unit_id for line in lines} - reach
    if beyond:
        told = closed_units(beyond)
        raise LinesRefused(
            [
                LineError(index, "unit", told.get(line.unit_id, _("您不能为这个责任单位填报")))
                for index, line in enumerate(lines)
                if line.unit_id in beyond
            ]
        )
    return ledger.post(actor=actor, at=at, lines=lines, source=source, note=note, act=act)


@transaction.atomic
def attach_vouchers(
    *,
    actor: User,
    at: datetime,
    posting: Posting,
    uploads: Iterable[evidence.Upload] = (),
    documents: Iterable[int] = (),
) -> Entry:
    """Add files, and documents kept before, to a posting: all or none.

    Raises VouchersRefused or LinesRefused.
    """
    kept = keep_vouchers(actor=actor, at=at, uploads=uploads, unit=posting.series.unit)
    wanted = [*documents, *(document.pk for document in kept)]
    return ledger.attach(actor=actor, at=at, posting=posting, documents=wanted)
