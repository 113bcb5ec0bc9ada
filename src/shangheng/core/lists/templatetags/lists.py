"""The cells of lists. A page has hundreds of them, so that they are put together here, not in a template."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shangheng.core.lists.declaring import Column
from shangheng.core.lists.table import Cell, Line
from shangheng.core.ui.figure_html import figure_html

register = template.Library()
TICK = '<td class="shrink mark-cell"><input class="tick" type="checkbox" name="row" value="{}" aria-label="{}"></td>'
OPENED = "lists.opened"  # by column, where its cells begin: the same in every row


@register.simple_tag(takes_context=True)
def table_row(context: template.Context, line: Line, marks: object = "") -> SafeString:
    """A whole row; with `marks`, it begins with a box to tick."""
    css = format_html(' class="{}"', line.css) if line.css else ""
    tick = format_html(TICK, line.pk, _("选择#%(pk)s") % {"pk": line.pk}) if marks else ""
    return mark_safe(f"<tr{css}>{tick}{row_cells(context, line)}</tr>")  # noqa: S308 - each part is escaped


@register.simple_tag(takes_context=True)
def row_cells(context: template.Context, line: Line) -> SafeString:
    """The cells of a row: its head, then one for each column; templates find the row as `row`."""
    with context.push(row=line.row):
        return mark_safe("".join(_cells(context, line)))  # noqa: S308 - each part is escaped


def _cells(context: template.Context, line: Line) -> Iterator[str]:
    moment = context.get("moment")
    query = moment.query if moment else ""
    opened: dict[str, str] = context.render_context.setdefault(OPENED, {})  # type: ignore[assignment, arg-type] # its stubs know texts only
    for number, cell in enumerate(line.cells):
        key = cell.column.key
        if key not in opened:
            opened[key] = _opening(cell.column, is_head=number == 0)
        yield opened[key]
        yield _inside(context, cell, query)
        yield "</th>" if number == 0 else "</td>"


def _opening(column: Column[Any], *, is_head: bool) -> SafeString:
    css = f"num {column.css}".rstrip() if column.number else column.css
    named = format_html(' class="{}"', css) if css else ""
    if is_head:
        return format_html('<th scope="row"{}>', named)
    return format_html('<td{} data-label="{}">', named, column.label)


def _inside(context: template.Context, cell: Cell, query: str) -> SafeString:
    if cell.figure is not None:
        return figure_html(cell.figure, align=cell.column.decimals, query=query)
    if cell.column.draw is not None:
        return cell.column.draw(context["row"], query)
    if cell.column.cell and context.template is not None:
        return context.template.engine.get_template(cell.column.cell).render(context)
    return conditional_escape(cell.text)
