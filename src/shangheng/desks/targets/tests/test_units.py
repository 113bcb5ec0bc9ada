"""What this desk keeps by unit, and what would be left lying when a unit is closed."""

import pytest
from django.core.exceptions import ValidationError

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.accounts.tree.closing import close_unit
from shangheng.core.accounts.tree.reading import kept_by, tree_now
from shangheng.desks.targets.tests.desk import keep, post
from shangheng.engines.ledger.services.recognition import submit


def test_the_tree_counts_postings_targets_and_vouchers(clerk: User, park: OrgUnit) -> None:
    post(clerk, "2", "2021-03-01", park)
    keep(clerk, unit=park)
    counts = {one.code: count for one, count in kept_by(park) if count}
    assert counts == {"ledger.postings": 1, "evidence.documents": 1}
    node = next(node for node in tree_now() if node.pk == park.pk)
    assert {one.code: count for one, count in node.keeps} == counts


def test_a_unit_whose_posting_waits_for_an_answer_needs_a_successor(
    clerk: User, park: OrgUnit
) -> None:
    User.objects.filter(unit=park).update(unit=None)
    row = post(clerk, "2", "2021-03-01", park)
    heir, boss = org_unit("heir"), person("administrator")
    submit(actor=clerk, at=AT, postings=[row.pk])
    with pytest.raises(ValidationError, match="等答复的认定 1"):
        close_unit(actor=boss, at=AT, unit=park)
    close_unit(actor=boss, at=AT, unit=park, successor=heir)
    row.refresh_from_db()
    assert row.series.unit == park
