"""Pages of the API: its description, one's own access tokens, everybody's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangheng.core.accounts.access import permission_required, person_of, public, signed_in
from shangheng.core.api import services
from shangheng.core.api.access import access_token, tokens_for, tokens_of
from shangheng.core.api.forms import TokenForm
from shangheng.core.api.models import Token
from shangheng.core.api.problems import DETAILS, TITLES
from shangheng.core.api.reading import sections
from shangheng.core.api.rendering import rendered
from shangheng.core.api.schema import description
from shangheng.core.api.versions import with_version

PAGE = 50


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs; it tells what the source code tells as well."""
    response = HttpResponse(rendered(description()), content_type="application/json")
    return with_version(request, response)


@signed_in
@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    context = {
        "sections": sections(description()),
        "info": description()["info"],
        "problems": [(status, title, DETAILS.get(status, "")) for status, title in TITLES.items()],
    }
    return render(request, "api/handbook.html", context)


@signed_in
@never_cache
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens."""
    return _list(request, tokens_of(person_of(request)), everybody=False)


@permission_required("accounts.view")
@never_cache
@require_safe
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens."""
    return _list(request, tokens_for(person_of(request)), everybody=True)


@signed_in
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; it is shown on the answer to this form and never again."""
    actor = person_of(request)
    form = TokenForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            token, secret = services.issue_token(
                actor=actor, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return render(request, "api/token_shown.html", {"token": token, "secret": secret})
    context = {"form": form, "can": bool(services.grantable(actor))}
    return render(request, "api/token_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    actor = person_of(request)
    token = access_token(actor=actor, pk=pk)
    services.revoke_token(actor=actor, at=timezone.now(), token=token)
    messages.success(request, _("令牌“%s”已撤销，立即失效。") % token.name)
    return redirect("tokens" if token.owner_id == actor.pk else "tokens-all")


def _list(request: HttpRequest, rows: QuerySet[Token], *, everybody: bool) -> HttpResponse:
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "page": page,
        "lines": [(token, token.state(now)) for token in page],
        "everybody": everybody,
        "may_revoke": not everybody or person_of(request).has_perm("accounts.manage"),
    }
    return render(request, "api/tokens.html", context)
