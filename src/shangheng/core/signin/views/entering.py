"""Pages of coming in: login name and password, then the second factor; or by an identity provider."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts import entry
from shangheng.core.accounts.access import public
from shangheng.core.accounts.forms.entry import LoginForm
from shangheng.core.accounts.middleware import VOUCHED, landing_page
from shangheng.core.accounts.models import User
from shangheng.core.signin import oidc, pending, services
from shangheng.core.signin.forms import CodeForm
from shangheng.core.signin.selectors import is_asked
from shangheng.core.signin.vouched import person_of


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The login page; afterwards back to where one wanted to go."""
    if isinstance(request.user, User):
        return redirect(_destination(_next(request), request.user))
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            user = entry.enter(**form.cleaned_data, at=now, asks_more=is_asked)
        except entry.WrongCredentials:
            form.add_error(None, _("登录名或密码不正确。"))
        except entry.LockedOut as locked:
            form.add_error(None, _locked_message(locked))
        else:
            return _go_on(request, user, to=_next(request), vouched=False)
    context = {
        "form": form,
        "next": _next(request),
        "lost": "lost" in request.GET,
        "minutes": settings.SESSION_COOKIE_AGE // 60,
        "service": settings.OIDC_NAME if oidc.is_on() else "",
    }
    return render(request, "signin/login.html", context, status=422 if form.errors else 200)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second proof of somebody whose first was right."""
    now = timezone.now()
    waiting = pending.who_waits(request, at=now)
    if waiting is None:
        pending.forget(request)
        return redirect("login")
    kept, user = waiting
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            entry.prove(
                user=user, at=now, proof=lambda: services.check(user=user, at=now, code=typed)
            )
        except entry.WrongCredentials:
            form.add_error("code", _("验证码不对，或者已经用过。请输入最新的一个。"))
        except entry.LockedOut as locked:
            form.add_error(None, _locked_message(locked))
        else:
            pending.forget(request)
            return _come_in(request, user, to=kept.next, vouched=kept.vouched)
    status = 422 if form.errors else 200
    return render(request, "signin/code.html", {"form": form, "person": user}, status=status)


@public
@never_cache
@require_safe
def go_to_provider(request: HttpRequest) -> HttpResponse:
    """Away to the identity provider."""
    if not oidc.is_on():
        raise Http404
    try:
        url = oidc.send(request, back=_back(request), at=timezone.now(), to=_next(request))
    except oidc.Refused as refusal:
        return _refused(request, refusal)
    return HttpResponseRedirect(url)


@public
@never_cache
@require_safe
def come_from_provider(request: HttpRequest) -> HttpResponse:
    """Back from the identity provider."""
    if not oidc.is_on():
        raise Http404
    now = timezone.now()
    try:
        claims, to = oidc.receive(request, back=_back(request), at=now)
        user = person_of(claims, at=now)
    except oidc.Refused as refusal:
        return _refused(request, refusal)
    if not is_asked(user):
        entry.admit(user=user, at=now)
    return _go_on(request, user, to=to, vouched=True)


def _go_on(request: HttpRequest, user: User, *, to: str, vouched: bool) -> HttpResponse:
    """To the second proof where one is asked, else in."""
    if is_asked(user):
        pending.wait(request, user, at=timezone.now(), to=to, vouched=vouched)
        return redirect("login-code")
    return _come_in(request, user, to=to, vouched=vouched)


def _come_in(request: HttpRequest, user: User, *, to: str, vouched: bool) -> HttpResponse:
    login(request, user)
    if vouched:
        request.session[VOUCHED] = True
    _tell_of_the_login_before(request, user)
    return redirect(_destination(to, user))


def _tell_of_the_login_before(request: HttpRequest, user: User) -> None:
    """Whoever sees a login that was not theirs, or failures, knows that somebody has tried."""
    before = entry.before_this(user)
    if before is None:
        return
    text = _("上次登录：%(at)s，来自 %(address)s。") % {
        "at": timezone.localtime(before.at).strftime("%Y-%m-%d %H:%M"),
        "address": before.address or "—",
    }
    if not before.failures:
        messages.info(request, text)
        return
    failed = _("此后有%(count)d次登录没有成功；不是您本人的，请修改密码并告诉系统管理员。")
    messages.warning(request, text + failed % {"count": before.failures})


@public
def not_from_a_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was sent without the mark of a page of ours (CSRF); at the login that is a robot's way."""
    if request.path == reverse("login"):
        attempt = entry.Attempt("password", "form")
        entry.note_attempt(act="login.refused", at=timezone.now(), attempt=attempt, daily=True)
    return csrf_failure(request, reason)


def _refused(request: HttpRequest, refusal: oidc.Refused) -> HttpResponse:
    """Noted each time for whom the provider vouches, otherwise once a day: anybody can ask."""
    attempt = entry.Attempt("oidc", refusal.reason, refusal.user, refusal.who)
    daily = not refusal.who
    entry.note_attempt(act="login.refused", at=timezone.now(), attempt=attempt, daily=daily)
    status = 503 if isinstance(refusal, oidc.Unreachable) else 403
    context = {"why": str(refusal), "service": settings.OIDC_NAME}
    return render(request, "signin/refused.html", context, status=status)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("login-oidc-back"))


def _locked_message(locked: entry.LockedOut) -> str:
    until = timezone.localtime(locked.until)
    return _(
        "连续输错%(failures)d次，该登录名已锁定，%(until)s之后可以再试；"
        "急需使用请找系统管理员解锁或重置密码。"
    ) % {"failures": settings.LOCKOUT_FAILURES, "until": until.strftime("%H:%M:%S")}


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; empty unless it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else ""


def _destination(wanted: str, user: User) -> str:
    return wanted or landing_page(user)
