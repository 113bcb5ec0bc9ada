"""Vouchers and amounts on the pages of the desk."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from shangheng.core.ui.templatetags.ui import icon
from shangheng.desks.investment.domain.amounts import trimmed
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import open_to

register = template.Library()
register.filter("trimmed", trimmed)


@register.simple_tag(takes_context=True)
def voucher(context: Context, document: Document, text: str = "") -> Any:
    """A file with the way to it; its name alone for whoever may see the fact, not the file."""
    name = text or document.name
    if not open_to(context["user"], [document]):
        return name
    url = reverse("document", args=[document.pk])
    return format_html('<a href="{}" data-drawer>{} {}</a>', url, icon("file-text"), name)
