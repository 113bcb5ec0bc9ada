import pytest
from django.http import Http404

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.desks.targets.access import access_posting, may, postings_for, units_for
from shangheng.desks.targets.tests.desk import post


def test_a_posting_of_another_unit_is_not_there(
    clerk: User, officer: User, street: OrgUnit
) -> None:
    beyond = post(clerk, "1", "2021-03-01", street)
    with pytest.raises(Http404):
        access_posting(actor=officer, pk=beyond.pk)
    assert not may(officer, beyond, "view")
    assert access_posting(actor=clerk, pk=beyond.pk) == beyond


def test_who_may_view_may_not_therefore_edit(clerk: User, head: User, park: OrgUnit) -> None:
    posting = post(clerk, "1", "2021-03-01", park)
    assert access_posting(actor=head, pk=posting.pk) == posting
    assert access_posting(actor=head, pk=posting.pk, to="recognise") == posting
    for purpose in ("edit", "submit"):
        with pytest.raises(Http404):
            access_posting(actor=head, pk=posting.pk, to=purpose)


def test_the_own_scope_reaches_what_one_posted_and_the_own_unit(
    bureau: OrgUnit, park: OrgUnit, clerk: User
) -> None:
    own = person("investment_officer", unit=park, scope="own")
    mine = post(own, "1", "2021-03-01", park)
    post(clerk, "1", "2021-03-01", park)
    assert list(postings_for(own, "edit")) == [mine]
    assert list(units_for(own, "edit")) == [park]


def test_units_that_are_out_of_use_are_not_offered(clerk: User, street: OrgUnit) -> None:
    OrgUnit.objects.filter(pk=street.pk).update(is_active=False)
    assert street not in units_for(clerk, "edit")
