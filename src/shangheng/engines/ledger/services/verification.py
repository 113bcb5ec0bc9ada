"""Holding the ledger against what the audit says of it: what triggers cannot stop is found here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import shorten
from shangheng.engines.ledger.domain.digest import digest, evidence_line
from shangheng.engines.ledger.models import (
    Entry,
    Posting,
    PostingEvidence,
    PublishedFigure,
    RecognitionStep,
    TargetSheet,
)
from shangheng.engines.ledger.services.entries import line_of_posting, line_of_step
from shangheng.engines.ledger.services.publishing import line_of_published
from shangheng.engines.ledger.services.targets import digest_of_sheet

CHUNK = 500


def verify() -> Iterator[Finding]:
    """Entries, published figures and signed target sheets that are not what was written down."""
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    audited = _audited("ledger.entry:")
    for start in range(0, len(keys), CHUNK):
        yield from _entries(keys[start : start + CHUNK], audited)
    for pk in sorted(audited.keys() - set(keys)):
        message = _("入账凭单 #%d 已不在台账中。") % pk
        yield Finding("ledger", "removed", f"ledger.entry:{pk}", message)
    yield from _published()
    yield from _sheets()


def _audited(target: str, act: str = "") -> dict[int, Row]:
    """The audit row of each object whose target begins so."""
    rows = Row.objects.filter(target__startswith=target)
    if act:
        rows = rows.filter(act=act)
    return {int(row.target.partition(":")[2]): row for row in rows}


def _told(row: Row, key: str) -> object:
    return row.after.get(key) if isinstance(row.after, dict) else None


def _entries(keys: list[int], audited: dict[int, Row]) -> Iterator[Finding]:
    lines, moments = _contents(keys)
    for entry in Entry.objects.filter(pk__in=keys).order_by("pk"):
        target = f"ledger.entry:{entry.pk}"
        row = audited.get(entry.pk)
        if row is None:
            message = _("入账凭单 #%d 没有留痕记录，不是经由系统写入。") % entry.pk
            yield Finding("ledger", "inserted", target, message)
        elif not _told(row, "digest") == entry.digest == digest(lines[entry.pk]):
            message = _("入账凭单 #%d 所载的记录、认定或凭证与留痕时不符。") % entry.pk
            yield Finding("ledger", "altered", target, message)
        elif not _same_heading(entry, row) or moments[entry.pk] - {entry.recorded_at}:
            message = _("入账凭单 #%d 的经办人、时间、来源或说明与留痕时不符。") % entry.pk
            yield Finding("ledger", "altered", target, message)


def _same_heading(entry: Entry, row: Row) -> bool:
    """Whether who, when, what for and why are as the audit has them."""
    own = (entry.actor_id, entry.recorded_at, entry.act, shorten(entry.source), entry.note)
    return own == (row.actor_id, row.at, row.act, row.label, _told(row, "note"))


def _contents(keys: list[int]) -> tuple[dict[int, list[str]], dict[int, set[object]]]:
    """By entry: what its digest covers, and the instants that stand in its rows."""
    lines: dict[int, list[str]] = defaultdict(list)
    moments: dict[int, set[object]] = defaultdict(set)
    places: dict[tuple[int, int], int] = {}
    postings = Posting.objects.filter(entry__in=keys).select_related("series__indicator")
    for posting in postings.order_by("pk"):
        own = lines[posting.entry_id]
        places[posting.entry_id, posting.pk] = len(own)
        own.append(line_of_posting(posting))
        moments[posting.entry_id].add(posting.recorded_at)
    for step in RecognitionStep.objects.filter(entry__in=keys):
        lines[step.entry_id].append(line_of_step(step))
        moments[step.entry_id].add(step.recorded_at)
    for entry, of, document in _evidence(keys):
        place = places.get((entry, of))  # None for a voucher added to an older posting
        lines[entry].append(evidence_line(f"#{of}" if place is None else str(place), document))
    return lines, moments


def _evidence(keys: list[int]) -> Iterable[tuple[int, int, int]]:
    rows = PostingEvidence.objects.filter(entry__in=keys)
    return rows.values_list("entry_id", "posting_id", "document_id")


def _published() -> Iterator[Finding]:
    rows = {row.pk: row for row in PublishedFigure.objects.all()}
    for act in Row.objects.filter(act="ledger.publish").order_by("number"):
        keys = _told(act, "keys")
        own = [rows.pop(key, None) for key in keys] if isinstance(keys, list) else [None]
        lines = [line_of_published(row) for row in own if row is not None]
        if len(lines) < len(own) or digest(lines) != _told(act, "digest"):
            message = _("“%s”的公布数与登记时不符。") % act.label
            yield Finding("ledger", "altered", f"audit.row:{act.number}", message)
    for pk in sorted(rows):
        message = _("公布数 #%d 没有留痕记录，不是经由系统写入。") % pk
        yield Finding("ledger", "inserted", f"ledger.publishedfigure:{pk}", message)


def _sheets() -> Iterator[Finding]:
    audited = _audited("ledger.targetsheet:", "ledger.sheet.sign")
    signed = {sheet.pk: sheet for sheet in TargetSheet.objects.filter(state=TargetSheet.SIGNED)}
    for pk in sorted(audited.keys() | signed.keys()):
        sheet, row = signed.get(pk), audited.get(pk)
        if (
            sheet is None
            or row is None
            or (row.at, _told(row, "digest")) != (sheet.signed_at, digest_of_sheet(sheet))
        ):
            message = _("目标表 #%d 与签发时不符。") % pk
            yield Finding("ledger", "altered", f"ledger.targetsheet:{pk}", message)
