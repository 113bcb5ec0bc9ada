from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.audit.models import Row
from shangheng.core.notices.models import Notice
from shangheng.desks.investment.models import Dispute, Lead, Project
from shangheng.desks.investment.selectors.duplicates import similar
from shangheng.desks.investment.selectors.harvest import harvest_of
from shangheng.desks.investment.services import claiming
from shangheng.desks.investment.services.handling import advance
from shangheng.desks.investment.services.leads import change_lead
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.desks.investment.tests.test_handling import sign
from shangheng.engines.cases.errors import CannotDo, GateClosed


def claimed(row: Lead, by: User, days: int = 0) -> Lead:
    claiming.claim(actor=by, at=AT + timedelta(days=days), row=row)
    row.refresh_from_db()
    return row


def followed(row: Lead, by: User) -> Lead:
    """A lead that was claimed, checked, assessed and answered."""
    claimed(row, by)
    claiming.note_duplicates(actor=by, at=AT, row=row, conclusion="没有重复", seen=None)
    values = {"assessment": "可行", "contact_name": "王强"}
    advance(actor=by, at=AT, row=row, transition="assess", seen=None, values=values)
    advance(actor=by, at=AT, row=row, transition="reply", seen=None, values={"reply": "已答复"})
    row.refresh_from_db()
    return row


def test_whoever_claims_a_lead_of_the_pool_owns_it_for_twenty_working_days(
    lead: Lead, stranger: User
) -> None:
    claimed(lead, stranger)
    assert (lead.matter.owner, lead.matter.unit) == (stranger, stranger.unit)
    assert lead.matter.stage == "assessing"
    assert lead.claim_until == date(2021, 12, 29)
    assert lead.matter.due_on == date(2021, 12, 6), "three working days to assess"


def test_a_claim_that_holds_is_respected_and_one_that_ran_out_is_taken_over(
    lead: Lead, owner: User, stranger: User
) -> None:
    claimed(lead, owner)
    with pytest.raises(CannotDo, match="裁定"):
        claimed(lead, stranger, days=28)
    claimed(lead, stranger, days=29)
    assert lead.claimed_by == stranger
    assert lead.matter.stage == "assessing"


def test_a_step_renews_the_claim(lead: Lead, owner: User) -> None:
    followed(lead, owner)
    advance(
        actor=owner, at=AT + timedelta(days=20), row=lead, transition="report", seen=None,
        reason="对方要看地",
    )  # fmt: skip
    lead.refresh_from_db()
    assert lead.claim_until == date(2022, 1, 19)


def test_a_lead_goes_back_into_the_pool_with_a_reason(lead: Lead, owner: User) -> None:
    claimed(lead, owner)
    with pytest.raises(CannotDo, match="理由"):
        claiming.release(actor=owner, at=AT, row=lead, reason=" ")
    claiming.release(actor=owner, at=AT, row=lead, reason="不归我们")
    lead.refresh_from_db()
    assert (lead.claimed_by, lead.matter.stage) == (None, "registered")


def test_an_assessment_needs_the_check_for_duplicates(lead: Lead, owner: User) -> None:
    claimed(lead, owner)
    values = {"assessment": "可行", "contact_name": "王强"}
    with pytest.raises(GateClosed, match="已查重"):
        advance(actor=owner, at=AT, row=lead, transition="assess", seen=None, values=values)


def test_another_investor_has_to_be_checked_anew(lead: Lead, owner: User) -> None:
    claiming.note_duplicates(actor=owner, at=AT, row=lead, conclusion="没有重复", seen=None)
    change_lead(actor=owner, at=AT, row=lead, values={"investor": "京东方"}, seen=None)
    lead.refresh_from_db()
    assert not lead.duplicate_checked


def test_duplicates_are_found_in_registry_leads_and_projects_and_explained(
    owner: User, stranger: User
) -> None:
    office.project(owner, "显示产业园", investor="创维集团有限公司")
    row = office.lead(stranger, "创唯想建基地", investor="创唯集团")
    found = {(one.kind, one.label): one for one in similar(stranger, "创唯集团", but=row)}
    assert "相近" in found["organisation", "创维集团有限公司"].why
    project = found["project", "显示产业园"]
    assert "投资方" in project.why
    assert "招商局" in project.about, "so that one can ask"
    assert project.url == "", "nothing to open for whoever may not see it"
    assert not any(one.kind == "lead" for one in found.values()), "not the lead itself"


def test_what_resembles_is_shown_while_typing(owner: User) -> None:
    office.project(owner, "显示产业园", investor="创维集团有限公司")
    page = browser(owner).get(reverse("similar-names"), {"investor": "创维"}).text
    assert "显示产业园" in page
    assert "相似度" in page or "相近" in page
    assert "没有发现" in browser(owner).get(reverse("similar-names"), {"investor": "海天味业"}).text


def test_a_dispute_is_ruled_by_a_third_person_with_reasons(
    lead: Lead, owner: User, head: User, stranger: User
) -> None:
    claimed(lead, owner)
    row = claiming.dispute(actor=stranger, at=AT, row=lead, grounds="10月已接触")
    with pytest.raises(CannotDo, match="还没有裁定"):
        claiming.dispute(actor=stranger, at=AT, row=lead, grounds="再提")
    with pytest.raises(PermissionDenied):
        claiming.rule(actor=owner, at=AT, dispute=row, upheld=False, ruling="是我的")
    with pytest.raises(CannotDo, match="理由"):
        claiming.rule(actor=head, at=AT, dispute=row, upheld=True, ruling=" ")
    with pytest.raises(CannotDo, match="共同的上级"):
        claiming.rule(actor=head, at=AT, dispute=row, upheld=True, ruling="首谈在保税办")
    director = person("director")
    claiming.rule(actor=director, at=AT, dispute=row, upheld=True, ruling="首谈在保税办")
    lead.refresh_from_db()
    assert (lead.claimed_by, lead.matter.owner) == (stranger, stranger)
    assert Row.objects.filter(act="investment.lead.rule").exists()


def test_a_dispute_and_its_ruling_are_told_to_those_whom_they_concern(
    lead: Lead, owner: User, head: User, stranger: User
) -> None:
    claimed(lead, owner)
    row = claiming.dispute(actor=stranger, at=AT, row=lead, grounds="10月已接触")
    assert told("dispute.raised") == {owner, head}
    claiming.rule(actor=person("director"), at=AT, dispute=row, upheld=True, ruling="首谈在保税办")
    assert told("dispute.ruled") == {owner, stranger}


def told(kind: str) -> set[User]:
    return {one.receiver for one in Notice.objects.filter(event__kind=kind)}


def test_a_dispute_is_ruled_on_once(lead: Lead, owner: User, stranger: User) -> None:
    claimed(lead, owner)
    director = person("director")
    row = claiming.dispute(actor=stranger, at=AT, row=lead, grounds="10月已接触")
    claiming.rule(actor=director, at=AT, dispute=row, upheld=False, ruling="没有依据")
    lead.refresh_from_db()
    assert lead.claimed_by == owner
    with pytest.raises(CannotDo, match="已经裁定"):
        claiming.rule(actor=director, at=AT, dispute=row, upheld=True, ruling="改判")


def test_a_lead_becomes_a_project_with_what_it_knows(lead: Lead, owner: User) -> None:
    followed(lead, owner)
    project = claiming.convert(actor=owner, at=AT, row=lead)
    lead.refresh_from_db()
    assert (lead.project, lead.matter.closed) == (project, True)
    assert project.investor == lead.investor
    assert project.matter.owner == owner


def test_whom_a_lead_knows_is_known_to_its_project_once(lead: Lead, owner: User) -> None:
    followed(lead, owner)
    lead.refresh_from_db()
    project = claiming.convert(actor=owner, at=AT, row=lead)
    assert project.investor is not None
    contact = project.investor.contacts.get()
    assert (contact.name, contact.phone) == (lead.contact_name, lead.contact_phone)
    assert str(lead.pk) in contact.source
    page = browser(owner).get(reverse("project", args=[project.pk])).text
    assert reverse("lead", args=[lead.pk]) in page


def test_a_lead_can_be_attached_to_a_project_that_there_is(
    lead: Lead, owner: User, project: Project, stranger: User
) -> None:
    followed(lead, owner)
    other = office.project(stranger, "别家的")
    with pytest.raises(PermissionDenied):
        claiming.convert(actor=owner, at=AT, row=lead, project=other)
    assert claiming.convert(actor=owner, at=AT, row=lead, project=project) == project
    assert Project.objects.count() == 2


def test_the_harvest_counts_each_project_once_by_source(owner: User) -> None:
    first, second = office.lead(owner, "甲"), office.lead(owner, "乙", source="fair")
    third = office.lead(owner, "丙")
    for row in (first, second, third):
        followed(row, owner)
    project = claiming.convert(actor=owner, at=AT, row=first)
    for row in (second, third):
        claiming.convert(actor=owner, at=AT, row=row, project=project)
    sign(owner, project)
    harvest = harvest_of(owner, 2021)
    [visit, fair] = harvest.sources
    assert (visit.leads, len(visit.projects), len(visit.signed), visit.agreed) == (2, 1, 1, 65)
    assert (fair.leads, len(fair.signed)) == (1, 1)
    assert (harvest.total.leads, len(harvest.total.signed), harvest.total.agreed) == (3, 1, 65)
    assert harvest_of(owner, 2020).sources == []


def test_claim_check_dispute_ruling_and_conversion_on_their_pages(
    lead: Lead, owner: User, head: User, stranger: User
) -> None:
    mine = browser(owner)
    page = reverse("lead", args=[lead.pk])

    def do(seen: object, act: str, *of: int, **told: object) -> int:
        lead.refresh_from_db()
        url = reverse(f"lead-{act}", args=[lead.pk, *of])
        status: int = seen.post(url, {"version": lead.matter.version, **told}).status_code  # type: ignore[attr-defined]
        return status

    assert do(mine, "claim") == 302
    assert do(browser(stranger), "dispute", grounds="我先谈的") == 302
    dispute = Dispute.objects.get()
    assert "裁定争议" not in browser(head).get(page).text, "one side is not of the head's units"
    above = browser(person("director"))
    assert "裁定争议" in above.get(page).text
    assert do(above, "rule", dispute.pk, upheld="no", ruling="无依据") == 302
    lead.refresh_from_db()
    assert do(mine, "duplicates", conclusion="没有重复", version=lead.version) == 302
    assert mine.get(reverse("lead-convert", args=[lead.pk])).status_code == 200
    assert do(mine, "convert", name="新项目", project="") == 422, "not yet answered"
    assert do(mine, "release", reason="不归我们") == 302
    assert mine.get(reverse("lead-harvest"), {"period": "2021"}).status_code == 200
