"""A value as a cell of a list shows it."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shangheng.core.exchange.writing import Written
from shangheng.core.ui.figures import DASH, number_text, padding_text
from shangheng.core.ui.templatetags.ui import day, minute


def text_of(value: Written, decimals: int | None = None) -> str | SafeString:
    """The value in words; missing is a dash, never a zero. Numbers keep their decimal points aligned."""
    match value:
        case None | "":
            return DASH
        case bool():
            return _("是") if value else _("否")
        case int() | float() | Decimal():
            return _aligned(number_text(Decimal(str(value))), decimals)
        case datetime():
            return minute(value)
        case date():
            return day(value)
        case _:
            return str(value)


def _aligned(text: str, decimals: int | None) -> str | SafeString:
    padding = padding_text(text, decimals) if decimals is not None else ""
    if not padding:
        return text
    return format_html('{}<span class="pad" aria-hidden="true">{}</span>', text, padding)
