"""Cells of projects drawn without a template: in a list of fifty they are several times as fast."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from shangheng.core.ui.templatetags.ui import mark
from shangheng.desks.investment.models import Project, Status
from shangheng.desks.investment.selectors.projects import project_url


def name(row: Project, _query: str) -> SafeString:
    """The name, which leads to the project; a sample says so."""
    sample = format_html(" {}", mark("sample")) if row.is_sample else ""
    link = '<a class="row-link" href="{}">{}</a>{}'
    return format_html(link, project_url(row.pk), row.name, sample)


def status(row: Project, _query: str) -> SafeString:
    """How it goes."""
    css = "tag" if row.status == Status.ON_TRACK else "tag bad"
    return format_html('<span class="{}">{}</span>', css, Status(row.status).label)
