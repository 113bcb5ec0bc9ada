"""Forms about saved views."""

from typing import Any

from django import forms
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
