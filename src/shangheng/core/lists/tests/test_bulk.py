import pytest

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.lists.tests.conftest import browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("shangheng.core.lists.tests.staff")]


def crew(user: User, *names: str) -> list[User]:
    return [person(unit=user.unit, username=name, display_name=f"{name}先生") for name in names]


def name_of(user: User) -> str:
    return User.objects.get(pk=user.pk).display_name


def test_the_preview_says_what_will_happen_and_what_is_refused(clerk: User) -> None:
    anna, fixed = crew(clerk, "anna", "fixed")
    page = browser(clerk).post("/staff/", {"act": "rename", "row": [anna.pk, fixed.pk]})
    assert [line.pk for line in page.context["able"]] == [anna.pk]
    assert [(one.line.pk, one.why) for one in page.context["refused"]] == [
        (fixed.pk, "这个人不能改名")
    ]
    assert name_of(anna) == "anna先生"


def test_a_confirmed_act_is_done_to_the_rows_of_the_preview(clerk: User) -> None:
    anna, bert = crew(clerk, "anna", "bert")
    answer = browser(clerk).post(
        "/staff/?q=an", {"act": "rename", "row": anna.pk, "confirm": "1", "surname": "王"}
    )
    assert answer.headers["Location"] == "/staff/?tab=yes&q=an"
    assert (name_of(anna), name_of(bert)) == ("王anna", "bert先生")


def test_what_changed_since_the_preview_stops_the_whole(clerk: User) -> None:
    anna, bert = crew(clerk, "anna", "bert")
    User.objects.filter(pk=bert.pk).update(username="fixed")
    data = {"act": "rename", "row": [anna.pk, bert.pk], "confirm": "1", "surname": "王"}
    answer = browser(clerk).post("/staff/", data)
    assert answer.status_code == 422
    assert "有1条记录变了" in answer.content.decode()
    assert name_of(anna) == "anna先生"


def test_a_wrong_form_and_a_refusal_by_the_service_are_shown(clerk: User) -> None:
    (anna,) = crew(clerk, "anna")
    data = {"act": "rename", "row": anna.pk, "confirm": "1"}
    assert browser(clerk).post("/staff/", data).status_code == 422
    answer = browser(clerk).post("/staff/", {**data, "surname": "忙"})
    assert (answer.status_code, "现在办不了" in answer.content.decode()) == (422, True)


def test_all_that_fits_is_taken_and_no_more_than_an_act_takes(clerk: User) -> None:
    User.objects.bulk_create(User(username=f"u{n:03}", unit=clerk.unit) for n in range(58))
    page = browser(clerk).post("/staff/?q=u0", {"act": "rename", "all": "1"})
    assert len(page.context["able"]) == 58
    User.objects.bulk_create(User(username=f"v{n:03}", unit=clerk.unit) for n in range(58))
    text = browser(clerk).get("/staff/?view=all").content.decode()
    assert "符合筛选的全部" not in text, "116 are more than the act takes"


def test_rows_beyond_reach_are_not_taken_along(clerk: User) -> None:
    stranger = person(username="stranger")
    answer = browser(clerk).post("/staff/", {"act": "rename", "row": stranger.pk}, follow=True)
    assert "请先勾选" in answer.content.decode()


def test_who_may_not_act_sees_no_boxes_and_is_refused(head: User, clerk: User) -> None:
    assert 'name="row"' not in browser(head).get("/staff/").content.decode()
    assert 'name="row"' in browser(clerk).get("/staff/").content.decode()
    answer = browser(head).post("/staff/", {"act": "rename", "row": clerk.pk})
    assert answer.status_code == 403
