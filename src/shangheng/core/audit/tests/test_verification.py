from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from shangheng.core.audit import checks, heads
from shangheng.core.audit.chain import Fields
from shangheng.core.audit.checks import Finding
from shangheng.core.audit.models import Row
from shangheng.core.audit.services import record, verify
from shangheng.core.audit.tests.raw import AT, drop_guards, execute, rows
from shangheng.core.audit.verification import guards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def found() -> list[tuple[str, str]]:
    """Kinds and places of what is found, but for the triggers."""
    return [(f.kind, f.target) for f in verify().findings if f.check != "audit.triggers"]


def note(*noted: Row) -> None:
    for row in noted:
        heads.note(row.number, row.hash)


def forge(row: Row, **changes: str) -> None:
    """Write a row anew with a hash that fits its new content."""
    fields = Fields(**row.fields().as_dict() | changes)
    sql = "UPDATE audit_row SET label = %s, previous_hash = %s, hash = %s WHERE number = %s"
    execute(sql, fields.label, fields.previous_hash, fields.digest(), row.number)
    row.refresh_from_db()


def put_in(*, number: int, after: Row) -> None:
    """Put in a row that joins the row `after`."""
    fields = replace(after.fields(), number=number, previous_hash=after.hash)
    Row.objects.create(**fields.as_dict(), hash=fields.digest())


def test_an_untouched_audit_has_no_findings() -> None:
    last = rows(5)[-1]
    result = verify()
    assert result.ok
    assert (result.rows, result.head_number, result.head_hash) == (5, 5, last.hash)


def test_an_empty_audit_has_no_findings() -> None:
    assert verify().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_row SET actor_name = '王' WHERE number = 2",
        "DELETE FROM audit_row WHERE number = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_row(sql: str) -> None:
    rows(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(sql)
    assert verify().ok


def test_the_database_refuses_to_empty_the_table() -> None:
    rows(2)
    empty = "DELETE FROM audit_row" if connection.vendor == "sqlite" else "TRUNCATE audit_row"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(empty)


@pytest.mark.parametrize(
    "change",
    [
        "at = '2021-12-02 01:00:00'",
        "actor_id = 8",
        "actor_name = '王五'",
        "act = 'ledger.reverse'",
        "target = 'ledger.posting:9'",
        "label = ''",
        """before = '{"amount": "1"}'""",
        """after = '{"amount": "627.2", "unit": "亿元"}'""",
        "address = '10.9.9.9'",
        f"previous_hash = '{'0' * 64}'",
        f"hash = '{'f' * 64}'",
    ],
)
def test_a_change_of_any_column_is_found_and_named(change: str) -> None:
    rows(4)
    drop_guards()
    execute(f"UPDATE audit_row SET {change} WHERE number = 3")
    assert ("altered", "audit.row:3") in found()


def test_a_row_whose_columns_cannot_be_read_any_more_is_named() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the type of every column")
    rows(4)
    drop_guards()
    execute("UPDATE audit_row SET at = 'soon' WHERE number = 3")
    assert found() == [("unreadable", "audit.row:3")]


def test_a_row_whose_details_are_no_json_any_more_is_named() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the type of every column")
    rows(4)
    drop_guards()
    execute("PRAGMA ignore_check_constraints = ON")
    try:
        execute("UPDATE audit_row SET after = 'gone' WHERE number = 3")
    finally:
        execute("PRAGMA ignore_check_constraints = OFF")
    assert found() == [("altered", "audit.row:3")]


def test_removed_rows_are_named() -> None:
    rows(9)
    drop_guards()
    execute("DELETE FROM audit_row WHERE number IN (1, 4, 5)")
    assert found() == [("removed", "audit.row:1"), ("removed", "audit.row:4")]
    assert "第4条至第5条" in verify().findings[1].message


def test_a_removed_row_whose_gap_was_closed_is_found() -> None:
    rows(5)
    drop_guards()
    execute("DELETE FROM audit_row WHERE number = 3")
    execute("UPDATE audit_row SET number = 3 WHERE number = 4")
    execute("UPDATE audit_row SET number = 4 WHERE number = 5")
    assert {target for _kind, target in found()} == {"audit.row:3", "audit.row:4"}


def test_an_end_cut_off_is_found_by_what_was_noted_outside_the_database() -> None:
    note(*rows(5))
    drop_guards()
    execute("DELETE FROM audit_row WHERE number >= 4")
    assert found() == [("removed", "audit.row:4")]


def test_an_emptied_audit_is_found_by_what_was_noted_outside_the_database() -> None:
    note(*rows(2))
    drop_guards()
    execute("DELETE FROM audit_row")
    assert found() == [("removed", "audit.row:1")]


def test_an_end_cut_off_and_written_anew_is_found() -> None:
    note(*rows(3))
    drop_guards()
    execute("DELETE FROM audit_row WHERE number = 3")
    record(actor=None, act="login.failed", at=AT)
    assert found() == [("replaced", "audit.row:3")]


def test_a_row_put_in_before_the_first_is_named() -> None:
    first = rows(2)[0]
    put_in(number=0, after=first)
    assert found() == [("inserted", "audit.row:0")]


def test_a_row_put_in_between_is_found() -> None:
    kept = rows(4)
    drop_guards()
    for row in (kept[3], kept[2]):
        execute("UPDATE audit_row SET number = number + 1 WHERE number = %s", row.number)
    put_in(number=3, after=kept[1])
    places = {target: kind for kind, target in found()}
    assert places["audit.row:4"] == "moved"
    assert places["audit.row:5"] == "moved"


def test_rows_changed_about_are_named_with_their_old_places() -> None:
    rows(5)
    drop_guards()
    for old, new in ((2, -1), (4, 2), (-1, 4)):
        execute("UPDATE audit_row SET number = %s WHERE number = %s", new, old)
    assert found() == [("moved", "audit.row:2"), ("moved", "audit.row:4")]
    assert "原来是第4条" in verify().findings[0].message


def test_a_row_written_anew_with_a_fitting_hash_does_not_join_the_next() -> None:
    kept = rows(4)
    drop_guards()
    forge(kept[1], label="另一笔")
    assert found() == [("unlinked", "audit.row:3")]


def test_a_chain_written_anew_to_its_end_is_found_by_what_was_noted() -> None:
    kept = rows(4)
    note(*kept)
    drop_guards()
    forge(kept[1], label="另一笔")
    forge(kept[2], previous_hash=kept[1].hash)
    forge(kept[3], previous_hash=kept[2].hash)
    assert found() == [("replaced", f"audit.row:{number}") for number in (2, 3, 4)]


def test_many_altered_rows_are_all_named() -> None:
    rows(250)
    drop_guards()
    execute("UPDATE audit_row SET label = '改' WHERE number > 20")
    assert len(found()) == 230


def test_a_missing_trigger_is_named() -> None:
    rows(1)
    if connection.vendor == "sqlite":
        execute("DROP TRIGGER audit_row_no_update")
    else:
        execute("ALTER TABLE audit_row DISABLE TRIGGER audit_row_no_change")
    assert [(f.kind, f.target) for f in verify().findings] == [("unguarded", "audit_row")]


def test_a_trigger_that_no_longer_refuses_is_named() -> None:
    if connection.vendor == "sqlite":
        execute("DROP TRIGGER audit_row_no_update")
        execute("CREATE TRIGGER audit_row_no_update BEFORE UPDATE ON audit_row BEGIN SELECT 1; END")
    else:
        execute(
            "CREATE OR REPLACE FUNCTION audit_row_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert [(f.kind, f.target) for f in verify().findings] == [("unguarded", "audit_row")]


def test_the_append_only_tables_are_those_of_the_migrations() -> None:
    assert "audit_row" in {guard.table for guard in guards()}


def test_a_registered_check_is_run_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_registered", {})
    finding = Finding("ledger.rollups", "differs", "ledger.series:3", "汇总与明细不符。")
    checks.register("ledger.sample", lambda: [finding])
    with pytest.raises(ValueError, match="registered already"):
        checks.register("ledger.sample", list)
    result = verify()
    assert finding in result.findings
    assert "ledger.sample" in result.checks
    assert not result.ok


def test_verifying_a_long_audit_reads_it_in_chunks(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows(30)
    with django_assert_max_num_queries(16):
        verify()
