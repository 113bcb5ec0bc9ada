"""Documents that bear a case out: attached, and withdrawn when they do not."""

from datetime import datetime

from django.db import transaction

from shangheng import rules
from shangheng.core.accounts.models import User
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.cases.models import Case, Exhibit, Verification
from shangheng.engines.cases.selectors.cases import standing_exhibits
from shangheng.engines.cases.services.recording import held, must, reasoned, record
from shangheng.engines.evidence.access import access_document
from shangheng.engines.evidence.models import Document
from shangheng.methods.wording import say


@transaction.atomic
def attach(
    *,
    actor: User,
    at: datetime,
    case: Case,
    document: Document,
    kind: str = "",
    seen: int | None = None,
) -> Exhibit:
    """Let a document bear a case out; `kind` is the document's own where none is given.

    Raises CannotDo, StaleEdit, PermissionDenied, Http404 for a document that the actor may not see.
    """
    current = held(case, seen)
    must(actor, "cases.act", current)
    access_document(actor=actor, pk=document.pk)
    kind = kind or document.kind
    if kind not in {row["code"] for row in rules.load("voucher_kinds.yaml")}:
        raise CannotDo(say("请选择凭证的种类。"))
    if standing_exhibits(current).filter(document__sha256=document.sha256, kind=kind).exists():
        raise CannotDo(say("这份凭证已经附上。"))
    made = Exhibit.objects.create(case=current, document=document, kind=kind, actor=actor, at=at)
    after = {"document": document.pk, "kind": kind, "sha256": document.sha256}
    record(actor=actor, at=at, act="cases.attach", case=current, after=after)
    return made


@transaction.atomic
def withdraw(
    *, actor: User, at: datetime, exhibit: Exhibit, reason: str, seen: int | None = None
) -> Exhibit:
    """Let a document no longer bear a case out. Once a milestone was verified, only those who verify
    may do so. Raises CannotDo, StaleEdit, PermissionDenied.
    """
    current = held(exhibit.case, seen)
    locked = Verification.objects.filter(
        milestone__case=current, milestone__reversal=None, at__gte=exhibit.at
    )
    must(actor, "cases.verify" if locked.exists() else "cases.act", current)
    reason = reasoned(reason, say("撤下凭证要写明理由。"))
    if not standing_exhibits(current).filter(pk=exhibit.pk).exists():
        raise CannotDo(say("这份凭证已经撤下，请刷新页面。"))
    made = Exhibit.objects.create(
        case=current,
        document=exhibit.document,
        kind=exhibit.kind,
        actor=actor,
        at=at,
        withdraws=exhibit,
        note=reason,
    )
    after = {"document": exhibit.document_id, "kind": exhibit.kind, "reason": reason}
    record(actor=actor, at=at, act="cases.withdraw", case=current, after=after)
    return made
