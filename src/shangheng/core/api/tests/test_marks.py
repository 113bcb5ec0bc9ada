"""Role by operation: who may call what is what the mark says, and nothing else."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver
from ninja import Router

from shangheng.core.accounts.rules import roles
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.api import serving
from shangheng.core.api.tests.callers import Caller
from shangheng.core.audit.marks import PUBLIC, SIGNED_IN

pytestmark = pytest.mark.django_db


def operations() -> Iterator[tuple[str, str, str]]:
    """Method, address with something in place of parameters, and mark."""
    for address, served in serving.addresses():
        path = "/api/v1/" + serving.CONVERTED.sub("999999", address)
        for operation in served.operations:
            for method in operation.methods:
                yield method, path, serving.mark_of(operation)


def test_there_are_operations() -> None:
    assert len(list(operations())) > 20


@pytest.mark.parametrize("role", sorted(roles()))
def test_an_operation_is_open_to_the_roles_that_hold_its_permission(role: str) -> None:
    caller = Caller(person(role, unit=org_unit("swj"), scope="all"))
    held = roles()[role].permissions | {SIGNED_IN, PUBLIC}
    wrong = []
    for method, path, mark in operations():
        answer = caller.client.generic(method, path, b"{}", content_type="application/json")
        if (answer.status_code != 403) != (mark in held):
            wrong.append(f"{method} {path} asks for {mark} and answers {answer.status_code}")
    assert not wrong


def test_a_token_opens_only_what_its_scopes_name() -> None:
    caller = Caller(person("statistics_clerk", unit=org_unit("swj")), ["targets.view"])
    wrong = [
        path
        for method, path, mark in operations()
        if mark not in {"targets.view", SIGNED_IN, PUBLIC}
        and caller.client.generic(method, path, b"{}", content_type="application/json").status_code
        != 403
    ]
    assert not wrong


def test_no_operation_is_open_to_strangers() -> None:
    answers = {
        (path, Client().generic(method, path, b"{}", content_type="application/json").status_code)
        for method, path, mark in operations()
        if mark != PUBLIC
    }
    assert {status for _path, status in answers} == {401}


def test_an_operation_without_a_mark_stops_the_start() -> None:
    router = Router()

    @router.get("forgotten")
    def forgotten(request: HttpRequest) -> None:
        """Nobody said who may."""

    [served] = router.path_operations.values()
    with pytest.raises(RuntimeError, match="forgotten"):
        serving.view_of(served)


def test_every_route_of_the_api_is_served_by_its_view() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {serving.name_of(served) for _address, served in serving.addresses()} <= names
