from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from shangheng.core.accounts.tests.people import AT
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.registry import relations
from shangheng.engines.registry.access import access_organisation
from shangheng.engines.registry.matching import find_similar
from shangheng.engines.registry.models import Merge, NameKind, Organisation
from shangheng.engines.registry.services import contacts
from shangheng.engines.registry.services import organisations as registry
from shangheng.engines.registry.services.merging import MergeRefused, merge, plan, unmerge
from shangheng.engines.registry.tests.desk import LICENCE, clerk, head, organisation

pytestmark = pytest.mark.django_db
CODE = "914403001922038216"


def state(row: Organisation) -> dict[str, object]:
    """All that a merge may touch, besides the count of changes."""
    row.refresh_from_db()
    return {
        "fields": [row.name, row.code, row.address, row.area, row.parent_id, row.merged_into_id],
        "names": sorted(row.names.values_list("name", "kind")),
        "contacts": sorted(row.contacts.values_list("name", flat=True)),
        "lists": sorted(row.memberships.values_list("list", "year", "rank")),
        "daughters": sorted(row.daughters.values_list("name", flat=True)),
    }


@pytest.fixture
def two() -> tuple[Organisation, Organisation]:
    """One enterprise, registered twice."""
    kept = organisation("武汉华星光电技术有限公司", code=CODE, area="420112")
    gone = organisation("华星光电", area="420100", address="光谷大道")
    for row, rank in ((kept, 10), (gone, 12)):
        registry.put_on_list(
            actor=clerk(), at=AT, organisation=row, code="china_500", year=2021, rank=rank,
            source="名单",
        )  # fmt: skip
    registry.put_on_list(
        actor=clerk(), at=AT, organisation=gone, code="china_500", year=2020, source="名单"
    )
    contacts.add_contact(
        actor=clerk(), at=AT, organisation=gone, source=LICENCE, name="李四", phone="13900000000"
    )
    organisation("华星子公司", parent=gone)
    return kept, gone


def done(kept: Organisation, gone: Organisation, **choices: Any) -> Merge:
    return merge(actor=head(), at=AT, kept=kept, gone=gone, reason="重复登记", **choices)


def test_the_plan_says_what_differs_and_what_moves(
    two: tuple[Organisation, Organisation],
) -> None:
    kept, gone = two
    found = plan(kept=kept, gone=gone)
    assert found.refusals == ()
    assert found.differing == {"area": ("420112", "420100"), "address": ("", "光谷大道")}
    assert found.moving["registry.Membership.organisation"] == 1  # 2021 stands on both


def test_a_merge_moves_everything_and_can_be_taken_back(
    two: tuple[Organisation, Organisation],
) -> None:
    kept, gone = two
    before = state(kept), state(gone)
    made = done(kept, gone)
    kept.refresh_from_db()
    assert (kept.address, kept.area) == ("光谷大道", "420112")  # filled where empty, else kept
    assert state(kept)["daughters"] == ["华星子公司"]
    assert ("华星光电", NameKind.FORMER) in kept.names.values_list("name", "kind")
    assert access_organisation(actor=clerk(), pk=gone.pk) == kept
    assert find_similar("华星光电")[0].organisation == kept
    unmerge(actor=head(), at=AT, done=made, reason="弄错了")
    assert (state(kept), state(gone)) == before


def test_fields_are_taken_over_when_chosen(two: tuple[Organisation, Organisation]) -> None:
    kept, gone = two
    done(kept, gone, take=frozenset({"area"}))
    kept.refresh_from_db()
    assert kept.area == "420100"


def test_two_codes_are_two_organisations() -> None:
    one = organisation("甲", code=CODE)
    other = organisation("乙", code="91110000802100433B")
    with pytest.raises(MergeRefused, match="统一社会信用代码不同"):
        done(one, other)


def test_what_is_merged_away_cannot_be_merged_again(
    two: tuple[Organisation, Organisation],
) -> None:
    kept, gone = two
    done(kept, gone)
    with pytest.raises(MergeRefused, match="已并入"):
        done(organisation("丙"), gone)


def test_mother_and_daughter_stay_two() -> None:
    mother = organisation("母")
    with pytest.raises(MergeRefused, match="上下级"):
        done(mother, organisation("女", parent=mother))


def test_nobody_becomes_the_parent_of_their_own_parent_by_a_merge() -> None:
    grandmother = organisation("祖")
    daughter = organisation("孙", parent=organisation("母", parent=grandmother))
    for kept, gone in ((grandmother, daughter), (daughter, grandmother)):
        with pytest.raises(MergeRefused, match="上下级"):
            done(kept, gone)


def test_a_merge_is_refused_once_one_of_the_two_has_changed(
    two: tuple[Organisation, Organisation],
) -> None:
    kept, gone = two
    registry.describe_organisation(
        actor=clerk(), at=AT, organisation=gone, values={"address": "高新大道"}, source=LICENCE,
        seen=None,
    )  # fmt: skip
    with pytest.raises(StaleEdit):
        done(kept, gone, seen=(kept.version, 1))
    done(kept, gone, seen=(kept.version, gone.version))


def test_a_relation_that_nobody_has_declared_stops_every_merge(
    two: tuple[Organisation, Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(relations._declared, "registry.Contact.organisation")
    with pytest.raises(MergeRefused, match=r"registry\.Contact\.organisation"):
        done(*two)


def test_every_relation_of_the_product_is_declared() -> None:
    assert relations.undeclared() == []


def test_what_changed_since_is_not_lost_by_taking_back(
    two: tuple[Organisation, Organisation],
) -> None:
    kept, gone = two
    made = done(kept, gone)
    kept.refresh_from_db()
    registry.describe_organisation(
        actor=clerk(), at=AT, organisation=kept, values={"address": "高新大道"}, source=LICENCE,
        seen=None,
    )  # fmt: skip
    with pytest.raises(MergeRefused, match="合并后又改过：住所"):
        unmerge(actor=head(), at=AT, done=made, reason="弄错了")


def test_merges_are_taken_back_in_turn(two: tuple[Organisation, Organisation]) -> None:
    kept, gone = two
    first = done(kept, gone)
    done(organisation("丁"), kept)
    with pytest.raises(MergeRefused, match="后来又并入"):
        unmerge(actor=head(), at=AT, done=first, reason="弄错了")


def test_a_merge_needs_a_reason_and_the_right(two: tuple[Organisation, Organisation]) -> None:
    kept, gone = two
    with pytest.raises(MergeRefused, match="理由"):
        merge(actor=head(), at=AT, kept=kept, gone=gone, reason=" ")
    with pytest.raises(PermissionDenied):
        merge(actor=clerk(), at=AT, kept=kept, gone=gone, reason="重复")
