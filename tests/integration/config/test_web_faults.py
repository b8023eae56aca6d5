"""A database that is locked, and an upload that is far too large, in front of a real web server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.config.browser import Browser, most_memory, upload
from tests.integration.config.conftest import PACKS, Installation, is_postgres, locked, wait_for_page

MEGABYTE = 1024 * 1024


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL has no lock on the whole database")
def test_form_sent_to_a_locked_database_comes_back_with_its_answers(
    prepared: Installation, port: int
) -> None:
    prepared.variables["FRONTDOOR_PACKS"] = str(PACKS)
    prepared.database_url += "?wait=2"  # seconds; nobody here gives the lock back
    web = prepared.start("web", "--port", str(port))
    wait_for_page(f"http://127.0.0.1:{port}/healthz", web)
    browser = Browser(f"http://127.0.0.1:{port}")
    browser.get("/services/library-card/")
    browser.post("/apply/library-card/begin", start="now")
    browser.post("/apply/library-card/who", who="self")

    with locked(prepared):
        status, page = browser.post("/apply/library-card/question/full_name", full_name="Alice O’Neill")
    assert status == 503
    assert "Alice O’Neill" in page

    status, page = browser.send_again(page)
    assert status == 200
    assert "/question/full_name" not in browser.address
    browser.get("/apply/library-card/question/full_name")
    assert "Alice O’Neill" in browser.page


def test_two_gigabytes_are_refused_without_filling_memory_or_disk(
    prepared: Installation, port: int, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    prepared.variables["TMPDIR"] = str(scratch)
    web = prepared.start("web", "--port", str(port))
    wait_for_page(f"http://127.0.0.1:{port}/", web)
    before = most_memory(web.pid)

    declared = upload(port, b"Content-Length: %d\r\n" % (2048 * MEGABYTE), b"", megabytes=8)
    chunked = upload(port, b"Transfer-Encoding: chunked\r\n", b"%x\r\n" % MEGABYTE, megabytes=2048)

    assert declared.startswith(b"HTTP/1.1 413")
    assert chunked.startswith(b"HTTP/1.1 413")
    assert most_memory(web.pid) - before < 60 * MEGABYTE
    assert list(scratch.iterdir()) == []
    assert sum(file.stat().st_size for file in prepared.home.rglob("*") if file.is_file()) < 10 * MEGABYTE


def test_packs_are_read_and_a_faulty_one_named_before_it_says_where_it_is(
    prepared: Installation, port: int, tmp_path: Path
) -> None:
    packs = Path(shutil.copytree(PACKS, tmp_path / "packs"))
    (shutil.copytree(packs / "library-card", packs / "book-loan") / "form.yaml").unlink()
    prepared.variables["FRONTDOOR_PACKS"] = str(packs)
    web = prepared.start("web", "--port", str(port))
    assert b'"left_out": ["book-loan"]' in wait_for_page(f"http://127.0.0.1:{port}/healthz", web)

    status, output = prepared.end(web)
    assert status == 0
    assert 0 <= output.find("The pack book-loan cannot be used") < output.find("Front Door is at")
