"""The API app."""

from django.apps import AppConfig
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Brings the operations of core; desks bring theirs."""

    name = "shangheng.core.api"
    label = "api"

    def ready(self) -> None:
        """Register routers, how refusals are told, what ends with an account, and the pages."""
        from shangheng.core.accounts.leaving import when_somebody_leaves
        from shangheng.core.api import problems, routers, services
        from shangheng.core.api.listings import ALL, OWN
        from shangheng.core.api.own import accounts, audit
        from shangheng.core.lists import registry
        from shangheng.core.ui import menu

        routers.register("", accounts.router)
        routers.register("audit", audit.router)
        problems.tell(Http404, lambda _error: problems.Problem(404))
        problems.tell(PermissionDenied, lambda error: problems.Problem(403, str(error)))
        when_somebody_leaves("api.tokens", services.revoke_all)
        menu.add("office", menu.Item(_("访问令牌"), "tokens-all", "accounts.view"))
        registry.register(OWN, ALL)
