"""Pages of the API: its description, one's own access tokens, everybody's."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from shangheng.core.accounts.access import permission_required, person_of, public, signed_in
from shangheng.core.api import services
from shangheng.core.api.forms import TokenForm
from shangheng.core.api.listings import ALL, OWN
from shangheng.core.api.problems import DETAILS, TITLES
from shangheng.core.api.reading import sections
from shangheng.core.api.rendering import rendered
from shangheng.core.api.schema import description
from shangheng.core.api.versions import with_version
from shangheng.core.lists.showing import show


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
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens."""
    return show(request, OWN, template="api/tokens.html")


@permission_required("accounts.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens."""
    return show(request, ALL, template="api/tokens.html")


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
