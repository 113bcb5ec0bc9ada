"""A file is shown to a malware scanner before it is kept."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from shangheng.core.accounts.tests.people import person
from shangheng.core.exchange.scanning import NoAnswer, ask
from shangheng.core.exchange.tests.scanners import LIMIT, listening
from shangheng.engines.evidence import services
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.evidence.tests import samples

AT = datetime(2021, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(params=["unix", "tcp"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with listening(tmp_path / "clamd.ctl" if request.param == "unix" else None) as address:
        yield address


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"


def keep(content: bytes) -> Document:
    clerk = person("statistics_clerk")
    return services.store(actor=clerk, at=AT, name="回单.pdf", content=content)


@pytest.mark.django_db
def test_a_clean_file_is_kept_and_malware_is_refused_by_its_name(
    settings: Settings, scanner: str
) -> None:
    settings.MALWARE_SCANNER = scanner
    assert keep(samples.pdf()).pk
    with pytest.raises(UnacceptableFile, match=r"回单\.pdf.*Eicar-Test-Signature"):
        keep(samples.pdf() + b"\n%EICAR\n%%EOF")
    assert Document.objects.count() == 1
    assert len([path for path in settings.EVIDENCE_DIR.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_without_an_answer_the_settings_decide(settings: Settings, tmp_path: Path) -> None:
    settings.MALWARE_SCANNER = f"unix:{tmp_path / 'nobody'}"
    with pytest.raises(UnacceptableFile, match="查毒服务没有应答"):
        keep(samples.pdf())
    settings.MALWARE_UNSCANNED = "accept"
    assert keep(samples.pdf()).pk


def test_a_file_that_was_not_looked_at_whole_counts_as_unanswered(scanner: str) -> None:
    assert ask(scanner, b"a" * LIMIT) == ""
    with pytest.raises(NoAnswer):
        ask(scanner, b"a" * (LIMIT + 1_000_000))
