import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.services import grant
from shangheng.core.accounts.tests.people import AT, PASSWORD, org_unit, person
from shangheng.core.accounts.tests.seen import seen, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = person("administrator", username="admin")
    client.force_login(user)
    return user


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.usefixtures("admin")
def test_people_are_listed_with_unit_and_roles(client: Client) -> None:
    person("inspector", unit=org_unit("zs", name="招商办"), display_name="刘敏")
    page = text(client, "/people/")
    assert "刘敏" in page
    assert "招商办" in page
    assert "检查人员" in page


@pytest.mark.usefixtures("admin")
def test_people_are_found_by_name_unit_and_state(client: Client) -> None:
    bureau = org_unit("swj")
    person(unit=org_unit("zs", bureau), display_name="刘敏")
    former = person(display_name="陈旧")
    client.post(f"/people/{former.pk}/active/", {"active": "0"})
    assert "刘敏" in text(client, "/people/?text=刘")
    assert "刘敏" not in text(client, "/people/?text=王")
    assert "刘敏" in text(client, f"/people/?unit={bureau.pk}")
    assert "陈旧" not in text(client, "/people/")
    assert "陈旧" in text(client, "/people/?tab=inactive")


@pytest.mark.usefixtures("admin")
def test_many_people_cost_as_many_queries_as_few(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person("inspector", unit=org_unit("u"))
    text(client, "/people/")
    with CaptureQueriesContext(connection) as few:
        text(client, "/people/")
    for number in range(8):
        person("inspector", unit=org_unit(f"u{number}"))
    with django_assert_num_queries(len(few)):
        text(client, "/people/")


def test_a_new_person_gets_a_password_that_is_shown_once(client: Client, admin: User) -> None:
    unit = org_unit("zs")
    fields = {"username": "liu", "display_name": "刘敏", "unit": str(unit.pk)}
    page = client.post("/people/new/", fields)
    shown = page.content.decode().split("<code>")[1].split("</code>")[0]
    user = User.objects.get(username="liu")
    assert user.check_password(shown)
    assert user.unit == unit
    assert "no-store" in page.headers["Cache-Control"]
    assert shown not in text(client, f"/people/{user.pk}/")
    assert admin.is_active


@pytest.mark.usefixtures("admin")
def test_a_login_name_that_is_taken_is_said_beside_its_field(client: Client) -> None:
    person(username="liu")
    page = client.post("/people/new/", {"username": "LIU", "display_name": "刘"})
    assert page.status_code == 422
    assert "已有人使用" in page.content.decode()


@pytest.mark.usefixtures("admin")
def test_a_person_is_changed(client: Client) -> None:
    user = person(display_name="刘敏")
    send(client, f"/people/{user.pk}/edit/", {"display_name": "刘明", "unit": ""})
    assert "刘明" in text(client, f"/people/{user.pk}/")


@pytest.mark.usefixtures("admin")
def test_a_role_is_granted_and_taken_away_on_the_page(client: Client) -> None:
    user, unit = person(), org_unit("zs", name="招商办")
    fields = {"role": "inspector", "scope": "chosen", "units": [unit.pk]}
    client.post(f"/people/{user.pk}/grants/", {**fields, **seen(client, f"/people/{user.pk}/")})
    page = text(client, f"/people/{user.pk}/")
    assert "指定单位：招商办" in page
    client.post(f"/grants/{user.grants.get().pk}/revoke/", seen(client, f"/people/{user.pk}/"))
    assert "什么也看不到" in text(client, f"/people/{user.pk}/")


@pytest.mark.usefixtures("admin")
def test_a_refused_grant_says_why(client: Client) -> None:
    user = person("auditor")
    page = client.post(
        f"/people/{user.pk}/grants/", {"role": "director", **seen(client, f"/people/{user.pk}/")}
    )
    assert page.status_code == 422
    assert "三员分立" in page.content.decode()


def test_the_own_rights_offer_nothing_to_change(client: Client, admin: User) -> None:
    page = text(client, f"/people/{admin.pk}/")
    assert "/revoke/" not in page
    assert "不能改变自己的权限" in page


@pytest.mark.usefixtures("admin")
def test_a_reset_password_is_shown_once_and_must_be_changed(client: Client) -> None:
    user = person()
    page = client.post(f"/people/{user.pk}/password/").content.decode()
    user.refresh_from_db()
    assert user.check_password(page.split("<code>")[1].split("</code>")[0])
    assert user.must_change_password


@pytest.mark.usefixtures("admin")
def test_a_locked_person_can_be_let_in_again(client: Client, settings: Settings) -> None:
    settings.LOCKOUT_FAILURES = 1
    user = person()
    Client().post("/login/", {"username": user.username, "password": "wrong"})
    assert "已锁定至" in text(client, f"/people/{user.pk}/")
    client.post(f"/people/{user.pk}/unlock/")
    assert "已锁定至" not in text(client, f"/people/{user.pk}/")
    answer = Client().post("/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.usefixtures("admin")
def test_units_are_added_and_renamed_on_their_pages(client: Client) -> None:
    bureau = org_unit("swj", name="商务局")
    fields = {"code": "zs", "name": "招商", "parent": str(bureau.pk), "position": "1"}
    client.post("/units/new/", fields)
    unit = OrgUnit.objects.get(code="zs")
    assert unit.path == "swj/zs/"
    renamed = {"name": "招商办", "name_en": "", "position": "1", "reason": "区编〔2021〕9号"}
    send(client, f"/units/{unit.pk}/edit/", renamed)
    unit.refresh_from_db()
    assert (unit.name, unit.position) == ("招商办", 1)
    page = text(client, f"/units/{unit.pk}/")
    assert "由“招商”改名为“招商办”" in page
    assert "区编〔2021〕9号" in page


@pytest.mark.usefixtures("admin")
def test_the_table_of_rights_names_every_role_and_permission(client: Client) -> None:
    page = text(client, "/rights/")
    for word in ("局长", "系统管理员", "签定目标", "查看审计"):
        assert word in page


def test_an_auditor_sees_people_and_can_change_nothing(client: Client) -> None:
    client.force_login(person("auditor"))
    user = person("director")
    assert "/edit/" not in text(client, f"/people/{user.pk}/")
    assert "/units/new/" not in text(client, "/units/")
    changes = [
        "/people/new/",
        f"/people/{user.pk}/edit/",
        f"/people/{user.pk}/password/",
        f"/people/{user.pk}/unlock/",
        f"/people/{user.pk}/active/",
        f"/people/{user.pk}/grants/",
        f"/grants/{user.grants.get().pk}/revoke/",
        "/units/new/",
    ]
    assert {client.post(url).status_code for url in changes} == {403}


def test_of_two_who_give_roles_the_second_sees_what_the_first_gave(client: Client) -> None:
    client.force_login(person("administrator"))
    user = person(unit=org_unit("zs"))
    grants, known = f"/people/{user.pk}/grants/", seen(client, f"/people/{user.pk}/")
    li = person("administrator", display_name="李主任")
    grant(actor=li, at=AT, user=user, role="statistics_clerk")
    late = client.post(grants, {**known, "role": "section_head"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "李主任" in page
    assert [held.role for held in user.grants.all()] == ["statistics_clerk"]
    again = {**known, "role": "section_head", "version": late.context["version"]}
    assert client.post(grants, again).status_code == 302
    held = user.grants.get(role="statistics_clerk")
    assert client.post(f"/grants/{held.pk}/revoke/", known).status_code == 409
    assert client.post(f"/grants/{held.pk}/revoke/").status_code == 422, "without a version"
    assert user.grants.count() == 2
