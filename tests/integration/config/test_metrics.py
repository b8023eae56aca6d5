"""What monitoring may read, who may read it, and that nobody is named in it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from frontdoor.contacts.models import DeliveryChannel
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.jobs.signs import give_sign
from frontdoor.journal.actions import record, seal_entries
from frontdoor.kernel.entries import Actor

pytestmark = pytest.mark.django_db


def test_figures_say_what_waits_and_name_nobody(rng: Random) -> None:
    now = timezone.now()
    outgoing = Outgoing(
        key="k", channel=DeliveryChannel.EMAIL, to="moira@customer.example", subject="S", body="B"
    )
    made_at = now - timedelta(minutes=5)
    queue_delivery(
        outgoing=outgoing, customer=None, conversation=None, not_before=made_at, at=made_at, rng=rng
    )
    give_sign(name="worker", at=now)
    record(at=now, by=Actor("system"), event="case opened")
    seal_entries(at=now)
    record(at=now - timedelta(hours=1), by=Actor("robot", "backup"), event="backup made")
    Client().get("/no/such/moira@customer.example")

    page = Client().get("/metrics").content.decode()
    assert 'frontdoor_waiting_rows{job="send deliveries"} 1.0' in page
    assert 'frontdoor_waiting_rows{job="fire timers"} 0.0' in page
    assert 300 <= figure(page, 'frontdoor_waiting_seconds{job="send deliveries"}') < 360
    assert figure(page, "frontdoor_workers_alive") == 1
    assert figure(page, "frontdoor_journal_unsealed") == 1
    assert figure(page, 'frontdoor_deliveries_of_the_day{channel="email",status="created"}') == 1
    assert 3600 <= figure(page, "frontdoor_backup_age_seconds") < 3700
    assert figure(page, "frontdoor_database_up") == 1
    assert 'route="(no page)",status="404"' in page
    assert "moira" not in page


def test_without_a_token_only_this_machine_reads_and_never_for_somebody_else() -> None:
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="::1").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 403
    assert Client(REMOTE_ADDR="").get("/metrics").status_code == 403
    assert Client().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


def test_token_that_is_set_must_be_brought(settings: Settings) -> None:
    settings.METRICS_TOKEN = "long and secret"
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 403
    assert Client().get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    brought = {"Authorization": "Bearer long and secret"}
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics", headers=brought).status_code == 200


def test_health_tells_of_the_journal_and_the_last_backup() -> None:
    health = Client().get("/healthz").json()
    assert (health["journal"], health["backup"]) == ({"unsealed": 0}, {"seconds_ago": None})
    record(at=timezone.now() - timedelta(hours=2), by=Actor("robot", "backup"), event="backup made")
    health = Client().get("/healthz").json()
    assert health["journal"] == {"unsealed": 1}
    assert 7200 <= health["backup"]["seconds_ago"] < 7300


def figure(page: str, name: str) -> float:
    """The value of one line."""
    return next(float(line.rpartition(" ")[2]) for line in page.splitlines() if line.startswith(f"{name} "))
