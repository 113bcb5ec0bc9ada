"""The template tags of the frame; a builtin library, so templates need no ``{% load %}``."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shangheng.core.ui.charts import ChartSpec
from shangheng.core.ui.figure_html import figure_html, mark_html
from shangheng.core.ui.figures import DASH, MARKS, FigureLike, number_text, unit_after, unit_text
from shangheng.core.ui.icons import icon_svg
from shangheng.core.ui.moment import Moment
from shangheng.core.ui.pace_bar import PaceBar
from shangheng.core.ui.pace_svg import pace_svg
from shangheng.core.ui.sparkline import sparkline_svg

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(
    context: template.Context,
    fig: FigureLike,
    decimals: int | None = None,
    align: int | None = None,
    unit: bool = True,
) -> SafeString:
    """Draw one number of the ledger with its unit, its marks and the way to its provenance."""
    moment: Moment | None = context.get("moment")
    return figure_html(
        fig, decimals=decimals, align=align, unit=unit, query=moment.query if moment else ""
    )


@register.simple_tag
def pace_bar(bar: PaceBar) -> SafeString:
    """Draw where one indicator stands in its year."""
    return pace_svg(bar)


@register.simple_tag
def sparkline(points: Sequence[Decimal | None], label: str = "") -> SafeString:
    """Draw a trend of the size of a word."""
    return sparkline_svg(points, label)


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(context: template.Context, spec: ChartSpec, height: str = "") -> dict[str, Any]:
    """Draw a chart with its table; ``height`` is empty, ``low`` or ``high``."""
    return {"spec": spec, "height": height, "moment": context.get("moment")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a vendored icon inline; it is decoration, so words must stand beside it or in a label."""
    return icon_svg(name)


@register.simple_tag
def mark(name: str) -> SafeString:
    """Draw a status mark with its word, for legends and status cells."""
    if not MARKS[name].path:
        return mark_html(name)
    return format_html('<span class="status">{}{}</span>', mark_html(name), MARKS[name].word)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return ``?…`` with the address's own query and ``changes``; None or "" takes a key out."""
    request: HttpRequest | None = context.get("request")
    parts = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            parts.pop(key, None)
        else:
            parts[key] = str(value)
    return "?" + parts.urlencode(safe="/")


@register.simple_tag(takes_context=True)
def at_moment(context: template.Context, url: str) -> str:
    """Return ``url`` with the period and the as-known day of this page."""
    moment: Moment | None = context.get("moment")
    if not moment or not moment.query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{moment.query}"


@register.inclusion_tag("ui/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, key: str, label: str, unit: str = "", number: bool = False
) -> dict[str, Any]:
    """Draw a table head that sorts by ``?sort=key`` and, once more, by ``?sort=-key``."""
    request: HttpRequest | None = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    following = f"-{key}" if order == "ascending" else key
    return {
        "key": key,
        "label": label,
        "unit": unit,
        "number": number,
        "order": order,
        "url": query(context, sort=following, page=None),
    }


@register.inclusion_tag("ui/paging.html", takes_context=True)
def paging(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Draw the way through the pages of a list; the rest of the address stays."""
    number = page.number
    return {
        "page": page,
        "previous_url": query(context, page=number - 1) if page.has_previous() else "",
        "next_url": query(context, page=number + 1) if page.has_next() else "",
        "pages": [
            {"number": n, "url": query(context, page=n)} if isinstance(n, int) else None
            for n in page.paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
        ],
    }


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, unit: str = "") -> dict[str, Any]:
    """Draw one field: label, control with its unit, rule, error."""
    return {"field": bound, "unit": unit or getattr(bound.field, "unit", "")}


@register.inclusion_tag("ui/errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """Draw the sum of what is wrong in a form, each line leading to its field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/form_body.html")
def form_body(form: Form) -> dict[str, Any]:
    """Draw a whole form in one column: the sum of errors, hidden fields, every field."""
    return {"form": form}


@register.filter
def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """Write a count or an amount that is no figure of the ledger."""
    return DASH if value is None else number_text(Decimal(value), decimals)


register.filter("unit", unit_text)
register.filter("unit_after", unit_after)


@register.filter
def percent(value: Decimal | None, decimals: int | None = None) -> str:
    """Write a number that is already in per cent: 13.4 → 13.4%."""
    return DASH if value is None else number_text(value, decimals) + "%"


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date as 2021年12月31日."""
    if value is None:
        return DASH
    local = _local(value)
    return _("%(year)d年%(month)d月%(day)d日") % {
        "year": local.year,
        "month": local.month,
        "day": local.day,
    }


@register.filter
def minute(value: datetime | None) -> str:
    """Write an instant as 2021年12月31日 14:05 in local time."""
    if value is None:
        return DASH
    local = _local(value)
    return f"{day(local)} {local:%H:%M}"


def _local(value: date | datetime) -> date | datetime:
    """A day stays as it is; an instant is told in local time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
