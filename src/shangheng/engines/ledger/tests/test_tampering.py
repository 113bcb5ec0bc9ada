"""Raw SQL against the ledger: refused by the database; found where somebody takes the guards away."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.audit.services import verify
from shangheng.core.audit.tests.raw import drop_guards, execute
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.files import path_of
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger.models import Entry, Posting, RecognitionStep, TargetSheet
from shangheng.engines.ledger.services import targets
from shangheng.engines.ledger.services.posting import post
from shangheng.engines.ledger.services.publishing import Statement, publish
from shangheng.engines.ledger.services.recognition import decide, submit
from shangheng.engines.ledger.tests.conftest import HOME, line, on

CAPITAL = "investment.capital_in_place"
APPEND_ONLY = [
    "ledger_entry",
    "ledger_posting",
    "ledger_recognitionstep",
    "ledger_postingevidence",
    "ledger_publishedfigure",
    "evidence_document",
    "audit_row",
]
FROZEN = ["ledger_targetsheet", "ledger_target"]
SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is of SQLite")


@pytest.fixture(autouse=True)
def _kept(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Evidence and noted heads in a folder of their own."""
    folder = tmp_path_factory.mktemp("data")
    settings.DATA_DIR, settings.EVIDENCE_DIR = folder, folder / "evidence"


@pytest.fixture
def posting(clerk: User, bureau: OrgUnit) -> Posting:
    """One posting with a voucher, recognised in part; a published figure; signed targets."""
    now = on("2021-07-01")
    voucher = evidence.store(
        actor=clerk, at=now, name="回单.csv", content="户名,金额\na,1\n".encode()
    )
    fact = line(CAPITAL, "10", "2021-01-20", bureau, documents=(voucher.pk,))
    posting = post(actor=clerk, at=now, lines=[fact], source="回单").postings.get()
    submit(actor=clerk, at=now, postings=[posting.pk])
    parts = (Decimal(6), Decimal(3))
    decide(
        actor=clerk,
        at=now,
        posting=posting.pk,
        recognised=parts[0],
        rejected=parts[1],
        reason="round_trip",
    )
    stated = Statement("F1", CAPITAL, HOME, "2021", "value", "726.2", "亿元")
    publish(actor=clerk, at=now, source="总结", statements=[stated])
    sheet = targets.open_sheet(actor=clerk, at=now, year=2022, source="测算")
    targets.propose(
        actor=clerk,
        at=now,
        sheet=sheet,
        indicator=CAPITAL,
        tier="expected",
        area=HOME,
        value=Decimal(800),
    )
    targets.sign_sheet(actor=clerk, at=now, sheet=sheet)
    return posting


def found() -> set[tuple[str, str]]:
    """Kinds and places, but for the missing guards."""
    return {(one.kind, one.target) for one in verify().findings if one.kind != "unguarded"}


def unfreeze(table: str) -> None:
    """Take away the guards of a table whose signed rows are frozen."""
    if connection.vendor != "sqlite":
        execute(f"DROP FUNCTION {table}_frozen() CASCADE")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        execute(f"DROP TRIGGER {name}")


@pytest.mark.usefixtures("posting")
def test_untouched_nothing_is_found() -> None:
    assert verify().findings == ()


def refuses(sql: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|frozen"), transaction.atomic():
        execute(sql)


@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize("table", [*APPEND_ONLY, *FROZEN])
def test_the_database_refuses_to_change_remove_or_empty(table: str) -> None:
    column = "number" if table == "audit_row" else "id"
    refuses(f"UPDATE {table} SET {column} = {column}")
    refuses(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end would refuse first
        refuses(f"TRUNCATE {table} CASCADE")
    assert not found()


@SQLITE
@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize("table", [*APPEND_ONLY, *FROZEN])
def test_the_database_refuses_to_replace(table: str) -> None:
    refuses(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert not found()


@SQLITE
def test_a_row_cannot_be_replaced_by_another_number_either(posting: Posting) -> None:
    columns = "entry_id, posting_id, document_id"
    refuses(
        f"INSERT OR REPLACE INTO ledger_postingevidence (id, {columns}) "
        f"SELECT id + 100, {columns} FROM ledger_postingevidence"
    )
    draft = "UPDATE ledger_targetsheet SET number = number"
    refuses(draft)
    refuses(
        "INSERT OR REPLACE INTO ledger_targetsheet SELECT id + 100, year, number, 'draft', source, "
        "is_sample, created_at, signed_at, created_by_id, signed_by_id FROM ledger_targetsheet"
    )


@pytest.mark.usefixtures("posting")
def test_nothing_can_be_added_to_a_signed_sheet() -> None:
    refuses(
        "INSERT INTO ledger_target (sheet_id, indicator_id, area, tier, month, amount, base_period, "
        "base_source) SELECT sheet_id, indicator_id, area, 'striving', month, amount, base_period, "
        "base_source FROM ledger_target"
    )


@pytest.mark.parametrize(
    "change",
    [
        "amount = amount + 1",
        "occurred_on = '2021-02-20'",
        "subject = '另一企业'",
        "status = 3",
        "version = 2",
        "recorded_at = '2021-03-01 04:00:00'",
        "is_sample = (1 = 1)",
    ],
)
def test_an_altered_posting_is_named_by_its_entry(posting: Posting, change: str) -> None:
    drop_guards("ledger_posting")
    execute(f"UPDATE ledger_posting SET {change} WHERE id = %s", posting.pk)
    assert found() == {("altered", f"ledger.entry:{posting.entry_id}")}


@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize(
    "change", ["amount = amount - 1", "destination = 1", "reason = ''", "authority = '区长'"]
)
def test_an_altered_recognition_step_is_named_by_its_entry(change: str) -> None:
    step = RecognitionStep.objects.order_by("pk").last()
    assert step is not None
    drop_guards("ledger_recognitionstep")
    execute(f"UPDATE ledger_recognitionstep SET {change} WHERE id = %s", step.pk)
    assert found() == {("altered", f"ledger.entry:{step.entry_id}")}


@pytest.mark.usefixtures("posting")
def test_a_removed_recognition_step_is_named_by_its_entry() -> None:
    step = RecognitionStep.objects.order_by("pk").first()
    assert step is not None
    drop_guards("ledger_recognitionstep")
    execute("DELETE FROM ledger_recognitionstep WHERE id = %s", step.pk)
    assert found() == {("altered", f"ledger.entry:{step.entry_id}")}


def test_an_inserted_posting_is_named_by_the_entry_it_was_slipped_into(posting: Posting) -> None:
    columns = (
        "entry_id, series_id, version, subject, amount, n, occurred_on, recorded_at, status, "
        "is_sample"
    )
    execute(f"INSERT INTO ledger_posting ({columns}) SELECT {columns} FROM ledger_posting")
    assert found() == {("altered", f"ledger.entry:{posting.entry_id}")}


def test_an_entry_that_the_audit_does_not_know_is_named(posting: Posting, clerk: User) -> None:
    own = posting.entry
    forged = Entry.objects.create(
        actor=clerk, recorded_at=own.recorded_at, act=own.act, source="?", digest=own.digest
    )
    assert found() == {("inserted", f"ledger.entry:{forged.pk}")}


def test_a_removed_entry_is_named(posting: Posting) -> None:
    execute(
        "DELETE FROM ledger_standing"
    )  # where amounts stand is nobody's evidence: no guard keeps it
    for table in ("ledger_posting", "ledger_recognitionstep", "ledger_postingevidence"):
        drop_guards(table)
        execute(f"DELETE FROM {table}")
    drop_guards("ledger_entry")
    execute("DELETE FROM ledger_entry WHERE id = %s", posting.entry_id)
    assert ("removed", f"ledger.entry:{posting.entry_id}") in found()


@pytest.mark.parametrize(
    "change", ["recorded_at = '2021-03-01 04:00:00'", "source = '别处'", "note = '无'"]
)
def test_an_altered_heading_of_an_entry_is_named(posting: Posting, change: str) -> None:
    drop_guards("ledger_entry")
    execute(f"UPDATE ledger_entry SET {change} WHERE id = %s", posting.entry_id)
    assert found() == {("altered", f"ledger.entry:{posting.entry_id}")}


def test_a_voucher_taken_from_its_posting_is_named(posting: Posting) -> None:
    drop_guards("ledger_postingevidence")
    execute("DELETE FROM ledger_postingevidence")
    assert found() == {("altered", f"ledger.entry:{posting.entry_id}")}


def test_a_series_that_was_moved_to_another_area_shows_in_its_entries(posting: Posting) -> None:
    execute("UPDATE ledger_series SET area = '420100'")
    assert ("altered", f"ledger.entry:{posting.entry_id}") in found()


@pytest.mark.usefixtures("posting")
def test_an_altered_document_and_an_altered_file_are_named() -> None:
    document = Document.objects.get()
    file = path_of(document.sha256)
    file.write_bytes(b"another")
    assert found() == {("altered", f"evidence.document:{document.pk}")}
    file.unlink()
    assert found() == {("missing", f"evidence.document:{document.pk}")}
    drop_guards("evidence_document")
    execute("UPDATE evidence_document SET size = size + 1")
    assert ("altered", f"evidence.document:{document.pk}") in found()


@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_publishedfigure SET text = '626.2'",
        "DELETE FROM ledger_publishedfigure",
    ],
)
def test_an_altered_or_removed_published_figure_is_named(sql: str) -> None:
    drop_guards("ledger_publishedfigure")
    execute(sql)
    [(kind, target)] = found()
    assert kind == "altered"
    assert target.startswith("audit.row:")


@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("ledger_target", "amount = amount + 1"),
        ("ledger_target", "tier = 'challenge'"),
        ("ledger_targetsheet", "state = 'draft'"),
        ("ledger_targetsheet", "signed_at = '2021-06-01 04:00:00'"),
    ],
)
def test_an_altered_signed_target_is_named_by_its_sheet(table: str, change: str) -> None:
    unfreeze(table)
    execute(f"UPDATE {table} SET {change}")
    sheet = TargetSheet.objects.get()
    assert found() == {("altered", f"ledger.targetsheet:{sheet.pk}")}


@pytest.mark.usefixtures("posting")
@pytest.mark.parametrize("table", [*APPEND_ONLY, *FROZEN])
def test_lost_guards_are_named(table: str) -> None:
    unfreeze(table) if table in FROZEN else drop_guards(table)
    assert [(f.kind, f.target) for f in verify().findings] == [("unguarded", table)]
