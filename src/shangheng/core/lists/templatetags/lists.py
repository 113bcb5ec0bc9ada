"""The cells of lists. A page has hundreds of them, so that they are put together here, not in a template."""

from collections.abc import Iterator

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from shangheng.core.lists.table import Cell, Line
from shangheng.core.ui.figure_html import figure_html

register = template.Library()


@register.simple_tag(takes_context=True)
def row_cells(context: template.Context, line: Line) -> SafeString:
    """The cells of a row: its head, then one for each column; templates find the row as `row`."""
    with context.push(row=line.row):
        parts = [str(part) for part in _cells(context, line)]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def _cells(context: template.Context, line: Line) -> Iterator[SafeString]:
    for number, cell in enumerate(line.cells):
        inside, column = _inside(context, cell), cell.column
        css = f"num {column.css}".rstrip() if column.number else column.css
        named = format_html(' class="{}"', css) if css else ""
        if number == 0:
            yield format_html('<th scope="row"{}>{}</th>', named, inside)
        else:
            yield format_html('<td{} data-label="{}">{}</td>', named, column.label, inside)


def _inside(context: template.Context, cell: Cell) -> SafeString:
    if cell.figure is not None:
        moment = context.get("moment")
        query = moment.query if moment else ""
        return figure_html(cell.figure, align=cell.column.decimals, query=query)
    if cell.column.cell and context.template is not None:
        return context.template.engine.get_template(cell.column.cell).render(context)
    return conditional_escape(cell.text)
