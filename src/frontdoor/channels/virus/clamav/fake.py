"""A stand-in of clamd on loopback: speaks INSTREAM and VERSION, and knows one virus, the EICAR test file."""

from __future__ import annotations

import socketserver
import struct
import threading
from typing import Self

EICAR = b"-".join((b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", b"STANDARD", b"ANTIVIRUS", b"TEST", b"FILE!$H+H*"))
"""The file every scanner takes for a virus and that harms nobody (eicar.org). Written in parts, so
that a scanner does not take this source for it.
"""


class FakeClamd:
    """Use as a context manager; `address` is host and port. `size_limit` is in bytes, as StreamMaxLength."""

    def __init__(self, *, size_limit: int = 25 * 1024 * 1024) -> None:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(size_limit))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(size_limit: int) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0") and (letter := self.rfile.read(1)):
                command += letter
            self.wfile.write(self._answer(command) + b"\0")

        def _answer(self, command: bytes) -> bytes:
            if command == b"zVERSION\0":
                return b"ClamAV 1.0.0/stand-in"
            if command != b"zINSTREAM\0":
                return b"UNKNOWN COMMAND"
            data = self._stream()
            if data is None:
                return b"INSTREAM size limit exceeded. ERROR"
            return b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"

        def _stream(self) -> bytes | None:
            data = b""
            while length := struct.unpack("!L", self.rfile.read(4))[0]:
                data += self.rfile.read(length)
                if len(data) > size_limit:
                    return None
            return data

    return Handler
