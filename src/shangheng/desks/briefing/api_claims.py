"""The desk's operations of the API: audits of figures kept, read, decided upon, and run anew on an edited text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api import problems, routers
from shangheng.core.api.fields import Key
from shangheng.core.api.own.accounts import UnitBrief, unit_brief
from shangheng.core.api.paging import Page, Paging, paged
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import made, unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.briefing.access import access_audit
from shangheng.desks.briefing.api import CoverageOut, FindingOut, NoteOut, document_of, register_api
from shangheng.desks.briefing.models import ClaimsAudit, ClaimVerdict
from shangheng.desks.briefing.selectors.claims import ALL, audit_page, visible_audits
from shangheng.desks.briefing.services import claims as services
from shangheng.methods.claims.output import audit_data, finding_data

router = Router(tags=["briefing"])


class DecisionOut(Schema):
    """What somebody has said about a finding."""

    decision: Literal["confirmed", "dismissed"]
    reason: str
    by: str
    at: datetime


class DecidedOut(FindingOut):
    """A finding of a kept audit."""

    is_new: bool = Field(description=_("上一次审核的文字里还没有。"))
    decision: DecisionOut | None


class ClaimsBrief(Schema):
    """An audit of figures in the list."""

    id: int
    title: str
    name: str = Field(description=_("文件名；粘贴的为空。"))
    unit: UnitBrief | None
    created_by: str
    created_at: datetime
    report: int | None
    after: int | None = Field(description=_("由哪一次审核的文字改成。"))


class ClaimsOut(ClaimsBrief):
    """An audit with everything found, against the ledger as it is now."""

    text: str
    findings: list[DecidedOut]
    mended: list[FindingOut] = Field(description=_("上一次审核里有、现在已改好的。"))
    coverage: CoverageOut
    notes: list[NoteOut]


class DecisionIn(Schema):
    """What to say about a finding."""

    fingerprint: str = Field(max_length=16)
    decision: Literal["confirmed", "dismissed"] = Field(
        description=_("confirmed 属实，dismissed 不是问题。")
    )
    reason: str = Field("", max_length=500, description=_("dismissed 必须写明理由。"))


@router.get("claims", response=Page[ClaimsBrief], summary=_("数字审核"))
@permission_required("briefing.view")
def list_claims(
    request: HttpRequest, response: HttpResponse, paging: Query[Paging]
) -> dict[str, object]:
    """The audits within reach, the latest first."""
    rows = visible_audits(person_of(request))
    return paged(
        request, response, rows, paging, lambda some: [ClaimsBrief(**_brief(row)) for row in some]
    )


@router.post("claims", response={201: ClaimsOut}, summary=_("审核数字并留存"))
@permission_required("briefing.write")
def keep_claims(
    request: HttpRequest,
    response: HttpResponse,
    text: Annotated[str, Form(description=_("材料的文字；或者上传 file。"))] = "",
    file: Annotated[
        UploadedFile | None, File(description=_("txt、docx、xlsx、html 或 pdf。"))
    ] = None,
    title: Annotated[str, Form(max_length=200)] = "",
    after: Annotated[
        Key | None, Form(description=_("改自哪一次审核的文字：认定沿用，并说明改好了什么。"))
    ] = None,
) -> Status[ClaimsOut]:
    """Audit a text or a file and keep its text; with `after`, as the rerun on a text that was edited."""
    actor = person_of(request)
    before = _before(actor, after) if after is not None else None
    row = services.keep_text(
        actor=actor,
        at=timezone.now(),
        document=document_of(text, file),
        title=title,
        name=(file.name or "") if file else "",
        predecessor=before,
    )
    return made(response, _out(row), _place_of(row))


@router.get("claims/{int:pk}", response=ClaimsOut, summary=_("一次数字审核"))
@permission_required("briefing.view")
def get_claims(request: HttpRequest, pk: Key) -> ClaimsOut:
    """The audit run again: the text as it was kept, the ledger as it is now, and what was decided."""
    return _out(access_audit(actor=person_of(request), pk=pk))


@router.post("claims/{int:pk}/decisions", response={201: ClaimsOut}, summary=_("认定审核结果"))
@guarded
@permission_required("briefing.write")
def decide_claim(
    request: HttpRequest, response: HttpResponse, pk: Key, body: DecisionIn
) -> Status[ClaimsOut]:
    """Confirm a finding, or dismiss it with a reason; a later decision replaces it."""
    actor = person_of(request)
    row = access_audit(actor=actor, pk=pk, to="write")
    with unchanged(request, lambda: _out(row)):
        services.decide(
            actor=actor,
            at=timezone.now(),
            row=row,
            fingerprint=body.fingerprint,
            decision=body.decision,
            reason=body.reason,
        )
    return made(response, _out(row), _place_of(row))


def _before(actor: User, pk: int) -> ClaimsAudit:
    try:
        return access_audit(actor=actor, pk=pk, to="write")
    except Http404:
        raise problems.wrong("form.after", gettext("没有这次审核，或者您看不到它。")) from None


def _brief(row: ClaimsAudit) -> Mapping[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "name": row.name,
        "unit": unit_brief(row.unit) if row.unit else None,
        "created_by": row.created_by.display_name,
        "created_at": row.created_at,
        "report": row.report_id,
        "after": row.predecessor_id,
    }


def _out(row: ClaimsAudit) -> ClaimsOut:
    page = audit_page(row, now=timezone.now(), verdict=ALL, severity="")
    data = audit_data(page.audit)
    return ClaimsOut(
        **_brief(row),
        text=row.text,
        findings=[
            DecidedOut.model_validate(
                {
                    **finding_data(shown.finding),
                    "is_new": shown.is_new,
                    "decision": _decision(shown.decision),
                }
            )
            for shown in page.shown
        ],
        mended=[FindingOut.model_validate(finding_data(finding)) for finding in page.mended],
        coverage=CoverageOut(**data["coverage"]),
        notes=[NoteOut(**note) for note in data["notes"]],
    )


def _decision(verdict: ClaimVerdict | None) -> DecisionOut | None:
    if verdict is None:
        return None
    return DecisionOut.model_validate(
        {
            "decision": verdict.decision,
            "reason": verdict.reason,
            "by": verdict.actor.display_name,
            "at": verdict.at,
        }
    )


def _place_of(row: ClaimsAudit) -> str:
    return f"/api/v1/briefing/claims/{row.pk}"


def register_claims() -> None:
    """Called once, when the desk is ready; with the audit that keeps nothing."""
    register_api()
    routers.register("briefing", router)
