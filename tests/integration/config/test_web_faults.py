"""A database that is locked, an upload that is far too large, and a kill in mid-answer, in front of a real web server."""

from __future__ import annotations

import re
import shutil
import signal
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.error import URLError

import pytest

from tests.integration.config.browser import Browser, most_memory, upload
from tests.integration.config.conftest import PACKS, locked, wait_for_page
from tests.integration.installing import Installation, is_postgres

MEGABYTE = 1024 * 1024
TEAM = "from frontdoor.staff.models import Team; Team.objects.create(name='Library team')"
ONE_OF_EACH = """
SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM cases_update), (SELECT count(*) FROM contacts_delivery),
(SELECT count(*) FROM journal_journalentry WHERE event = 'case opened')
"""


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


@pytest.mark.any_database
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


@pytest.mark.any_database
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


def test_web_server_killed_while_it_answers_leaves_all_of_a_case_or_nothing(
    prepared: Installation, port: int
) -> None:
    prepared.variables["FRONTDOOR_PACKS"] = str(PACKS)
    prepared.expect("manage", "shell", "-c", TEAM)
    origin = f"http://127.0.0.1:{port}"
    web = prepared.start("web", "--port", str(port))
    wait_for_page(f"{origin}/healthz", web)
    for sent, wait in enumerate((0.01, 0.04), start=1):
        customer = _ready_to_send(origin, sent)
        answer = Thread(target=_sends, args=(customer,))
        answer.start()
        sleep(wait)
        prepared.end(web, signal.SIGKILL)
        answer.join()
        cases, *rest = map(int, map(str, prepared.query(ONE_OF_EACH)[0]))
        assert cases in (sent - 1, sent)
        assert rest == [cases, cases, cases]

        web = prepared.start("web", "--port", str(port))
        wait_for_page(f"{origin}/healthz", web)
        _, page = customer.get("/apply/library-card/check")
        if customer.address.endswith(
            "/check"
        ):  # nothing was stored: the answers are there, and are sent again
            _, page = customer.post("/apply/library-card/check", send="now")
        assert re.search(r"LC-\w{4}-\w{3}", page)
        assert prepared.query(ONE_OF_EACH) == [(sent, sent, sent, sent)]


def _ready_to_send(origin: str, number: int) -> Browser:
    """A customer who has filled in everything and looks at the answers."""
    customer = Browser(origin)
    customer.get("/services/library-card/")
    customer.post("/apply/library-card/begin", start="now")
    customer.post("/apply/library-card/who", who="self")
    for question, fields in {
        "full_name": {"full_name": f"Alice Example the {number}."},
        "born_on": {"born_on-day": "4", "born_on-month": "5", "born_on-year": "1990"},
        "connection": {"connection": "works"},
        "email": {"email": f"alice.{number}@customer.example"},
    }.items():
        customer.post(f"/apply/library-card/question/{question}", **fields)
    customer.get("/apply/library-card/check")
    return customer


def _sends(customer: Browser) -> None:
    with suppress(URLError, HTTPException, ConnectionError):
        customer.post("/apply/library-card/check", send="now")
