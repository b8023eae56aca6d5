"""ClamAV: silence, nonsense and settings."""

from __future__ import annotations

import socketserver
import threading
from pathlib import Path

import pytest

from frontdoor.channels.settings import BadSetting
from frontdoor.channels.virus.clamav.adapter import ClamavScanner
from frontdoor.channels.virus.clamav.checks import check_clamav
from frontdoor.channels.virus.clamav.config import ClamavConfig
from frontdoor.channels.virus.scanner import CannotScanNow, Scanned, Unscanned, Verdict


class SaysNothing(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(10)


class SaysNonsense(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.recv(100_000)
        self.request.sendall(b"220 mail.example ESMTP\0")


def scan_with(handler: type[socketserver.BaseRequestHandler]) -> CannotScanNow:
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        host, port = server.server_address[:2]
        with pytest.raises(CannotScanNow) as raised:
            ClamavScanner(ClamavConfig(host=str(host), port=int(port), timeout=5)).scan(b"words")
        thread.join()
    return raised.value


@pytest.mark.parametrize("handler", [SaysNothing, SaysNonsense])
def test_answer_that_is_no_verdict_keeps_the_file_back(
    handler: type[socketserver.BaseRequestHandler],
) -> None:
    assert scan_with(handler).retry_after.total_seconds() > 0


def test_scanner_not_there_keeps_the_file_back(tmp_path: Path) -> None:
    config = ClamavConfig(socket_path=str(tmp_path / "none.sock"))
    with pytest.raises(CannotScanNow):
        ClamavScanner(config).scan(b"words")
    assert check_clamav(config).found == "not reachable"


def test_without_a_scanner_nothing_is_called_clean() -> None:
    assert Unscanned().scan(b"words") == Scanned(verdict=Verdict.NOT_SCANNED)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("unix:/run/clamav/clamd.ctl", ClamavConfig(socket_path="/run/clamav/clamd.ctl")),
        ("tcp://scanner:3311", ClamavConfig(host="scanner", port=3311)),
        ("tcp://[::1]", ClamavConfig(host="::1", port=3310)),
    ],
)
def test_settings_are_read(value: str, expected: ClamavConfig) -> None:
    assert ClamavConfig.from_environment({"FRONTDOOR_CLAMAV": value}) == expected


@pytest.mark.parametrize(
    "value", ["", "scanner:3310", "http://scanner", "tcp://", "tcp://a:b", "unix:relative"]
)
def test_bad_settings_are_named(value: str) -> None:
    with pytest.raises(BadSetting, match="FRONTDOOR_CLAMAV"):
        ClamavConfig.from_environment({"FRONTDOOR_CLAMAV": value})
