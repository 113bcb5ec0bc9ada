"""A stand-in for ClamAV that speaks clamd's protocol and calls malware what holds EICAR."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def listening(place: Path | None = None) -> Iterator[str]:
    """The address at which it answers: a socket at `place`, or a port."""
    if place:
        server: socketserver.BaseServer = socketserver.UnixStreamServer(str(place), Scanner)
        address = f"unix:{place}"
    else:
        server = socketserver.TCPServer(("127.0.0.1", 0), Scanner)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()
