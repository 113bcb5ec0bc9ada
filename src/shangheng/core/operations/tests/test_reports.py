"""What browsers report about the content policy is logged, by rule and place alone."""

import json
import logging

import pytest
from django.test import Client

from shangheng.core.operations import reports

OLD = {
    "csp-report": {
        "document-uri": "https://shangheng.example/people/12/?text=13971234567",
        "effective-directive": "script-src",
        "blocked-uri": "https://evil.example/steal.js?who=me",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://a/b/",
            "effectiveDirective": "img-src",
            "blockedURL": "inline",
        },
    }
]


@pytest.fixture(autouse=True)
def fresh() -> None:
    reports._heard.clear()


def send(client: Client, content: object) -> int:
    body = content if isinstance(content, str) else json.dumps(content)
    answer = client.post("/csp-report/", body, content_type="application/csp-report")
    return int(answer.status_code)


@pytest.mark.django_db
def test_both_forms_of_reports_are_logged_without_queries(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "shangheng.csp"):
        assert send(Client(enforce_csrf_checks=True), OLD) == 204
        assert send(client, NEW) == 204
    assert caplog.messages == [
        "content policy: script-src forbids https://evil.example on /people/12/",
        "content policy: img-src forbids inline on /b/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", ["", "no json", "[]", "{}", [1], {"csp-report": 3}, "x" * 20_000]
)
def test_what_is_no_report_is_refused(client: Client, content: object) -> None:
    assert send(client, content) == 400


@pytest.mark.django_db
def test_only_some_are_heard_each_minute(client: Client) -> None:
    assert {send(client, NEW) for _ in range(reports.EACH_MINUTE)} == {204}
    assert send(client, NEW) == 429


@pytest.mark.django_db
def test_pages_say_where_reports_go(client: Client) -> None:
    headers = client.get("/login/").headers
    assert "report-uri /csp-report/; report-to csp" in headers["Content-Security-Policy"]
    assert headers["Reporting-Endpoints"] == 'csp="/csp-report/"'
