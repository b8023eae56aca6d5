"""The set clock of the demo council: what people plan, in order of time, with timers fired and post sent when due."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from frontdoor.cases.models import CallReminder, Survey, Timer
from frontdoor.contacts.models import Delivery
from frontdoor.demo.agenda import Agenda
from frontdoor.demo.surveys import answer_of, answers_after, secret_in
from frontdoor.handling.appointments.telling import remind_of_call
from frontdoor.handling.deliveries import send_delivery
from frontdoor.handling.surveys import answer_survey, ask_how_it_went
from frontdoor.handling.timers import fire_timer

Deed = Callable[[datetime], object]


class World:
    """Nothing happens out of turn: deeds, timers and deliveries go in the order of their instants, up to `until`."""

    def __init__(self, *, until: datetime, rng: Random) -> None:
        self.until = until
        self._rng = rng
        self._planned: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._agenda = Agenda()
        self._deeds: dict[type[Model], Callable[[Any, datetime], None]] = {
            Timer: self._fire,
            Delivery: self._send,
            CallReminder: self._remind,
            Survey: self._ask,
        }

    def plan(self, at: datetime, deed: Deed) -> None:
        """This will be done then; what lies after `until` is still to come and is never done."""
        if at <= self.until:
            heapq.heappush(self._planned, (at, next(self._order), deed))

    def run(self, progress: Callable[[datetime], None]) -> None:
        """Let it all happen. What a timer, a message or a survey leads to takes its own turn among the rest."""
        with connection.execute_wrapper(self._agenda.notice):
            self._go(progress)

    def _go(self, progress: Callable[[datetime], None]) -> None:
        while True:
            due = self._next_due(self._planned[0][0] if self._planned else self.until)
            if due is not None:
                at, work = due
                work(at)
            elif self._planned:
                at, _, deed = heapq.heappop(self._planned)
                deed(at)
                progress(at)
            else:
                return

    def _next_due(self, until: datetime) -> tuple[datetime, Deed] | None:
        first = self._agenda.first()
        if first is None or first.at > until:
            return None
        return first.at, lambda at: self._deeds[first.kind](first.key, at)

    def _fire(self, timer_id: int, at: datetime) -> None:
        fire_timer(timer_id=timer_id, at=at, rng=self._rng)

    def _remind(self, reminder_id: int, at: datetime) -> None:
        remind_of_call(reminder_id=reminder_id, at=at, rng=self._rng)

    def _ask(self, survey_id: UUID, at: datetime) -> None:
        survey = ask_how_it_went(survey_id=survey_id, at=at, rng=self._rng)
        answer = answer_of(self._rng) if survey.asked_at else None
        if answer is not None:
            token, (rating, words) = secret_in(survey), answer
            self.plan(
                at + answers_after(self._rng),
                lambda now: answer_survey(token=token, rating=rating, words=words, at=now),
            )

    def _send(self, delivery_id: UUID, at: datetime) -> None:
        send_delivery(delivery_id=delivery_id, at=at, rng=self._rng)
