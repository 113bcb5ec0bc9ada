"""What no database keeps is refused before anything reads it: NUL characters.

PostgreSQL takes them in no text, SQLite cuts what C reads there; people never type them, they come
along with what is copied out of broken files, or are sent by robots.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

NUL = "\x00"
JSON = "application/json"


class UnkeptMiddleware:
    """Middleware: an address, a query or a form with a NUL character is answered by 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what can be kept. Raises BadRequest, naming the field."""
        for name, value in _texts(request):
            if NUL in value or NUL in name:
                field = name.replace(NUL, "")[:60]
                told = _(
                    "“%s”里有看不见的空字符（NUL），不能保存。请删去后重新输入，不要直接粘贴。"
                )
                raise BadRequest(told % field)
        return self.get_response(request)


def _texts(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Every text of a request by the name of its field; what is in files and in JSON is left to their readers."""
    yield _("地址"), request.path_info
    fields = [request.GET]
    if request.method == "POST" and request.content_type != JSON:
        fields.append(request.POST)
        for name, files in request.FILES.lists():
            yield from ((name, file.name or "") for file in files)
    for query in fields:
        for name, values in query.lists():
            yield from ((name, str(value)) for value in values)
