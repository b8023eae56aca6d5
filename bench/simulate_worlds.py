"""The worlds that bench/simulate.py lives: one queue, many skills, and a year of a council."""

from __future__ import annotations

import random
from math import pi, sin

import numpy as np

from frontdoor.workforce.simulation.definition import (
    FOR_EVER,
    Kind,
    Person,
    Presence,
    Queue,
    Shape,
    Spread,
    World,
)

SERVICES, ADVISORS, EACH_KNOWS = 28, 190, 5
INTERVAL, DAY = 900.0, 96


def one_queue(contacts: int) -> World:
    """M/M/100+M: 98 erlang on 100 people, patience of four minutes."""
    queue = Queue(
        "calls", "calls", "calls", Kind.CALL, 60.0, Spread(300.0), patience=Spread(240.0), within=20.0
    )
    people = tuple(Person(f"advisor {number}", {"calls": 1}) for number in range(100))
    each = 98.0 * INTERVAL / 300.0
    return always(queue, people=people, rates=np.full((1, round(contacts / each)), each))


def many_skills(contacts: int) -> World:
    """28 services with urgent, plain and patient calls; 190 people who know five services each, at three levels."""
    rng = random.Random(190)
    queues = [
        Queue(
            f"service {service}, {name}",
            f"service {service}",
            f"service {service}",
            Kind.CALL,
            promise,
            Spread(300.0),
            patience=Spread(patience),
        )
        for service in range(SERVICES)
        for name, promise, patience in (
            ("urgent", 20.0, 120.0),
            ("plain", 60.0, 240.0),
            ("patient", 180.0, 480.0),
        )
    ]
    sizes = np.array(
        [rng.gammavariate(1.5, 1.0) * share for _ in range(SERVICES) for share in (0.2, 0.5, 0.3)]
    )
    each = 0.9 * ADVISORS * INTERVAL / 300.0 * sizes / sizes.sum()
    intervals = round(contacts / each.sum())
    return always(
        *queues, people=skilled(rng, sizes, chats=0), rates=np.repeat(each[:, None], intervals, axis=1)
    )


def skilled(rng: random.Random, sizes: np.ndarray, *, chats: int) -> tuple[Person, ...]:
    """190 people; busy services are known by more of them."""
    weights = [float(sizes[3 * service : 3 * service + 3].sum()) + 0.3 for service in range(SERVICES)]
    people = []
    for number in range(ADVISORS):
        known: set[int] = {number % SERVICES}
        while len(known) < EACH_KNOWS:
            known.add(rng.choices(range(SERVICES), weights)[0])
        skills = {f"service {service}": rng.randint(1, 3) for service in sorted(known)}
        people.append(Person(f"advisor {number}", skills, chats))
    return tuple(people)


def always(*queues: Queue, people: tuple[Person, ...], rates: np.ndarray) -> World:
    """Everybody is there all the time."""
    presences = tuple(Presence(person.name, 0.0, rates.shape[1] * INTERVAL) for person in people)
    return World(queues, people, presences, rates)


def council(days: int) -> World:
    """Calls, chats and email of 28 services, some 1.1 million calls a year on weekdays from 08:00 to 18:00 and email at
    any hour; shifts of eight hours with two breaks and lunch, one person in eight away each day; redials, wrap-up, three
    chats at once, a ceiling of 85 %.
    """
    rng = random.Random(28)
    sizes = np.array([rng.gammavariate(1.2, 1.0) for _ in range(SERVICES)])
    sizes /= sizes.sum()
    queues, rates = [], []
    shape = _opening(days)
    for service in range(SERVICES):
        queues += _queues_of(f"service {service}")
        volume = sizes[service]
        rates += [
            volume * 4_300.0 * shape,
            volume * 900.0 * shape,
            volume * 1_600.0 * np.full(days * DAY, 1 / DAY),
        ]
    people = skilled(rng, np.repeat(sizes / sizes.mean(), 3) / 3, chats=3)
    presences = [
        each for day in range(days) if day % 7 < 5 for person in people for each in _shift(rng, person, day)
    ]
    return World(tuple(queues), people, tuple(presences), np.array(rates), is_open=shape > 0)


def _queues_of(service: str) -> list[Queue]:
    handling = Spread(270.0, Shape.LOGNORMAL, 0.9)
    return [
        Queue(
            f"{service} calls",
            service,
            service,
            Kind.CALL,
            60.0,
            handling,
            Spread(40.0),
            within=20.0,
            patience=Spread(240.0),
            redial=0.4,
        ),
        Queue(
            f"{service} chats",
            service,
            service,
            Kind.CHAT,
            120.0,
            Spread(500.0, Shape.LOGNORMAL, 0.7),
            patience=Spread(400.0),
            beside=0.3,
        ),
        Queue(
            f"{service} email",
            service,
            service,
            Kind.DEFERRED,
            2 * 86_400.0,
            Spread(420.0, Shape.LOGNORMAL, 1.0),
            patience=FOR_EVER,
        ),
    ]


def _opening(days: int) -> np.ndarray:
    """Each interval's share of a day's calls; nothing at night and on the last two days of seven."""
    day = np.array([0.5 + sin(pi * (place - 32) / 40) if 32 <= place < 72 else 0.0 for place in range(DAY)])
    day /= day.sum()
    return np.concatenate([day if each % 7 < 5 else np.zeros(DAY) for each in range(days)])


def _shift(rng: random.Random, person: Person, day: int) -> list[Presence]:
    if rng.random() < 1 / 8:
        return []
    begins = day * DAY * INTERVAL + rng.choice((8.0, 8.5, 9.0, 9.5, 10.0)) * 3600.0
    away = [(2.0, 2.25), (4.0, 4.5), (6.25, 6.5)]
    edges = [0.0, *[hour for pause in away for hour in pause], 8.0]
    return [
        Presence(person.name, begins + edges[place] * 3600.0, begins + edges[place + 1] * 3600.0)
        for place in range(0, len(edges), 2)
    ]
