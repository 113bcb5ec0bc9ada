"""Why one may, or may not, see a page or a record."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangheng.core.accounts import explain
from shangheng.core.accounts.access import person_of, signed_in
from shangheng.core.accounts.forms.why import WhyForm
from shangheng.core.accounts.matrix import scope_words
from shangheng.core.accounts.models import User


@signed_in
@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """Explain an address or a reference, for oneself or, with `accounts.view`, for anybody."""
    visitor = person_of(request)
    others = visitor.has_perm("accounts.view")
    form = WhyForm(request.GET, others=others)
    answer, asked, nowhere = None, visitor, False
    if form.is_valid() and form.cleaned_data["at"]:
        asked = _asked(form, visitor, others)
        answer = explain.explain_at(asked, form.cleaned_data["at"], reveal=others)
        nowhere = answer is None
    context = {
        "form": form,
        "answer": answer,
        "nowhere": nowhere,
        "asked": asked,
        "is_self": asked.pk == visitor.pk,
        "grounds": [(g, scope_words(g.grant)) for g in answer.grounds] if answer else [],
        "givers": explain.givers(asked) if answer and not answer.allowed else [],
        "kinds": [f"{kind.code}:12" for kind in explain.kinds()],
    }
    return render(request, "accounts/why.html", context)


def _asked(form: WhyForm, visitor: User, others: bool) -> User:
    chosen = form.cleaned_data.get("person")
    if not chosen or chosen == visitor.username:
        return visitor
    if not others:
        raise PermissionDenied(_("只能查自己的权限；查别人的要有“查看人员与权限”权限。"))
    name = User.normal_username(chosen)
    return get_object_or_404(User.objects.select_related("unit"), username=name)
