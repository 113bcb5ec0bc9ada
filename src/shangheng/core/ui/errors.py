"""Error pages: a whole page, or for a fragment request the part that fits into it.

``config.urls`` names these functions as its ``handler400`` to ``handler500``.
"""

import errno
import sys
from dataclasses import dataclass

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

FULL = ("is full", "no space left", "disk i/o error")  # as both databases say it


@dataclass(frozen=True)
class Problem:
    """What a page says that cannot be shown: what happened, why, and what to do.

    `about_rights`: it may be for want of a right, so the page leads to what says which.
    """

    title: str
    why: str
    what: str
    number: str = ""
    """The number of the request, by which its lines are found in the log."""
    about_rights: bool = False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: says what is wrong in the words of the BadRequest raised."""
    said = str(exception) if isinstance(exception, BadRequest) else ""
    problem = Problem(
        _("看不懂这个地址"),
        said or _("地址或提交的内容不合规定。"),
        _("请改正地址，或从首页重新进入。"),
    )
    return _answer(request, problem, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the words of the PermissionDenied raised, or that the post does not include it."""
    said = str(exception) if isinstance(exception, PermissionDenied) else ""
    problem = Problem(
        _("您没有这项权限"),
        said or _("这一页或这项操作不在您的岗位权限之内。"),
        _("工作需要的，请向本单位系统管理员申请授权。"),
        about_rights=True,
    )
    return _answer(request, problem, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: never tells whether a record exists beyond the visitor's scope."""
    del exception  # its words name routes, which say nothing to a reader
    problem = Problem(
        _("没有这一页"),
        _("地址可能写错了，或者这条记录不存在、不在您的查看范围内。"),
        _("请核对地址，或从首页重新进入。"),
        about_rights=True,
    )
    return _answer(request, problem, 404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the address takes what a button sends and has no page of its own, or the other way round."""
    problem = Problem(
        _("这个地址不能直接打开"),
        _("它只接收页面上的按钮提交的操作，本身不是一页；您没有办理任何事。"),
        _("请回到原来的页面，用页面上的按钮办理。"),
    )
    return _answer(request, problem, 405)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database or the disk fails; asks nothing of the database."""
    trouble = _passing_trouble(sys.exc_info()[1])
    problem = trouble or Problem(
        _("系统出错，这一步没有办成"),
        _("错误已记入系统日志。已经登记的数据没有受影响，没有办成的一步也没有留下半截记录。"),
        _("请稍后重试；仍不行的，请告诉系统管理员出错的时间和您正在做的事。"),
        getattr(request, "request_id", ""),
    )
    text = render_to_string("ui/error.html" + _part(request), {"problem": problem})
    if trouble is None:
        return HttpResponse(text, status=500)
    return HttpResponse(text, status=503, headers={"Retry-After": "10"})


def _passing_trouble(error: BaseException | None) -> Problem | None:
    """What is said of a failure that is not of our making and may pass; None for any other."""
    said = str(error).lower()
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if isinstance(error, DatabaseError | InterfaceError) and any(one in said for one in FULL):
        full = True
    if full:
        return Problem(
            _("磁盘已满，这一步没有办成"),
            _("服务器没有空间再写入。已经登记的数据没有受影响，没有办成的一步也没有留下半截记录。"),
            _("请告诉系统管理员清理磁盘；清理后系统自行恢复，您再做一次这一步。"),
        )
    if isinstance(error, OperationalError | InterfaceError) and "no such" not in said:
        return Problem(
            _("数据库暂时没有应答"),
            _("数据库正在重启、繁忙或者连接中断。已经登记的数据没有受影响。"),
            _("请过十几秒再试；持续几分钟不行的，请告诉系统管理员检查数据库。"),
        )
    return None


def _answer(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    text = render_to_string("ui/error.html" + _part(request), {"problem": problem}, request)
    return HttpResponse(text, status=status)


def _part(request: HttpRequest) -> str:
    return "#part" if request.headers.get("HX-Request") == "true" else ""
