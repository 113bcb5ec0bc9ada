"""Audits of figures: the list, and everything that the page of one shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.desks.briefing.domain.claims_text import (
    PROBLEMS,
    Piece,
    Shown,
    audit_of,
    marked_lines,
    problems,
)
from shangheng.desks.briefing.models import ClaimsAudit, ClaimVerdict
from shangheng.desks.briefing.selectors.claims_ledger import against_ledger
from shangheng.methods.claims.audit import Audit
from shangheng.methods.claims.findings import Finding, Severity, Verdict

VERDICTS: dict[str, Promise] = {
    Verdict.INCONSISTENT: _("矛盾"),
    Verdict.AMBIGUOUS: _("存疑"),
    Verdict.UNSUPPORTED: _("缺依据"),
    Verdict.UNCHECKABLE: _("无法核对"),
    Verdict.OK: _("相符"),
}
SEVERITIES: dict[str, Promise] = {
    Severity.MAJOR: _("重要"),
    Severity.MINOR: _("一般"),
    Severity.EDITORIAL: _("文字"),
}
ALL = "all"


@dataclass(frozen=True)
class Choice:
    """What can be shown, with how many findings there are, and whether it is chosen."""

    value: str
    label: str | Promise
    count: int
    on: bool


@dataclass(frozen=True)
class AuditPage:
    """An audit as its page shows it. `mended` no longer stands in this text, unlike the last."""

    row: ClaimsAudit
    audit: Audit
    shown: list[Shown]
    lines: list[list[Piece]]
    verdicts: list[Choice]
    severities: list[Choice]
    mended: list[Finding]
    new: int


def visible_audits(user: User) -> QuerySet[ClaimsAudit]:
    """The audits that a person may see, newest first."""
    rows = ClaimsAudit.objects.select_related("created_by", "unit", "report")
    return scope_of(user, "briefing.view").filter(rows, owner="created_by").order_by("-pk")


def audited(row: ClaimsAudit, *, now: datetime) -> Audit:
    """The audit of a kept text, with the ledger as known on the report's date and now."""
    return against_ledger(audit_of(row.text, row.structure), now=now)


def decisions(row: ClaimsAudit) -> dict[str, ClaimVerdict]:
    """The decision that holds for each fingerprint: the last on this text or one before it."""
    first = row.first_id or row.pk
    rows = ClaimVerdict.objects.filter(
        Q(audit=first) | Q(audit__first=first), audit__lte=row.pk
    ).select_related("actor")
    return {verdict.fingerprint: verdict for verdict in rows.order_by("pk")}


def audit_page(row: ClaimsAudit, *, now: datetime, verdict: str, severity: str) -> AuditPage:
    """What the page shows: what does not hold, or the findings of one verdict and severity."""
    audit = audited(row, now=now)
    before = problems(audited(row.predecessor, now=now).findings) if row.predecessor else None
    decided = decisions(row)
    of_verdict = [f for f in audit.findings if _wanted(f, verdict)]
    chosen = [f for f in of_verdict if severity in ("", f.severity)]
    new = problems(audit.findings).keys() - before.keys() if before is not None else set()
    shown = [
        Shown(number, f, f.fingerprint in new, decided.get(f.fingerprint))
        for number, f in enumerate(chosen, start=1)
    ]
    now_wrong = problems(audit.findings)
    return AuditPage(
        row=row,
        audit=audit,
        shown=shown,
        lines=marked_lines(audit.document.text, shown),
        verdicts=_verdict_choices(audit, verdict),
        severities=_severity_choices(of_verdict, severity),
        mended=[f for key, f in (before or {}).items() if key not in now_wrong],
        new=len(new),
    )


def _wanted(finding: Finding, verdict: str) -> bool:
    if verdict == ALL:
        return True
    return finding.verdict == verdict if verdict else finding.verdict in PROBLEMS


def _verdict_choices(audit: Audit, chosen: str) -> list[Choice]:
    counts = Counter(f.verdict for f in audit.findings)
    wrong = sum(counts[v] for v in PROBLEMS)
    return [
        Choice("", _("要看的"), wrong, not chosen),
        *(Choice(v, label, counts[Verdict(v)], v == chosen) for v, label in VERDICTS.items()),
        Choice(ALL, _("全部"), len(audit.findings), chosen == ALL),
    ]


def _severity_choices(found: list[Finding], chosen: str) -> list[Choice]:
    counts = Counter(f.severity for f in found)
    return [
        Choice("", _("各种程度"), len(found), not chosen),
        *(Choice(s, label, counts[Severity(s)], s == chosen) for s, label in SEVERITIES.items()),
    ]
