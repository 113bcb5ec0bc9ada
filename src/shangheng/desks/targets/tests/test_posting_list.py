import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.desks.targets.tests.desk import CAPITAL, RETAIL, at_desk, exported, keep, post
from shangheng.engines.ledger.services.posting import reverse as take_back
from shangheng.engines.ledger.services.recognition import submit

MOST_QUERIES = 22


def shown(user: User, query: str) -> set[int]:
    page = at_desk(user).get(f"{reverse('postings')}?period=2021&{query}")
    return {line.row.pk for line in page.context["table"].rows}


@pytest.mark.parametrize("role", ["administrator", ""])
def test_who_has_no_business_with_figures_is_refused(bureau: OrgUnit, role: str) -> None:
    assert at_desk(person(role, unit=bureau)).get(reverse("postings")).status_code == 403


def test_everybody_sees_what_lies_within_reach(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    near, far = post(clerk, "1", "2021-03-01", park), post(clerk, "2", "2021-03-01", street)
    assert shown(clerk, "") == {near.pk, far.pk}
    assert shown(officer, "") == {near.pk}


def test_the_import_is_offered_to_who_may_import(clerk: User, officer: User) -> None:
    address = f'href="{reverse("posting-import")}"'
    for name in ("postings", "posting-new"):
        assert address in at_desk(clerk).get(reverse(name)).content.decode()
        assert address not in at_desk(officer).get(reverse(name)).content.decode()


def test_filters_narrow_the_list(clerk: User, park: OrgUnit, street: OrgUnit) -> None:
    voucher = keep(clerk)
    bare = post(clerk, "1", "2021-03-01", park)
    evidenced = post(clerk, "2", "2021-04-01", street, documents=(voucher.pk,))
    retail = post(clerk, "3", "2021-05-01", park, indicator=RETAIL, is_sample=True)
    submit(actor=clerk, at=evidenced.recorded_at, postings=[evidenced.pk])
    assert shown(clerk, f"indicator={CAPITAL}") == {bare.pk, evidenced.pk}
    assert shown(clerk, f"unit={street.pk}") == {evidenced.pk}
    assert shown(clerk, "evidence=without") == {bare.pk, retail.pk}
    assert shown(clerk, "evidence=with") == {evidenced.pk}
    assert shown(clerk, "sample=yes") == {retail.pk}
    assert shown(clerk, "status=1") == {bare.pk}
    assert shown(clerk, "status=2") == {evidenced.pk}
    assert shown(clerk, "status=3") == {retail.pk}
    assert shown(clerk, f"q=%23{bare.pk}") == {bare.pk}
    assert shown(clerk, "q=进账单.png") == {evidenced.pk}
    assert shown(clerk, "period=2021-03") == {bare.pk}


def test_a_filter_that_makes_no_sense_counts_as_none(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "1", "2021-03-01", park)
    assert shown(clerk, "unit=99999&status=nine&indicator=none&sort=nothing") == {posting.pk}


def test_a_reversed_posting_stands_in_no_status(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "1", "2021-03-01", park)
    take_back(actor=clerk, at=posting.recorded_at, postings=[posting.pk], reason="重复")
    assert shown(clerk, "status=1") == set()
    assert len(shown(clerk, "")) == 2


def test_totals_add_up_one_indicator_by_status(clerk: User, park: OrgUnit) -> None:
    first, second = post(clerk, "1.5", "2021-03-01", park), post(clerk, "2", "2021-04-01", park)
    submit(actor=clerk, at=second.recorded_at, postings=[second.pk])
    wrong = post(clerk, "9", "2021-05-01", park)
    take_back(actor=clerk, at=wrong.recorded_at, postings=[wrong.pk], reason="填错")
    page = at_desk(clerk).get(f"{reverse('postings')}?period=2021&indicator={CAPITAL}")
    totals = page.context["table"].totals
    assert (totals.postings, totals.reversals, totals.unevidenced) == (4, 1, 3)
    assert [(part.code, str(part.amount.value)) for part in totals.parts] == [
        ("submitted", "2"),
        ("claimed", "1.5"),
    ]
    assert str(page.context["table"].totals.whole) == "3.5"
    assert first.pk in {line.row.pk for line in page.context["table"].rows}


def test_amounts_of_different_indicators_are_never_added(clerk: User, park: OrgUnit) -> None:
    post(clerk, "1", "2021-03-01", park)
    post(clerk, "2", "2021-03-01", park, indicator=RETAIL)
    page = at_desk(clerk).get(f"{reverse('postings')}?period=2021")
    assert page.context["table"].totals.parts == []
    assert "不同指标的数不能相加" in page.content.decode()


def test_other_areas_are_named_and_never_added_to_ours(clerk: User, park: OrgUnit) -> None:
    ours = post(clerk, "1", "2021-03-01", park)
    city = post(clerk, "9", "2021-03-31", park, area="420100")
    assert shown(clerk, "") == {ours.pk, city.pk}
    assert shown(clerk, "area=420100") == {city.pk}
    assert shown(clerk, "area=420112") == {ours.pk}
    browser, address = at_desk(clerk), f"{reverse('postings')}?period=2021&indicator={CAPITAL}"
    page = browser.get(address)
    assert page.context["table"].totals.parts == []
    assert "选定一个地区" in page.content.decode()
    page = browser.get(f"{address}&area=420100")
    assert str(page.context["table"].totals.whole) == "9"
    assert [(chip.label, chip.value) for chip in page.context["table"].chips][1] == (
        "地区",
        "武汉市",
    )
    export = browser.get(f"{reverse('postings')}?period=2021&export=csv&every=1")
    rows = exported(export.content)
    assert sorted(row["地区"] for row in rows) == ["东西湖区", "武汉市"]


def test_the_past_is_shown_as_it_was_known(clerk: User, park: OrgUnit) -> None:
    early = post(clerk, "1", "2021-03-01", park)
    post(clerk, "2", "2021-06-01", park)
    take_back(actor=clerk, at=post(clerk, "5", "2021-07-01", park).recorded_at, postings=[early.pk],
              reason="填错")  # fmt: skip
    assert shown(clerk, "known=2021-04-01&status=1") == {early.pk}


def test_htmx_gets_the_rows_alone(clerk: User, park: OrgUnit) -> None:
    post(clerk, "1", "2021-03-01", park)
    headers = {"HX-Request": "true", "HX-Target": "div#rows"}
    part = at_desk(clerk).get(f"{reverse('postings')}?period=2021", headers=headers)
    assert "<html" not in part.content.decode()
    assert 'id="rows"' in part.content.decode()
    assert "HX-Target" in part.headers["Vary"]


def test_fifty_a_page_and_no_query_more_than_for_one(
    clerk: User, park: OrgUnit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    voucher, browser = keep(clerk), at_desk(clerk)
    url = f"{reverse('postings')}?period=2021&indicator={CAPITAL}"
    post(clerk, "1", "2021-03-01", park, documents=(voucher.pk,))
    browser.get(url)
    with CaptureQueriesContext(connection) as alone:
        browser.get(url)
    for number in range(51):
        post(clerk, str(number + 1), "2021-03-01", park, documents=(voucher.pk,))
    with django_assert_max_num_queries(min(len(alone), MOST_QUERIES)):
        page = browser.get(url)
    assert len(page.context["table"].rows) == 50
    assert "共 52 条记录" in page.content.decode()


def test_the_export_holds_what_was_filtered_and_is_audited(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    near = post(clerk, "1.25", "2021-03-01", park)
    post(clerk, "2", "2021-03-01", street)
    post(clerk, "3", "2020-03-01", park)
    url = f"{reverse('postings')}?period=2021&export=csv&every=1"
    answer = at_desk(officer).get(url)
    rows = exported(answer.content)
    about = answer.content.decode("utf-8-sig").splitlines()
    assert about[0] == "入账记录"
    assert "期间：2021年" in about[1]
    assert about[2].endswith("共1行")
    assert officer.display_name in about[3]
    assert [(row["编号"], row["数值"], row["待报"]) for row in rows] == [
        (str(near.pk), "1.25", "1.25")
    ]
    assert "attachment" in answer.headers["Content-Disposition"]
    row = Row.objects.get(act="targets.export")
    assert row.actor_id == officer.pk
    assert row.after is not None
    assert row.after["rows"] == 1


def test_a_form_of_export_that_there_is_not(clerk: User) -> None:
    assert at_desk(clerk).get(reverse("postings") + "?export=pdf").status_code == 404
