import csv
import io
from datetime import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.lists.exporting import ABOUT
from shangheng.core.lists.registry import register
from shangheng.core.lists.state import State, read_state
from shangheng.core.lists.tests.conftest import browser
from shangheng.core.lists.tests.staff import CODE, STAFF
from shangheng.core.ui.moment import Moment

pytestmark = [pytest.mark.django_db, pytest.mark.urls("shangheng.core.lists.tests.staff")]

register(STAFF)


def shown(user: User, query: str) -> list[str]:
    page = browser(user).get(f"/staff/?{query}")
    return [row.username for row in page.context["table"].rows]


def crew(user: User, *names: str) -> list[User]:
    return [person(unit=user.unit, username=name, display_name=f"{name}先生") for name in names]


def test_a_list_is_narrowed_sorted_and_told_in_chips(clerk: User) -> None:
    crew(clerk, "anna", "bert", "carl")
    assert shown(clerk, "sort=-login") == sorted(shown(clerk, "sort=login"), reverse=True)
    assert shown(clerk, "q=ber") == ["bert"]
    assert shown(clerk, f"q=%23{clerk.pk}") == [clerk.username]
    page = browser(clerk).get("/staff/?q=先生&made=2021-01-01")
    assert [(chip.label, chip.value) for chip in page.context["table"].chips] == [
        ("查找", "先生"),
        ("不早于", "2021-01-01"),
    ]
    assert "q=" not in page.context["table"].chips[0].url
    assert "made=2021-01-01" in page.context["table"].chips[0].url


def test_what_makes_no_sense_counts_as_not_asked(clerk: User) -> None:
    crew(clerk, "anna")
    everyone = shown(clerk, "")
    for query in ("name=丙", "made=gestern", "sort=length", "sort=nothing", "tab=9", "page=zzz"):
        assert shown(clerk, query) == everyone


def test_the_foot_says_what_it_counts(clerk: User) -> None:
    crew(clerk, "anna", "bert")
    text = browser(clerk).get("/staff/?q=anna").content.decode()
    assert "共 3 条记录，符合筛选的 1" in text
    assert "共 3 条记录" in browser(clerk).get("/staff/?view=all").content.decode()


def test_fifty_a_page_and_the_last_page_for_a_number_beyond(clerk: User) -> None:
    User.objects.bulk_create(User(username=f"u{n:03}", unit=clerk.unit) for n in range(60))
    page = browser(clerk).get("/staff/?page=99")
    table = page.context["table"]
    assert (len(table.rows), table.page.number, table.count) == (11, 2, 61)
    assert table.next_url == ""
    assert "page" not in table.previous_url


def test_columns_are_chosen_in_the_address(clerk: User) -> None:
    table = browser(clerk).get("/staff/?columns=made,length").context["table"]
    assert [column.key for column in table.columns] == ["login", "made", "length"]
    assert table.state.columns == ("login", "made", "length")
    usual = browser(clerk).get("/staff/?columns=name&columns=length").context["table"]
    assert usual.state.columns is None


def test_tabs_part_the_list_and_count_what_the_filters_leave(clerk: User) -> None:
    _anna, bert = crew(clerk, "anna", "bert")
    bert.is_active = False
    bert.save()
    assert shown(clerk, "tab=no") == ["bert"]
    tabs = browser(clerk).get("/staff/?q=an").context["table"].tabs
    assert [(tab.code, tab.count, tab.on) for tab in tabs] == [("yes", 1, True), ("no", 0, False)]


def test_htmx_gets_the_rows_alone_and_the_true_address(clerk: User) -> None:
    headers = {"HX-Request": "true", "HX-Target": "div#rows"}
    part = browser(clerk).get("/staff/?q=&name=&made=&sort=login", headers=headers)
    assert "<html" not in part.content.decode()
    assert part.headers["HX-Push-Url"] == "/staff/?tab=yes"
    assert "HX-Target" in part.headers["Vary"]


def test_the_export_holds_what_is_shown_and_is_audited(clerk: User) -> None:
    crew(clerk, "anna", "bert")
    answer = browser(clerk).get("/staff/?q=先生&sort=-login&columns=length&export=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    about = [line for (line,) in rows[:ABOUT]]
    assert about[0] == "人员试表"
    assert "查找：先生" in about[1]
    assert about[2].endswith("所知，共3行")
    assert clerk.username in about[3]
    assert rows[ABOUT] == ["登录名", "字数（个）"]
    assert [row[0] for row in rows[ABOUT + 1 :]] == [clerk.username, "bert", "anna"]
    row = Row.objects.get(act="lists.export")
    assert row.after is not None
    assert (row.after["rows"], row.after["columns"], row.after["查找"]) == (
        3,
        ["login", "length"],
        "先生",
    )


def test_an_export_that_there_is_not(clerk: User) -> None:
    assert browser(clerk).get("/staff/?export=pdf").status_code == 404


def test_who_may_not_open_the_list_may_not_export_it(bureau: object) -> None:
    stranger = browser(person("administrator"))
    assert stranger.get("/staff/?export=csv").status_code == 403


@given(
    q=st.text(max_size=20),
    sort=st.sampled_from(["", "login", "-login", "-made", "nothing"]),
    columns=st.one_of(st.none(), st.lists(st.sampled_from(["login", "name", "made", "length"]))),
    page=st.integers(1, 10_000),
)
def test_an_address_leads_back_to_the_state_it_was_made_from(
    q: str, sort: str, columns: list[str] | None, page: int
) -> None:
    asked = QueryDict(mutable=True)
    asked.update({"q": q, "sort": sort, "page": str(page)})
    if columns is not None:
        asked["columns"] = ",".join(columns)
    state = read_state(asked, STAFF, {})
    moment = Moment("2021", None, datetime.now(AT.tzinfo), chosen=True)
    address = state.address(moment, page=state.page)
    again = read_state(QueryDict(address.removeprefix("?")), STAFF, {})
    assert isinstance(again, State)
    assert again == State(**{**vars(state), "view": again.view})


def test_the_views_of_the_list_that_nobody_registered(clerk: User) -> None:
    assert browser(clerk).get(reverse("list-views", args=["no.such"])).status_code == 404
    assert STAFF.code == CODE
