"""The log tells what happened, and nothing about anybody."""

import json
import logging
import sys
from typing import Any

import pytest
import structlog

from shangheng.core.operations.logs import HIDDEN, logging_of, mask


def written(level: int, message: str, **details: Any) -> dict[str, Any]:
    """The line in JSON that an event becomes."""
    choices = logging_of(form="json", level="INFO", requests=True)["formatters"]["line"]
    made = {key: value for key, value in choices.items() if key != "()"}
    record = logging.getLogger("shangheng.request").makeRecord(
        "shangheng.request",
        level,
        __file__,
        1,
        message,
        (),
        sys.exc_info() if sys.exc_info()[0] else None,
        extra=details,
    )
    line: dict[str, Any] = json.loads(structlog.stdlib.ProcessorFormatter(**made).format(record))
    return line


@pytest.mark.parametrize(
    "text",
    [
        "420112199001011234",
        "42011219900101123X",
        "13971234567",
        "6222021234567890123",
        "password=hunter2-and-more",
        '{"password": "hunter2-and-more"}',
        "Authorization: Bearer abcdefghijklmnop",
        "postgresql://shangheng:hunter2@db/shangheng",
        "DETAIL:  Failing row contains (1, 张三, 武汉).",
    ],
)
def test_nobodys_data_and_no_secret_is_left_in_a_line(text: str) -> None:
    masked = mask(f"before\n{text}\nafter")
    assert HIDDEN in masked
    assert text not in masked
    assert "hunter2" not in masked
    assert "张三" not in masked


@pytest.mark.parametrize(
    "text", ["第12条", "2021-12-31", "28.56 亿元", "420112", "a1b2c3d4e5f60718"]
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert mask(text) == text


def test_a_line_is_json_with_the_number_of_its_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="0123456789abcdef"):
        line = written(logging.INFO, "request", route="cockpit", status=200, password="never")
    assert line["request_id"] == "0123456789abcdef"
    assert (line["route"], line["status"], line["level"]) == ("cockpit", 200, "info")
    assert "password" not in line


def test_a_traceback_is_masked_like_everything_else() -> None:
    try:
        raise ValueError("phone 13971234567")
    except ValueError:
        line = written(logging.ERROR, "failed")
    assert "ValueError" in line["exception"]
    assert "13971234567" not in line["exception"]
