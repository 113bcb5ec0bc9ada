"""Writing one entry: postings, recognition steps and vouchers that stand or fall together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import batched, chain

from django.db import transaction

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.database.filling import fill
from shangheng.core.search.services import index_new
from shangheng.engines.ledger.domain.digest import digest, evidence_line, posting_line, step_line
from shangheng.engines.ledger.models import Entry, Posting, PostingEvidence, RecognitionStep
from shangheng.engines.ledger.services import standing
from shangheng.engines.ledger.services.rollups import catch_up_to_yesterday

BATCH = 5_000
COLUMNS = [field.attname for field in Posting._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True)
class Contents:
    """What an entry adds. Evidence of a posting made in it goes by place, of an older one by key.

    Postings may be made anew each time that they are read: they are saved chunk by chunk.
    """

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
        standing.renew(entry)
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
    keys: list[int] = []
    for start in range(0, len(contents.postings), BATCH):
        keys += _save_postings(contents.postings[start : start + BATCH], entry)
    for step in contents.steps:
        step.entry, step.recorded_at = entry, entry.recorded_at
    RecognitionStep.objects.bulk_create(contents.steps, batch_size=BATCH)
    vouched = chain(
        ((keys[place], document) for place, document in contents.new_evidence),
        ((posting.pk, document) for posting, document in contents.added_evidence),
    )
    for pairs in batched(vouched, BATCH):
        postings_of, documents = zip(*pairs, strict=True)
        columns = {"posting_id": postings_of, "document_id": documents}
        fill(PostingEvidence, {"entry_id": [entry.pk] * len(pairs), **columns})


def _save_postings(postings: Sequence[Posting], entry: Entry) -> Sequence[int]:
    """Save and index a chunk; its keys."""
    for posting in postings:
        posting.entry, posting.recorded_at = entry, entry.recorded_at
    keys = fill(Posting, {name: [getattr(one, name) for one in postings] for name in COLUMNS})
    for posting, key in zip(postings, keys, strict=True):
        posting.pk, posting._state.adding = key, False
    index_new(Posting, postings)
    return keys


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
