"""The life of one case: its first contact, then its steps, each planned when the one before is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from frontdoor.cases.actions.giving import NothingToPay
from frontdoor.cases.permissions import OwnInterest
from frontdoor.cases.policies import CaseClosed
from frontdoor.contacts.actions import Introduction
from frontdoor.demo.acting import Nobody, Turn, case_now, take_turn
from frontdoor.demo.answers import CannotAnswer
from frontdoor.demo.desk import LONGEST_CALL, call_about, calls_about
from frontdoor.demo.hours import later
from frontdoor.demo.opening import FirstContact, Stopped, apply
from frontdoor.demo.people import Staff
from frontdoor.demo.steps import Story
from frontdoor.demo.world import World
from frontdoor.handling.effects import CannotIssue
from frontdoor.journeys.moving import MoveNeeds, MoveNotOffered

ENDS_A_LIFE = (
    CannotAnswer,
    CannotIssue,
    CaseClosed,
    MoveNeeds,
    MoveNotOffered,
    Nobody,
    NothingToPay,
    OwnInterest,
    Stopped,
)


@dataclass(frozen=True)
class Trouble:
    """A step that could not be taken: the story does not fit its case. The case stays as it was."""

    story: str
    step: str
    why: str


@dataclass
class Life:
    """One case on its way. `most`: how many of the steps are taken; the rest is still to come."""

    story: Story
    contact: FirstContact
    neighbour: Introduction
    people: Staff
    world: World
    rng: Random
    pace: Random
    most: int
    troubles: list[Trouble]
    case_id: UUID | None = field(default=None)

    def begin(self, at: datetime) -> None:
        """The first contact."""
        try:
            self.case_id = apply(contact=self.contact, at=at, rng=self.rng).pk
        except ENDS_A_LIFE as problem:
            self._trouble("apply", problem)
        else:
            self._plan(0, at)
            chance = Random(f"{self.case_id}:calls")
            for when in calls_about(begins_at=at, rng=chance):
                if when <= self.world.until - LONGEST_CALL:
                    self.world.plan(when, lambda now: self._call(now, chance))

    def _call(self, at: datetime, chance: Random) -> None:
        assert self.case_id is not None  # calls are planned only once the case is there
        call_about(
            case=case_now(self.case_id), advisor=chance.choice(self.people.advisors), at=at, rng=chance
        )

    def _plan(self, place: int, at: datetime) -> None:
        if place < min(self.most, len(self.story.steps)):
            step = self.story.steps[place]
            self.world.plan(later(at, step.after, step.by, self.pace), lambda now: self._take(place, now))

    def _take(self, place: int, at: datetime) -> None:
        step = self.story.steps[place]
        assert self.case_id is not None  # steps are planned only once the case is there
        turn = Turn(case_now(self.case_id), step, self.people, self.neighbour, at, self.rng)
        try:
            take_turn(turn)
        except ENDS_A_LIFE as problem:
            self._trouble(step.what, problem)
        else:
            self._plan(place + 1, at)

    def _trouble(self, step: str, problem: Exception) -> None:
        self.troubles.append(Trouble(self.story.name, step, f"{type(problem).__name__}: {problem}"[:300]))
