"""Machines ask whether the platform lives, is ready, and how it goes."""

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from shangheng.core.operations import health
from shangheng.core.operations.registry import (
    Check,
    Finding,
    Gauge,
    Level,
    register_check,
    register_gauge,
)
from shangheng.core.operations.registry import _checks as registered_checks
from shangheng.core.operations.registry import _gauges as registered_gauges


@pytest.fixture(autouse=True)
def as_registered() -> Iterator[None]:
    """What a test registers is gone after it, and nothing is believed from before."""
    checks, gauges = dict(registered_checks), dict(registered_gauges)
    health._migrated_until.clear()
    yield
    registered_checks.clear()
    registered_checks.update(checks)
    registered_gauges.clear()
    registered_gauges.update(gauges)
    health._migrated_until.clear()


def test_a_process_that_lives_says_so_without_a_database(client: Client) -> None:
    answer = client.get(
        "/healthz", headers={"host": "10.1.2.3"}
    )  # no db fixture: asking would fail
    assert answer.status_code == 200
    assert answer.json() == {"alive": True}


@pytest.mark.django_db
def test_a_server_is_ready_when_every_check_passes(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/readyz", headers={"host": "10.1.2.3"})
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert {"database", "migrations", "evidence", "disk"} <= answer.json()["checks"].keys()


@pytest.mark.django_db
def test_what_fails_is_named_by_its_code_and_nothing_else(client: Client) -> None:
    secret = Finding("the password is hunter2", "", "")
    register_check(Check("vault", "Vault", lambda: [secret], ready=True))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["vault"] == "failed"
    assert "hunter2" not in answer.content.decode()


@pytest.mark.django_db
def test_a_warning_or_a_check_that_is_not_for_visitors_keeps_nobody_out(client: Client) -> None:
    finding = Finding("", "", "")
    warning = Finding("", "", "", Level.WARNING)
    register_check(Check("later", "", lambda: [warning], ready=True))
    register_check(Check("aside", "", lambda: [finding]))
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_check_that_breaks_is_a_check_that_fails(client: Client) -> None:
    def breaks() -> list[Finding]:
        raise ZeroDivisionError

    register_check(Check("broken", "", breaks, ready=True))
    assert client.get("/readyz").json()["checks"]["broken"] == "failed"


@pytest.mark.django_db
def test_an_evidence_folder_that_is_a_file_is_not_ready(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_DIR.write_text("in the way")
    assert client.get("/readyz").json()["checks"]["evidence"] == "failed"


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_not_ready(client: Client, settings: Settings) -> None:
    settings.DISK_MIN_BYTES = 2**63
    assert client.get("/readyz").json()["checks"]["disk"] == "failed"


@pytest.mark.django_db
def test_a_database_that_lacks_a_migration_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'briefing'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "failed"


@pytest.mark.django_db
def test_metrics_are_for_the_token_or_the_addresses_only(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 403
    settings.METRICS_TOKEN = "a-token-that-is-long-enough"
    wrong = {"authorization": "Bearer a-token-that-is-long-enougH"}
    right = {"authorization": "Bearer a-token-that-is-long-enough"}
    assert client.get("/metrics", headers=wrong).status_code == 403
    assert client.get("/metrics", headers=right).status_code == 200
    settings.METRICS_ADDRESSES = [ip_network("192.0.2.0/24")]
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.3.7").status_code == 403


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_route(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "a-token-that-is-long-enough"
    client.get("/login/?next=/people/13971234567/")
    client.get("/no/such/page/13971234567")
    client.post("/login/", {"username": "nobody", "password": "13971234567"})
    register_gauge(Gauge("apples", "Apples by kind", lambda: {"red": 3, "green": 4}, "kind"))
    text = client.get(
        "/metrics", headers={"authorization": "Bearer a-token-that-is-long-enough"}
    ).content.decode()
    assert 'shangheng_requests_total{method="GET",route="login",status="200"}' in text
    assert 'shangheng_requests_total{method="GET",route="none",status="404"}' in text
    assert 'shangheng_request_seconds_bucket{le="0.1",route="login"}' in text
    assert 'shangheng_logins_total{outcome="failed"}' in text
    assert 'shangheng_apples{kind="green"} 4.0' in text
    assert "13971234567" not in text


@pytest.mark.django_db
def test_every_answer_carries_the_number_of_its_request(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    given = {"X-Request-ID": "from-the-proxy-1"}
    assert client.get("/login/", headers=given).headers["X-Request-ID"] == "from-the-proxy-1"
    own = client.get("/login/", headers=given, REMOTE_ADDR="192.0.2.7").headers["X-Request-ID"]
    assert own != "from-the-proxy-1"
    odd = client.get("/login/", headers={"X-Request-ID": "a b\nc"}).headers["X-Request-ID"]
    assert len(odd) == len(own) == 16
