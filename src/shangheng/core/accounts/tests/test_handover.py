"""Who leaves hands over what is open, all of it or nothing."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shangheng.core.accounts import handing, handover
from shangheng.core.accounts.models import Handover, HandoverItem, OrgUnit, Presence, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db
TO = {"test.drafts": "drafts", "test.waiting": "waiting"}


class Desk:
    """A desk whose drafts have owners, and whose submissions stay with their author."""

    def __init__(self, unit: OrgUnit) -> None:
        self.unit = unit
        self.owner: dict[int, int] = {}

    def drafts(self, user: User) -> list[handover.Item]:
        mine = (key for key, owner in self.owner.items() if owner == user.pk)
        return [handover.Item(key, f"草稿{key}", f"/drafts/{key}/", self.unit.pk) for key in mine]

    def waiting(self, user: User) -> list[handover.Item]:
        return [handover.Item(7, "待答复7", "/waiting/7/", self.unit.pk)] if self.owner else []

    def take(
        self, *, actor: User, at: datetime, giver: User, receiver: User, keys: list[int]
    ) -> None:
        self.owner |= dict.fromkeys(keys, receiver.pk)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(org_unit("zs", name="招商办"))
    monkeypatch.setattr(handover, "_kinds", {})
    handover.register(
        handover.Open("test.drafts", "草稿", "briefing.write", desk.drafts, desk.take)
    )
    handover.register(handover.Open("test.waiting", "待答复", "targets.submit", desk.waiting))
    return desk


@pytest.fixture
def admin() -> User:
    return person("administrator", username="wang", display_name="王管理")


@pytest.fixture
def giver(desk: Desk) -> User:
    giver = person("statistics_clerk", unit=desk.unit, username="wu", display_name="吴离岗")
    desk.owner = {1: giver.pk, 2: giver.pk}
    return giver


def leave(admin: User, giver: User, receiver: User, **more: bool) -> Handover:
    return handing.hand_over(
        actor=admin,
        at=AT,
        giver=giver,
        receivers=dict.fromkeys(TO, receiver),
        reason="调离",
        deactivate=True,
    )


def test_everything_open_passes_to_the_receiver_and_the_giver_is_out(
    desk: Desk, admin: User, giver: User
) -> None:
    receiver = person("statistics_clerk", display_name="赵接手")
    sheet = leave(admin, giver, receiver)
    assert set(desk.owner.values()) == {receiver.pk}
    giver.refresh_from_db()
    assert not giver.is_active
    moved = {item.label: item.moved for item in sheet.items.all()}
    assert moved == {"草稿1": True, "草稿2": True, "待答复7": False}
    acts = list(Row.objects.values_list("act", flat=True))
    assert "accounts.handover" in acts
    assert "accounts.user.deactivate" in acts


def test_a_receiver_needs_the_permission_and_must_reach_the_thing(
    desk: Desk, admin: User, giver: User
) -> None:
    for receiver, why in (
        (person("director"), "没有“起草材料”权限"),
        (person("statistics_clerk", scope="own"), "不在其范围内"),
        (giver, "另一位在用人员"),
    ):
        with pytest.raises(ValidationError, match=why):
            leave(admin, giver, receiver)
    giver.refresh_from_db()
    assert giver.is_active
    assert set(desk.owner.values()) == {giver.pk}


def test_nothing_is_handed_over_when_the_last_act_is_refused(
    desk: Desk, admin: User, giver: User
) -> None:
    with pytest.raises(ValidationError, match="最后一位系统管理员"):
        leave(giver, admin, person("statistics_clerk"))
    assert not Handover.objects.exists()


def test_sessions_end_at_once(client: Client, desk: Desk, admin: User, giver: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(giver)
    assert elsewhere.get("/password/").status_code == 200
    assert Presence.objects.filter(user=giver).count() == 1
    leave(admin, giver, person("statistics_clerk"))
    assert not Presence.objects.filter(user=giver).exists()
    assert elsewhere.get("/password/").status_code == 302


def test_the_page_lists_what_is_open_and_refuses_without_a_receiver(
    client: Client, desk: Desk, admin: User, giver: User
) -> None:
    client.force_login(admin)
    address = f"/people/{giver.pk}/leave/"
    shown = client.get(address).content.decode()
    assert "草稿1" in shown
    assert "待答复7" in shown
    assert "交接后由接手人负责" in shown
    assert "登记过的内容不改署名" in shown
    refused = client.post(address, {"reason": "调离"})
    assert refused.status_code == 422
    receiver = person("statistics_clerk", display_name="赵接手")
    chosen = {f"to_{code}": str(receiver.pk) for code in TO}
    done = client.post(address, {"reason": "调离", **chosen}, follow=True)
    told = done.content.decode()
    assert "吴离岗工作交接单" in told
    assert "赵接手" in told
    assert "吴离岗" in client.get("/handovers/").content.decode()


def test_the_receiver_sees_the_sheet_and_ticks_off_what_is_done(
    client: Client, desk: Desk, admin: User, giver: User
) -> None:
    receiver = person("statistics_clerk")
    sheet = leave(admin, giver, receiver)
    client.force_login(receiver)
    assert "待答复7" in client.get("/handovers/mine/").content.decode()
    assert client.get(f"/handovers/{sheet.pk}/").status_code == 200
    item = sheet.items.get(label="待答复7")
    client.post(f"/handovers/items/{item.pk}/settle/")
    assert HandoverItem.objects.get(pk=item.pk).done_at
    client.force_login(person("statistics_clerk"))
    assert client.get(f"/handovers/{sheet.pk}/").status_code == 404
    assert client.post(f"/handovers/items/{item.pk}/settle/").status_code == 404


def test_a_handing_over_that_is_undone_brings_things_and_the_person_back(
    client: Client, desk: Desk, admin: User, giver: User
) -> None:
    receiver = person("statistics_clerk")
    sheet = leave(admin, giver, receiver)
    desk.owner[2] = admin.pk  # has moved on since
    client.force_login(admin)
    told = client.post(f"/handovers/{sheet.pk}/undo/", follow=True).content.decode()
    assert "已撤销交接，1件回到移交人名下。" in told
    assert "撤销交接</button>" not in told
    giver.refresh_from_db()
    assert giver.is_active
    assert desk.owner == {1: giver.pk, 2: admin.pk}
    assert handing.waiting(receiver) == 0
    again = client.post(f"/handovers/{sheet.pk}/undo/", follow=True).content.decode()
    assert "已经撤销过了" in again


def test_where_nobody_may_take_a_kind_the_page_says_what_to_grant_first(
    client: Client, desk: Desk, admin: User, giver: User
) -> None:
    client.force_login(admin)
    address = f"/people/{giver.pk}/leave/"
    shown = client.get(address).content.decode()
    assert "没有另一位在用人员有“提交认定”权限，请先给接手人授权。" in shown
    assert 'href="/people/">去人员与权限' in shown
    assert '<select name="to_' not in shown
    refused = client.post(address, {"reason": "调离"})
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "接手人（待答复）" in told
    assert "接手人（草稿）" in told
    assert "必填项" not in told


def test_a_kind_without_a_choice_is_named_in_the_error(
    client: Client, desk: Desk, admin: User, giver: User
) -> None:
    person("statistics_clerk")
    client.force_login(admin)
    told = client.post(f"/people/{giver.pk}/leave/", {"reason": "调离"}).content.decode()
    assert "接手人（草稿）</a>：请选接手人。" in told
