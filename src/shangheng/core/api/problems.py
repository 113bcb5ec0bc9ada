"""One format for everything that goes wrong: `application/problem+json` (RFC 9457).

A desk says once, by `tell`, how its refusals are told; its operations then simply let them rise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.api.rendering import rendered

MEDIA = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: `at` says where it stands (`body.lines.0.value`)."""

    at: str
    code: str
    message: str


@dataclass
class Problem(Exception):
    """An answer that is no success. `detail` says what is wrong and what to do."""

    status: int
    detail: str = ""
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


TITLES = {
    400: gettext_lazy("看不懂这个请求"),
    401: gettext_lazy("需要有效的访问令牌"),
    403: gettext_lazy("没有这项权限"),
    404: gettext_lazy("没有这个地址或这条记录"),
    405: gettext_lazy("这个地址不接受这种方法"),
    409: gettext_lazy("现在不能这样做"),
    412: gettext_lazy("记录已经变了"),
    413: gettext_lazy("内容太大"),
    415: gettext_lazy("不接受这种内容格式"),
    422: gettext_lazy("有些内容不合规定"),
    428: gettext_lazy("须写明依据的版本"),
    429: gettext_lazy("请求太频繁"),
    500: gettext_lazy("系统出错，这一步没有办成"),
}
DETAILS = {
    400: gettext_lazy("请求的格式不合规定，请对照接口说明改正。"),
    401: gettext_lazy("请在 Authorization 标头里写 Bearer 和访问令牌。"),
    403: gettext_lazy("令牌或其主人没有所需的权限。"),
    404: gettext_lazy("请核对地址；记录不存在、或不在您的查看范围内。"),
    409: gettext_lazy("按 detail 所说的办；别人刚做过同样的事时，重新读取再决定。"),
    412: gettext_lazy("重新读取这条记录，核对后带上新的 ETag 再提交。"),
    413: gettext_lazy("请压缩或分成几次。"),
    415: gettext_lazy("请按接口说明写 Content-Type。"),
    422: gettext_lazy("errors 里逐项列出哪里不对、为什么；改正后重试。"),
    428: gettext_lazy("先读取这条记录，把它的 ETag 写在 If-Match 标头里。"),
    429: gettext_lazy("等 Retry-After 标头所说的秒数再试。"),
    405: gettext_lazy("请换用 Allow 标头里列出的方法。"),
    500: gettext_lazy(
        "错误已记入系统日志，没有留下半截记录。请稍后重试，仍不行的请告诉系统管理员。"
    ),
}

Teller = Callable[[Any], Problem]
_tellers: dict[type[Exception], Teller] = {}


def tell(kind: type[Exception], teller: Teller) -> None:
    """Say how exceptions of `kind` are told to a client."""
    _tellers[kind] = teller


def told(error: Exception) -> Problem | None:
    """How an exception is told; None for one that nobody expects."""
    if isinstance(error, Problem):
        return error
    found = (_tellers[kind] for kind in type(error).__mro__ if kind in _tellers)
    teller = next(found, None)
    return teller(error) if teller else None


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a response in the language that the client accepts."""
    status = problem.status
    content = {
        "type": f"/api/#problem-{status}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": problem.detail or str(DETAILS.get(status, TITLES[status])),
        "instance": request.path,
        "errors": [asdict(error) for error in problem.errors],
    }
    response = HttpResponse(rendered(content), status=status, content_type=MEDIA)
    response["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response[name] = value
    return response


def wrong(at: str, message: str, code: str = "refused") -> Problem:
    """422 for one field."""
    return Problem(422, _("请改正所列的各项后重试。"), [FieldError(at, code, message)])


def conflict(error: Exception) -> Problem:
    """409 in the words of the refusal."""
    return Problem(409, str(error))
