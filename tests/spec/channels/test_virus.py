"""Scanning for viruses: one set of cases, against the stand-in of clamd and, where it is installed, clamd
itself.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from frontdoor.channels.virus.clamav.adapter import ClamavScanner
from frontdoor.channels.virus.clamav.checks import check_clamav
from frontdoor.channels.virus.clamav.config import ClamavConfig
from frontdoor.channels.virus.clamav.fake import EICAR, FakeClamd
from frontdoor.channels.virus.scanner import CannotScanNow, Scanned, Verdict

SIZE_LIMIT = 2 * 1024 * 1024
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@contextmanager
def stand_in() -> Iterator[ClamavConfig]:
    with FakeClamd(size_limit=SIZE_LIMIT) as clamd:
        host, port = clamd.address
        yield ClamavConfig(host=host, port=port, timeout=10)


@contextmanager
def real_clamd(folder: Path) -> Iterator[ClamavConfig]:
    """clamd with one signature of its own, so that nothing has to be downloaded."""
    assert CLAMD is not None
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    place = folder / "clamd.sock"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {place}\nDatabaseDirectory {folder / 'db'}\nForeground yes\n"
        f"StreamMaxLength {SIZE_LIMIT // 1024}K\nLogFile {folder / 'clamd.log'}\n"
    )
    process = subprocess.Popen(
        [CLAMD, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not place.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        yield ClamavConfig(socket_path=str(place), timeout=30)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module", params=["stand-in", "clamd"])
def config(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ClamavConfig]:
    if request.param == "stand-in":
        with stand_in() as found:
            yield found
        return
    if CLAMD is None:
        pytest.skip("clamd is not installed: sudo apt-get install clamav-daemon")
    with real_clamd(tmp_path_factory.mktemp("clamd")) as found:
        yield found


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"Dear council,", Scanned(verdict=Verdict.CLEAN)),
        (b"", Scanned(verdict=Verdict.CLEAN)),
        (bytes(1_500_000), Scanned(verdict=Verdict.CLEAN)),
    ],
    ids=["words", "nothing", "several chunks"],
)
def test_clean_file_is_clean(config: ClamavConfig, data: bytes, verdict: Scanned) -> None:
    assert ClamavScanner(config).scan(data) == verdict


def test_test_virus_is_found_and_named(config: ClamavConfig) -> None:
    scanned = ClamavScanner(config).scan(EICAR)
    assert scanned.verdict == Verdict.INFECTED
    assert scanned.found.startswith("Eicar-Test-Signature")


def test_file_over_the_scanners_limit_is_kept_back(config: ClamavConfig) -> None:
    with pytest.raises(CannotScanNow):
        ClamavScanner(config).scan(bytes(SIZE_LIMIT + 3_000_000))


def test_operator_is_told_that_it_answers(config: ClamavConfig) -> None:
    check = check_clamav(config)
    assert check.is_ready, check.words
    assert check.words.startswith("ClamAV")
