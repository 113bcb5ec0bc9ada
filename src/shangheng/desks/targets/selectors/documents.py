"""Vouchers: what they bear out, and where the same content is used again."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from PIL import Image

from shangheng.core.accounts.models import User
from shangheng.desks.targets import words
from shangheng.desks.targets.access import may, postings_for
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import open_to, visible_to
from shangheng.engines.ledger.models import (
    Posting,
    PostingEvidence,
    PublishedFigure,
    RecognitionStep,
)

OFFERED = 12  # documents that wait to be attached, newest first
THUMBNAIL = 320  # pixels of the longer side


@dataclass(frozen=True)
class Use:
    """A posting that some content bears out. `is_open` tells whether the reader may open it."""

    document: Document
    posting: Posting
    is_open: bool

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return words.indicator_word(self.posting.series.indicator.code)

    @property
    def is_live(self) -> bool:
        """Whether the posting still counts."""
        return self.posting.reverses_id is None and not hasattr(self.posting, "reversal")


def uses(contents: Iterable[str], reader: User) -> dict[str, list[Use]]:
    """The postings that stand on each content (SHA-256), also those that the reader may not open.

    That a voucher is used twice must show to whoever holds it, wherever the other use is.
    """
    rows = (
        PostingEvidence.objects.filter(document__sha256__in=set(contents))
        .select_related(
            "document",
            "posting__series__indicator",
            "posting__series__unit",
            "posting__entry__actor",
            "posting__reversal",
        )
        .order_by("posting")
    )
    result: dict[str, list[Use]] = defaultdict(list)
    for row in rows:
        use = Use(row.document, row.posting, may(reader, row.posting, "view"))
        result[row.document.sha256].append(use)
    return result


def used_elsewhere(posting: Posting, reader: User) -> dict[int, list[Use]]:
    """For each voucher of a posting: live uses of its content in other entries."""
    documents = [row.document for row in posting.evidence.all()]
    if not documents:
        return {}
    found = uses((document.sha256 for document in documents), reader)
    return {
        document.pk: others
        for document in documents
        if (others := [u for u in found[document.sha256] if _is_other(u, posting)])
    }


def _is_other(use: Use, posting: Posting) -> bool:
    return use.is_live and use.posting.entry_id != posting.entry_id


@dataclass(frozen=True)
class Voucher:
    """A voucher of a posting, and the other entries that its content bears out."""

    document: Document
    others: Sequence[Use] = ()
    is_open: bool = True  # whether the reader may see it: the one of another unit is only named

    @property
    def kind(self) -> str:
        """The kind of voucher in words."""
        return words.kind_word(self.document.kind)

    @property
    def face(self) -> str:
        """What to show of it in a list: its first page, or a sign of what it is."""
        media = self.document.media_type
        if media == "application/pdf" or media.startswith("image/"):
            return "page"
        return "sheet" if "sheet" in media or "excel" in media or "csv" in media else "text"


def vouchers_of(posting: Posting, reader: User) -> list[Voucher]:
    """The vouchers of a posting in the order in which they were attached."""
    elsewhere = used_elsewhere(posting, reader)
    documents = [link.document for link in posting.evidence.all()]
    within = open_to(reader, documents)
    return [Voucher(one, elsewhere.get(one.pk, []), one.pk in within) for one in documents]


def with_uses(rows: QuerySet[Document]) -> QuerySet[Document]:
    """The documents, each with how often it is used and uploaded.

    `times` counts entries that stand on the same content, `copies` uploads of it.
    """
    same = Document.objects.filter(sha256=OuterRef("sha256")).order_by().values("sha256")
    return rows.select_related("unit", "uploaded_by").annotate(
        times=_entries(), copies=same.annotate(n=Count("pk")).values("n"), is_used=_is_used()
    )


def _entries() -> Coalesce:
    """How many entries stand on the content of a document."""
    used = (
        PostingEvidence.objects.filter(document__sha256=OuterRef("sha256"))
        .order_by()
        .values("document__sha256")
    )
    return Coalesce(used.annotate(n=Count("posting__entry", distinct=True)).values("n"), 0)


def unused(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Those that bear out nothing: neither posting, reply, nor published figure."""
    return rows.filter(~_is_used())


def offered(actor: User, chosen: Iterable[str] = ()) -> list[Document]:
    """Documents to attach: those `chosen` (keys as they came), then the own ones that wait."""
    keys = {int(pk) for pk in chosen if pk.isascii() and pk.isdigit()}
    visible = visible_to(actor)
    waiting = list(unused(visible).filter(uploaded_by=actor).exclude(pk__in=keys)[:OFFERED])
    return [*(visible.filter(pk__in=keys) if keys else ()), *waiting]


def _is_used() -> Q:
    own = {"document": OuterRef("pk")}
    return Q(
        Exists(PostingEvidence.objects.filter(**own))
        | Exists(RecognitionStep.objects.filter(**own))
        | Exists(PublishedFigure.objects.filter(**own))
    )


def thumbnail(png: bytes) -> bytes:
    """A page as a small picture."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        picture.thumbnail((THUMBNAIL, THUMBNAIL))
        small = io.BytesIO()
        picture.save(small, "PNG")
    return small.getvalue()


def named(rows: QuerySet[Document], text: str) -> QuerySet[Document]:
    """Those with `text` in the name, in that of who handed them in, or in the beginning of the hash."""
    found = Q(name__icontains=text) | Q(uploaded_by__display_name__icontains=text)
    return rows.filter(found | Q(sha256__startswith=text.lower()))


def shown(rows: QuerySet[Document], show: str) -> QuerySet[Document]:
    """Only those that bear out nothing (`unused`), or those whose content several entries use (`again`)."""
    if show == "unused":
        return unused(rows)
    return rows.alias(entries=_entries()).filter(entries__gt=1) if show == "again" else rows


def replies(document: Document, reader: User) -> list[RecognitionStep]:
    """The steps of recognition that rest on a document, of postings within reach."""
    steps = RecognitionStep.objects.filter(
        document=document, posting__in=postings_for(reader)
    ).select_related("posting__series__indicator")
    return list(steps.order_by("pk"))


def published_in(document: Document) -> int:
    """How many published figures rest on a document."""
    return PublishedFigure.objects.filter(document=document).count()
