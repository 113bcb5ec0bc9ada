"""The frame around every page: menu, moment, search, errors."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from django.template import Context, Template
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import Grant, User
from shangheng.core.search import declaring
from shangheng.core.search.declaring import Document, Short
from shangheng.core.ui import menu, moment, views
from shangheng.core.ui.menu import Desk, Item
from shangheng.core.ui.waiting import Waits, count, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("shangheng.core.ui.tests.urls")]


@pytest.fixture
def clerk() -> User:
    user = User.objects.create(username="li", display_name="李统计", must_change_password=False)
    Grant.objects.create(user=user, role="statistics_clerk", scope="all")
    return user


@pytest.fixture
def page(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desks have registered belongs to their tests."""
    monkeypatch.setattr(menu, "_desks", {})
    monkeypatch.setattr(declaring, "_sources", {})
    monkeypatch.setattr(moment, "_default_period", [])


def desk(code: str, permission: str, waiting: int | None = None, order: int = 1) -> Desk:
    waits = Waits({"all": Value(waiting)})
    item = Item(f"页面{code}", "ui", permission, (lambda _user: waits) if waiting else None)
    return Desk(code, f"工作台{code}", "target", (item,), order)


def test_the_style_page_shows_every_component(page: Client) -> None:
    answer = page.get("/ui/")
    assert answer.status_code == 200
    text = answer.content.decode()
    for part in (
        "figure-value",
        "pace-bar",
        "sparkline",
        "chart-canvas",
        "key-figures",
        "paging",
        "gate",
    ):
        assert part in text, part
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_wall_edition_has_no_menu(page: Client) -> None:
    text = page.get("/ui/?edition=wall").content.decode()
    assert 'class="wall"' in text
    assert 'id="nav"' not in text


def test_a_wrong_form_answers_422_with_errors_beside_the_fields_and_summed_up(page: Client) -> None:
    answer = page.post("/ui/", {"amount": "-3"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error-sum"' in text
    assert 'href="#id_amount"' in text
    assert 'id="id_amount_error"' in text
    assert "id_amount_error" in text.split('name="amount"')[1].split(">")[0]
    assert '<span class="control-unit">亿元</span>' in text


def test_the_menu_lists_what_a_person_may_open_with_what_waits(page: Client) -> None:
    menu.register(desk("乙", "targets.view", waiting=12, order=2))
    menu.register(desk("甲", "targets.view", order=1))
    menu.register(desk("丙", "accounts.manage", waiting=99))
    text = page.get("/ui/").content.decode()
    assert text.index("工作台甲") < text.index("工作台乙")
    assert "工作台丙" not in text
    assert ">12</span>" in text
    assert ">99<" not in text


def test_what_waits_is_asked_for_in_one_query(
    clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = User.objects.filter(pk=clerk.pk)
    with django_assert_num_queries(1):
        found = count(
            clerk, {"a": rows_of(people, people), "b": rows_of(people.none()), "c": Waits({})}
        )
    assert found == {"a": 2, "b": 0, "c": 0}


def test_menu_links_keep_the_moment(page: Client) -> None:
    menu.register(desk("甲", "targets.view"))
    text = page.get("/ui/?period=2021&known=2022-01-10").content.decode()
    assert 'href="/ui/?period=2021&amp;known=2022-01-10"' in text
    assert "2022年1月10日" in text


def test_a_phone_shows_three_desks(clerk: User) -> None:
    for code in "甲乙丙丁":
        menu.register(desk(code, "targets.view"))
    entries = menu.entries_for(RequestFactory().get("/"), clerk, None, {})
    assert len(entries) == 4
    assert len(menu.on_phone(entries)) == 3


def test_a_record_belongs_to_the_longest_menu_address_above_it(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = (Item("搜索", "search", "targets.view"), Item("样例", "ui", "targets.view"))
    monkeypatch.setattr(menu, "_desks", {"x": Desk("x", "台", "target", items)})
    [entry] = menu.entries_for(RequestFactory().get("/ui/17/"), clerk, None, {})
    assert [e.current for e in entry.entries] == [False, True]


def test_an_unreadable_address_says_what_is_wrong(page: Client) -> None:
    answer = page.get("/ui/?known=soon", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 400
    assert "日期“soon”写法不对" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status"), [("/broken/bad/", 400), ("/broken/denied/", 403), ("/no/", 404)]
)
def test_error_pages_speak_plainly_and_fit_into_fragments(
    page: Client, path: str, status: int
) -> None:
    whole = page.get(path)
    part = page.get(path, headers={"HX-Request": "true"})
    assert whole.status_code == part.status_code == status
    assert "<title>" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert 'role="alert"' in part.content.decode()


def test_the_reason_of_a_refusal_is_told(page: Client) -> None:
    assert "只有主任可以签发" in page.get("/broken/denied/").content.decode()


def test_a_failure_shows_nothing_of_its_inside(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/broken/inside/")
    assert answer.status_code == 500
    assert "on purpose" not in answer.content.decode()


def test_search_asks_only_what_a_person_may_see(page: Client) -> None:
    def found(_user: User) -> list[Document]:
        return [Document("1", "资金的去处", "/ui/")] * 20

    declaring.register(Short("open", "指标", "targets.view", found))
    declaring.register(Short("closed", "人员", "accounts.manage", found))
    text = page.get("/search/?q=资金", headers={"HX-Request": "true"}).content.decode()
    assert text.count("<mark>资金</mark>的去处") == views.IN_BOX
    assert "人员" not in text
    assert "<html" not in text


def test_search_finds_pages_by_their_name(page: Client) -> None:
    menu.register(desk("认定", "targets.view"))
    declaring.register(Short("pages", "页面", "signed_in", menu.pages))
    assert 'href="/ui/"' in page.get("/search/?q=认定").content.decode()


def test_a_visitor_sees_no_menu_and_no_search() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    template = Template('{% include "ui/search_box.html" %}{% include "ui/phone_bar.html" %}')
    assert template.render(Context({"signed_in": False})).strip() == ""


def test_query_keeps_the_rest_of_the_address() -> None:
    context = Context({"request": RequestFactory().get("/?period=2021-01/2021-10&page=3&q=a")})
    assert Template("{% query page=None q='乙' %}").render(context) == (
        "?period=2021-01/2021-10&amp;q=%E4%B9%99"
    )


def test_a_sort_head_turns_around_and_starts_at_the_first_page() -> None:
    def head(query: str) -> str:
        context = Context({"request": RequestFactory().get("/" + query)})
        return Template('{% sort_header "amount" "金额" unit="亿元" number=True %}').render(context)

    assert 'href="?sort=amount"' in head("?page=4")
    assert 'href="?sort=-amount"' in head("?sort=amount")
    assert 'aria-sort="ascending"' in head("?sort=amount")
    assert 'aria-sort="descending"' in head("?sort=-amount")
    assert "aria-sort" not in head("?sort=name")
