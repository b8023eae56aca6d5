"""Workers that are killed, and databases that go away and come back, under real processes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from time import sleep
from uuid import UUID

import pytest

from frontdoor.channels.loopback import Fault
from frontdoor.channels.notify.standin import NotifyStandIn
from scripts.postgres import Server
from tests.integration.config.browser import Browser
from tests.integration.config.conftest import PACKS, locked, wait_for_page, wait_until
from tests.integration.installing import Installation, is_postgres

NEW_DELIVERY = """
from uuid import UUID
from django.utils.timezone import now
from frontdoor.contacts.models import Delivery
Delivery.objects.create(id=UUID("{key}"), key="{key}", channel="email", to="alice@customer.example",
    subject="Hello", body="Hello", created_at=now(), next_try_at=now())
"""
KEY = UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture
def notify(prepared: Installation) -> Iterator[NotifyStandIn]:
    """An installation that sends its emails through a stand-in of Notify."""
    with NotifyStandIn() as stand_in:
        prepared.variables |= {
            "FRONTDOOR_EMAIL_BY": "notify",
            "FRONTDOOR_NOTIFY_URL": stand_in.url,
            "FRONTDOOR_NOTIFY_API_KEY": stand_in.api_key,
            "FRONTDOOR_NOTIFY_EMAIL_TEMPLATE": stand_in.templates["email"].id,
            "FRONTDOOR_NOTIFY_TEXT_TEMPLATE": stand_in.templates["sms"].id,
        }
        yield stand_in


def test_message_of_a_worker_killed_in_mid_delivery_arrives_once(
    prepared: Installation, notify: NotifyStandIn
) -> None:
    prepared.variables["FRONTDOOR_LEASE_SECONDS"] = "4"
    prepared.expect("manage", "shell", "-c", NEW_DELIVERY.format(key=KEY))
    notify.fail_with(Fault(kind="slow", seconds=3))

    first = prepared.start("worker")
    wait_until(lambda: bool(notify.requests))
    prepared.end(first, signal.SIGKILL)
    second = prepared.start("worker")
    wait_until(lambda: outcome_of(prepared)[0] is not None)

    _, tries, _ = outcome_of(prepared)
    assert tries == 2
    assert [record.to for record in notify.box.all()] == ["alice@customer.example"]
    assert "Traceback" not in prepared.end(second)[1]


@pytest.mark.skipif(not is_postgres(), reason="SQLite has no server that could stop")
def test_web_and_worker_outlive_a_restart_of_the_database(
    installation: Installation, port: int, own_server: Server
) -> None:
    health = f"http://127.0.0.1:{port}/healthz"
    installation.variables["FRONTDOOR_PACKS"] = str(PACKS)
    web, worker = installation.start("web", "--port", str(port)), installation.start("worker")
    wait_for_page(health, web)
    wait_until(lambda: b'"alive": 1' in wait_for_page(health, web))
    customer = Browser(f"http://127.0.0.1:{port}")
    customer.get("/services/library-card/")
    customer.post("/apply/library-card/begin", start="now")
    customer.post("/apply/library-card/who", who="self")

    own_server.stop()
    wait_until(lambda: Browser(health).get("")[0] == 503)
    status, page = customer.post("/apply/library-card/question/full_name", full_name="Alice O’Neill")
    assert (status, "Alice O’Neill" in page) == (503, True)
    status, words = installation.run("worker")
    assert (status, "Traceback" in words) == (2, False)
    assert "The database cannot be used" in words

    own_server.start()
    wait_until(lambda: Browser(health).get("")[0] == 200)
    status, page = customer.send_again(page)
    assert (status, "/question/full_name" in customer.address) == (200, False)
    installation.expect("manage", "shell", "-c", NEW_DELIVERY.format(key=KEY))
    wait_until(lambda: outcome_of(installation)[0] is not None)

    assert (web.poll(), worker.poll()) == (None, None)
    assert installation.end(web)[0] == 0
    assert installation.end(worker)[0] == 0


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL has no lock on the whole database")
def test_worker_waits_out_a_locked_database_and_goes_on_by_itself(
    prepared: Installation, notify: NotifyStandIn
) -> None:
    prepared.database_url += "?wait=1"  # seconds, so that the lock is felt
    worker = prepared.start("worker")
    wait_until(lambda: prepared.query("SELECT count(*) FROM jobs_workersign") == [(1,)])
    prepared.expect("manage", "shell", "-c", NEW_DELIVERY.format(key=KEY))
    with locked(prepared):
        sleep(5)
    wait_until(lambda: outcome_of(prepared)[0] is not None)

    assert len(notify.box.all()) == 1
    status, words = prepared.end(worker)
    assert (status, "Traceback" in words) == (0, False), words


def outcome_of(installation: Installation) -> tuple[object, int, str]:
    """When the delivery was done, its tries and its problem."""
    row = installation.query(f"SELECT done_at, tries, problem FROM contacts_delivery WHERE key = '{KEY}'")[0]
    return row[0], int(str(row[1])), str(row[2])
