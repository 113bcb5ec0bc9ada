"""Who leaves hands over the views that others use, or has them removed; an undone sheet brings them back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shangheng.core.accounts.handing import hand_over, undo_hand_over
from shangheng.core.accounts.models import Handover, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.lists import services
from shangheng.core.lists.models import SavedView

pytestmark = pytest.mark.django_db
LISTING, KIND = "targets.sheets", "lists.shared"


@pytest.fixture
def boss() -> User:
    return person("administrator", display_name="王管理")


@pytest.fixture
def giver() -> User:
    return person("section_head", unit=org_unit("zs"), display_name="吴离岗")


@pytest.fixture
def view(giver: User) -> SavedView:
    return services.save_view(
        actor=giver, at=AT, listing=LISTING, name="常用", query="year=2021", shared=True
    )


def leave(boss: User, giver: User, **more: Any) -> Handover:
    how = {"receivers": {}, "reason": "调离", "deactivate": True, **more}
    return hand_over(actor=boss, at=AT, giver=giver, **how)


def test_a_shared_view_passes_on_under_a_free_name_and_comes_back(
    boss: User, giver: User, view: SavedView
) -> None:
    receiver = person("section_head", unit=org_unit("wm"))
    services.save_view(actor=receiver, at=AT, listing=LISTING, name="常用", query="")
    own = services.save_view(actor=giver, at=AT, listing=LISTING, name="自用", query="")
    sheet = leave(boss, giver, receivers={KIND: receiver})
    view.refresh_from_db()
    assert (view.owner, view.name, view.is_shared) == (receiver, "常用（吴离岗）", True)
    own.refresh_from_db()
    assert own.owner == giver, "what nobody else uses stays"
    assert undo_hand_over(actor=boss, at=AT, sheet=sheet) == 1
    view.refresh_from_db()
    giver.refresh_from_db()
    assert (view.owner, giver.is_active) == (giver, True)
    assert Row.objects.latest("number").act == "accounts.handover.undo"
    with pytest.raises(ValidationError, match="已经撤销"):
        undo_hand_over(actor=boss, at=AT, sheet=sheet)


def test_a_view_that_has_moved_on_is_not_taken_from_who_has_it(
    boss: User, giver: User, view: SavedView
) -> None:
    sheet = leave(boss, giver, receivers={KIND: person("section_head", unit=org_unit("wm"))})
    SavedView.objects.filter(pk=view.pk).update(owner=boss)
    assert undo_hand_over(actor=boss, at=AT, sheet=sheet) == 0
    assert SavedView.objects.get(pk=view.pk).owner == boss


def test_who_may_not_open_the_list_does_not_take_over_its_view(
    boss: User, giver: User, view: SavedView
) -> None:
    with pytest.raises(ValidationError, match="没有“"):
        leave(boss, giver, receivers={KIND: person("auditor")})
    giver.refresh_from_db()
    assert giver.is_active


def test_views_are_removed_when_nobody_is_to_take_them_over(
    client: Client, boss: User, giver: User, view: SavedView
) -> None:
    client.force_login(boss)
    address = f"/people/{giver.pk}/leave/"
    assert "不交接，删去（不能恢复）" in client.get(address).content.decode()
    done = client.post(address, {"reason": "调离", f"to_{KIND}": "close"}, follow=True)
    assert "删去，没有交接" in done.content.decode()
    assert not SavedView.objects.filter(pk=view.pk).exists()
    sheet = Handover.objects.get()
    undone = client.post(f"/handovers/{sheet.pk}/undo/", follow=True).content.decode()
    assert "0件回到移交人名下" in undone
    giver.refresh_from_db()
    assert giver.is_active


def test_a_view_that_a_role_opens_with_is_not_removed(
    boss: User, giver: User, view: SavedView
) -> None:
    services.set_default(actor=giver, at=AT, listing=LISTING, view=view, role="statistics_clerk")
    with pytest.raises(ValidationError, match="默认视图"):
        leave(boss, giver, closing=[KIND])
    assert SavedView.objects.filter(pk=view.pk).exists()
