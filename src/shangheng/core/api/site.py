"""The one API of the platform, at `/api/v1`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from shangheng.core.api import problems, reasons
from shangheng.core.api.rendering import Renderer
from shangheng.core.api.wording import lazy as _

VERSION = "1"
TITLE = _("商衡接口")
ABOUT = _(
    "供程序使用的接口，与页面调用同样的服务，受同样的权限约束。"
    "用访问令牌调用；数以文字给出，不作舍入，缺数为 null 而不是 0；出错一律按 RFC 9457 给出，"
    "语言随 Accept-Language；POST 可带 Idempotency-Key，重发不会办两次；"
    "修改一条记录须在 If-Match 里写明读取时的 ETag。"
)


class Api(NinjaAPI):
    """Tells every failure as a problem; what nobody expects is left to Django."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """The problem that an exception comes to. Raises the exception when it comes to none."""
        if isinstance(exc, ValidationError):
            problem: problems.Problem | None = reasons.refused(exc.errors)
        elif isinstance(exc, HttpError):
            problem = problems.Problem(exc.status_code)
        else:
            problem = problems.told(exc)
        if problem is None:
            raise exc
        return problems.answer(request, problem)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of its function: `list_postings`."""
        return str(operation.view_func.__name__)


api = Api(
    title=TITLE,
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    auth=None,
    renderer=Renderer(),
    urls_namespace="api",
)
