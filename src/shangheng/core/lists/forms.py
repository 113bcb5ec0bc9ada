"""Forms about saved views."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from shangheng.core.database.edits import EditForm
from shangheng.core.lists.models import NAME_LENGTH, SavedView
from shangheng.core.lists.services import LONGEST_QUERY

FIELDS = ("name", "query", "shared")


class ViewForm(EditForm):
    """Changing a saved view: each button sends only what it is about."""

    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH)
    query = forms.CharField(label=_("筛选条件"), max_length=LONGEST_QUERY, required=False)
    shared = forms.BooleanField(label=_("共享"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if name not in self.data and self.add_initial_prefix(name) not in self.data:
                del self.fields[name]

    @staticmethod
    def known(view: SavedView) -> dict[str, Any]:
        """The view as it is now."""
        named = {"name": view.name, "query": view.query, "shared": view.is_shared}
        return {**named, "version": view.version}


class SeenForm(EditForm):
    """Removing a view, or choosing one for a role, as things were seen."""


class QuickSelect(forms.Select):
    """A choice drawn in one go: Django renders a template for every option, and lists offer hundreds."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The select as HTML."""
        widget = self.get_context(name, value, attrs)["widget"]
        parts = [format_html('<select name="{}"{}>', name, flatatt(widget["attrs"]))]
        for group, options, _index in widget["optgroups"]:
            if group:
                parts.append(format_html('<optgroup label="{}">', group))
            parts += [
                format_html(
                    '<option value="{}"{}>{}</option>',
                    one["value"],
                    SafeString(" selected") if one["selected"] else "",
                    one["label"],
                )
                for one in options
            ]
            if group:
                parts.append(SafeString("</optgroup>"))
        return mark_safe("".join([*parts, "</select>"]))  # noqa: S308 - each part is escaped
