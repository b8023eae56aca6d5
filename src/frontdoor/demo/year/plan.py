"""What happens on a desk day: a pure function of the seed and the day.

A desk day is a working day with the evening, night and weekend before it: what was written meanwhile is answered on it.
Instants are whole seconds since 1970, so that a million contacts cost little.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from math import exp
from random import Random
from typing import NamedTuple

from frontdoor.demo.year.cast import CALLERS, MAIL, Cast, Offered, email_of
from frontdoor.demo.year.shape import (
    ABANDONED,
    OPENS,
    QUARTERS,
    SHAPE,
    SHORT,
    desk_day_before,
    expected_on,
    load_of,
)
from frontdoor.kernel.clock import at_london
from frontdoor.kernel.workingdays import ENGLAND

QUARTER = 900
LAST_POST = time(16, 30)
KNOWN_CALLERS, KNOWN_WRITERS, SAME_AGAIN = 0.45, 0.62, 0.1
SHOWN_NUMBERS = 0.25
SEVERAL, ELSEWHERE = 0.05, 0.03
OUTCOMES = (("answered", 78.0), ("handed on", 14.0), ("call back", 5.5), ("cut off", 2.5))
CONFIRMED, AGREED = 0.6, 0.92
TOLD, TOLD_WORDS = "spoke", "Rang them back with the answer."
WORDS = {
    "answered": (
        "Told what to do next.",
        "Explained how it works.",
        "Checked and told.",
        "Sent to the right page.",
    ),
    "handed on": ("Please look into this and call back.", "Needs somebody of the team to decide."),
    "call back": ("We ring back this week with an answer.", "They asked to be rung after work."),
    "cut off": ("The line went dead.", ""),
    "not ours": ("Told whose it is and gave the number.",),
}
WRITTEN = ("Please tell me what happens next.", "I have a question about this.", "Can somebody look into it?")
ANSWERED = ("Thank you for writing. This is what happens next.", "Thank you. We have looked into it.")
OTHER_CAUSES = ("POLICY_DISPUTE", "UNSTRUCTURED_CHANNEL", "OTHER")


@dataclass(frozen=True, slots=True)
class Asked:
    """One enquiry of a contact. `listing`: what it is of somebody else's; `days`: working days promised where it is
    handed on; `settled`: seconds, where the team settles it; `confirms`: seconds at which the advisor looks at the cause,
    and `other` what they say instead of what is proposed.
    """

    name: str
    opened: int
    closed: int
    outcome: str
    words: str
    listing: str = ""
    days: int = 0
    settled: int = 0
    confirms: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """One contact from its arrival to its end. `number` is its own; 0 seconds: it did not happen; -1: no customer."""

    number: int
    channel: str
    service: str
    came_from: str
    words: str
    customer: int
    received: int
    abandoned: int = 0
    advisor: int = 0
    answered: int = 0
    recognised: int = 0
    reply: int = 0
    reply_words: str = ""
    asked: tuple[Asked, ...] = ()


class _Who(NamedTuple):
    """A customer's number, or -1 for somebody whom nobody asks for a name; and what they come with, -1 for anything."""

    customer: int
    matter: int = -1


def planned(cast: Cast, day: date, share: float) -> list[Came]:
    """The contacts of a desk day, in the order in which they come in; `share` of a county's. None on other days."""
    if not ENGLAND.is_working_day(day):
        return []
    return list(_Day(cast, day, share).contacts())


class _Day:
    """The making of one desk day."""

    def __init__(self, cast: Cast, day: date, share: float) -> None:
        self._cast, self._day, self._share = cast, day, share
        self._rng = Random(f"{cast.seed}:{day.isoformat()}")
        self._opens = _seconds(day, time(OPENS))
        self._number = day.toordinal() * 100_000
        self._next_day = ENGLAND.add_working_days(day, 1)

    def contacts(self) -> Iterator[Came]:
        rng = self._rng
        arrivals: list[tuple[int, int, str, str]] = []
        services = tuple(self._cast.services)
        for service, expected in expected_on(self._day, services).items():
            for channel, count in (
                ("phone", expected.calls),
                ("email", expected.emails),
                ("social", expected.social),
            ):
                when = self._called_at if channel == "phone" else self._written_at
                for _ in range(int(count * self._share + rng.random())):
                    arrivals.append((when(), len(arrivals), service, channel))
        arrivals.sort()
        free = {
            "phone": [(0, pk) for pk in self._cast.advisors],
            "written": [(0, pk) for pk in self._cast.writers],
        }
        for received, _, service, channel in arrivals:
            self._number += 1
            if channel == "phone":
                yield self._call(received, service, free["phone"])
            else:
                yield self._writing(received, service, channel, free["written"])

    def _called_at(self) -> int:
        quarter = self._rng.choices(range(QUARTERS), SHAPE)[0]
        return self._opens + quarter * QUARTER + int(self._rng.random() * QUARTER)

    def _written_at(self) -> int:
        """Between the last post of the desk day before and this one's, mostly by day."""
        if self._rng.random() < 0.3:
            before = _seconds(desk_day_before(self._day), LAST_POST)
            return before + 1 + int(self._rng.random() * (self._opens - before))
        return self._opens + int(self._rng.random() * (_seconds(self._day, LAST_POST) - self._opens))

    def _call(self, received: int, service: str, free: list[tuple[int, int]]) -> Came:
        rng = self._rng
        who = self._caller(service, KNOWN_CALLERS)
        shown = rng.random() < SHOWN_NUMBERS and who.customer < 0
        number = rng.choice(CALLERS).format(rng.randrange(1000)) if shown else ""
        load = load_of(min((received - self._opens) // QUARTER, QUARTERS - 1))
        if rng.random() < ABANDONED * (0.45 + 0.47 * load):
            waited = 1 + int(rng.random() * 4) if rng.random() < SHORT else 20 + int(rng.expovariate(1 / 100))
            return Came(self._number, "phone", service, number, "", -1, received, abandoned=received + waited)
        waited = 3 + int(rng.expovariate(1 / (32 * load)))
        answered, advisor = self._taken(received + waited, free)
        offered = self._cast.services[service]
        talk = self._talk(offered.pence / 100 * 82)
        return self._answered(
            "phone", service, number, "", who, received, answered, advisor, talk, free, reply=False
        )

    def _writing(self, received: int, service: str, channel: str, free: list[tuple[int, int]]) -> Came:
        rng = self._rng
        who = self._caller(service, KNOWN_WRITERS)
        came_from = email_of(who.customer) if who.customer >= 0 else f"writer.{self._number}@{MAIL}"
        if channel == "social":
            who, came_from = _Who(-1), f"@writer.{self._number}"
        waits = max(received, self._opens) + 120 + int(rng.random() * 5400)
        answered, advisor = self._taken(waits, free)
        words = rng.choice(WRITTEN)
        talk = self._talk(240)
        return self._answered(
            channel, service, came_from, words, who, received, answered, advisor, talk, free, reply=True
        )

    def _taken(self, at: int, free: list[tuple[int, int]]) -> tuple[int, int]:
        """When it is answered, and by whom: who has been free for the longest."""
        free_at, advisor = heapq.heappop(free)
        return max(at, free_at + 5), advisor

    def _answered(
        self,
        channel: str,
        service: str,
        came_from: str,
        words: str,
        who: _Who,
        received: int,
        answered: int,
        advisor: int,
        talk: int,
        free: list[tuple[int, int]],
        *,
        reply: bool,
    ) -> Came:
        asked = tuple(self._asked(service, answered, talk, channel, who.matter))
        heapq.heappush(free, (asked[-1].closed, advisor))
        recognised = answered + 8 if who.customer >= 0 else 0
        return Came(
            self._number,
            channel,
            service,
            came_from,
            words,
            who.customer,
            received,
            advisor=advisor,
            answered=answered,
            recognised=recognised,
            reply=asked[0].closed - 2 if reply else 0,
            reply_words=self._rng.choice(ANSWERED) if reply else "",
            asked=asked,
        )

    def _caller(self, service: str, known: float) -> _Who:
        """Who comes. Some come often, and some come again within the week with the same."""
        rng = self._rng
        if rng.random() >= known:
            return _Who(-1)
        most = self._cast.callers
        if rng.random() < SAME_AGAIN:
            year, week, _ = self._day.isocalendar()
            weekly = expected_on(self._day, tuple(self._cast.services))[service].calls * self._share * 5
            place = rng.randrange(max(1, int(weekly * known * SAME_AGAIN / 2)))
            again = Random(f"{self._cast.seed}:{service}:{year}:{week}:{place}")
            return _Who(again.randrange(most), again.randrange(100))
        return _Who(min(int(most * rng.random() ** 1.6), most - 1))

    def _talk(self, mean: float) -> int:
        """Seconds of talk and the work after it: skewed, as handling times are."""
        return max(25, int(mean * exp(self._rng.gauss(-0.15, 0.55))))

    def _asked(self, service: str, answered: int, talk: int, channel: str, matter: int) -> Iterator[Asked]:
        rng = self._rng
        offered = self._cast.services[service]
        count = 2 if rng.random() < SEVERAL and channel == "phone" else 1
        part = max(12, (talk - 10) // count)
        for place in range(count):
            opened = answered + 12 + place * part
            closed = opened + part - 4
            if rng.random() < ELSEWHERE and self._cast.elsewhere:
                yield self._of_others(closed)
                continue
            yield self._one(offered, opened, closed, matter if not place else -1)

    def _of_others(self, closed: int) -> Asked:
        listing = self._rng.choice(self._cast.elsewhere)
        confirms, other = self._looked_at(closed)
        return Asked(
            *("", closed, closed, "not ours", WORDS["not ours"][0]),
            listing=listing,
            confirms=confirms,
            other=other,
        )

    def _one(self, offered: Offered, opened: int, closed: int, matter: int) -> Asked:
        rng = self._rng
        drawn = rng.choice(offered.enquiries)
        name = offered.enquiries[matter % len(offered.enquiries)] if matter >= 0 else drawn
        outcome = rng.choices([each for each, _ in OUTCOMES], [weight for _, weight in OUTCOMES])[0]
        words = rng.choice(WORDS[outcome])
        days, settled = 0, 0
        if outcome == "handed on":
            days = rng.choice((1, 2, 3, 5))
            settled = self._settled(days)
        confirms, other = self._looked_at(closed)
        return Asked(name, opened, closed, outcome, words, "", days, settled, confirms, other)

    def _settled(self, days: int) -> int:
        """Mostly in time, now and then a day or two after the promise, and a few after weeks."""
        drawn = self._rng.random()
        late = days + self._rng.randint(1, 2) if drawn < 0.15 else max(1, days - 1)
        after = days + self._rng.randint(8, 30) if drawn > 0.97 else late
        day = ENGLAND.add_working_days(self._day, after)
        return _seconds(day, time(9)) + int(self._rng.random() * 8 * 3600)

    def _looked_at(self, closed: int) -> tuple[int, str]:
        """When the advisor looks at the cause that will be proposed, and what they say instead; 0: they do not."""
        rng = self._rng
        if rng.random() >= CONFIRMED:
            return 0, ""
        return closed + 3, "" if rng.random() < AGREED else rng.choice(OTHER_CAUSES)


def _seconds(day: date, clock: time) -> int:
    return int(at_london(day, clock).timestamp())
