"""The deeds of planned contacts in the order of their instants: done live one by one, or in bulk from the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

from frontdoor.demo.year.lives import Life
from frontdoor.demo.year.plan import Asked, Came


class Step(IntEnum):
    """What is done. Those of one contact in one second are done in this order."""

    CAME_IN = 0
    GAVE_UP = 1
    ANSWERED = 2
    RECOGNISED = 3
    OPENED = 4
    WROTE_BACK = 5
    CLOSED = 6
    TOLD_WHOSE = 7
    CONFIRMED = 8
    SETTLED = 9
    CASE_OPENED = 10
    CASE_MOVED = 11


class Deed(NamedTuple):
    """One thing that is done: at which second, in which contact, and about which of its enquiries."""

    at: int
    number: int
    step: Step
    place: int
    came: Came | Life

    @property
    def contact(self) -> Came:
        """The contact it is about."""
        assert isinstance(self.came, Came)  # nobody asks this of a case
        return self.came

    @property
    def life(self) -> Life:
        """The case it is about."""
        assert isinstance(self.came, Life)  # nobody asks this of a contact
        return self.came

    @property
    def asked(self) -> Asked:
        """The enquiry it is about."""
        return self.contact.asked[self.place]

    @property
    def ends(self) -> bool:
        """Whether the contact is over with it."""
        return self.place == len(self.contact.asked) - 1


def by_step(doer: object) -> Mapping[Step, Callable[[Deed], None]]:
    """Who does each step: the method of the same name. Raises AttributeError where one is missing."""
    return {step: getattr(doer, f"_{step.name.lower()}") for step in Step}


def deeds_of(contacts: Iterable[Came], lives: Iterable[Life], *, until: int) -> list[Deed]:
    """Everything that is done about these contacts and cases up to a second, in order."""
    every = chain(
        (deed for came in contacts for deed in _deeds(came)),
        (deed for life in lives for deed in _deeds_of_case(life)),
    )
    return sorted(deed for deed in every if deed.at <= until)


def _deeds_of_case(life: Life) -> Iterator[Deed]:
    yield Deed(life.received, life.number, Step.CASE_OPENED, 0, life)
    for place, at in enumerate(life.turns):
        yield Deed(at, life.number, Step.CASE_MOVED, place, life)


def _deeds(came: Came) -> Iterator[Deed]:
    number = came.number
    yield Deed(came.received, number, Step.CAME_IN, 0, came)
    if came.abandoned:
        yield Deed(came.abandoned, number, Step.GAVE_UP, 0, came)
        return
    yield Deed(came.answered, number, Step.ANSWERED, 0, came)
    if came.recognised:
        yield Deed(came.recognised, number, Step.RECOGNISED, 0, came)
    if came.reply:
        yield Deed(came.reply, number, Step.WROTE_BACK, 0, came)
    for place, asked in enumerate(came.asked):
        if asked.listing:
            yield Deed(asked.closed, number, Step.TOLD_WHOSE, place, came)
        else:
            yield Deed(asked.opened, number, Step.OPENED, place, came)
            yield Deed(asked.closed, number, Step.CLOSED, place, came)
        if asked.confirms:
            yield Deed(asked.confirms, number, Step.CONFIRMED, place, came)
        if asked.settled:
            yield Deed(asked.settled, number, Step.SETTLED, place, came)
