import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.lists.models import DefaultView, SavedView
from shangheng.core.lists.registry import register
from shangheng.core.lists.services import change_view, delete_view, save_view, set_default
from shangheng.core.lists.tests.conftest import browser
from shangheng.core.lists.tests.staff import CODE, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.urls("shangheng.core.lists.tests.staff")]

register(STAFF)


def saved(
    owner: User, name: str = "我的", query: str = "tab=no", shared: bool = False
) -> SavedView:
    return save_view(actor=owner, at=AT, listing=CODE, name=name, query=query, shared=shared)


def default(actor: User, view: SavedView | None, role: str = "") -> None:
    set_default(actor=actor, at=AT, listing=CODE, view=view, role=role)


def test_a_view_brings_its_address_back(clerk: User) -> None:
    view = saved(clerk, query="tab=no&q=x&sort=-login")
    answer = browser(clerk).get(f"/staff/?view={view.pk}&period=2021")
    assert (
        answer.headers["Location"] == f"/staff/?period=2021&tab=no&q=x&sort=-login&view={view.pk}"
    )
    page = browser(clerk).get(answer.headers["Location"])
    assert page.context["views"].current == view
    assert not page.context["views"].is_changed
    other = browser(clerk).get(f"/staff/?tab=no&q=y&view={view.pk}")
    assert other.context["views"].is_changed


def test_a_shared_view_is_seen_by_colleagues_and_an_own_one_is_not(clerk: User, head: User) -> None:
    own, shared = saved(clerk), saved(clerk, "大家的", shared=True)
    page = browser(head).get("/staff/")
    assert page.context["views"].rows == [shared]
    gone = browser(head).get(f"/staff/?view={own.pk}", follow=True)
    assert "不再共享" in gone.content.decode()


def test_who_may_not_share_keeps_views_alone(officer: User) -> None:
    saved(officer)
    with pytest.raises(PermissionDenied):
        saved(officer, "大家的", shared=True)


def test_who_may_not_open_the_list_has_no_views_of_it(bureau: object) -> None:
    stranger = person("administrator")
    with pytest.raises(PermissionDenied):
        saved(stranger)
    assert browser(stranger).get(reverse("list-views", args=[CODE])).status_code == 403


@pytest.mark.parametrize(("name", "code"), [(" ", "empty"), ("我的", "taken"), ("长" * 41, "long")])
def test_a_name_is_one_that_can_be_told_apart(clerk: User, name: str, code: str) -> None:
    saved(clerk)
    with pytest.raises(ValidationError) as refusal:
        saved(clerk, name)
    assert refusal.value.code == code


def test_the_own_default_comes_before_that_of_the_role(clerk: User, head: User) -> None:
    shared, own = saved(clerk, "大家的", "tab=no", shared=True), saved(head, "自己的", "q=x")
    default(clerk, shared, "section_head")
    assert browser(head).get("/staff/").headers["Location"] == f"/staff/?tab=no&view={shared.pk}"
    default(head, own)
    assert browser(head).get("/staff/").headers["Location"] == f"/staff/?q=x&view={own.pk}"
    default(head, None)
    assert browser(head).get("/staff/").headers["Location"] == f"/staff/?tab=no&view={shared.pk}"
    assert browser(head).get("/staff/?view=all").status_code == 200
    assert browser(clerk).get("/staff/").status_code == 200, "another role"


def test_a_role_opens_only_with_what_all_may_see(clerk: User, officer: User) -> None:
    with pytest.raises(ValidationError, match="请先共享"):
        default(clerk, saved(clerk), "section_head")
    shared = saved(clerk, "大家的", shared=True)
    with pytest.raises(PermissionDenied):
        default(officer, shared, "section_head")
    with pytest.raises(ValidationError, match="没有"):
        default(clerk, shared, "king")


def test_a_view_that_a_role_opens_with_is_neither_hidden_nor_deleted(clerk: User) -> None:
    view = saved(clerk, shared=True)
    default(clerk, view, "section_head")
    with pytest.raises(ValidationError, match="科室负责人"):
        delete_view(actor=clerk, at=AT, view=view)
    with pytest.raises(ValidationError, match="科室负责人"):
        change_view(actor=clerk, at=AT, view=view, shared=False)
    default(clerk, None, "section_head")
    delete_view(actor=clerk, at=AT, view=view)
    assert not SavedView.objects.exists()


def test_what_is_no_longer_shared_is_nobodys_default(clerk: User, head: User) -> None:
    view = saved(clerk, shared=True)
    default(head, view)
    default(clerk, view)
    change_view(actor=clerk, at=AT, view=view, shared=False)
    assert [row.person_id for row in DefaultView.objects.all()] == [clerk.pk]


def test_only_the_owner_changes_a_view(clerk: User, head: User) -> None:
    view = saved(clerk, shared=True)
    with pytest.raises(PermissionDenied):
        change_view(actor=head, at=AT, view=view, name="新名")
    url = reverse("list-view-delete", args=[view.pk])
    assert browser(head).post(url, {"version": "1"}).status_code == 403


def test_every_act_is_audited(clerk: User) -> None:
    view = saved(clerk)
    change_view(actor=clerk, at=AT, view=view, name="停用的", shared=True)
    change_view(actor=clerk, at=AT, view=view, name="停用的")
    default(clerk, view)
    default(clerk, view)
    delete_view(actor=clerk, at=AT, view=view)
    acts = list(Row.objects.filter(act__startswith="lists").values_list("act", "after"))
    assert acts == [
        ("lists.view.create", {"query": "tab=no", "shared": False}),
        ("lists.view.change", {"name": "停用的", "shared": True}),
        ("lists.view.default", {"role": "", "view": "停用的"}),
        ("lists.view.delete", None),
    ]


def test_the_pages_do_it_all(clerk: User) -> None:
    desk = browser(clerk)
    new = reverse("list-view-new", args=[CODE])
    desk.post(new, {"name": "停用", "query": "tab=no", "shared": "1"})
    view = SavedView.objects.get()
    change = reverse("list-view-change", args=[view.pk])
    desk.post(change, {"name": "停用的人", "version": "1"})
    choice = {"view": view.pk, "role": "section_head", "version": "0"}
    desk.post(reverse("list-default", args=[CODE]), choice)
    page = desk.get(reverse("list-views", args=[CODE])).content.decode()
    assert "停用的人" in page
    assert "科室负责人" in page
    delete = reverse("list-view-delete", args=[view.pk])
    refused = desk.post(delete, {"version": "2"}, follow=True)
    assert "默认视图" in refused.content.decode()
    desk.post(change, {"query": "tab=yes", "version": "2"})
    view.refresh_from_db()
    assert (view.name, view.query, view.is_shared) == ("停用的人", "tab=yes", True)


def test_of_two_windows_on_one_view_the_second_sees_both_names_and_chooses(clerk: User) -> None:
    view, desk = saved(clerk), browser(clerk)
    change = reverse("list-view-change", args=[view.pk])
    old = {"initial-name": "我的", "version": "1"}
    assert desk.post(change, {**old, "name": "甲"}).status_code == 302
    late = desk.post(change, {**old, "name": "乙"})
    assert late.status_code == 409
    [side] = late.context["conflict"].differing
    assert (side.before, side.mine, side.theirs) == ("我的", "乙", "甲")
    desk.post(change, {"name": "乙", "initial-name": "甲", "version": "2", "choose-all": "mine"})
    assert SavedView.objects.get().name == "乙"
    gone = desk.post(reverse("list-view-delete", args=[view.pk]), {"version": "2"}, follow=True)
    assert "没有删除" in gone.content.decode()
    assert SavedView.objects.exists()


def test_what_a_role_opens_with_is_not_chosen_over_the_head_of_somebody_else(clerk: User) -> None:
    first, second = saved(clerk, "甲", shared=True), saved(clerk, "乙", shared=True)
    default(clerk, first, "section_head")
    late = {"view": second.pk, "role": "section_head", "version": "0"}
    told = browser(clerk).post(reverse("list-default", args=[CODE]), late)
    assert told.status_code == 409
    assert [act.row.act for act in told.context["acts"]] == ["lists.view.default"]
    assert DefaultView.objects.get().view == first
