import pytest
from django.test import Client

from shangheng.core.accounts.tests.people import person
from shangheng.core.api.tests.callers import Caller, problem

pytestmark = pytest.mark.django_db


def test_without_a_token_one_is_told_what_is_needed(client: Client) -> None:
    response = client.get("/api/v1/me")
    assert "Bearer" in problem(response, 401)["detail"]
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_address_that_does_not_exist_is_a_problem(client: Client) -> None:
    assert problem(client.get("/api/v1/nothing/here"), 404)["instance"] == "/api/v1/nothing/here"
    assert problem(client.post("/api/v2/me"), 404)


def test_a_record_that_does_not_exist_is_a_problem() -> None:
    problem(Caller(person("auditor")).get("targets/postings/999"), 404)


def test_a_method_that_is_not_served_is_a_problem_that_names_the_others() -> None:
    caller = Caller(person("auditor"))
    response = caller.client.delete("/api/v1/targets/postings")
    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, POST"


def test_a_wrong_parameter_is_named() -> None:
    caller = Caller(person("auditor"))
    body = problem(caller.get("targets/postings", {"page": "x", "sort": "colour"}), 422)
    assert {one["at"]: one["message"] for one in body["errors"]} == {
        "query.page": "应为整数。",
        "query.sort": body["errors"][-1]["message"],
    }


def test_a_parameter_that_nobody_reads_is_refused() -> None:
    body = problem(Caller(person("auditor")).get("targets/postings", {"indicater": "x"}), 422)
    assert [one["at"] for one in body["errors"]] == ["query.indicater"]


def test_a_field_of_a_body_is_named_by_its_place() -> None:
    caller = Caller(person("statistics_clerk"))
    body = problem(caller.post("targets/postings", {"source": "月报", "lines": [{}]}), 422)
    assert {"at": "body.lines.0.indicator", "code": "missing", "message": "必须填写。"} in body[
        "errors"
    ]


def test_a_body_that_is_no_json_is_a_problem() -> None:
    caller = Caller(person("statistics_clerk"))
    response = caller.client.post("/api/v1/targets/postings", "{", content_type="application/json")
    problem(response, 400)


def test_a_problem_speaks_the_language_of_the_client() -> None:
    caller = Caller(person("auditor"))
    chinese = caller.get("targets/postings", {"page": "x"})
    english = caller.get("targets/postings", {"page": "x"}, Accept_Language="en")
    assert chinese["Content-Language"] == "zh-hans"
    assert english["Content-Language"] == "en"
    assert problem(english, 422)["title"].isascii()


def test_no_other_origin_is_let_in() -> None:
    response = Caller(person("auditor")).get("me", Origin="https://elsewhere.example")
    assert not [name for name in response.headers if name.startswith("Access-Control")]


def test_what_fails_unexpectedly_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(person("auditor"))
    caller.client.raise_request_exception = False

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("shangheng.core.api.own.accounts.person_of", broken)
    assert "RuntimeError" not in str(problem(caller.get("me"), 500))
