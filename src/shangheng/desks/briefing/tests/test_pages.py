"""What each role reaches, what pages say, and that they keep to their queries."""

import csv
import io
from pathlib import Path

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import PASSWORD, org_unit, person
from shangheng.core.audit.models import Row
from shangheng.desks.briefing.models import Report, State
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.tests.conftest import Post, on, restate
from shangheng.engines.ledger.domain.period import Period
from shangheng.engines.ledger.models import Posting
from tests.house.query_counts import pinned

READS = (
    "report",
    "report-findings",
    "report-versions",
    "report-restated",
    "report-word",
    "report-pdf",
    "report-text",
)
ACTS = {
    "report-edit": "briefing.write",
    "report-build": "briefing.write",
    "report-revise": "briefing.write",
    "report-check": "briefing.check",
    "report-sign": "briefing.sign",
    "report-issue": "briefing.issue",
    "report-withdraw": "briefing.issue",
}
HOLDS = {
    "director": {"briefing.view", "briefing.sign", "briefing.issue"},
    "section_head": {"briefing.view", "briefing.check", "briefing.issue"},
    "statistics_clerk": {"briefing.view", "briefing.write"},
    "investment_officer": set[str](),
    "inspector": {"briefing.view"},
    "auditor": {"briefing.view"},
    "administrator": set[str](),
}


def as_(client: Client, user: User) -> Client:
    assert client.login(username=user.username, password=PASSWORD)
    return client


@pytest.fixture
def built(draft: Report, writer: User) -> Report:
    writing.build_report(actor=writer, at=on("2022-01-10"), report=draft)
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize("role", HOLDS)
def test_each_role_reaches_what_its_permissions_say(
    role: str, built: Report, bureau: OrgUnit, client: Client
) -> None:
    as_(client, person(role, unit=bureau))
    views = "briefing.view" in HOLDS[role]
    for name in READS:
        status = client.get(reverse(name, args=[built.pk])).status_code
        assert status == (200 if views else 403), name
    for name, code in ACTS.items():
        status = client.post(reverse(name, args=[built.pk])).status_code
        allowed = code in HOLDS[role]
        assert (status != 403) == allowed, (name, status)
    writes = "briefing.write" in HOLDS[role]
    assert client.get(reverse("report-new")).status_code == (200 if writes else 403)


def test_whoever_is_not_logged_in_is_asked_to(built: Report, client: Client) -> None:
    for name in (*READS, *ACTS):
        response = client.get(reverse(name, args=[built.pk]))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("login")), name


def test_a_report_of_another_unit_is_not_there(built: Report, client: Client) -> None:
    as_(client, person("inspector", unit=org_unit("jinghe", name="径河街道")))
    assert client.get(reverse("report", args=[built.pk])).status_code == 404
    assert built.title not in client.get(reverse("reports")).content.decode()


def test_every_figure_of_the_page_leads_to_its_provenance(
    built: Report, writer: User, client: Client
) -> None:
    page = as_(client, writer).get(reverse("report", args=[built.pk])).content.decode()
    assert 'href="/figures/retail.total/2021/420112/known=20220110T040000.000000Z"' in page
    assert "482.59" in page
    assert "数据截至 2022年1月10日 12:00" in page


def test_a_report_is_opened_from_a_template(writer: User, client: Client) -> None:
    as_(client, writer)
    wrong = client.post(reverse("report-new"), {"template": "work_summary", "period": "去年"})
    assert wrong.status_code == 422
    client.post(reverse("report-new"), {"template": "work_summary", "period": "2021"})
    assert Report.objects.get().title.endswith("2021年工作总结")


def test_a_period_before_the_template_is_refused(writer: User, client: Client) -> None:
    data = {"template": "work_summary", "period": "2019"}
    response = as_(client, writer).post(reverse("report-new"), data)
    assert response.status_code == 422
    assert "没有适用于2019-12-31" in response.content.decode()


def test_the_editor_saves_previews_and_finds(draft: Report, writer: User, client: Client) -> None:
    url = reverse("report-edit", args=[draft.pk])
    data = {"title": draft.title, "text": "零售{{retail.total}}，共7家。", "base": "2"}
    as_(client, writer)
    preview = client.post(url, {**data, "preview": "1"}).content.decode()
    assert "未绑定的数字“7”" in preview
    assert draft.drafts.count() == 2
    fragment = client.post(url, data, headers={"HX-Request": "true", "HX-Target": "div#preview"})
    assert fragment.content.decode().lstrip().startswith('<div id="preview"')
    assert draft.drafts.count() == 2
    client.post(url, {**data, "stay": "1"})
    assert draft.drafts.count() == 3
    late = client.post(url, {**data, "text": "别的", "stay": "1"})
    assert late.status_code == 409  # both texts are shown, to choose from
    assert "别的" in late.content.decode()
    assert draft.drafts.count() == 3


def test_a_text_that_cannot_be_read_is_explained_beside_it(
    draft: Report, writer: User, client: Client
) -> None:
    data = {"title": "题", "text": "甲\n\n{{retail.total|much}}", "base": "2", "preview": "1"}
    page = as_(client, writer).post(reverse("report-edit", args=[draft.pk]), data).content.decode()
    assert "第3行：“retail.total|much”中的取法“much”不认识" in page


def test_versions_are_compared(draft: Report, writer: User, client: Client) -> None:
    url = reverse("report-versions", args=[draft.pk])
    page = as_(client, writer).get(url).content.decode()
    assert "第1稿与第2稿对照" in page
    assert "<ins>全区零售总额{{retail.total}}" in page


def test_the_whole_way_by_its_buttons(
    built: Report, checker: User, director: User, client: Client
) -> None:
    for user, name, state in (
        (checker, "report-check", State.CHECKED),
        (director, "report-sign", State.SIGNED),
        (director, "report-issue", State.ISSUED),
    ):
        as_(client, user).post(reverse(name, args=[built.pk]), {"build": built.build_id})
        built.refresh_from_db()
        assert built.state == state


def test_a_refusal_is_told_on_the_page(built: Report, director: User, client: Client) -> None:
    url = reverse("report-sign", args=[built.pk])
    page = as_(client, director).post(url, follow=True).content.decode()
    assert "这份材料现在是“起草”" in page


def test_findings_are_waived_with_a_reason(writer: User, director: User, client: Client) -> None:
    report = writing.create_report(
        actor=writer, at=on("2022-01-09"), template="data_bulletin", period=Period.parse("2021")
    )
    text = "外贸{{trade.total}}。"
    writing.save_draft(actor=writer, at=on("2022-01-09"), report=report, text=text, base=1)
    writing.build_report(actor=writer, at=on("2022-01-10"), report=report)
    url = reverse("report-findings", args=[report.pk])
    as_(client, director)
    assert client.post(url, {"key": "missing:trade.total", "reason": ""}).status_code == 422
    client.post(url, {"key": "missing:trade.total", "reason": "海关未发布"})
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "海关未发布" in page
    assert "没有未解决的问题" in page


def test_a_restated_report_says_so_in_the_list_and_on_its_page(
    issued: Report, writer: User, record: Post, retail: Posting, client: Client
) -> None:
    restate(writer, record, retail, "470", "2022-02-01")
    as_(client, writer)
    assert "发布后有 2 处已变" in client.get(reverse("reports")).content.decode()
    page = client.get(reverse("report", args=[issued.pk])).content.decode()
    assert "发布后，有 2 个数字已变" in page
    told = client.get(reverse("report-restated", args=[issued.pk])).content.decode()
    assert "统计局核减" in told


def test_the_word_file_has_a_bookmark_for_every_figure_and_leaves_an_audit_row(
    issued: Report, writer: User, client: Client
) -> None:
    response = as_(client, writer).get(reverse("report-word", args=[issued.pk]))
    document = docx.Document(io.BytesIO(response.content))
    names = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names)) == 4  # two figures, each in the text and in the annex
    assert "2022年1月10日" in [p.text.strip() for p in document.paragraphs]
    row = Row.objects.filter(act="briefing.download").get()
    assert row.after == {"kind": "docx", "build": issued.build_id}


def test_nothing_can_be_downloaded_before_it_is_built(
    draft: Report, writer: User, client: Client
) -> None:
    page = as_(client, writer).get(reverse("report-pdf", args=[draft.pk]), follow=True)
    assert "生成之后才能下载" in page.content.decode()


def test_a_missing_font_folder_is_a_warning(
    built: Report, writer: User, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.REPORT_FONT_DIRS = [tmp_path / "gone"]
    page = as_(client, writer).get(reverse("report", args=[built.pk])).content.decode()
    assert "字体目录不存在" in page
    assert "缺少字体 仿宋_GB2312" in page


def test_pages_take_a_fixed_number_of_queries(issued: Report, writer: User, client: Client) -> None:
    as_(client, writer)
    client.get(reverse("reports"))
    for name, url in (
        ("briefing.list", reverse("reports")),
        ("briefing.report", reverse("report", args=[issued.pk])),
        ("briefing.restated", reverse("report-restated", args=[issued.pk])),
    ):
        with pinned(name):
            client.get(url)


def test_the_search_box_finds_reports_by_their_titles(
    built: Report, writer: User, client: Client
) -> None:
    page = as_(client, writer).get(reverse("search"), {"q": "工作总结"}).content.decode()
    assert "东西湖区商务局2021年<mark>工作总结</mark>" in page
    assert reverse("report", args=[built.pk]) in page
    page = client.get(reverse("search"), {"q": "到资"}).content.decode()
    assert "{{" not in page, "no excerpt shows the markup"


def test_a_report_is_chinese_for_every_reader(built: Report, writer: User, client: Client) -> None:
    as_(client, writer)
    url = reverse("report", args=[built.pk])
    page = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    assert "亿元" in article
    assert "yuan" not in article


def test_an_empty_list_offers_the_way_on(writer: User, checker: User, client: Client) -> None:
    assert "新建材料" in as_(client, writer).get(reverse("reports")).content.decode()
    page = as_(client, checker).get(reverse("reports")).content.decode()
    assert "统计员起草之后" in page


def test_filters_that_leave_nothing_say_so(built: Report, writer: User, client: Client) -> None:
    as_(client, writer)
    for query in ({"q": "无"}, {"tab": "withdrawn"}):
        assert "没有符合条件的材料" in client.get(reverse("reports"), query).content.decode()
    assert built.title in client.get(reverse("reports"), {"tab": built.state}).content.decode()


def test_reports_are_handed_out_as_they_are_listed(
    issued: Report, writer: User, client: Client
) -> None:
    answer = as_(client, writer).get(reverse("reports"), {"export": "csv", "tab": "issued"})
    *_what_it_is, head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:3] == ["标题", "编号", "发布后已变（处）"]
    assert row[:3] == [issued.title, str(issued.pk), "0"]
    told = Row.objects.get(act="lists.export").after
    assert told is not None
    assert told["状态"] == "已印发"


def test_the_markup_is_explained_with_every_code(writer: User, client: Client) -> None:
    page = as_(client, writer).get(reverse("report-markup")).content.decode()
    assert "{{period}} {{period@+1}} {{bureau}}" in page
    assert "investment.capital_in_place" in page
