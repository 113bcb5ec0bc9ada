"""The OpenAPI description, completed with what holds for every operation."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ninja.operation import Operation

from shangheng.core.accounts.rules import permissions
from shangheng.core.api.once import HEADER, LENGTH
from shangheng.core.api.problems import MEDIA
from shangheng.core.api.serving import addresses, mark_of
from shangheng.core.api.site import api
from shangheng.core.api.wording import lazy as _
from shangheng.core.audit.marks import PUBLIC

ROOT = "/api/v1/"
PROBLEM = {
    "type": "object",
    "description": _("出错时的回答，见 RFC 9457。"),
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "code", "message"],
                "properties": {
                    "at": {"type": "string", "description": _("哪一项，如 body.lines.0.value。")},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
WORDS = {
    400: _("看不懂这个请求"),
    401: _("需要有效的访问令牌"),
    403: _("没有这项权限"),
    404: _("没有这个地址或这条记录"),
    405: _("不接受这种方法"),
    409: _("现在不能这样做"),
    412: _("记录已经变了"),
    413: _("内容太大"),
    422: _("有些内容不合规定"),
    428: _("须写明依据的版本"),
    429: _("请求太频繁"),
    500: _("系统出错"),
}
TEXT = {"schema": {"type": "string"}}
REPEATABLE = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": _("自选的键：同键同内容的重发得到同样的回答，不会办两次。"),
    "schema": {"type": "string", "minLength": 1, "maxLength": LENGTH, "pattern": "^[!-~]+$"},
}
GUARDED = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": _("读取这条记录时的 ETag。"),
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
}
KNOWN = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": _("已有的 ETag；没有变化时回答304。"),
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
}


def guarded[F](operation: F) -> F:
    """Marks an operation that needs If-Match; it works inside `versions.unchanged`."""
    operation.__dict__["guarded"] = True
    return operation


@cache
def description() -> Mapping[str, Any]:
    """The whole description; it does not change while the server runs."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT))
    marks = {operation.view_func.__name__: operation for operation in _operations()}
    for methods in found["paths"].values():
        for method, told in methods.items():
            _complete(method, told, marks[told["operationId"]])
    found["components"]["schemas"]["Problem"] = PROBLEM
    found["components"]["responses"] = {
        f"Problem{status}": {
            "description": WORDS[status],
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in WORDS
    }
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return found


def _operations() -> Iterator[Operation]:
    for _address, served in addresses():
        yield from served.operations


def _complete(method: str, told: dict[str, Any], operation: Operation) -> None:
    mark = mark_of(operation)
    if mark != PUBLIC:
        told["security"] = [{"token": [mark] if mark in permissions() else []}]
    told["x-permission"] = mark
    guard = getattr(operation.view_func, "guarded", False)
    told["parameters"] += [
        *([GUARDED] if guard else []),
        *([REPEATABLE] if method == "post" else []),
        *([KNOWN] if method == "get" else []),
    ]
    answers = {str(status): one for status, one in told["responses"].items()}
    for code, one in answers.items():
        one["headers"] = _headers(method, code, one)
    for status in _statuses(method, told, guard=guard, mark=mark):
        answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    if method == "get":
        answers["304"] = {"description": _("没有变化")}
    told["responses"] = dict(sorted(answers.items()))


def _headers(method: str, status: str, one: Mapping[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = {"RateLimit": TEXT, "RateLimit-Policy": TEXT}
    if method in {"get", "put", "patch", "delete"} or status == "201":
        headers["ETag"] = TEXT
    if status == "201":
        headers["Location"] = TEXT
    if "Page" in str(one.get("content", "")) and method == "get":
        headers["Link"] = TEXT
    return headers


def _statuses(method: str, told: Mapping[str, Any], *, guard: bool, mark: str) -> Iterator[int]:
    yield from (400, 422, 429, 500)
    if mark != PUBLIC:
        yield from (401, 403)
    if any(one["in"] == "path" for one in told["parameters"]):
        yield 404
    if method != "get":
        yield from (409, 413)
    if guard:
        yield from (412, 428)
