"""Auditing figures: keeping a text, deciding on what was found, taking the result away."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from shangheng.core.accounts.models import User
from shangheng.core.audit import services as audit
from shangheng.core.exchange.scanning import must_be_clean
from shangheng.core.search.services import index
from shangheng.desks.briefing.domain.claims_text import (
    audit_of,
    read_file,
    structure_of,
    summary_of,
)
from shangheng.desks.briefing.domain.told import _
from shangheng.desks.briefing.models import (
    CannotDo,
    ClaimsAudit,
    ClaimVerdict,
    Decision,
    Report,
)
from shangheng.desks.briefing.selectors.claims import audited
from shangheng.desks.briefing.selectors.claims_ledger import against_ledger
from shangheng.desks.briefing.services.downloads import MEDIA, File
from shangheng.methods.claims.output import audit_data
from shangheng.methods.claims.reading.document import Document
from shangheng.methods.claims.report import excel_list, word_report

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_upload(name: str, content: bytes) -> Document:
    """The report in a file that was handed in. Raises NotClean, UnreadableReport, TooLong."""
    must_be_clean(name, content)
    return read_file(name, content)


@transaction.atomic
def keep_text(
    *,
    actor: User,
    at: datetime,
    document: Document,
    title: str = "",
    name: str = "",
    predecessor: ClaimsAudit | None = None,
    report: Report | None = None,
) -> ClaimsAudit:
    """Keep the text of a report to audit it; as the successor of the text that it was edited from."""
    structure = structure_of(document)
    found = against_ledger(audit_of(document.text, structure), now=at)
    before = predecessor.title if predecessor else ""
    row = ClaimsAudit.objects.create(
        title=(title.strip() or before or document.title or name or gettext("未命名的文字"))[:200],
        name=name[:200],
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        text=document.text,
        structure=structure,
        summary=summary_of(found),
        unit=report.unit if report else actor.unit,
        created_by=actor,
        created_at=at,
        report=report,
        predecessor=predecessor,
        first=(predecessor.first or predecessor) if predecessor else None,
    )
    index(row)
    after = {"name": row.name, "sha256": row.sha256, "predecessor": row.predecessor_id}
    _record(actor, at, "briefing.claims.create", row, after)
    return row


@transaction.atomic
def decide(
    *,
    actor: User,
    at: datetime,
    row: ClaimsAudit,
    fingerprint: str,
    decision: str,
    reason: str,
) -> ClaimVerdict:
    """Confirm a finding, or dismiss it with a reason; a later decision replaces it. Raises CannotDo."""
    if decision not in Decision.values:
        raise CannotDo(_("请选择属实还是不是问题。"))
    if decision == Decision.DISMISSED and not reason.strip():
        raise CannotDo(_("认为不是问题，要写明理由，理由随审核保存。"))
    known = {finding.fingerprint for finding in audited(row, now=at).findings}
    if fingerprint not in known:
        raise CannotDo(_("没有这一条，文字或台账可能已有变动，请刷新页面。"))
    verdict = ClaimVerdict.objects.create(
        audit=row,
        fingerprint=fingerprint,
        decision=decision,
        reason=reason.strip()[:500],
        actor=actor,
        at=at,
    )
    after = {"fingerprint": fingerprint, "decision": decision, "reason": verdict.reason}
    _record(actor, at, "briefing.claims.decide", row, after)
    return verdict


@transaction.atomic
def download_audit(*, actor: User, at: datetime, row: ClaimsAudit, kind: str) -> File:
    """The audit as `docx` with comments, `xlsx` list or `json`; leaves an audit row."""
    found = audited(row, now=at)
    if kind == "docx":
        content, media = word_report(found), MEDIA["docx"]
    elif kind == "xlsx":
        content, media = excel_list(found), EXCEL
    else:
        text = json.dumps(audit_data(found), ensure_ascii=False, indent=1)
        content, media = text.encode(), "application/json"
    _record(actor, at, "briefing.claims.download", row, {"kind": kind})
    label = gettext("数字审核")
    return File(f"{row.title}-{label}.{kind}", content, media)


def _record(
    actor: User, at: datetime, act: str, row: ClaimsAudit, after: Mapping[str, object]
) -> None:
    audit.record(
        actor=actor,
        act=act,
        at=at,
        target=f"briefing.claimsaudit:{row.pk}",
        label=row.title,
        after=after,
    )
