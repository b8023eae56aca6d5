"""Scans files with ClamAV's daemon: the bytes go over its socket, so that it needs no access to our
files.

The conversation is INSTREAM of the clamd manual: chunks with their length before them, and a length of
nought last.
"""

from __future__ import annotations

import re
import socket
import struct

from frontdoor.channels.virus.clamav.config import ClamavConfig
from frontdoor.channels.virus.scanner import CannotScanNow, Scanned, Verdict

_CHUNK = 256 * 1024
_MOST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")


class ClamavScanner:
    """A scanner over one connection for each file."""

    def __init__(self, config: ClamavConfig) -> None:
        self._config = config

    def scan(self, data: bytes) -> Scanned:
        """The verdict on a file. CannotScanNow when clamd does not answer or cannot scan it."""
        try:
            with _connection(self._config) as line:
                answer = _stream(line, data)
        except OSError as error:
            raise CannotScanNow(f"The virus scanner does not answer ({type(error).__name__}).") from error
        if match := _FOUND.fullmatch(answer):
            return Scanned(verdict=Verdict.INFECTED, found=match.group(1))
        if answer == "stream: OK":
            return Scanned(verdict=Verdict.CLEAN)
        raise CannotScanNow(f"The virus scanner did not give a verdict ({answer[:60] or 'no answer'}).")

    def version(self) -> str:
        """What clamd says of itself and its signatures. Raises CannotScanNow."""
        try:
            with _connection(self._config) as line:
                line.sendall(b"zVERSION\0")
                return _answer(line)
        except OSError as error:
            raise CannotScanNow(f"The virus scanner does not answer ({type(error).__name__}).") from error


def _connection(config: ClamavConfig) -> socket.socket:
    if not config.socket_path:
        return socket.create_connection((config.host, config.port), timeout=config.timeout)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(config.timeout)
        line.connect(config.socket_path)
    except OSError:
        line.close()
        raise
    return line


def _stream(line: socket.socket, data: bytes) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _answer(line)  # clamd stops listening once a file passes its size limit, and says so
    return _answer(line)


def _answer(line: socket.socket) -> str:
    answer = b""
    while len(answer) < _MOST_ANSWER and not answer.endswith(b"\0") and (piece := line.recv(1024)):
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")
