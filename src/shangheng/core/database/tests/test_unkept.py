"""What no database keeps is refused wherever it comes in, by a page in words or by a problem."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
SAID = "空字符（NUL），不能保存"


@pytest.mark.parametrize("address", ["/login/?next=%00", "/login/?a%00b=1", "/targets/%00/"])
def test_an_address_with_nul_is_answered_in_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert SAID in answer.content.decode()


def test_a_form_with_nul_is_refused_and_the_field_named(client: Client) -> None:
    answer = client.post("/login/", {"username": "wu\x00", "password": "x"})
    assert answer.status_code == 400
    assert "“username”里有看不见的空字符" in answer.content.decode()
    assert client.post("/login/", {"username": "wu", "password": "x"}).status_code == 422


def test_a_file_may_hold_nul_but_its_name_may_not(client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x00\x00")
    assert client.post("/targets/import/", {"file": file}).status_code == 302  # to the login


def test_the_api_answers_by_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/audit/rows?act=%00")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "“act”里有看不见的空字符" in answer.json()["detail"]
