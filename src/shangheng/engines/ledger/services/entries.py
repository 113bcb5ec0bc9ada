"""Writing one entry: postings, recognition steps and vouchers that stand or fall together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.search.services import index
from shangheng.engines.ledger.domain.digest import digest, evidence_line, posting_line, step_line
from shangheng.engines.ledger.models import Entry, Posting, PostingEvidence, RecognitionStep
from shangheng.engines.ledger.services import pending
from shangheng.engines.ledger.services.rollups import catch_up_to_yesterday

BATCH = 5_000


@dataclass(frozen=True)
class Contents:
    """What an entry adds. Evidence of a posting made in it goes by place, of an older one by key."""

    postings: Sequence[Posting] = ()
    steps: Sequence[RecognitionStep] = ()
    new_evidence: Sequence[tuple[int, int]] = ()  # (place in postings, document)
    added_evidence: Sequence[tuple[Posting, int]] = ()  # (older posting, document)

    def digest(self) -> str:
        """Over all of it."""
        lines = [line_of_posting(posting) for posting in self.postings]
        lines += [line_of_step(step) for step in self.steps]
        lines += [evidence_line(str(place), document) for place, document in self.new_evidence]
        lines += [evidence_line(f"#{old.pk}", document) for old, document in self.added_evidence]
        return digest(lines)


def write_entry(
    contents: Contents,
    *,
    actor: User,
    act: str,
    recorded_at: datetime,
    source: str,
    note: str = "",
    is_sample: bool = False,
    summary: Mapping[str, object] | None = None,
) -> Entry:
    """Save an entry and its audit row. Call inside a transaction, with an instant of `sealing`."""
    entry = Entry.objects.create(
        actor=actor,
        recorded_at=recorded_at,
        act=act,
        source=source,
        note=note,
        is_sample=is_sample,
        digest=contents.digest(),
    )
    _save(contents, entry)
    if contents.postings or contents.steps:
        pending.renew(entry)
    index(*contents.postings)
    audit.record(
        actor=actor,
        act=act,
        at=recorded_at,
        target=f"ledger.entry:{entry.pk}",
        label=source,
        after={
            "digest": entry.digest,
            "postings": len(contents.postings),
            "steps": len(contents.steps),
            "note": note,
            **(summary or {}),
        },
    )
    # The first act of a day rolls up the days before it; a failure there must not undo the act.
    transaction.on_commit(partial(catch_up_to_yesterday, at=recorded_at), robust=True)
    return entry


def _save(contents: Contents, entry: Entry) -> None:
    for posting in contents.postings:
        posting.entry, posting.recorded_at = entry, entry.recorded_at
    for step in contents.steps:
        step.entry, step.recorded_at = entry, entry.recorded_at
    Posting.objects.bulk_create(contents.postings, batch_size=BATCH)
    RecognitionStep.objects.bulk_create(contents.steps, batch_size=BATCH)
    evidence = [(contents.postings[place], document) for place, document in contents.new_evidence]
    PostingEvidence.objects.bulk_create(
        [
            PostingEvidence(entry=entry, posting=posting, document_id=document)
            for posting, document in (*evidence, *contents.added_evidence)
        ],
        batch_size=BATCH,
    )


def line_of_posting(posting: Posting) -> str:
    """A posting as the digest takes it; its series and indicator must be loaded."""
    series = posting.series
    return posting_line(
        series=(series.indicator.code, series.unit_id, series.area, series.dimensions),
        version=posting.version,
        subject=posting.subject,
        amount=posting.amount,
        n=posting.n,
        occurred_on=posting.occurred_on,
        status=posting.status,
        is_sample=posting.is_sample,
        reverses=posting.reverses_id,
    )


def line_of_step(step: RecognitionStep) -> str:
    """A recognition step as the digest takes it."""
    return step_line(
        step.posting_id,
        step.origin,
        step.destination,
        step.amount,
        step.reason,
        step.authority,
        step.document_id,
    )
