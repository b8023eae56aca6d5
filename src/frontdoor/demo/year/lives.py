"""Which cases begin on a desk day, and when what becomes of them happens: a pure function of the seed and the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Any

from frontdoor.demo.year.cast import Cast, introduction_of
from frontdoor.demo.year.shape import part_of_year
from frontdoor.demo.year.stories import CASES, STORIES, Story, Turn
from frontdoor.kernel.clock import at_london
from frontdoor.kernel.facts import Json
from frontdoor.kernel.workingdays import ENGLAND

FIRST_NUMBER = 60_000
"""Numbers of a day up to here are those of contacts with people."""
NAMED_A_DAY = 134
"""More customers than begin a case on the busiest day of a county."""


@dataclass(frozen=True, slots=True)
class Life:
    """One case from its form to its end. `story`: its place among the stories; `customer`: -1 for nobody; `turns`: the
    seconds at which its moves are made.
    """

    number: int
    story: int
    customer: int
    received: int
    turns: tuple[int, ...]

    @property
    def told(self) -> Story:
        """Its story."""
        return STORIES[self.story]

    def turn(self, place: int) -> Turn:
        """One of its moves."""
        return self.told.turns[place]


def begun(cast: Cast, day: date, share: float) -> list[Life]:
    """The cases that begin on a working day; `share` of a county's. None on other days."""
    return list(_begun(cast, day, share)) if ENGLAND.is_working_day(day) else []


def _begun(cast: Cast, day: date, share: float) -> Iterator[Life]:
    rng = Random(f"{cast.seed}:{day.isoformat()}:cases")
    number = day.toordinal() * 100_000 + FIRST_NUMBER
    named = 0
    for service, a_year in CASES.items():
        if service not in cast.packs:
            continue
        stories = [place for place, story in enumerate(STORIES) if story.service == service]
        weights = [STORIES[place].weight for place in stories]
        for _ in range(int(a_year * part_of_year(day) * share + rng.random())):
            number += 1
            place = rng.choices(stories, weights)[0]
            received = _seconds(day, time(6)) + int(rng.random() * 16 * 3600)
            customer = -1
            if STORIES[place].is_named:
                customer = _customer(cast, day, named, share)
                named += 1
            turns = tuple(_turns(day, received, STORIES[place], rng))
            yield Life(number, place, customer, received, turns)


def _customer(cast: Cast, day: date, named: int, share: float) -> int:
    """One of those who never ring, another for every case of a year."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    place = (weeks * 5 + weekday) * (1 + int(NAMED_A_DAY * share)) + named
    return cast.callers + place % (cast.customers - cast.callers)


def _turns(day: date, at: int, story: Story, rng: Random) -> Iterator[int]:
    for turn in story.turns:
        after = rng.randint(*turn.after)
        opens, closes = _seconds(day, time(9)), _seconds(day, time(17))
        if after or at > closes:
            day = ENGLAND.add_working_days(day, max(1, after))
            at = _seconds(day, time(9)) + int(rng.random() * 7 * 3600)
        else:
            at = max(at, opens) + 600 + int(rng.random() * 3000)
        yield at


def answers_of(life: Life) -> dict[str, Json]:
    """What the customer filled in."""
    if life.customer < 0:
        return dict(life.told.answers)
    who = introduction_of(life.customer)
    address: Any = dict(who.address or {})
    return {
        **life.told.answers,
        "full_name": who.full_name,
        "born_on": who.born_on.isoformat() if who.born_on else None,
        "email": who.email or None,
        "phone": who.phone,
        "home_address": address,
    }


def _seconds(day: date, clock: time) -> int:
    return int(at_london(day, clock).timestamp())
