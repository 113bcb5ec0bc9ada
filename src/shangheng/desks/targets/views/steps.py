"""Steps of recognition of one posting, each on a page that says what will happen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangheng.core.accounts.access import allows, permission_required, person_of
from shangheng.core.ui.figures import number_text, unit_after
from shangheng.desks.targets.access import Purpose, access_posting
from shangheng.desks.targets.forms.fields import kind_choices, reason_choices, uploads_in
from shangheng.desks.targets.forms.recognition import (
    DecideForm,
    NoteForm,
    ResubmitForm,
    RevokeForm,
)
from shangheng.desks.targets.selectors.lines import PostingLine
from shangheng.desks.targets.selectors.postings import lines_of
from shangheng.desks.targets.services import recognition as services
from shangheng.desks.targets.services.postings import VouchersRefused
from shangheng.desks.targets.views.common import refused, sent
from shangheng.desks.targets.words import status_word
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.ledger.domain.line import LinesRefused
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.services.recognition import CannotMove

GET_POST = ["GET", "HEAD", "POST"]
TEMPLATE = "targets/posting_step.html"


@dataclass(frozen=True)
class Step:
    """The words of one step, and the act behind it, on what stands in `origin`."""

    origin: Status
    title: str
    will: str  # what will happen
    verb: str  # on the button
    done: str
    act: Callable[[], object]
    takes_vouchers: bool = False


@permission_required("targets.submit")
@require_http_methods(GET_POST)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit what is 待报 to the superior office."""
    line, form = _line(request, pk, "submit"), NoteForm(*sent(request))
    values = {"amount": _held(line, Status.CLAIMED), "authority": line.definition.recognition}
    undo = reverse("posting-withdraw", args=[pk])
    return _answer(
        request,
        line,
        form,
        Step(
            origin=Status.CLAIMED,
            title=_("提交认定"),
            will=_("把待报的%(amount)s报%(authority)s认定，状态变为“已报待认定”。认定前可以撤回。")
            % values,
            verb=_("提交认定"),
            done=format_html(
                '{} <a href="{}">{}</a>',
                _("已提交%(amount)s，等待%(authority)s答复。") % values,
                undo,
                _("撤回"),
            ),
            act=lambda: services.submit(
                actor=person_of(request),
                at=timezone.now(),
                postings=[pk],
                note=form.cleaned_data["note"],
            ),
        ),
    )


@permission_required("targets.submit")
@require_http_methods(GET_POST)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was submitted."""
    line, form = _line(request, pk, "submit"), NoteForm(*sent(request))
    amount = _held(line, Status.SUBMITTED)
    return _answer(
        request,
        line,
        form,
        Step(
            origin=Status.SUBMITTED,
            title=_("撤回提交"),
            will=_("把已报待认定的%s撤回，状态变回“待报”。提交和撤回都留有记录。") % amount,
            verb=_("撤回"),
            done=_("已撤回%s，状态为待报。") % amount,
            act=lambda: services.withdraw(
                actor=person_of(request),
                at=timezone.now(),
                postings=[pk],
                note=form.cleaned_data["note"],
            ),
        ),
    )


@permission_required("targets.recognise")
@require_http_methods(GET_POST)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the superior office said: recognised, partly, or rejected."""
    line = _line(request, pk, "recognise")
    today = timezone.localdate()
    form = DecideForm(
        *sent(request),
        line=line,
        reasons=reason_choices(today),
        today=today,
        may_upload=allows(person_of(request), "evidence.upload"),
    )
    values = {"amount": _held(line, Status.SUBMITTED), "authority": line.definition.recognition}
    return _answer(
        request,
        line,
        form,
        Step(
            origin=Status.SUBMITTED,
            title=_("登记认定结果"),
            will=_(
                "%(authority)s对已报待认定的%(amount)s作出答复。认定的计入已认定数；拒统的不计入，"
                "可以补充凭证后重新提交；两项都没有写到的，继续等待认定。"
            )
            % values,
            verb=_("登记结果"),
            done=_("认定结果已登记。"),
            act=lambda: services.record_reply(
                actor=person_of(request),
                at=timezone.now(),
                decisions=[form.decision()],
                reply=form.reply(),
            ),
        ),
    )


@permission_required("targets.recognise")
@require_http_methods(GET_POST)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a recognition was taken back."""
    line = _line(request, pk, "recognise")
    form = RevokeForm(
        *sent(request),
        line=line,
        today=timezone.localdate(),
        may_upload=allows(person_of(request), "evidence.upload"),
    )
    values = {"amount": _held(line, Status.RECOGNISED), "authority": line.definition.recognition}
    return _answer(
        request,
        line,
        form,
        Step(
            origin=Status.RECOGNISED,
            title=_("登记核减"),
            will=_(
                "%(authority)s已认定%(amount)s，现在收回其中一部分或全部。核减的部分转为拒统，"
                "引用过这个数的材料会收到提示。"
            )
            % values,
            verb=_("登记核减"),
            done=_("核减已登记。"),
            act=lambda: services.revoke(
                actor=person_of(request),
                at=timezone.now(),
                posting=line.row,
                value=form.cleaned_data["value"],
                reason=form.cleaned_data["reason"],
                reply=form.reply(),
            ),
        ),
    )


@permission_required("targets.submit")
@require_http_methods(GET_POST)
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit what was rejected again, with what was missing."""
    line = _line(request, pk, "submit")
    form = ResubmitForm(*sent(request), line=line)
    values = {"amount": _held(line, Status.REJECTED), "authority": line.definition.recognition}
    return _answer(
        request,
        line,
        form,
        Step(
            origin=Status.REJECTED,
            title=_("重新提交"),
            will=_("把拒统的%(amount)s（或其中一部分）补充凭证后再报%(authority)s认定。") % values,
            verb=_("重新提交"),
            done=_("已重新提交，等待答复。"),
            act=lambda: services.resubmit(
                actor=person_of(request),
                at=timezone.now(),
                posting=line.row,
                value=form.cleaned_data["value"],
                note=form.cleaned_data["note"],
                uploads=list(uploads_in(request)),
            ),
            takes_vouchers=allows(person_of(request), "evidence.upload"),
        ),
    )


def _line(request: HttpRequest, pk: int, to: Purpose) -> PostingLine:
    return lines_of([access_posting(actor=person_of(request), pk=pk, to=to)])[0]


def _held(line: PostingLine, status: Status) -> str:
    """An amount in words."""
    amount = line.held(status)
    return number_text(amount.value or Decimal(0)) + unit_after(amount.unit)


def _answer(request: HttpRequest, line: PostingLine, form: forms.Form, step: Step) -> HttpResponse:
    """Do it when the form was sent and is right; else show the page."""
    if not line.is_live or step.origin not in line.view.amounts:
        word = status_word(step.origin)
        messages.warning(request, _("这条记录没有“%s”的金额，不能办理这一步。") % word)
        return redirect("posting", line.row.pk)
    wrong = request.method == "POST"
    if wrong and form.is_valid():
        if problems := _try(step.act):
            for problem in problems:
                form.add_error(None, problem)
        else:
            messages.success(request, step.done)
            return redirect("posting", line.row.pk)
    kinds, accepted = kind_choices(line.definition.evidence), len(line.definition.evidence)
    context: dict[str, Any] = {
        "form": form,
        "line": line,
        "step": step,
        "accepted": kinds[:accepted],
        "other": kinds[accepted:],
    }
    return refused(request, TEMPLATE, context, wrong=wrong)


def _try(act: Callable[[], object]) -> Sequence[str]:
    """Why it cannot be done; nothing when it was."""
    try:
        act()
    except (CannotMove, UnacceptableFile) as error:
        return [str(error)]
    except VouchersRefused as error:
        return error.messages
    except LinesRefused as error:
        return [problem.message for problem in error.errors]
    return []
