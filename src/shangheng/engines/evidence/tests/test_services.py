import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from pytest_django import Settings

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import org_unit, person
from shangheng.core.audit.models import Row
from shangheng.engines.evidence import files, selectors, services
from shangheng.engines.evidence.access import access_document
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import DamagedEvidence, Flaw, UnacceptableFile
from shangheng.engines.evidence.tests import samples

AT = datetime(2021, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def clerk(db: None) -> User:
    return person("statistics_clerk")


def kept(clerk: User, content: bytes | None = None, name: str = "回单.pdf") -> Document:
    return services.store(actor=clerk, at=AT, name=name, content=content or samples.pdf())


def kept_files() -> list[Path]:
    return [path for path in files.path_of("0" * 64).parents[1].rglob("*") if path.is_file()]


def test_a_stored_file_comes_back_byte_for_byte(clerk: User) -> None:
    content = samples.pdf()
    document = kept(clerk, content)
    assert services.open_bytes(document) == content
    assert (document.size, document.media_type) == (len(content), "application/pdf")


def test_storing_leaves_a_row_in_the_audit_trail(clerk: User) -> None:
    document = kept(clerk)
    row = Row.objects.get(act="evidence.store")
    assert (row.target, row.label) == (f"evidence.document:{document.pk}", "回单.pdf")
    assert row.actor_id == clerk.pk


def test_the_same_content_is_kept_once_and_shown_as_a_duplicate(clerk: User) -> None:
    content = samples.pdf()
    first, second = kept(clerk, content), kept(clerk, content, "另一份.pdf")
    assert len(kept_files()) == 1
    assert list(selectors.same_content(first)) == [second]


def test_a_refused_file_leaves_nothing_behind(clerk: User) -> None:
    with pytest.raises(UnacceptableFile):
        kept(clerk, b"MZ\0\0")
    assert not Document.objects.exists()
    assert not kept_files()


def test_a_file_above_the_limit_is_refused_with_the_limit(clerk: User, settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024**2
    with pytest.raises(UnacceptableFile, match="上限1 MB"):
        kept(clerk, bytes(1024**2 + 1))


def test_an_unknown_kind_of_voucher_is_refused(clerk: User) -> None:
    with pytest.raises(ValueError, match="voucher_kinds"):
        services.store(
            actor=clerk, at=AT, name="回单.pdf", content=samples.pdf(), kind="no_such_kind"
        )


def test_an_altered_and_a_missing_file_are_found_and_not_handed_out(clerk: User) -> None:
    altered, missing = kept(clerk, samples.pdf(1)), kept(clerk, samples.pdf(2))
    files.path_of(altered.sha256).write_bytes(b"%PDF-forged")
    files.path_of(missing.sha256).unlink()
    found = {finding.document.pk: finding.flaw for finding in services.verify_all()}
    assert found == {altered.pk: Flaw.ALTERED, missing.pk: Flaw.MISSING}
    for document in (altered, missing):
        with pytest.raises(DamagedEvidence, match="备份"):
            services.open_bytes(document)


def test_handing_in_the_original_again_mends_an_altered_file(clerk: User) -> None:
    content = samples.pdf()
    document = kept(clerk, content)
    files.path_of(document.sha256).write_bytes(b"%PDF-forged")
    kept(clerk, content)
    assert services.verify(document) is None
    row = Row.objects.filter(act="evidence.store").order_by("-number").first()
    assert row is not None
    assert row.after is not None
    assert row.after["file"] == "mended"


def test_the_database_refuses_to_change_or_delete_a_document(clerk: User) -> None:
    document = kept(clerk)
    documents = Document.objects.filter(pk=document.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        documents.update(name="别的.pdf")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        documents.delete()


def test_a_download_is_recorded(clerk: User) -> None:
    document = kept(clerk)
    services.download(actor=clerk, at=AT, document=document)
    assert Row.objects.filter(act="evidence.download", label="回单.pdf").count() == 1


def test_a_download_is_sent_so_that_no_browser_runs_it(clerk: User) -> None:
    headers = services.safe_headers(kept(clerk))
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_document_opens_only_to_those_whose_scope_reaches_it(clerk: User) -> None:
    here, elsewhere = org_unit("here"), org_unit("elsewhere")
    document = services.store(actor=clerk, at=AT, name="回单.pdf", content=samples.pdf(), unit=here)
    insider = person("investment_officer", unit=here, scope="unit")
    outsider = person("investment_officer", unit=elsewhere, scope="unit")
    assert access_document(actor=insider, pk=document.pk) == document
    with pytest.raises(Http404):
        access_document(actor=outsider, pk=document.pk)


def test_a_killed_writer_leaves_no_half_written_file(tmp_path: Path) -> None:
    size = 200_000_000
    script = (
        "import pathlib, sys\n"
        "from shangheng.engines.evidence import files\n"
        f"files._write(pathlib.Path(sys.argv[1]), b'x' * {size})\n"
    )
    path = tmp_path / "folder" / "content"
    path.parent.mkdir()
    writer = subprocess.Popen([sys.executable, "-c", script, str(path)])
    while not any(path.parent.iterdir()):
        assert writer.poll() is None, "the writer ended before it was killed"
    writer.kill()
    writer.wait()
    assert any(path.parent.iterdir()), "it was killed while writing"
    assert not path.exists() or path.stat().st_size == size
