"""How the log is written: lines for people or JSON for a collector, without anybody's data.

No Django here: the settings build the logging from it.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

HIDDEN = "***"
# Identity cards, mobile numbers, bank accounts; then what a message says about a secret or a row.
PERSONAL = re.compile(r"(?<![\w.])(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?![\w.])")
SECRET = re.compile(
    r"(?i)\b((?:password|passwd|token|secret|authorization|cookie|sessionid|csrfmiddlewaretoken|api[-_]?key)"
    r"[\"']?\s*[:=]\s*(?:bearer\s+)?[\"']?)[^\s\"',;&}]+"
)
BEARER = re.compile(r"(?i)\bbearer\s+[\w.~+/=-]{8,}")
URL_PASSWORD = re.compile(r"(\w+://[^\s:/@]+:)[^\s@]+@")
ROW = re.compile(r"(?m)^(DETAIL:).*$")  # PostgreSQL quotes the whole row there


def mask(text: str) -> str:
    """`text` without identity numbers, telephone and bank numbers, secrets and quoted rows."""
    text = URL_PASSWORD.sub(rf"\1{HIDDEN}@", text)
    text = BEARER.sub(f"Bearer {HIDDEN}", text)
    text = SECRET.sub(rf"\1{HIDDEN}", text)
    text = ROW.sub(rf"\1 {HIDDEN}", text)
    return PERSONAL.sub(HIDDEN, text)


def masked(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Processor: every text of an event is masked."""
    return {
        key: mask(value) if isinstance(value, str) and not key.startswith("_") else value
        for key, value in event.items()
    }


def logging_of(*, form: str, level: str, requests: bool) -> dict[str, Any]:
    """The LOGGING of the settings; `form` is `console` or `json`, `requests` adds a line for each."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(allow=FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    after: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        masked,
        render,
    ]
    formatter: MutableMapping[str, Any] = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": before,
        "processors": after,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            "recent": {"class": "shangheng.core.operations.recent.Recent", "formatter": "line"},
        },
        "root": {"handlers": ["console", "recent"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # a page that is not there is no news
            "shangheng.request": {  # kept for the support file, whether or not it is written
                "handlers": [] if requests else ["recent"],
                "level": "INFO",
                "propagate": requests,
            },
        },
    }


FIELDS = ["method", "route", "keys", "status", "ms", "queries", "database_ms", "person"]
"""What a line may carry besides its message: never a path with its query, never what was sent."""
