"""What the worker does: one line for each kind of row, and for each sweep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import SystemRandom

from django.db.models import Q

from frontdoor.cases.models import CallReminder, Survey, Timer
from frontdoor.contacts.models import Delivery
from frontdoor.handling.appointments.telling import remind_of_call
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.housekeeping import sweep
from frontdoor.handling.paying import settle_left
from frontdoor.handling.rights.erasing import erase_past
from frontdoor.handling.surveys import ask_how_it_went, plan_surveys_of_contacts
from frontdoor.handling.timers import fire_timer
from frontdoor.handling.upkeep import send_digest
from frontdoor.insight.keeping import MOST_ENTRIES, keep_tallies
from frontdoor.jobs.kinds import RowJob, Sweep
from frontdoor.journal.actions import seal_entries
from frontdoor.staff.recruiting import forget_candidates
from frontdoor.workforce.records.expected.forecasts import note_what_came
from frontdoor.workforce.records.models import LongWork
from frontdoor.workforce.records.working import do_work

SEAL_AT_ONCE = 500

JOBS: Sequence[RowJob] = (
    RowJob(
        name="send deliveries",
        model=Delivery,
        work=lambda key, at, rng: send_delivery(delivery_id=key, at=at, rng=rng),
    ),
    RowJob(
        name="fire timers",
        model=Timer,
        work=lambda key, at, rng: fire_timer(timer_id=key, at=at, rng=rng),
        only=Q(lapsed_at__isnull=True),
    ),
    RowJob(
        name="remind of calls",
        model=CallReminder,
        work=lambda key, at, rng: remind_of_call(reminder_id=key, at=at, rng=rng),
    ),
    RowJob(
        name="ask how it went",
        model=Survey,
        work=lambda key, at, rng: ask_how_it_went(survey_id=key, at=at, rng=rng),
    ),
    RowJob(
        name="long work of planning",
        model=LongWork,
        work=lambda key, at, rng: do_work(work_id=key, at=at, rng=rng),
        batch=1,
    ),
)
SWEEPS: Sequence[Sweep] = (
    Sweep(
        name="seal journal",
        every=timedelta(seconds=5),
        run=lambda at: seal_entries(at=at, limit=SEAL_AT_ONCE),
        most=SEAL_AT_ONCE,
    ),
    Sweep(
        name="keep tallies",
        every=timedelta(minutes=1),
        run=lambda at: keep_tallies(at=at),
        most=MOST_ENTRIES,
    ),
    Sweep(
        name="settle payments",
        every=timedelta(minutes=2),
        run=lambda at: settle_left(at=at, rng=SystemRandom()),
    ),
    Sweep(
        name="daily digest",
        every=timedelta(minutes=10),
        run=lambda at: send_digest(at=at, rng=SystemRandom()),
    ),
    Sweep(
        name="ask after contacts",
        every=timedelta(minutes=10),
        run=lambda at: plan_surveys_of_contacts(at=at, rng=SystemRandom()),
    ),
    Sweep(name="erase what is past its time", every=timedelta(hours=1), run=lambda at: erase_past(at=at)),
    Sweep(
        name="note what came of what was forecast",
        every=timedelta(minutes=30),
        run=lambda at: note_what_came(at=at),
    ),
    Sweep(
        name="forget candidates",
        every=timedelta(hours=6),
        run=lambda at: forget_candidates(at=at),
    ),
    Sweep(name="keep house", every=timedelta(minutes=10), run=sweep),
)
