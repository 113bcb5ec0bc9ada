"""The form that says who takes over what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts import handing
from shangheng.core.accounts.handover import Found
from shangheng.core.accounts.models import User
from shangheng.core.accounts.rules import permissions

CLOSE = "close"


class HandoverForm(forms.Form):
    """A receiver for each kind of open things, and why."""

    reason = forms.CharField(
        label=gettext_lazy("交接原因"),
        max_length=300,
        help_text=gettext_lazy("印在交接单上，例如：调往外贸科。"),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, giver: User, found: Sequence[Found]
    ) -> None:
        super().__init__(data)
        self.found = found
        self.people: dict[str, User] = {}
        self.lacking: dict[str, str] = {}
        for one in found:
            able = handing.may_receive(giver, one)
            if not able:
                self.lacking[one.kind.code] = _lacking(one)
            self.people |= {str(user.pk): user for user in able}
            choices = [("", _("请选择")), *((str(u.pk), _named(u)) for u in able)]
            if one.kind.close is not None:
                choices.append((CLOSE, str(one.kind.closing)))
            self.fields[f"to_{one.kind.code}"] = forms.ChoiceField(
                label=_("接手人（%s）") % one.kind.label,
                choices=choices,
                error_messages={"required": self.lacking.get(one.kind.code, _("请选接手人。"))},
            )

    def receivers(self) -> dict[str, User]:
        """The chosen receivers by kind."""
        data = self.cleaned_data
        chosen = {one.kind.code: data[f"to_{one.kind.code}"] for one in self.found}
        return {code: self.people[key] for code, key in chosen.items() if key != CLOSE}

    def closing(self) -> list[str]:
        """The kinds that nobody is to take over."""
        data = self.cleaned_data
        codes = [one.kind.code for one in self.found]
        return [code for code in codes if data[f"to_{code}"] == CLOSE]


def _lacking(found: Found) -> str:
    """What is said where nobody may take a kind."""
    known = permissions()
    names = _("、").join(known[mark].name for mark in found.needed if mark in known)
    if not names:
        return _("没有另一位在用人员可以接手。")
    return _("没有另一位在用人员有“%s”权限，请先给接手人授权。") % names


def _named(user: User) -> str:
    return f"{user.display_name}（{user.unit.label if user.unit else user.username}）"
