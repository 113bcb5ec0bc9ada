import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangheng.core.accounts.access import permission_required, person_of, public, signed_in
from shangheng.core.accounts.middleware import GateMiddleware, may_open
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row

pytestmark = pytest.mark.django_db


def view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def copy_of_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def gate(user: User | AnonymousUser, asked: object) -> HttpResponse | None:
    request = RequestFactory().get("/somewhere/")
    request.user = user
    assert callable(asked)
    return GateMiddleware(view).process_view(request, asked, (), {})


def test_each_mark_stands_on_the_view_itself() -> None:
    @permission_required("targets.view")
    def guarded(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @signed_in
    def personal(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @public
    def open_to_all(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert [vars(each)["permission"] for each in (guarded, personal, open_to_all)] == [
        "targets.view",
        "signed_in",
        "public",
    ]


def test_a_public_page_is_open_to_everybody() -> None:
    assert gate(AnonymousUser(), public(copy_of_view)) is None


def test_a_page_for_those_signed_in_asks_strangers_to_log_in() -> None:
    @signed_in
    def personal(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert gate(person(), personal) is None
    answer = gate(AnonymousUser(), personal)
    assert answer is not None
    assert answer.headers["Location"] == "/login/?next=%2Fsomewhere%2F"


def test_a_page_with_a_permission_lets_only_its_holders_in() -> None:
    @permission_required("targets.sign")
    def sign(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert gate(person("director"), sign) is None
    with pytest.raises(PermissionDenied):
        gate(person("statistics_clerk"), sign)


def test_a_page_without_a_mark_is_closed_to_everybody(caplog: pytest.LogCaptureFixture) -> None:
    def forgotten(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    for role in ("director", "administrator", "auditor"):
        with pytest.raises(PermissionDenied):
            gate(person(role), forgotten)
    assert not may_open(person("director"), forgotten)
    assert "declares no permission" in caplog.text


def test_a_refused_page_says_so_and_is_recorded(client: Client) -> None:
    user = person("investment_officer", scope="all")
    client.force_login(user)
    assert client.get(reverse("people")).status_code == 403
    row = Row.objects.get(act="access.refused")
    assert (row.actor_id, row.label) == (user.pk, "GET /people/")
    assert row.after == {"permission": "accounts.view"}


def test_opening_a_page_asks_for_the_rights_once(client: Client) -> None:
    client.force_login(person("administrator"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("units"))
    asked = [
        one["sql"] for one in queries.captured_queries if 'FROM "accounts_grant"' in one["sql"]
    ]
    assert len(asked) == 1


def test_a_view_that_needs_a_person_refuses_strangers() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        person_of(request)
