"""Draws a measured pace bar as inline SVG, with attributes only: the page allows no inline style."""

from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shangheng.core.ui.figures import number_text, unit_after
from shangheng.core.ui.pace_bar import Bracket, PaceBar, PaceLayout, Span, Tick, layout, reached

TRACK_TOP, TRACK_HEIGHT, HEIGHT = 19, 11, 46
TRACK_FOOT = TRACK_TOP + TRACK_HEIGHT
SPOKEN_PLACES = 2  # a share computed from its parts has no end; nobody listens to 40 digits


def pace_svg(bar: PaceBar) -> SafeString:
    """Return the bar as an ``<svg>`` in a box that fills the width it is given and tells itself in words."""
    place = layout(bar)
    parts = [_track(place), *[_tick(tick) for tick in place.ticks]]
    if place.bracket:
        parts.append(_bracket(place.bracket))
    for name, at in (("linear", place.linear), ("seasonal", place.seasonal)):
        if at is not None:
            parts.append(_pace_line(name, at))
    return format_html(
        '<div class="pace-box"><svg class="pace-bar" role="img" height="{}" aria-label="{}">{}</svg></div>',
        HEIGHT,
        words(bar),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def words(bar: PaceBar) -> str:
    """Tell the bar in one sentence, for ears and for copying."""

    most = max([SPOKEN_PLACES, *(_places(tier.value) for tier in bar.tiers)])

    def amount(value: Decimal) -> str:
        return number_text(value, min(_places(value), most)) + unit_after(bar.unit)

    said = [
        _("已认定%s") % amount(bar.recognised) if bar.recognised is not None else _("已认定数缺")
    ]
    if bar.pending:
        said.append(_("待认定%s") % amount(bar.pending))
    said += [_("%s目标") % tier.name + amount(tier.value) for tier in bar.tiers]
    if not bar.tiers:
        said.append(_("未设目标"))
    top = reached(bar)
    if top:
        said.append(_("已达到%s目标") % top.name)
    if bar.linear is not None:
        said.append(_("序时进度应到%s") % amount(bar.linear))
    if bar.seasonal is not None:
        said.append(_("按季节进度应到%s") % amount(bar.seasonal))
    if bar.projection:
        low, middle, high = (
            amount(v) for v in (bar.projection.low, bar.projection.middle, bar.projection.high)
        )
        said.append(
            _("预计全年%(middle)s（%(low)s至%(high)s）")
            % {"middle": middle, "low": low, "high": high}
        )
    return _("%(label)s：%(said)s。") % {"label": bar.label, "said": _("，").join(said)}


def _places(value: Decimal) -> int:
    """How many decimals a number has."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _track(place: PaceLayout) -> SafeString:
    bars = [("pace-track", Span(Decimal(0), Decimal(100)))]
    bars += [("pace-done", place.recognised)] if place.recognised.width else []
    bars += [("pace-pending", place.pending)] if place.pending.width else []
    rects = format_html_join(
        "",
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>',
        ((name, span.start, TRACK_TOP, span.width, TRACK_HEIGHT) for name, span in bars),
    )
    ends = ""
    if place.beyond:
        ends = format_html(
            '<svg class="pace-mark" x="100%"><path class="pace-beyond" d="M-11 {}l6 3.5-6 3.5z"/></svg>',
            TRACK_TOP + 2,
        )
    elif place.below:
        ends = format_html(
            '<svg class="pace-mark" x="0%"><path class="pace-below" d="M9 {}l-6 3.5 6 3.5z"/></svg>',
            TRACK_TOP + 2,
        )
    return format_html("{}{}", rects, ends)


def _tick(tick: Tick) -> SafeString:
    """A stroke through the track and the name at its left; a leader where the name had to move away."""
    names = format_html_join(
        "",
        '<g class="pace-names-{0}"><text class="pace-name" x="{1}%" y="9" text-anchor="end">{2}</text>{3}</g>',
        (
            (width, end, tick.name, _leader(tick.at, end))
            for width, end in (("narrow", tick.narrow), ("wide", tick.wide))
        ),
    )
    return format_html(
        '<line class="pace-tick" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>{3}',
        tick.at,
        TRACK_TOP - 2,
        TRACK_FOOT,
        names,
    )


def _leader(at: Decimal, end: Decimal) -> SafeString:
    if abs(at - end) < 1:
        return SafeString()
    return format_html(
        '<line class="pace-leader" x1="{}%" x2="{}%" y1="{}" y2="11.5"/>', at, end, TRACK_TOP - 2
    )


def _pace_line(name: str, at: Decimal) -> SafeString:
    """A hairline across the track on a light casing; its foot tells linear (▲) from seasonal (●)."""
    foot = (
        format_html('<path d="M-3.5 {}h7l-3.5-5z"/>', TRACK_FOOT + 7)
        if name == "linear"
        else format_html('<circle r="2.6" cy="{}"/>', TRACK_FOOT + 4.5)
    )
    return format_html(
        '<svg class="pace-mark pace-{0}" x="{1}%">'
        '<path class="pace-casing" d="M0 {2}V{3}"/><path class="pace-hair" d="M0 {2}V{3}"/>{4}</svg>',
        name,
        at,
        TRACK_TOP - 3,
        TRACK_FOOT + 3,
        foot,
    )


def _bracket(bracket: Bracket) -> SafeString:
    """The projected year end under the track: an interval with its middle as a diamond."""
    y = HEIGHT - 4
    end = "" if bracket.cut else format_html('<path d="M0 {}v6"/>', y - 3)
    return format_html(
        '<g class="pace-bracket"><line x1="{0}%" x2="{1}%" y1="{3}" y2="{3}"/>'
        '<svg class="pace-mark" x="{0}%"><path d="M0 {4}v6"/></svg>'
        '<svg class="pace-mark" x="{1}%">{5}</svg>'
        '<svg class="pace-mark" x="{2}%"><path class="pace-middle" d="M-3.5 {3}L0 {6}l3.5 3.5L0 {7}z"/></svg>'
        "</g>",
        bracket.span.start,
        bracket.span.end,
        bracket.middle,
        y,
        y - 3,
        end,
        y - Decimal("3.5"),
        y + Decimal("3.5"),
    )
