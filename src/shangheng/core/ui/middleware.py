"""Bare refusals of Django become pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shangheng.core.ui.errors import not_allowed

NOT_ALLOWED = 405


class NotAllowedMiddleware:
    """Middleware: who opens the address of a button is told so, where Django answers with nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or a page in place of an empty 405; `Allow` stays."""
        response = self.get_response(request)
        if response.status_code != NOT_ALLOWED or response.streaming or response.content:
            return response
        page = not_allowed(request)
        page["Allow"] = response.get("Allow", "")
        return page
