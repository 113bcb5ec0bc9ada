from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.desks.investment.models import Lead
from shangheng.desks.investment.services import leads as services
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser, sent


def test_a_lead_starts_its_clock_and_lies_in_the_pool(lead: Lead) -> None:
    assert lead.matter.stage == "registered"
    assert lead.matter.due_on == date(2021, 12, 2), "one working day after Wednesday"
    assert lead.claimed_by is None


def test_a_lead_needs_a_source_of_the_dictionary(owner: User) -> None:
    with pytest.raises(ValidationError, match="没有这种线索来源"):
        office.lead(owner, source="rumour")


def test_first_talker_and_day_go_together(owner: User) -> None:
    with pytest.raises(ValidationError, match="一起填写"):
        office.lead(owner, first_talker=owner)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        office.lead(owner, first_talker=owner, first_talked_on=date(2021, 12, 2))


def test_the_audit_tells_that_a_contact_changed_but_not_to_whom(owner: User) -> None:
    row = office.lead(owner, contact_name="王强", contact_phone="13800000000")
    services.change_lead(
        actor=owner, at=AT, row=row, values={"contact_phone": "13911111111"}, seen=None
    )
    rows = Row.objects.filter(target=f"investment.lead:{row.pk}").order_by("number")
    assert rows.last().after == {"contact_phone": True}  # type: ignore[union-attr]
    assert "王强" not in str([(one.before, one.after) for one in rows])


def test_a_contact_is_masked_for_those_who_need_not_know(owner: User) -> None:
    row = office.lead(owner, contact_name="王强", contact_phone="13800000089")
    page = reverse("lead", args=[row.pk])
    assert "王强 13800000089" in browser(owner).get(page).text
    auditor = browser(person("auditor")).get(page).text
    assert "王* 138******89" in auditor
    assert "王强" not in auditor


def test_the_pool_is_open_to_every_unit_but_not_to_change(lead: Lead, stranger: User) -> None:
    assert lead.title in browser(stranger).get(reverse("leads")).text
    with pytest.raises(PermissionDenied):
        services.change_lead(actor=stranger, at=AT, row=lead, values={"title": "我的"}, seen=None)


def test_a_lead_is_entered_and_changed_on_its_pages(owner: User) -> None:
    seen = browser(owner)
    told = {"title": "京东华中总部", "source": "fair", "unit": owner.unit_id, "investor": "京东"}
    assert seen.post(reverse("lead-new"), told | {"source": ""}).status_code == 422
    assert seen.post(reverse("lead-new"), told).status_code == 302
    row = Lead.objects.get()
    page = reverse("lead-edit", args=[row.pk])
    data = sent(seen.get(page).context["form"], assessment="可行")
    assert seen.post(page, data).status_code == 302
    assert seen.post(page, data | {"assessment": "不行"}).status_code == 409
    row.refresh_from_db()
    assert row.assessment == "可行"
