"""Pages of the administrators: group robots, webhooks, and how messages fare."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.core.audit.conflicts import acts_on, conflict_of
from shangheng.core.database.edits import StaleEdit, chosen
from shangheng.core.lists.showing import show
from shangheng.core.notices import delivery as sending
from shangheng.core.notices import outlets as services
from shangheng.core.notices.forms import NewOutletForm, OutletForm
from shangheng.core.notices.listings.deliveries import DELIVERIES
from shangheng.core.notices.models import Delivery, Outlet, Service
from shangheng.core.notices.outgoing import Failed
from shangheng.core.notices.secrets import Unreadable


@permission_required("notices.manage")
@require_GET
def outlets(request: HttpRequest) -> HttpResponse:
    """Every outlet with where it leads and how it fares."""
    used = Exists(Delivery.objects.filter(outlet=OuterRef("pk")))
    rows = [(one, services.masked(one)) for one in Outlet.objects.annotate(is_used=used)]
    return render(request, "notices/outlets.html", {"rows": rows})


@permission_required("notices.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outlet_new(request: HttpRequest) -> HttpResponse:
    """Register a robot or a webhook; the secret of a webhook is shown once."""
    form = NewOutletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outlet, made = services.create_outlet(
                actor=person_of(request), at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            _warn(request, outlet)
            return _shown(request, outlet, made)
    return _form_page(request, form, _("增加推送渠道"))


@permission_required("notices.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def outlet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an outlet; address and secret stay unless new ones are entered."""
    outlet = get_object_or_404(Outlet, pk=pk)
    data = chosen(request.POST) if request.method == "POST" else None
    form = OutletForm(data, initial=OutletForm.known(outlet))
    if outlet.service == Service.WEBHOOK:
        del form.fields["secret"]
    if data is not None and form.is_valid():
        try:
            services.change_outlet(
                actor=person_of(request),
                at=timezone.now(),
                outlet=outlet,
                seen=form.seen,
                **form.values,
            )
        except StaleEdit as stale:
            return _conflict(request, form, stale, outlet)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("已保存。"))
            _warn(request, outlet)
            return redirect("outlets")
    return _form_page(request, form, _("修改推送渠道"), outlet)


@permission_required("notices.manage")
@require_POST
def outlet_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test message."""
    outlet = get_object_or_404(Outlet, pk=pk)
    try:
        services.try_outlet(actor=person_of(request), at=timezone.now(), outlet=outlet)
    except Failed as failure:
        messages.error(request, _("没有发出去。%s") % failure.reason)
    except Unreadable:
        messages.error(request, _("密钥 SHANGHENG_SECRET_KEY 换过，请重新填写渠道的地址和密钥。"))
    else:
        messages.success(request, _("测试消息已发出，对方已收下。"))
    return redirect("outlets")


@permission_required("notices.manage")
@never_cache
@require_POST
def outlet_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a webhook another secret, shown once."""
    outlet = get_object_or_404(Outlet, pk=pk, service=Service.WEBHOOK)
    made = services.new_secret(actor=person_of(request), at=timezone.now(), outlet=outlet)
    return _shown(request, outlet, made)


@permission_required("notices.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request: HttpRequest) -> HttpResponse:
    """How messages fare, the latest first."""
    return show(request, DELIVERIES, template="notices/deliveries.html")


@permission_required("notices.manage")
@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One message with every attempt."""
    row = get_object_or_404(Delivery.objects.select_related("event", "receiver", "outlet"), pk=pk)
    return render(request, "notices/delivery.html", {"row": row, "attempts": row.log.all()})


@permission_required("notices.manage")
@require_POST
def redeliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message once more."""
    row = get_object_or_404(Delivery, pk=pk)
    sending.redeliver(actor=person_of(request), delivery=row, at=timezone.now())
    messages.success(request, _("已排入队列，一分钟内再发。"))
    return redirect("delivery", pk)


@permission_required("notices.manage")
@require_POST
def outlet_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an outlet that nothing was sent to."""
    outlet = get_object_or_404(Outlet, pk=pk)
    try:
        services.remove_outlet(actor=person_of(request), at=timezone.now(), outlet=outlet)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已删除。"))
    return redirect("outlets")


def _warn(request: HttpRequest, outlet: Outlet) -> None:
    for doubt in services.doubts(outlet):
        messages.warning(request, doubt)


def _form_page(
    request: HttpRequest,
    form: NewOutletForm | OutletForm,
    heading: str,
    outlet: Outlet | None = None,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "outlet": outlet}
    if outlet is not None:
        context["masked"] = services.masked(outlet)
    status = 422 if form.errors else 200
    return render(request, "notices/outlet_form.html", context, status=status)


def _shown(request: HttpRequest, outlet: Outlet, made: str) -> HttpResponse:
    if not made:
        messages.success(request, _("已保存，可以发一条测试消息。"))
        return redirect("outlets")
    return render(request, "notices/outlet_secret.html", {"outlet": outlet, "secret": made})


def _conflict(
    request: HttpRequest, form: OutletForm, stale: StaleEdit, outlet: Outlet
) -> HttpResponse:
    theirs = OutletForm.known(stale.current)
    conflict = conflict_of(form, theirs, acts=acts_on(services.target_of(outlet)))
    context = {
        "conflict": conflict,
        "heading": outlet.name,
        "back_url": reverse("outlet_edit", args=[outlet.pk]),
    }
    return render(request, "ui/conflict.html", context, status=409)
