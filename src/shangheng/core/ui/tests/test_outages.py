"""While the database or the disk fails, the page says so, and that it may pass."""

import errno

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from shangheng.core.ui.errors import server_error


def answer(error: Exception) -> tuple[int, str]:
    try:
        raise error
    except Exception:
        told = server_error(RequestFactory().get("/"))
    return told.status_code, told.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("connection refused"), 503, "数据库暂时没有应答"),
        (OperationalError("database is locked"), 503, "数据库暂时没有应答"),
        (OperationalError("database or disk is full"), 503, "磁盘已满"),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "磁盘已满"),
        (OperationalError("no such column: a"), 500, "系统出错"),
        (ZeroDivisionError(), 500, "系统出错"),
    ],
)
def test_what_may_pass_is_told_from_what_is_wrong(
    error: Exception, status: int, words: str
) -> None:
    told, text = answer(error)
    assert told == status
    assert words in text
