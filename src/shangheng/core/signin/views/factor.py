"""Pages about one's own second factor, and an administrator's reset of somebody else's."""

import base64
from io import BytesIO

import qrcode
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from shangheng.core.accounts import entry
from shangheng.core.accounts.access import permission_required, person_of, signed_in
from shangheng.core.accounts.middleware import landing_page
from shangheng.core.accounts.models import User
from shangheng.core.signin import services, totp
from shangheng.core.signin.forms import CodeForm, FirstCodeForm, ResetForm
from shangheng.core.signin.selectors import factor_of, is_missing, must_have_one

KEY = "signin.secret"  # in the session, until the app has shown that it holds it
PROVEN = "signin.proven"  # in the session, once a code has been given for a change


@signed_in
@never_cache
@require_safe
def factor(request: HttpRequest) -> HttpResponse:
    """Whether there is a second factor, and what can be done about it."""
    user = person_of(request)
    found = factor_of(user)
    if found is None:
        return redirect("factor-enrol")
    context = {"factor": found, "left": len(found.recovery), "must": must_have_one(user)}
    return render(request, "signin/factor.html", context)


@signed_in
@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("secret", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Scan the square code, give a code, and get the recovery codes."""
    user, now = person_of(request), timezone.now()
    if factor_of(user) is not None and not request.session.get(PROVEN):
        return redirect("factor-change", "enrol")
    missing = is_missing(user)
    secret = request.session.setdefault(KEY, totp.new_secret())
    form = FirstCodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = services.enrol(
                actor=user, at=now, secret=secret, code=form.cleaned_data["code"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _forget(request)
            return _show_codes(request, user, codes)
    address = totp.address_of(secret, account=user.username, issuer=settings.BUREAU_NAME)
    context = {
        "form": form,
        "picture": _picture(address),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "missing": missing,
    }
    return render(request, "signin/enrol.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("codes")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, what: str) -> HttpResponse:
    """Give a code before the factor is changed: another app, new codes, none at all."""
    user, now = person_of(request), timezone.now()
    if factor_of(user) is None or (what == "remove" and must_have_one(user)):
        return redirect("factor")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            entry.confirm(
                user=user, at=now, proof=lambda: services.check(user=user, at=now, code=typed)
            )
        except entry.WrongCredentials:
            form.add_error("code", _("验证码不对，或者已经用过。请输入最新的一个。"))
        except entry.LockedOut:
            form.add_error(None, _("连续输错太多次，请过一会儿再试。"))
        else:
            return _changed(request, user, what)
    context = {"form": form, "what": what}
    return render(request, "signin/change.html", context, status=422 if form.errors else 200)


@permission_required("accounts.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor off somebody who has lost it."""
    user = get_object_or_404(User, pk=pk)
    form = ResetForm(request.POST or None)
    if form.is_valid():
        try:
            services.reset(
                actor=person_of(request),
                at=timezone.now(),
                user=user,
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已重置，%s下次登录不再要验证码。") % user)
            return redirect("person", pk)
    context = {"form": form, "person": user, "factor": factor_of(user)}
    return render(request, "signin/reset.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, user: User, what: str) -> HttpResponse:
    if what == "codes":
        codes = services.renew_codes(actor=user, at=timezone.now())
        return _show_codes(request, user, codes)
    if what == "remove":
        services.take_off(actor=user, at=timezone.now())
        messages.success(request, _("二次验证已停用。"))
        return redirect(landing_page(user))
    request.session[PROVEN] = True
    return redirect("factor-enrol")


def _show_codes(request: HttpRequest, user: User, codes: list[str]) -> HttpResponse:
    context = {"codes": [f"{one[:5]}-{one[5:]}" for one in codes], "on": landing_page(user)}
    return render(request, "signin/codes.html", context)


def _forget(request: HttpRequest) -> None:
    for key in (KEY, PROVEN):
        request.session.pop(key, None)


def _picture(address: str) -> str:
    """The square code as an address of an image, which the content policy lets pass."""
    buffer = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(buffer)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
