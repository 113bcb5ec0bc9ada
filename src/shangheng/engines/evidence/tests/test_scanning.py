"""A file is shown to a malware scanner before it is kept. The scanner here is a stand-in that speaks clamd's protocol."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from shangheng.core.accounts.tests.people import person
from shangheng.engines.evidence import services
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.scanning import NoAnswer, ask
from shangheng.engines.evidence.services import UnacceptableFile
from shangheng.engines.evidence.tests import samples

AT = datetime(2021, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LIMIT = 2_000_000


class Scanner(socketserver.StreamRequestHandler):
    """Answers as clamd does: a command that ends in a null, then pieces with their lengths, an empty one last."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        bad = b"EICAR" in content
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if bad else b"stream: OK\0")


@pytest.fixture(params=["unix", "tcp"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "unix":
        place = str(tmp_path / "clamd.ctl")
        server: socketserver.BaseServer = socketserver.UnixStreamServer(place, Scanner)
        address = f"unix:{place}"
    else:
        server = socketserver.TCPServer(("127.0.0.1", 0), Scanner)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


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
