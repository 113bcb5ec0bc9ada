"""Holding the ledger against its digests: what triggers cannot stop is found here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.core.database.append_only import unguarded
from shangheng.engines.ledger.domain.digest import digest, evidence_line
from shangheng.engines.ledger.models import Entry, Posting, PostingEvidence, RecognitionStep
from shangheng.engines.ledger.services.entries import line_of_posting, line_of_step

TABLES = frozenset(
    {
        "ledger_entry",
        "ledger_posting",
        "ledger_recognitionstep",
        "ledger_postingevidence",
        "ledger_publishedfigure",
    }
)
CHUNK = 500


def verify() -> Iterator[Finding]:
    """Every entry whose postings, steps or evidence are not what was written down."""
    for table in sorted(unguarded(set(TABLES))):
        yield Finding("ledger", "unguarded", table, f"表 {table} 的防篡改触发器被移除")
    audited = _audited()
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from _entries(keys[start : start + CHUNK], audited)
    for pk in sorted(audited.keys() - set(keys)):
        yield _finding("removed", pk, "的入账凭单已不在台账中")


def _audited() -> dict[int, str]:
    """The digest that the audit trail holds for each entry."""
    rows = Row.objects.filter(target__startswith="ledger.entry:").values_list("target", "after")
    return {int(target.partition(":")[2]): (after or {})["digest"] for target, after in rows}


def _entries(keys: list[int], audited: dict[int, str]) -> Iterator[Finding]:
    lines = _lines(keys)
    for entry in Entry.objects.filter(pk__in=keys).order_by("pk"):
        if entry.pk not in audited:
            yield _finding("inserted", entry.pk, "没有留痕记录，不是经由系统写入")
        elif not audited[entry.pk] == entry.digest == digest(lines[entry.pk]):
            yield _finding("altered", entry.pk, "的内容与留痕时的摘要不符")


def _lines(keys: list[int]) -> dict[int, list[str]]:
    result: dict[int, list[str]] = defaultdict(list)
    places: dict[int, int] = {}
    postings = Posting.objects.filter(entry__in=keys).select_related("series__indicator")
    for posting in postings.order_by("pk"):
        own = result[posting.entry_id]
        places[posting.pk] = len(own)
        own.append(line_of_posting(posting))
    for step in RecognitionStep.objects.filter(entry__in=keys):
        result[step.entry_id].append(line_of_step(step))
    for entry, of, document in _evidence(keys):
        place = str(places[of]) if of in places else f"#{of}"
        result[entry].append(evidence_line(place, document))
    return result


def _evidence(keys: list[int]) -> Iterable[tuple[int, int, int]]:
    rows = PostingEvidence.objects.filter(entry__in=keys)
    return rows.values_list("entry_id", "posting_id", "document_id")


def _finding(kind: str, entry: int, message: str) -> Finding:
    return Finding("ledger", kind, f"ledger.entry:{entry}", f"入账凭单 #{entry} {message}")
