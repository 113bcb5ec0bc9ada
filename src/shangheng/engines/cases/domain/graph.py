"""The graph of a workflow as SVG, and the same in a table for whoever cannot see it."""

from dataclasses import dataclass
from html import escape

from shangheng.engines.cases.domain.drawing import (
    BOX,
    LETTER,
    SMALL,
    Arrow,
    Box,
    Rail,
    draw,
    text_width,
)
from shangheng.engines.cases.domain.workflow import Version
from shangheng.methods.wording import say


@dataclass(frozen=True, slots=True)
class Row:
    """One stage in words: its clock in working days, where it leads to, where it may go back to."""

    stage: str
    days: int | None
    onward: tuple[str, ...]
    back: tuple[str, ...]
    final: bool


def table(version: Version) -> tuple[Row, ...]:
    """The graph in words, one row for each stage."""
    return tuple(
        Row(
            stage=stage.name,
            days=stage.clock.days if stage.clock else None,
            onward=tuple(
                f"{each.name} → {version.stage(each.target).name}"
                for each in version.leaving(stage.id)
            ),
            back=tuple(version.stage(code).name for code in stage.returns),
            final=stage.final,
        )
        for stage in version.stages
    )


def svg(name: str, version: Version, current: str | None = None, label: str = "graph") -> str:
    """An `<svg>` of its own size, in the colour of the text around it; `current` marks a stage.

    `label` sets the ids inside apart from those of other graphs on the page.
    """
    drawing = draw(version, say("退回"))
    parts = [
        *(_rail(rail, label) for rail in drawing.rails),
        *(_arrow(arrow, label) for arrow in drawing.arrows),
        *(_box(box, current) for box in drawing.boxes),
    ]
    told = say(
        "%(name)s流程图，共%(n)d个环节；旁边的表说的是同样的内容。",
        name=name,
        n=len(version.stages),
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="workflow" role="img" '
        f'aria-label="{escape(told)}" viewBox="0 0 {drawing.width} {drawing.height}" '
        f'width="{drawing.width}" height="{drawing.height}" fill="none" stroke="currentColor" '
        f'font-size="{LETTER}">'
    )
    marker = (
        f'<defs><marker id="{label}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor" '
        f'stroke="none"/></marker></defs>'
    )
    return head + marker + "".join(parts) + "</svg>"


def _box(box: Box, current: str | None) -> str:
    stage = box.stage
    kinds = ["workflow-stage", *(["workflow-final"] if stage.final else [])]
    here = stage.id == current
    kinds += ["workflow-current"] if here else []
    fill, ink = ("currentColor", "Canvas") if here else ("none", "currentColor")
    clock = say("%(days)d个工作日", days=stage.clock.days) if stage.clock else ""
    x, name_y = box.x + box.width // 2, box.middle + (0 if clock else 5)
    rect = (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{BOX}" '
        f'rx="{BOX // 2 if stage.final else 4}" fill="{fill}"/>'
    )
    text = _text(x, name_y, stage.name, ink, LETTER)
    if clock:
        text += _text(x, box.middle + 13, clock, ink, SMALL - 1)
    return f'<g class="{" ".join(kinds)}">{rect}{text}</g>'


def _arrow(arrow: Arrow, label: str) -> str:
    middle = (arrow.top + arrow.bottom) // 2 + 4
    return (
        f'<path class="workflow-way" d="M{arrow.x} {arrow.top}V{arrow.bottom - 1}" '
        f'marker-end="url(#{label}-tip)"/>'
        + _text(arrow.x + 8, middle, arrow.name, "currentColor", SMALL, anchor="start")
    )


def _rail(rail: Rail, label: str) -> str:
    """Stubs from the stages, the rail, and arrows into its targets; its name beside it, dots where
    something joins it."""
    outward = 1 if rail.x > rail.side else -1
    low, *joints, high = rail.heights
    dash = ' stroke-dasharray="4 3"' if rail.back else ""
    stubs = "".join(f"M{rail.side} {y}H{rail.x}" for y in rail.stubs)
    ends = "".join(
        f'<path d="M{rail.x} {y}H{rail.side + outward}" marker-end="url(#{label}-tip)"/>'
        for y in rail.ends
    )
    dots = "".join(
        f'<circle cx="{rail.x}" cy="{y}" r="2" fill="currentColor" stroke="none"/>' for y in joints
    )
    anchor = "start" if outward > 0 else "end"
    name = _text(
        rail.x + 5 * outward, rail.label_at + 4, rail.name, "currentColor", SMALL, anchor=anchor
    )
    return (
        f'<g class="{"workflow-back" if rail.back else "workflow-way"}"{dash}>'
        f'<path d="{stubs}M{rail.x} {low}V{high}"/>{ends}{dots}</g>{name}'
    )


def _text(x: int, y: int, text: str, ink: str, size: int, anchor: str = "middle") -> str:
    """A text; its length is said, so that no font runs over its neighbours. Beside the column it
    is set off from lines that it crosses by an edge in the colour of the page."""
    edge = 'stroke="none"'
    if anchor != "middle":
        edge = 'class="workflow-name" stroke="Canvas" stroke-width="4" paint-order="stroke"'
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{ink}" {edge} '
        f'textLength="{text_width(text, size)}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(text)}</text>"
    )
