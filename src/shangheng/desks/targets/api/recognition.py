"""Operations: submitting to the superior office and recording its replies."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.accounts.models import User
from shangheng.core.api.fields import Amount, Key
from shangheng.core.api.paging import LARGEST
from shangheng.core.api.problems import wrong
from shangheng.core.api.schema import guarded
from shangheng.core.api.versions import unchanged
from shangheng.core.api.wording import lazy as _
from shangheng.desks.targets.access import access_posting, postings_for
from shangheng.desks.targets.api.shapes import PostingOut, posting_whole, postings_out
from shangheng.desks.targets.selectors.postings import read
from shangheng.desks.targets.services import recognition
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import visible_to
from shangheng.engines.ledger.models import NOTE_LENGTH, Entry

router = Router(tags=["targets"])


class PostingsIn(Schema):
    """Postings by their numbers, and a note."""

    postings: list[Key] = Field(min_length=1, max_length=LARGEST)
    note: str = Field("", max_length=NOTE_LENGTH)


class DecisionIn(Schema):
    """What a reply says of one posting, in its unit of measure; the rest stays open."""

    posting: Key
    recognised: Amount = Decimal(0)
    rejected: Amount = Decimal(0)
    reason: str = Field("", max_length=60, description=_("拒统原因的代码。"))


class ReplyIn(Schema):
    """A reply of the superior office about any number of postings: all or nothing."""

    replied_on: date
    decisions: list[DecisionIn] = Field(min_length=1, max_length=LARGEST)
    document: Key | None = Field(None, description=_("答复文件，先上传。"))
    note: str = Field("", max_length=300)


class RevocationIn(Schema):
    """A recognised amount that the superior office has taken back, in the posting's unit."""

    value: Amount
    reason: str = Field(max_length=60, description=_("拒统原因的代码。"))
    replied_on: date
    document: Key | None = Field(None, description=_("答复文件，先上传。"))
    note: str = Field("", max_length=300)


class ResubmissionIn(Schema):
    """A rejected amount to submit again, in the posting's unit."""

    value: Amount
    note: str = Field("", max_length=NOTE_LENGTH)


class StepsOut(Schema):
    """An entry of recognition, and where its postings now stand."""

    entry: int
    postings: list[PostingOut]


@router.post("recognition/submissions", response={201: StepsOut}, summary=_("提交认定"))
@permission_required("targets.submit")
def submit_postings(
    request: HttpRequest, response: HttpResponse, body: PostingsIn
) -> Status[StepsOut]:
    """Submit all of these postings that has not been submitted."""
    entry = recognition.submit(
        actor=person_of(request), at=timezone.now(), postings=body.postings, note=body.note
    )
    return _steps(request, response, entry, body.postings)


@router.post("recognition/withdrawals", response={201: StepsOut}, summary=_("撤回提交"))
@permission_required("targets.submit")
def withdraw_postings(
    request: HttpRequest, response: HttpResponse, body: PostingsIn
) -> Status[StepsOut]:
    """Take back what was submitted and is not decided."""
    entry = recognition.withdraw(
        actor=person_of(request), at=timezone.now(), postings=body.postings, note=body.note
    )
    return _steps(request, response, entry, body.postings)


@router.post("recognition/decisions", response={201: StepsOut}, summary=_("登记认定结果"))
@permission_required("targets.recognise")
def decide_postings(
    request: HttpRequest, response: HttpResponse, body: ReplyIn
) -> Status[StepsOut]:
    """Record what the superior office answered."""
    actor = person_of(request)
    document = _document(actor, body.document)
    entry = recognition.record_reply(
        actor=actor,
        at=timezone.now(),
        decisions=[
            recognition.Decision(one.posting, one.recognised, one.rejected, one.reason)
            for one in body.decisions
        ],
        reply=recognition.Reply(body.replied_on, document=document, note=body.note),
    )
    return _steps(request, response, entry, [one.posting for one in body.decisions])


@router.post("postings/{int:pk}/revocation", response={201: StepsOut}, summary=_("登记核减"))
@guarded
@permission_required("targets.recognise")
def revoke_posting(
    request: HttpRequest, response: HttpResponse, pk: Key, body: RevocationIn
) -> Status[StepsOut]:
    """Record that a recognised amount was taken back."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="recognise")
    reply = recognition.Reply(
        body.replied_on, document=_document(actor, body.document), note=body.note
    )
    with unchanged(request, lambda: posting_whole(posting)):
        entry = recognition.revoke(
            actor=actor,
            at=timezone.now(),
            posting=posting,
            value=body.value,
            reason=body.reason,
            reply=reply,
        )
    return _steps(request, response, entry, [pk])


@router.post("postings/{int:pk}/resubmission", response={201: StepsOut}, summary=_("重新提交认定"))
@guarded
@permission_required("targets.submit")
def resubmit_posting(
    request: HttpRequest, response: HttpResponse, pk: Key, body: ResubmissionIn
) -> Status[StepsOut]:
    """Submit again what was rejected; vouchers that were missing are attached before."""
    actor = person_of(request)
    posting = access_posting(actor=actor, pk=pk, to="submit")
    with unchanged(request, lambda: posting_whole(posting)):
        entry = recognition.resubmit(
            actor=actor, at=timezone.now(), posting=posting, value=body.value, note=body.note
        )
    return _steps(request, response, entry, [pk])


def _document(actor: User, pk: int | None) -> Document | None:
    document = visible_to(actor).filter(pk=pk or 0).first()
    if document is None and pk is not None:
        raise wrong("body.document", _("没有这件凭证，或您看不到。"))
    return document


def _steps(
    request: HttpRequest, response: HttpResponse, entry: Entry, postings: list[int]
) -> Status[StepsOut]:
    rows = read(postings_for(person_of(request)).filter(pk__in=postings)).order_by("pk")
    response["Location"] = f"/api/v1/targets/postings/{postings[0]}"
    return Status(201, StepsOut(entry=entry.pk, postings=postings_out(list(rows))))
