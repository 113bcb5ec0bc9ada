from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.desks.targets.tests.desk import CAPITAL, at_desk, keep, line, picture, post
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services import posting as ledger

CITY = "420100"
SIGNED = "investment.projects_signed"


def url(indicator: str = CAPITAL, more: str = "") -> str:
    return f"{reverse('posting-new')}?indicator={indicator}{more}"


def fields(unit: OrgUnit, **more: Any) -> dict[str, Any]:
    return {
        "unit": unit.pk,
        "occurred_on": "2021-03-31",
        "value": "24.1",
        "source": "进账单1号",
        "note": "",
        **more,
    }


@pytest.mark.parametrize(
    "role", ["director", "section_head", "inspector", "auditor", "administrator"]
)
def test_who_posts_nothing_is_refused(bureau: OrgUnit, role: str) -> None:
    assert at_desk(person(role, unit=bureau)).get(url()).status_code == 403


def test_indicators_are_found_by_any_name(clerk: User) -> None:
    page = at_desk(clerk).get(f"{reverse('posting-new')}?q=到资")
    names = [item.code for _section, items in page.context["groups"] for item in items]
    assert CAPITAL in names
    assert "只登记其他地区的" in page.content.decode(), "what is computed is told apart"


def test_the_form_says_what_is_meant_and_in_what_unit(clerk: User) -> None:
    text = at_desk(clerk).get(url()).content.decode()
    assert "武汉市招商办" in text
    assert "银行进账单" in text
    assert '<span class="control-unit">亿元</span>' in text
    assert "资金投向" in text
    rank = at_desk(clerk).get(url("assessment.rank")).content.decode()
    assert "对象名称" not in rank, "a rank is of no subject"


def test_an_unknown_indicator_has_no_form(clerk: User) -> None:
    assert at_desk(clerk).get(url("no.such")).status_code == 404


def test_a_computed_indicator_is_posted_for_other_areas_only(clerk: User, bureau: OrgUnit) -> None:
    data = fields(bureau, value="12.3", source="武汉市统计局2021年12月月报")
    browser = at_desk(clerk)
    for area in ("", settings.HOME_AREA):
        answer = browser.post(url("trade.total_growth"), {**data, "area": area})
        assert set(answer.context["form"].errors) == {"area"}
    browser.post(url("trade.total_growth"), {**data, "area": CITY})
    posting = Posting.objects.get()
    assert (posting.series.area, posting.status) == (CITY, Status.RECOGNISED)


def test_a_comparator_needs_its_source_and_awaits_no_recognition(
    clerk: User, bureau: OrgUnit
) -> None:
    browser, data = at_desk(clerk), fields(bureau, area=CITY)
    assert "比较对象的数按公布口径登记，须写明出处" in browser.get(url()).content.decode()
    refused = browser.post(url(), {**data, "source": ""})
    assert set(refused.context["form"].errors) == {"source"}
    browser.post(url(), data)
    posting = Posting.objects.get()
    assert posting.status == Status.RECOGNISED
    page = browser.get(reverse("posting", args=[posting.pk])).content.decode()
    assert "武汉市" in page
    assert CITY not in page
    assert "提交认定" not in page
    assert reverse("posting-revoke", args=[posting.pk]) not in page


def test_a_comparator_that_was_taken_back_is_mended_as_one(clerk: User, bureau: OrgUnit) -> None:
    posting = post(clerk, "24.1", "2021-03-31", bureau, area=CITY)
    ledger.reverse(actor=clerk, at=timezone.now(), postings=[posting.pk], reason="抄错")
    form = at_desk(clerk).get(url(more=f"&from={posting.pk}")).context["form"]
    assert form["area"].value() == CITY


def test_a_fact_is_posted_with_its_vouchers(clerk: User, park: OrgUnit) -> None:
    waiting = keep(clerk, "协议.png")
    data = fields(park, value="1,234.5", documents=[waiting.pk])
    data |= {"dimension-sector": "industrial", "voucher-bank_receipt": picture()}
    answer = at_desk(clerk).post(url(), data)
    posting = Posting.objects.get()
    assert answer.headers["Location"] == reverse("posting", args=[posting.pk])
    assert posting.amount == 12_345_000_000_000
    assert posting.series.dimensions == "sector=industrial"
    assert posting.series.area == settings.HOME_AREA
    assert posting.entry.actor == clerk
    kinds = {link.document.name: link.document.kind for link in posting.evidence.all()}
    assert kinds == {"协议.png": "", "进账单.png": "bank_receipt"}


def test_a_named_subject_counts_as_one(clerk: User, park: OrgUnit) -> None:
    at_desk(clerk).post(url(SIGNED), fields(park, value="", subject="示例项目"))
    posting = Posting.objects.get()
    assert (posting.subject, posting.amount) == ("示例项目", 1)


def test_wrong_fields_are_named_and_the_files_are_kept(clerk: User, park: OrgUnit) -> None:
    data = fields(park, value="很多", occurred_on="2999-01-01")
    answer = at_desk(clerk).post(url(), data | {"voucher-bank_receipt": picture()})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"value"}
    kept = Document.objects.get()
    assert form["documents"].value() == [str(kept.pk)]
    assert f'value="{kept.pk}" id="id_documents_0" checked' in answer.content.decode()

    again = at_desk(clerk).post(url(), fields(park, documents=[kept.pk]))
    assert again.status_code == 302
    assert Posting.objects.get().evidence.get().document == kept


def test_what_the_ledger_refuses_stands_beside_its_field(clerk: User, park: OrgUnit) -> None:
    answer = at_desk(clerk).post(
        url(), fields(park, occurred_on="2999-01-01", value="0.12345678901")
    )
    errors = answer.context["form"].errors
    assert "晚于今天" in errors["occurred_on"][0]
    assert "小数" in errors["value"][0]
    assert not Posting.objects.exists()


def test_a_broken_identity_is_refused_with_its_arithmetic(clerk: User, park: OrgUnit) -> None:
    post(clerk, "1", "2021-03-01", park)
    data = fields(park, value="2", occurred_on="2021-03-31")
    answer = at_desk(clerk).post(url("investment.industrial_capital"), data)
    assert answer.status_code == 422
    assert "前者不应大于后者" in answer.context["form"].errors["value"][0]


def test_a_file_that_cannot_be_taken_stops_the_posting(clerk: User, park: OrgUnit) -> None:
    bad = picture("账.png")
    bad.name = "账.exe"
    data = fields(park) | {"voucher-bank_receipt": [picture(), bad]}
    answer = at_desk(clerk).post(url(), data)
    assert answer.status_code == 422
    assert "账.exe" in str(answer.context["form"].non_field_errors())
    assert [d.name for d in Document.objects.all()] == ["进账单.png"]
    assert not Posting.objects.exists()


def test_nobody_posts_for_a_unit_beyond_reach(
    officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    page = at_desk(officer).get(url())
    assert list(page.context["form"].fields["unit"].queryset) == [park]
    assert at_desk(officer).post(url(), fields(street)).status_code == 422
    assert not Posting.objects.exists()


def test_a_document_beyond_reach_is_not_attached(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    foreign = keep(clerk, unit=street)
    answer = at_desk(officer).post(url(), fields(park, documents=[foreign.pk]))
    assert answer.status_code == 422 or not Posting.objects.get().evidence.exists()


def test_a_draft_is_kept_by_indicator(clerk: User) -> None:
    assert f'data-draft="posting-new:{CAPITAL}"' in at_desk(clerk).get(url()).content.decode()


def test_a_posting_is_filled_in_again_from_an_earlier_one(clerk: User, park: OrgUnit) -> None:
    voucher = keep(clerk)
    facts = line(
        CAPITAL, "24.1", "2021-03-31", park,
        dimensions={"sector": "other"}, documents=(voucher.pk,),
    )  # fmt: skip
    entry = ledger.post(actor=clerk, at=timezone.now(), lines=[facts], source="进账单1号")
    page = at_desk(clerk).get(url(more=f"&from={entry.postings.get().pk}"))
    form = page.context["form"]
    assert str(form["value"].value()) == "24.1"
    assert form["dimension-sector"].value() == "other"
    assert form["documents"].value() == [str(voucher.pk)]
    assert form["source"].value() == "进账单1号"
    text = page.content.decode()
    assert 'value="24.1"' in text
    assert 'value="2021-03-31"' in text


def test_the_indicators_one_posts_come_first(clerk: User, park: OrgUnit) -> None:
    post(clerk, "1", "2021-03-01", park)
    page = at_desk(clerk).get(reverse("posting-new"))
    assert [item.code for item in page.context["recent"]] == [CAPITAL]


def test_a_voucher_used_before_is_warned_of_not_refused(
    clerk: User, park: OrgUnit, street: OrgUnit
) -> None:
    post(clerk, "1", "2021-02-28", street, documents=(keep(clerk).pk,))
    data = fields(park) | {"voucher-bank_receipt": picture()}
    text = at_desk(clerk).post(url(), data, follow=True).content.decode()
    assert "已经用于径河街道2021-02-28的“招商引资实际到位资金”" in text
    assert Posting.objects.count() == 2
