"""Local roles: made by the administrator, and never a way around the separation of duties."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shangheng.core.accounts import localroles, services
from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import LocalRole, User
from shangheng.core.accounts.roles import all_roles, reserved_permissions
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tests.seen import seen
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import StaleEdit

pytestmark = pytest.mark.django_db


def make(**more: Any) -> LocalRole:
    fields = {
        "zh": "凭证管理员",
        "en": "Voucher keeper",
        "about": "看、传凭证",
        "permissions": ["evidence.view", "evidence.upload"],
        "scope": "unit",
        "reason": "局办公会",
    }
    return localroles.create_role(actor=None, at=AT, **fields | more)


def change(role: LocalRole, permissions: list[str], version: int = 1) -> None:
    localroles.change_role(
        actor=None,
        at=AT,
        role=role,
        zh=role.zh,
        en=role.en,
        about=role.about,
        permissions=permissions,
        scope=role.scope,
        reason="调整",
        seen=version,
    )


def test_a_local_role_is_granted_and_allows_what_it_says() -> None:
    role = make()
    user = person(role.code, unit=org_unit("zs"))
    assert allows(user, "evidence.upload")
    assert not allows(user, "targets.view")


def test_a_changed_role_changes_the_rights_of_its_holders() -> None:
    role = make()
    user = person(role.code, unit=org_unit("zs"))
    change(role, ["evidence.view"])
    assert not allows(User.objects.get(pk=user.pk), "evidence.upload")
    assert Row.objects.filter(act="accounts.role.change").count() == 1


def test_two_who_change_the_same_version_do_not_overwrite_each_other() -> None:
    role = make()
    change(role, ["evidence.view"])
    with pytest.raises(StaleEdit):
        change(role, ["targets.view"])


@pytest.mark.parametrize("code", ["accounts.manage", "audit.view", "audit.export"])
def test_what_only_roles_that_stand_alone_hold_is_refused(code: str) -> None:
    assert code in reserved_permissions()
    with pytest.raises(ValidationError, match="三员分立"):
        make(permissions=["evidence.view", code])


def test_a_role_without_permissions_or_with_a_name_in_use_is_refused() -> None:
    with pytest.raises(ValidationError, match="至少选一项"):
        make(permissions=[])
    with pytest.raises(ValidationError, match="已有名为"):
        make(zh="检查人员")
    with pytest.raises(ValidationError, match="原因"):
        make(reason=" ")


def test_a_role_that_somebody_holds_is_not_retired_and_a_retired_one_not_granted() -> None:
    role = make()
    user = person(role.code, unit=org_unit("zs"))
    with pytest.raises(ValidationError, match="还有1人"):
        localroles.retire_role(actor=None, at=AT, role=role, reason="不用了")
    services.revoke(actor=None, at=AT, grant=user.grants.get())
    localroles.retire_role(actor=None, at=AT, role=role, reason="不用了")
    assert role.code not in all_roles()
    with pytest.raises(LookupError):
        services.grant(actor=None, at=AT, user=user, role=role.code)


def test_the_pages_make_change_and_show_a_role(client: Client) -> None:
    client.force_login(person("administrator"))
    fields = {
        "zh": "凭证管理员",
        "about": "看凭证",
        "permissions": ["evidence.view"],
        "scope": "unit",
        "reason": "局办公会",
    }
    made = client.post("/roles/new/", fields, follow=True)
    assert "凭证管理员" in made.content.decode()
    code = LocalRole.objects.get().code
    assert client.get(f"/roles/{code}/edit/").status_code == 200
    sent = {**fields, **seen(client, f"/roles/{code}/edit/")}
    late = {**sent, "about": "管凭证的"}
    client.post(f"/roles/{code}/edit/", {**sent, "about": "管凭证"})
    both = client.post(f"/roles/{code}/edit/", late)
    assert both.status_code == 409
    assert [side.name for side in both.context["conflict"].differing] == ["about"]
    assert len(both.context["conflict"].acts) == 1, "that it was made was known"
    assert "管凭证" in client.get(f"/roles/{code}/").content.decode()
    assert "凭证管理员" in client.get("/rights/").content.decode()
    client.post(f"/roles/{code}/retire/", {"reason": "不用了"})
    assert "已停用的本地角色" in client.get("/rights/").content.decode()
    assert client.get("/roles/inspector/").status_code == 200
    assert client.get("/roles/inspector/edit/").status_code == 404
    assert client.get("/roles/nobody/").status_code == 404


def test_the_table_of_rights_as_excel_says_who_when_and_who_holds_what(client: Client) -> None:
    admin = person("administrator", username="wang")
    person("inspector", unit=org_unit("zs", name="招商办"), username="liu")
    client.force_login(admin)
    answer = client.get("/rights/rights.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["角色与权限", "人员与权限", "授权"]
    assert "wang" in str(book.worksheets[0]["A1"].value)
    held = {
        (row[0], row[3], row[5])
        for row in book.worksheets[1].iter_rows(min_row=3, values_only=True)
    }
    assert ("liu", "targets.view", "本单位") in held
    assert Row.objects.filter(act="accounts.rights.export").exists()
