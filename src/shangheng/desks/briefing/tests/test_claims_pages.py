"""Pages of the audit of figures: who reaches them, what they show, what is kept."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.audit.models import Row
from shangheng.desks.briefing.domain.claims_text import MAX_CHARACTERS, read_text
from shangheng.desks.briefing.models import ClaimsAudit, ClaimVerdict, Report
from shangheng.desks.briefing.services.claims import keep_text
from shangheng.desks.briefing.tests.conftest import on
from shangheng.desks.briefing.tests.test_pages import as_
from shangheng.engines.ledger.models import Posting
from tests.house.query_counts import pinned

WRONG = "共签约项目64个，其中已开工项目40个，占签约项目的65.1%。"
TEXT = f"某区商务局2021年工作总结\n\n一、项目\n{WRONG}\n全区社会消费品零售总额482.59亿元。\n"
HOLDS = {
    "director": {"briefing.view"},
    "section_head": {"briefing.view"},
    "statistics_clerk": {"briefing.view", "briefing.write"},
    "investment_officer": set[str](),
    "inspector": {"briefing.view"},
    "auditor": {"briefing.view"},
    "administrator": set[str](),
}


@pytest.fixture
def kept(writer: User, retail: Posting) -> ClaimsAudit:
    return keep_text(actor=writer, at=on("2022-01-15"), document=read_text(TEXT))


def page_of(client: Client, row: ClaimsAudit, **query: str) -> str:
    return client.get(reverse("claims-audit", args=[row.pk]), query).content.decode()


def fingerprint_of(client: Client, row: ClaimsAudit) -> str:
    found = client.get(reverse("claims-json", args=[row.pk])).json()["claims"]
    return next(str(f["fingerprint"]) for f in found if f["verdict"] == "inconsistent")


@pytest.mark.parametrize("role", HOLDS)
def test_each_role_reaches_what_its_permissions_say(
    role: str, kept: ClaimsAudit, bureau: OrgUnit, client: Client
) -> None:
    as_(client, person(role, unit=bureau))
    views = 200 if "briefing.view" in HOLDS[role] else 403
    assert client.get(reverse("claims")).status_code == views
    for name in ("claims-audit", "claims-word", "claims-excel", "claims-json"):
        assert client.get(reverse(name, args=[kept.pk])).status_code == views, name
    writes = "briefing.write" in HOLDS[role]
    assert client.get(reverse("claims-new")).status_code == (200 if writes else 403)
    decided = client.post(reverse("claims-decide", args=[kept.pk])).status_code
    assert decided == (422 if writes else 403)


def test_an_audit_of_another_unit_is_not_there(kept: ClaimsAudit, client: Client) -> None:
    as_(client, person("inspector", unit=org_unit("jinghe", name="径河街道")))
    assert client.get(reverse("claims-audit", args=[kept.pk])).status_code == 404
    assert kept.title not in client.get(reverse("claims")).content.decode()


def test_a_pasted_text_is_shown_with_its_findings_marked(writer: User, client: Client) -> None:
    response = as_(client, writer).post(reverse("claims-new"), {"text": TEXT}, follow=True)
    page = response.content.decode()
    row = ClaimsAudit.objects.get()
    assert row.title == "某区商务局2021年工作总结"
    assert 'class="claim claim-inconsistent claim-major" href="#f1">' in page
    assert "40个 ÷ 64个 = 62.5% ≠ 65.1%" in page
    assert "读出数量" in page
    assert Row.objects.filter(act="briefing.claims.create", after__sha256=row.sha256).exists()


def test_the_ledger_has_its_say(kept: ClaimsAudit, writer: User, client: Client) -> None:
    as_(client, writer)
    assert "2021年社会消费品零售总额与台账相符" in page_of(client, kept, verdict="ok")
    assert "2021年社会消费品零售总额与台账相符" not in page_of(client, kept)


def test_a_word_file_with_a_table_is_read_as_it_was_again(writer: User, client: Client) -> None:
    document = docx.Document()
    document.add_paragraph("2021年统计表")
    table = document.add_table(rows=4, cols=2)
    rows = (("地区", "数量（个）"), ("甲镇", "10"), ("乙镇", "20"), ("合计", "31"))
    for cells, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = value
    buffer = io.BytesIO()
    document.save(buffer)
    upload = SimpleUploadedFile("表.docx", buffer.getvalue())
    page = as_(client, writer).post(reverse("claims-new"), {"file": upload}, follow=True)
    assert "table_sum" in {
        f["check"]
        for f in client.get(reverse("claims-json", args=[ClaimsAudit.objects.get().pk])).json()[
            "claims"
        ]
        if f["verdict"] == "inconsistent"
    }
    assert "2021年统计表" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "请粘贴文字，或者选一个文件"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", TEXT.encode())}, "二者选一"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "PDF"),
        ({"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0" + b"0" * 99)}, "旧格式"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "文件是空的"),
        ({"text": "长" * (MAX_CHARACTERS + 1)}, "请拆分后再审核"),
    ],
)
def test_what_cannot_be_audited_is_refused_with_the_reason(
    data: dict[str, object], why: str, writer: User, client: Client
) -> None:
    response = as_(client, writer).post(reverse("claims-new"), data)
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not ClaimsAudit.objects.exists()


def test_a_decision_is_kept_and_goes_over_to_the_edited_text(
    kept: ClaimsAudit, writer: User, client: Client
) -> None:
    as_(client, writer)
    url = reverse("claims-decide", args=[kept.pk])
    data = {"fingerprint": fingerprint_of(client, kept), "decision": "dismissed"}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "要写明理由" in refused.content.decode()
    assert client.post(url, {**data, "reason": "按另一口径"}).status_code == 302
    assert Row.objects.filter(act="briefing.claims.decide").count() == 1
    edited = {"text": "前面加一段话。\n" + TEXT}
    after = client.post(reverse("claims-new") + f"?after={kept.pk}", edited, follow=True)
    assert "按另一口径" in after.content.decode()
    assert "改好 0 处，新出现 0 处" in after.content.decode()
    unknown = client.post(url, {"fingerprint": "0" * 16, "decision": "confirmed"})
    assert unknown.status_code == 422


def test_a_rerun_tells_what_was_mended_and_what_is_new(
    kept: ClaimsAudit, writer: User, client: Client
) -> None:
    edited = (
        TEXT.replace("65.1%", "62.5%") + "其中甲镇12个、乙镇13个，合计26个。\n全区零售的的好。\n"
    )
    url = reverse("claims-new") + f"?after={kept.pk}"
    page = as_(client, writer).post(url, {"text": edited}, follow=True).content.decode()
    assert "改好 1 处" in page
    assert "新出现</span>" in page
    assert "这份文字改后又审核过" in page_of(client, kept)


def test_texts_and_decisions_are_never_changed(kept: ClaimsAudit, writer: User) -> None:
    kept.text = "别的"
    with pytest.raises(DatabaseError, match="briefing_claimsaudit"):
        kept.save()


def test_downloads_leave_audit_rows(kept: ClaimsAudit, writer: User, client: Client) -> None:
    as_(client, writer)
    word = client.get(reverse("claims-word", args=[kept.pk])).content
    comments = [c.text for c in docx.Document(io.BytesIO(word)).comments]
    assert any("65.1%" in text for text in comments)
    assert client.get(reverse("claims-excel", args=[kept.pk])).content[:2] == b"PK"
    rows = Row.objects.filter(act="briefing.claims.download")
    assert [rows.filter(after__kind=kind).count() for kind in ("docx", "xlsx")] == [1, 1]


def test_the_text_of_a_report_is_audited_from_its_page(
    draft: Report, writer: User, client: Client
) -> None:
    as_(client, writer)
    assert "审核文字" in client.get(reverse("report", args=[draft.pk])).content.decode()
    url = reverse("report-claims", args=[draft.pk])
    page = client.post(url, follow=True).content.decode()
    assert "482.59亿元" in page
    client.post(url)
    assert ClaimsAudit.objects.get().report == draft


def test_pages_take_a_fixed_number_of_queries(
    kept: ClaimsAudit, writer: User, client: Client
) -> None:
    as_(client, writer)
    edited = read_text(TEXT * 3)
    later = keep_text(actor=writer, at=on("2022-01-16"), document=edited, predecessor=kept)
    ClaimVerdict.objects.create(
        audit=kept, fingerprint="0" * 16, decision="confirmed", actor=writer, at=on("2022-01-16")
    )
    client.get(reverse("claims"))
    with pinned("briefing.claims"):
        client.get(reverse("claims"))
    with pinned("briefing.claims_audit"):
        client.get(reverse("claims-audit", args=[later.pk]))


def test_audits_are_found_by_what_they_came_to(
    kept: ClaimsAudit, writer: User, client: Client
) -> None:
    clean = keep_text(
        actor=writer, at=on("2022-01-16"), document=read_text("今年办了三件实事。"), title="实事"
    )

    def titles(**query: str) -> list[str]:
        page = as_(client, writer).get(reverse("claims"), query)
        return [row.title for row in page.context["table"].rows]

    assert titles() == ["实事", kept.title]
    assert titles(found="wrong") == [kept.title]
    assert titles(found="clean") == [clean.title]
    assert titles(sort="-wrong") == [kept.title, clean.title]
    assert "其中有矛盾 1 次" in client.get(reverse("claims")).content.decode()


def test_the_findings_are_said_in_the_language_of_the_page(
    kept: ClaimsAudit, writer: User, client: Client
) -> None:
    as_(client, writer)
    told = {
        "zh-hans": "按文中数字计算占比应为62.5%",
        "en": "The figures of the text make a share of 62.5%",
    }
    for language, words in told.items():
        answer = client.get(
            reverse("claims-audit", args=[kept.pk]), headers={"accept-language": language}
        )
        assert words in answer.content.decode()
