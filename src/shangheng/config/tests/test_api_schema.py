"""The API keeps what its description promises, on the sample year, whatever a program sends."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from pytest_django import Settings
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from shangheng.config.sample.load import load
from shangheng.core.accounts import rules
from shangheng.core.accounts.models import User
from shangheng.core.api import limits
from shangheng.core.api.tests.callers import Caller

Operation = APIOperation[Any, Any, Any, Any]
EXAMPLES = int(os.environ.get("SHANGHENG_TEST_API_EXAMPLES", "8"))
SEED = 20211231
MEANING = schemathesis.checks.positive_data_acceptance  # a well-formed question can be wrong
ROLES = ("statistics_clerk", "section_head", "director", "auditor")  # together they may call all


@pytest.fixture
def sample(db: None, settings: Settings) -> Iterator[None]:
    settings.API_TOKEN_RATE = settings.API_ADDRESS_RATE = 1_000_000
    limits.forget()
    load(lambda *_: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's transaction lives in this connection
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    limits.forget()


def operations() -> list[Operation]:
    """Every operation of the description as it is served."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found = list(schema.get_all_operations())
    assert all(isinstance(one, Ok) for one in found)
    return [one.ok() for one in found if isinstance(one, Ok)]


def test_no_request_finds_a_server_error_or_an_answer_beyond_the_description(
    sample: None,
) -> None:
    secrets = {role: _secret(role) for role in ROLES}
    found = operations()
    assert len(found) > 20
    faults = [fault for one in found if (fault := _tried(one, secrets[_role_for(one)]))]
    assert not faults, "\n\n".join(faults)


def _secret(role: str) -> str:
    return Caller(User.objects.filter(grants__role=role)[:1].get()).secret


def _role_for(operation: Operation) -> str:
    """The first of the roles that may call an operation."""
    needed = str(operation.definition.raw["x-permission"])
    return next((role for role in ROLES if needed in rules.role(role).permissions), ROLES[0])


def _tried(operation: Operation, secret: str) -> str:
    """What goes wrong with an operation; nothing, as it should be."""
    headers = {"Authorization": f"Bearer {secret}"}

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def tried(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[MEANING])

    try:
        tried()
    except FailureGroup as found:
        return f"{operation.label}: " + "; ".join(str(one) for one in found.exceptions)
    return ""
