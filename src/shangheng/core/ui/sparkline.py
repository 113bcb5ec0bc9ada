"""A line of the size of a word: how a number went, without axes."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text

WIDTH, HEIGHT, EDGE = Decimal(96), Decimal(24), Decimal(3)


def sparkline_svg(points: Sequence[Decimal | None], label: str = "") -> SafeString:
    """Return ``points`` as an inline SVG; an unknown point is a gap, never a zero."""
    runs = _runs(_places(points))
    known = [value for value in points if value is not None]
    if not known:
        return format_html('<span class="muted">{}</span>', _("无走势"))
    last_x, last_y = runs[-1][-1]
    return format_html(
        '<svg class="sparkline" role="img" viewBox="0 0 {} {}" aria-label="{}">{}'
        '<circle cx="{}" cy="{}" r="2.2"/></svg>',
        WIDTH,
        HEIGHT,
        _("%(label)s走势：由%(first)s到%(last)s，最低%(low)s，最高%(high)s")
        % {
            "label": label,
            "first": number_text(known[0]),
            "last": number_text(known[-1]),
            "low": number_text(min(known)),
            "high": number_text(max(known)),
        },
        format_html_join(
            "", '<polyline points="{}"/>', ((" ".join(f"{x},{y}" for x, y in run),) for run in runs)
        ),
        last_x,
        last_y,
    )


def _places(points: Sequence[Decimal | None]) -> list[tuple[Decimal, Decimal] | None]:
    known = [value for value in points if value is not None]
    low, spread = (min(known), max(known) - min(known)) if known else (Decimal(0), Decimal(0))
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    tenth = Decimal("0.1")

    def place(i: int, value: Decimal) -> tuple[Decimal, Decimal]:
        share = (value - low) / spread if spread else Decimal("0.5")
        y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)
        return (EDGE + i * step).quantize(tenth), y.quantize(tenth)

    return [None if value is None else place(i, value) for i, value in enumerate(points)]


def _runs(
    places: Sequence[tuple[Decimal, Decimal] | None],
) -> list[list[tuple[Decimal, Decimal]]]:
    runs: list[list[tuple[Decimal, Decimal]]] = [[]]
    for place in places:
        if place is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
