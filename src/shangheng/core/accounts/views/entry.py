"""Pages of logging out, the own password and the language; `core.signin` has those of coming in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from shangheng.core.accounts import entry, services
from shangheng.core.accounts.access import person_of, public, signed_in
from shangheng.core.accounts.forms.entry import PasswordForm
from shangheng.core.accounts.middleware import landing_page, password_is_due
from shangheng.core.accounts.models import User


@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        entry.leave(user=request.user, at=timezone.now())
    logout(request)
    messages.info(request, _("您已退出。"))
    return redirect("login")


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; whoever must do so sees no other page before."""
    user = person_of(request)
    now = timezone.now()
    due = password_is_due(user, now)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(at=now, user=user, password=form.cleaned_data["new"])
        except ValidationError as refusal:
            form.add_error("new", refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改，其他地方的登录已全部退出。"))
            return redirect(landing_page(user) if due else "password")
    context = {"form": form, "due": due, "days": settings.PASSWORD_DAYS}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page."""
    return set_language(request)
