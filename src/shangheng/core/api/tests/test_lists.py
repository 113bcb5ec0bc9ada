import pytest

from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.api.tests.callers import Caller, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    for number in range(5):
        org_unit(f"u{number}")
    return Caller(person("auditor"))


def test_a_list_is_paged_and_leads_to_its_neighbours(caller: Caller) -> None:
    response = caller.get("units", {"page": 2, "page_size": 2})
    body = response.json()
    assert (body["total"], [one["code"] for one in body["items"]]) == (5, ["u2", "u3"])
    links = {
        part.partition('rel="')[2].rstrip('"'): part.partition(">")[0].lstrip("<")
        for part in response["Link"].split(", ")
    }
    assert links == {
        "first": "/api/v1/units?page=1&page_size=2",
        "prev": "/api/v1/units?page=1&page_size=2",
        "next": "/api/v1/units?page=3&page_size=2",
        "last": "/api/v1/units?page=3&page_size=2",
    }


def test_beyond_the_last_page_there_is_nothing(caller: Caller) -> None:
    body = caller.get("units", {"page": 1_000_000, "page_size": 200}).json()
    assert (body["total"], body["items"]) == (5, [])


def test_a_page_has_a_largest_size(caller: Caller) -> None:
    problem(caller.get("units", {"page_size": 201}), 422)


def test_what_has_not_changed_is_not_sent_again(caller: Caller) -> None:
    first = caller.get("units")
    again = caller.get("units", If_None_Match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    org_unit("u9")
    assert caller.get("units", If_None_Match=first["ETag"]).status_code == 200


def test_a_head_is_answered_like_a_get(caller: Caller) -> None:
    response = caller.client.head("/api/v1/units")
    assert (response.status_code, response["ETag"]) == (200, caller.get("units")["ETag"])
