"""Reading documents."""

from collections.abc import Iterable

from django.db.models import QuerySet

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.engines.evidence.models import Document


def visible_to(actor: User) -> QuerySet[Document]:
    """The documents that `actor` may see."""
    scope = scope_of(actor, "evidence.view")
    return scope.filter(Document.objects.all(), unit="unit", owner="uploaded_by")


def open_to(actor: User, documents: Iterable[Document]) -> frozenset[int]:
    """The keys of those documents that `actor` may see, without asking the database again."""
    scope = scope_of(actor, "evidence.view")
    return frozenset(
        one.pk
        for one in documents
        if scope.covers(unit_id=one.unit_id, owner_id=one.uploaded_by_id)
    )


def same_content(document: Document) -> QuerySet[Document]:
    """Other uploads of the very same bytes: one voucher used twice is a finding.

    Not narrowed to what a person may see, else a duplicate in another unit would stay hidden.
    """
    return Document.objects.filter(sha256=document.sha256).exclude(pk=document.pk)
