from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker

from shangheng.core.audit import heads
from shangheng.core.audit.chain import GENESIS, plain
from shangheng.core.audit.context import coming_from
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record
from shangheng.core.audit.tests.raw import AT, Somebody, rows


@pytest.mark.django_db
def test_rows_are_numbered_without_gaps_and_joined_by_their_hashes() -> None:
    first, second, third = rows(3)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    assert third.previous_hash == second.hash


@pytest.mark.django_db
def test_a_row_rolled_back_leaves_no_gap() -> None:
    rows(1)
    with transaction.atomic():
        rows(1)
        transaction.set_rollback(True)
    assert rows(1)[0].number == 2


@pytest.mark.django_db
def test_a_row_says_who_did_what_to_what_when_and_from_where() -> None:
    with coming_from("10.2.0.8"):
        record(
            actor=Somebody(),
            act="ledger.post",
            at=AT,
            target="ledger.posting:1",
            label="到位资金",
            before={"amount": None},
            after={"amount": Decimal("726.20"), "on": date(2021, 12, 31), "vouchers": [3, 4]},
        )
    row = Row.objects.get()
    assert (row.actor_id, row.actor_name, row.address) == (7, "刘敏", "10.2.0.8")
    assert row.before == {"amount": None}
    assert row.after == {"amount": "726.20", "on": "2021-12-31", "vouchers": [3, 4]}
    assert row.fields().digest() == row.hash


@pytest.mark.django_db
def test_a_hash_does_not_depend_on_the_time_zone_of_the_reader() -> None:
    row = rows(1)[0]
    row.at = row.at.astimezone(UTC)
    assert row.fields().digest() == row.hash


@pytest.mark.django_db
def test_what_a_database_cannot_store_is_replaced_before_hashing() -> None:
    record(actor=None, act="login.failed", at=AT, label="a\0b\ud800", after={"typed": "\0"})
    row = Row.objects.get()
    assert row.label == "a\ufffdb?"
    assert row.fields().digest() == row.hash


@pytest.mark.django_db
def test_a_long_label_is_cut_and_shows_it() -> None:
    record(actor=None, act="login.failed", at=AT, label="很" * 301)
    assert Row.objects.get().label == "很" * 299 + "…"


@pytest.mark.django_db
def test_a_float_is_refused_because_it_has_no_exact_form() -> None:
    with pytest.raises(TypeError, match="float"):
        plain({"amount": 726.2})


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        record(actor=None, act="login.failed", at=datetime(2021, 12, 1))  # noqa: DTZ001 - the point


def test_recording_outside_of_a_transaction_is_refused(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    with django_db_blocker.unblock(), pytest.raises(RuntimeError, match="in the transaction"):
        record(actor=None, act="login.failed", at=AT)


@pytest.mark.django_db
@pytest.mark.usefixtures("data_dir")
def test_a_committed_row_is_noted_outside_the_database(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = rows(2)
    assert list(heads.noted()) == [(1, first.hash), (2, second.hash)]
