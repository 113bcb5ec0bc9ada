import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.audit.tests.raw import AT, drop_guards, execute, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> User:
    user = person("auditor", display_name="安审计")
    client.force_login(user)
    return user


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/audit/?view=all&export=csv&every=1{query}")
    assert answer.status_code == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("操作,"))
    return list(csv.DictReader(io.StringIO("\n".join(lines[begin:]))))


@pytest.mark.usefixtures("auditor")
def test_the_latest_acts_come_first_fifty_to_a_page(client: Client) -> None:
    rows(60)
    page = text(client, "/audit/")
    assert "第60笔" in page
    assert "第1笔" not in page
    assert "第1笔" in text(client, "/audit/?page=2")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&actor=刘", {1, 2}),
        ("&act=login.failed", {3}),
        ("&act=ledger.", {1, 2}),
        ("&object=ledger.posting", {1, 2}),
        ("&q=ledger.posting:1", {1}),
        ("&q=第2笔", {2}),
        ("&outcome=refused", {3}),
        ("&since=2021-12-02", {3}),
        ("&until=2021-12-01&actor=刘", {1, 2}),
        ("&since=2021-12-01&until=2021-12-02&act=login.failed", {3}),
        ("&actor=王", set()),
    ],
)
@pytest.mark.usefixtures("auditor")
def test_acts_are_found_by_person_act_object_outcome_and_day(
    client: Client, query: str, found: set[int]
) -> None:
    base = Row.objects.count()
    rows(2)
    record(actor=None, act="login.failed", at=AT + timedelta(days=1))
    numbers = {int(line["序号"]) - base for line in exported(client, query)}
    assert {number for number in numbers if number > 0} == found


@pytest.mark.usefixtures("auditor")
def test_acts_are_found_by_the_unit_of_who_did_them(client: Client) -> None:
    bureau = org_unit("swj", name="商务局")
    clerk = person("statistics_clerk", display_name="刘敏", unit=bureau)
    record(actor=clerk, act="ledger.post", at=AT, label="本局的")
    record(actor=None, act="ledger.post", at=AT, label="别处的")
    page = text(client, f"/audit/?unit={bureau.pk}")
    assert "本局的" in page
    assert "别处的" not in page


@pytest.mark.usefixtures("auditor")
def test_a_line_says_in_words_what_was_done_to_what_and_what_changed(client: Client) -> None:
    somebody = person("administrator", display_name="王管理")
    record(
        actor=somebody,
        act="accounts.grant",
        at=AT,
        target=f"accounts.user:{somebody.pk}",
        label="王管理（wang）",
        before={"role": "statistics_clerk", "scope": "unit"},
        after={"role": "director", "scope": "all"},
    )
    page = text(client, "/audit/")
    for words in ("授予角色", "<del>统计员</del>", "<del>本单位</del>", "全部"):
        assert words in page
    assert f'<a href="/people/{somebody.pk}/">王管理（wang）</a>' in page


@pytest.mark.usefixtures("auditor")
def test_a_row_shows_what_was_before_and_after(client: Client) -> None:
    row = record(
        actor=None,
        act="ledger.post",
        at=AT,
        before={"amount": "726.2", "unit": {"code": "swj"}},
        after={"amount": "727.3", "unit": {"code": "swj"}, "vouchers": [3, 4], "is_active": True},
    )
    page = text(client, f"/audit/{row.number}/")
    assert "<del>726.2</del>" in page
    assert "<ins>727.3</ins>" in page
    assert "单位 · 代码" in page
    assert "<ins>3、4</ins>" in page
    assert "<ins>是</ins>" in page
    assert "与内容相符" in page


@pytest.mark.usefixtures("auditor")
def test_a_row_that_was_altered_says_so(client: Client) -> None:
    row = rows(1)[0]
    drop_guards()
    execute("UPDATE audit_row SET label = '改' WHERE number = %s", row.number)
    assert "本条被改动过" in text(client, f"/audit/{row.number}/")


def test_an_export_holds_exactly_what_was_found_and_is_recorded(
    client: Client, auditor: User
) -> None:
    rows(3)
    lines = exported(client, "&act=ledger.post")
    assert [line["说明"] for line in lines] == ["第3笔", "第2笔", "第1笔"]
    kept = Row.objects.get(pk=lines[0]["序号"])
    assert lines[0]["校验码"] == kept.hash
    row = Row.objects.latest("number")
    assert (row.act, row.actor_id) == ("audit.export", auditor.pk)
    assert row.after is not None
    assert (row.after["rows"], row.after["操作"]) == (3, "入账")


def test_only_auditors_see_the_logs(client: Client) -> None:
    client.force_login(person("administrator"))
    for url in ("/audit/", "/audit/1/", "/audit/logins/"):
        assert client.get(url).status_code == 403
