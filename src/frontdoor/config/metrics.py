"""`/metrics` for Prometheus: requests of this process, and what waits in the database. It says nothing about people.

Open to the machine itself; with FRONTDOOR_METRICS_TOKEN set, to whoever brings that token and to nobody else.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.db import Error
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from frontdoor.catalogue.published import our_catalogue
from frontdoor.config.metrics_requests import REGISTRY
from frontdoor.contacts.models import Delivery
from frontdoor.jobs.signs import backlog, workers_alive
from frontdoor.jobs.table import JOBS
from frontdoor.journal.queries import last_of, unsealed_now
from frontdoor.kernel.clock import now_utc
from frontdoor.kernel.ids import first_uuid7

DAY = timedelta(days=1)
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format; 403 for others than those above."""
    if not may_read(request):
        return HttpResponse(
            "These figures are for the installation's own monitoring.\n", "text/plain", status=403
        )
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """A token that is set must be brought; without one, only this machine asks, and not on behalf of somebody else."""
    token: str = settings.METRICS_TOKEN
    if token:
        return hmac.compare_digest(
            request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
        )
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class InDatabase(Collector):
    """What the database says, read at each look."""

    def collect(self) -> Iterator[Metric]:
        """Every figure; where the database does not answer, that alone."""
        try:
            found = list(_figures(now_utc()))
        except Error:
            found = [_one("frontdoor_database_up", "Whether the database answers.", 0)]
        yield from found

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the database before somebody looks."""
        return iter(())


def _figures(at: datetime) -> Iterator[Metric]:
    rows = GaugeMetricFamily("frontdoor_waiting_rows", "Rows that are due and not done.", labels=("job",))
    oldest = GaugeMetricFamily(
        "frontdoor_waiting_seconds", "How long the oldest of them waits.", labels=("job",)
    )
    for each in backlog(JOBS, at=at):
        rows.add_metric([each.job], each.rows)
        oldest.add_metric([each.job], each.longest_seconds)
    yield from (rows, oldest)
    yield _one("frontdoor_workers_alive", "Workers heard of within a lease.", workers_alive(at=at))
    yield _one("frontdoor_journal_unsealed", "Journal entries that wait for their seal.", unsealed_now())
    yield _deliveries(at)
    yield _one(
        "frontdoor_services_left_out", "Services left out for their faults.", len(our_catalogue().left_out)
    )
    last = last_of(event="backup made")
    if last is not None:
        age = (at - last).total_seconds()
        yield _one("frontdoor_backup_age_seconds", "How long ago the last backup was made.", max(0.0, age))
    yield _one("frontdoor_database_up", "Whether the database answers.", 1)


def _deliveries(at: datetime) -> Metric:
    """Ids carry their time, so that the last day's are found without looking at a year of them."""
    told = GaugeMetricFamily(
        "frontdoor_deliveries_of_the_day", "Messages of the last 24 hours.", labels=("channel", "status")
    )
    recent = Delivery.objects.filter(pk__gte=first_uuid7(at - DAY)).values_list("channel", "status")
    for channel, status, count in recent.annotate(count=Count("pk")).order_by("channel", "status"):
        told.add_metric([channel, status], count)
    return told


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


REGISTRY.register(InDatabase())
