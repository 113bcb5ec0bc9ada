"""Draws a figure of the ledger; the only code that does."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangheng.core.ui.figures import (
    DASH,
    MARKS,
    FigureLike,
    number_text,
    padding_text,
    unit_after,
    unit_text,
)


def figure_html(
    figure: FigureLike,
    *,
    decimals: int | None = None,
    align: int | None = None,
    unit: bool = True,
    query: str = "",
) -> SafeString:
    """Return the figure as a link to its provenance.

    ``decimals`` are the printed places, by default those the figure itself names; ``align`` keeps the decimal points of a column under each other,
    ``unit=False`` is for tables whose head names the unit, ``query`` keeps the moment of the page.
    """
    if decimals is None:
        decimals = getattr(figure, "decimals", None)
    body = format_html(
        "{}{}{}",
        _value(figure.value, decimals, align),
        _unit(figure.unit) if unit and figure.value is not None else "",
        marks_html(figure.marks),
    )
    words = figure_words(figure, decimals)
    if not figure.reference:
        return format_html(
            '<span class="figure" role="img" aria-label="{}" title="{}">{}</span>',
            words,
            words,
            body,
        )
    return format_html(
        '<a class="figure" href="{}{}" data-drawer aria-label="{}" title="{}">{}</a>',
        reverse("figure", args=[figure.reference]),
        f"?{query}" if query else "",
        _("%s，查看来源") % words,
        words,
        body,
    )


def figure_words(figure: FigureLike, decimals: int | None = None) -> str:
    """Tell the figure in words: 726.2亿元，已认定."""
    value = _("缺数")
    if figure.value is not None:
        value = number_text(figure.value, decimals) + unit_after(figure.unit)
    marks = [str(MARKS[m].word) for m in figure.marks if m != "missing"]
    return _("，").join([value, *marks])


def marks_html(marks: Iterable[str]) -> SafeString:
    """Return the shapes of ``marks``; 示例 has no shape and stands as a word."""
    return _marks(tuple(marks), get_language() or "")


@cache
def _marks(marks: tuple[str, ...], language: str) -> SafeString:
    """The few combinations there are, drawn once in each language: a page has hundreds of figures."""
    del language  # the words are translated by the language that is active
    drawn = [mark_html(mark) for mark in marks if mark != "missing"]
    if not drawn:
        return SafeString()
    return format_html(
        '<span class="figure-marks">{}</span>', format_html_join("", "{}", ((d,) for d in drawn))
    )


def mark_html(name: str) -> SafeString:
    """Return one mark as inline SVG, or as a small word. Raises KeyError for an unknown mark."""
    mark = MARKS[name]
    if not mark.path:
        return format_html(
            '<span class="mark-word"><span class="mark-long">{}</span>{}</span>',
            str(mark.word).removesuffix(str(mark.short)),
            mark.short,
        )
    return format_html(
        '<svg class="mark mark-{}{}" viewBox="0 0 10 10" aria-hidden="true"><path d="{}"{}/></svg>',
        name,
        "" if mark.solid else " mark-line",
        mark.path,
        SafeString(' fill-rule="evenodd"') if mark.solid else "",
    )


def _unit(unit: str) -> SafeString:
    """The unit a little apart from its number, the per cent sign close to it."""
    tight = " tight" if unit in {"%", "‰"} else ""
    return (
        format_html('<span class="figure-unit{}">{}</span>', tight, unit_text(unit))
        if unit
        else SafeString()
    )


def _value(value: Decimal | None, decimals: int | None, align: int | None) -> SafeString:
    if value is None:
        return format_html(
            '<span class="figure-value">{}</span><span class="mark-word">{}</span>',
            DASH,
            MARKS["missing"].word,
        )
    text = number_text(value, decimals)
    padding = padding_text(text, align) if align is not None else ""
    return format_html(
        '<span class="figure-value">{}{}</span>',
        text,
        format_html('<span class="pad" aria-hidden="true">{}</span>', padding) if padding else "",
    )
