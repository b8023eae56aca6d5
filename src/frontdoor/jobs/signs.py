"""Who works, and what waits: the figures behind `/healthz`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min

from frontdoor.jobs.claims import LEASE
from frontdoor.jobs.kinds import RowJob
from frontdoor.jobs.models import WorkerSign

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """Rows of one job whose time has come and which are not done, and how long the longest has waited, in seconds."""

    job: str
    rows: int
    longest_seconds: int


def give_sign(*, name: str, at: datetime) -> None:
    """Say that this worker lives. The signs of those that were killed long ago are removed on the way."""
    _, is_new = WorkerSign.objects.update_or_create(
        name=name, defaults={"seen_at": at}, create_defaults={"seen_at": at, "started_at": at}
    )
    if is_new:
        WorkerSign.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()


def take_sign_down(*, name: str) -> None:
    """This worker stops."""
    WorkerSign.objects.filter(name=name).delete()


def workers_alive(*, at: datetime) -> int:
    """How many workers were heard of within a lease: the rows of all others are free to be taken over."""
    return WorkerSign.objects.filter(seen_at__gt=at - LEASE).count()


def seconds_since_a_sign(*, at: datetime) -> int | None:
    """How long ago any worker was last heard of; None where none ever was, or all stopped by themselves."""
    last: datetime | None = WorkerSign.objects.aggregate(last=Max("seen_at"))["last"]
    return None if last is None else max(0, int((at - last).total_seconds()))


def backlog(jobs: Iterable[RowJob], *, at: datetime) -> list[Waiting]:
    """What is due and not done, for each job."""
    return [_waiting(job, at) for job in jobs]


def _waiting(job: RowJob, at: datetime) -> Waiting:
    due = job.model._default_manager.filter(job.only, done_at__isnull=True, next_try_at__lte=at)
    rows = due.count()
    first: datetime | None = due.aggregate(first=Min("next_try_at"))["first"] if rows else None
    return Waiting(job.name, rows, int((at - first).total_seconds()) if first else 0)
