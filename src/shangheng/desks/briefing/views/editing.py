"""The editor: text, preview and findings side by side; works without scripts too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.ui.moment import Moment
from shangheng.desks.briefing.access import access_report
from shangheng.desks.briefing.domain.merging import hunks, merged
from shangheng.desks.briefing.forms import EditorForm, KnownForm
from shangheng.desks.briefing.models import CannotDo, Draft, Report, StaleText, State
from shangheng.desks.briefing.selectors.building import Brief, build
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.views.page import numbered

PREVIEW = "div#preview"


@permission_required("briefing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the text; a request for a preview changes nothing."""
    user, now = person_of(request), timezone.now()
    report = access_report(actor=user, pk=pk, to="write")
    if report.state != State.DRAFT:
        messages.warning(request, _("这份材料已不在起草，不能修改。"))
        return redirect("report", pk)
    draft = writing.latest(report)
    initial = {"title": report.title, "text": draft.text, "base": draft.number}
    form = EditorForm(_merged(request, report) or None, initial=initial)
    if request.headers.get("HX-Target") == PREVIEW:
        context = {"form": form, "report": report, **preview(report, form, draft.text)}
        return render(request, "briefing/edit.html#preview", context)
    status = 200
    if request.method == "POST" and "preview" not in request.POST:
        try:
            if form.is_valid() and _saved(request, report, form):
                return redirect("report-edit" if "stay" in request.POST else "report", pk)
        except StaleText as stale:
            return _both_texts(request, report, form, stale.theirs)
        status = 422
    context = {"form": form, "report": report, "draft": draft, **preview(report, form, draft.text)}
    context["now"] = now
    return render(request, "briefing/edit.html", context, status=status)


@permission_required("briefing.write")
@require_POST
def report_build(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin the text with every figure as known now, or at the end of a past day."""
    user, now = person_of(request), timezone.now()
    report = access_report(actor=user, pk=pk, to="write")
    form = KnownForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("数据截至的日期写法不对。"))
        return redirect("report", pk)
    day = form.cleaned_data["known"]
    today = timezone.localdate(now)
    known = Moment("", day, now).known_at if day and day != today else None
    try:
        writing.build_report(actor=user, at=now, report=report, known_at=known)
    except CannotDo as refusal:
        messages.error(request, refusal.told(_))
    else:
        messages.success(request, _("已生成定稿，数字不再随台账变动，等待核稿。"))
    return redirect("report", pk)


@permission_required("briefing.write")
@require_POST
def report_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a new edition of an issued report."""
    user = person_of(request)
    report = access_report(actor=user, pk=pk, to="write")
    try:
        revision = writing.revise(actor=user, at=timezone.now(), report=report)
    except CannotDo as refusal:
        messages.error(request, refusal.told(_))
        return redirect("report", pk)
    messages.success(request, _("已按原文新建修订稿，印发后取代原材料。"))
    return redirect("report-edit", revision.pk)


def preview(report: Report, form: EditorForm, saved: str) -> dict[str, Any]:
    """The text as it would print now, and what is doubtful about it."""
    text = form.data.get("text", saved) if form.is_bound else saved
    title = form.data.get("title") or report.title if form.is_bound else report.title
    brief = Brief(title[:200], report.bureau, report.span, report.area, text)
    built = build(brief, known_at=timezone.now())
    blocks = numbered(built.edition) if built.edition else []
    return {"edition": built.edition, "blocks": blocks, "findings": built.findings}


def _merged(request: HttpRequest, report: Report) -> QueryDict:
    """What was sent; with the text made of what was chosen of both sides, where that was asked."""
    if request.POST.get("merge") != "chosen":
        return request.POST
    data = request.POST.copy()
    found = hunks(
        _text_of(report, data.get("seen", "")),
        data.get("text", ""),
        _text_of(report, data.get("base", "")),
    )
    data["text"] = merged(found, {n: data.get(f"hunk-{n}", "") for n in range(len(found))})
    return data


def _text_of(report: Report, number: str) -> str:
    known = number.isascii() and number.isdigit() and len(number) < 9
    draft = report.drafts.filter(number=int(number)).first() if known else None
    return draft.text if draft else ""


def _both_texts(
    request: HttpRequest, report: Report, form: EditorForm, theirs: Draft
) -> HttpResponse:
    """The page on which both sides of a text stand, where they differ."""
    seen, text = form.cleaned_data["base"], form.cleaned_data["text"]
    context = {
        "report": report,
        "theirs": theirs,
        "seen": seen,
        "title": form.cleaned_data["title"],
        "note": form.cleaned_data["note"],
        "text": text,
        "hunks": hunks(_text_of(report, str(seen)), text, theirs.text),
    }
    return render(request, "briefing/text_conflict.html", context, status=409)


def _saved(request: HttpRequest, report: Report, form: EditorForm) -> bool:
    try:
        draft = writing.save_draft(
            actor=person_of(request), at=timezone.now(), report=report, **form.cleaned_data
        )
    except StaleText:
        raise
    except CannotDo as refusal:
        form.add_error(None, refusal.told(_))
        return False
    messages.success(request, _("已保存为第%d稿。") % draft.number)
    return True
