"""What the search finds on this desk: indicators, postings, vouchers, target sheets."""

from collections.abc import Sequence
from functools import cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.search.declaring import Document
from shangheng.core.ui.figures import number_text
from shangheng.engines.evidence.models import Document as Voucher
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.indicator import UnknownIndicator
from shangheng.engines.ledger.models import Posting, TargetSheet


def indicators(_user: User) -> Sequence[Document]:
    """Every indicator by its names and its code."""
    return _indicators()


@cache
def _indicators() -> Sequence[Document]:
    return [
        Document(
            key=one.code,
            title=one.zh,
            english=one.en,
            url=reverse("indicator", args=[one.code]),
            about=f"{one.code} · {one.versions[-1].unit}",
            also=tuple(one.aliases),
            codes=(one.code,),
        )
        for one in catalogue.indicators().values()
    ]


def postings() -> QuerySet[Posting]:
    """Postings with what is found of them."""
    return Posting.objects.select_related("series__indicator", "entry")


def posting_document(row: Posting) -> Document:
    """A posting by its indicator, subject, amount, source and note: what of it never changes."""
    code = row.series.indicator.code
    try:
        indicator = catalogue.indicator(code)
        definition = indicator.on(row.occurred_on)
        measure = catalogue.unit_of(definition)
        amount = f"{number_text(measure.from_minor(row.amount))}{measure.code}"
        zh, english = indicator.zh, indicator.en
    except UnknownIndicator:
        zh, english, amount = code, "", ""
    return Document(
        key=str(row.pk),
        title=f"{zh} {row.subject}".strip(),
        english=f"{english} {row.subject}".strip() if english else "",
        url=reverse("posting", args=[row.pk]),
        about=f"#{row.pk} · {row.occurred_on} · {amount}",
        body=f"{row.entry.source} {row.entry.note}".strip(),
        codes=(str(row.pk),),
        unit_id=row.series.unit_id,
        owner_id=row.entry.actor_id,
    )


def vouchers() -> QuerySet[Voucher]:
    """Vouchers with what is found of them."""
    return Voucher.objects.all()


def voucher_document(row: Voucher) -> Document:
    """A voucher by its file name and the beginning of its hash."""
    day = timezone.localtime(row.uploaded_at).date()
    return Document(
        key=str(row.pk),
        title=row.name,
        url=reverse("document", args=[row.pk]),
        about=f"#{row.pk} · {day}",
        codes=(str(row.pk), row.sha256),
        unit_id=row.unit_id,
        owner_id=row.uploaded_by_id,
    )


def sheets() -> QuerySet[TargetSheet]:
    """Target sheets."""
    return TargetSheet.objects.all()


def sheet_document(row: TargetSheet) -> Document:
    """A target sheet by its year and where it comes from."""
    return Document(
        key=str(row.pk),
        title=f"{row.year}年目标表第{row.number}版",  # zh-data: as documents are written
        english=f"Target sheet {row.year}, version {row.number}",
        url=reverse("sheet", args=[row.pk]),
        about=row.source,
        codes=(str(row.year),),
    )
