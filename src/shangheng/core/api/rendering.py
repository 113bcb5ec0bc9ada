"""JSON of the API: exact numbers as text, instants to the microsecond, no escapes."""

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from ninja.renderers import BaseRenderer
from pydantic import BaseModel


def rendered(data: Any) -> str:
    """The one text of `data`, the same whenever it is written."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)


def plain(number: Decimal) -> str:
    """An exact number without an exponent and without idle zeros."""
    return f"{number.normalize():f}"


def _plain(value: Any) -> Any:
    match value:
        case BaseModel():
            return value.model_dump()
        case Decimal():
            return plain(value)
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case Promise():
            return str(value)
    raise TypeError(f"{value!r} has no form in JSON")


class Renderer(BaseRenderer):
    """Writes answers."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The body of an answer."""
        del response_status
        return rendered(data)
