import io

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.desks.targets.tests.desk import at_desk, keep, picture, post
from shangheng.engines.evidence import files
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import store

MOST_QUERIES = 16


def page(user: User, document: Document) -> str:
    answer = at_desk(user).get(reverse("document", args=[document.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def listed(user: User, show: str = "") -> set[str]:
    found = at_desk(user).get(reverse("documents"), {"show": show})
    return {document.name for document in found.context["table"].rows}


def test_the_page_shows_the_file_and_what_stands_on_it(clerk: User, park: OrgUnit) -> None:
    document = keep(clerk, kind="bank_receipt")
    posting = post(clerk, "2", "2021-03-31", park, documents=(document.pk,))
    text = page(clerk, document)
    assert f"#{posting.pk}" in text
    assert document.sha256 in text
    assert reverse("document-page", args=[document.pk, 1]) in text


def test_a_table_is_shown_as_a_table(clerk: User) -> None:
    content = "月份,数值\n一月,24.1\n".encode()
    document = store(actor=clerk, at=timezone.now(), name="月报.csv", content=content)
    text = page(clerk, document)
    assert "<td>24.1</td>" in text
    assert "2行 2列" in text


def test_what_a_file_says_is_text_and_never_markup(clerk: User) -> None:
    content = "名称,说明\n甲,a<b onclick=x>\n".encode()
    document = store(actor=clerk, at=timezone.now(), name="月报.csv", content=content)
    assert "<b onclick" not in page(clerk, document)


def test_a_page_comes_as_a_picture_large_or_small(clerk: User) -> None:
    document = keep(clerk)
    url = reverse("document-page", args=[document.pk, 1])
    answer = at_desk(clerk).get(url)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    small = at_desk(clerk).get(url, {"size": "small"})
    with Image.open(io.BytesIO(small.content)) as image:
        assert max(image.size) <= 320


def test_a_text_has_no_picture(clerk: User) -> None:
    document = store(actor=clerk, at=timezone.now(), name="a.txt", content="甲".encode())
    assert at_desk(clerk).get(reverse("document-page", args=[document.pk, 1])).status_code == 404


def test_a_download_is_an_attachment_and_is_audited(clerk: User) -> None:
    document = keep(clerk)
    answer = at_desk(clerk).get(reverse("document-download", args=[document.pk]))
    assert answer.content == picture().read()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    row = Row.objects.get(act="evidence.download")
    assert (row.actor_id, row.target) == (clerk.pk, f"evidence.document:{document.pk}")


def test_a_damaged_file_is_not_handed_out(clerk: User) -> None:
    document = keep(clerk)
    files.path_of(document.sha256).write_bytes(b"altered")
    answer = at_desk(clerk).get(reverse("document-download", args=[document.pk]))
    assert answer.status_code == 410
    assert not Row.objects.filter(act="evidence.download").exists()
    assert "被改动过" in page(clerk, document)


def test_documents_of_other_units_are_not_there(
    clerk: User, officer: User, street: OrgUnit
) -> None:
    document = keep(clerk, unit=street)
    browser = at_desk(officer)
    for name, more in (("document", []), ("document-download", []), ("document-page", [1])):
        url = reverse(name, args=[document.pk, *more])
        assert browser.get(url).status_code == 404
    assert listed(officer) == set()


@pytest.mark.parametrize("role", ["administrator", ""])
def test_who_may_not_see_vouchers_is_refused(bureau: OrgUnit, clerk: User, role: str) -> None:
    document = keep(clerk)
    browser = at_desk(person(role, unit=bureau))
    for name, args in (
        ("documents", []),
        ("document", [document.pk]),
        ("document-download", [document.pk]),
        ("document-page", [document.pk, 1]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 403


def test_the_list_tells_what_is_unused_and_what_is_used_again(clerk: User, park: OrgUnit) -> None:
    once, twice = keep(clerk, "一.png"), keep(clerk, "二.png")
    keep(clerk, "三.png")
    post(clerk, "1", "2021-03-31", park, documents=(once.pk, twice.pk))
    post(clerk, "2", "2021-04-30", park, documents=(twice.pk,))
    assert listed(clerk) == {"一.png", "二.png", "三.png"}
    assert listed(clerk, "unused") == {"三.png"}
    assert listed(clerk, "again") == {"二.png"}
    found = at_desk(clerk).get(reverse("documents"), {"q": "二"})
    assert [document.name for document in found.context["table"].rows] == ["二.png"]


def test_a_copy_is_told_on_the_page_of_both(clerk: User, officer: User, park: OrgUnit) -> None:
    first, second = keep(clerk), keep(officer, unit=park)
    assert reverse("document", args=[second.pk]) in page(clerk, first)
    assert "另有1份在您的查看范围以外" in page(officer, second)


def test_the_list_keeps_to_its_queries(
    clerk: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        keep(clerk, f"{number}.png")
    browser = at_desk(clerk)
    browser.get(reverse("documents"))  # the first page of a visit notes the visit
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get(reverse("documents"))
