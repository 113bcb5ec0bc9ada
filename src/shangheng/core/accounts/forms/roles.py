"""Forms about local roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import LocalRole
from shangheng.core.accounts.roles import reserved_permissions
from shangheng.core.accounts.rules import ScopeKind, permissions
from shangheng.core.database.edits import EditForm


def permission_choices() -> list[tuple[str, str]]:
    """What a local role can allow, with what that means."""
    reserved = reserved_permissions()
    return [
        (code, f"{one.name}：{one.explanation}")
        for code, one in permissions().items()
        if code not in reserved
    ]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, help_text=_("记入审计，例如文件号或会议决定。")
    )


class RoleForm(ReasonForm):
    """Names and permissions of a local role."""

    zh = forms.CharField(label=_("名称"), max_length=60)
    en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    about = forms.CharField(label=_("用途"), max_length=300)
    permissions = forms.MultipleChoiceField(
        label=_("权限"), widget=forms.CheckboxSelectMultiple, choices=permission_choices
    )
    scope = forms.ChoiceField(label=_("默认范围"), choices=ScopeKind.choices)
    field_order = ("zh", "en", "about", "permissions", "scope", "reason")

    def clean_zh(self) -> Any:
        """Without blanks around."""
        return self.cleaned_data["zh"].strip()


class EditRoleForm(EditForm, RoleForm):
    """Changing a local role that others may be changing as well."""

    @staticmethod
    def known(role: LocalRole) -> dict[str, Any]:
        """What the form shows first."""
        names = ("zh", "en", "about", "permissions", "scope", "version")
        return {name: getattr(role, name) for name in names}
