"""Which cases there will be: how many of each service, which story each tells, and when it begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from frontdoor.catalogue.pack import Pack
from frontdoor.demo.hours import arrival, later
from frontdoor.demo.steps import Do, Story
from frontdoor.kernel.clock import london

PAST = timedelta(days=425)
CHANNELS: Mapping[str, float] = {"web": 84, "post": 9, "phone": 7}
MOST_SHIFTS = 6
JUST_NOW = timedelta(minutes=40)


@dataclass(frozen=True)
class Planned:
    """One life to be lived. `most` steps of the story are taken; `pace` seeds how long each takes."""

    number: int
    service: str
    story: Story
    begins_at: datetime
    channel: str
    most: int
    pace: str


def plans(
    *,
    packs: Mapping[str, Pack],
    stories: Mapping[str, tuple[float, Sequence[Story]]],
    cases: int,
    at: datetime,
    seed: int,
) -> list[Planned]:
    """Every case of the demo, some of them set up so that each state of each journey has a case in it at the end."""
    rng = Random(f"{seed}:plan")
    told = {service: table for service, table in stories.items() if service in packs}
    staged = [
        each
        for service, (_, table) in told.items()
        for each in _one_in_each_state(packs[service], table, at, seed)
    ]
    shares = {service: share for service, (share, _) in told.items()}
    rest = max(cases - len(staged), 0)
    services = rng.choices(list(shares), list(shares.values()), k=rest)
    past = [_past(n, service, told[service][1], at, seed) for n, service in enumerate(services, len(staged))]
    return [*staged, *past]


def _past(number: int, service: str, table: Sequence[Story], at: datetime, seed: int) -> Planned:
    rng = Random(f"{seed}:{service}:{number}")
    day = at - rng.random() ** 1.15 * PAST
    story = rng.choices(table, [each.weight * each.months.get(london(day).month, 1.0) for each in table])[0]
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    begins_at = arrival(day, rng, needs_office=channel != "web")
    return Planned(
        number,
        service,
        story,
        min(begins_at, at - JUST_NOW),
        channel,
        len(story.steps),
        f"{seed}:pace:{service}:{number}",
    )


def _one_in_each_state(pack: Pack, table: Sequence[Story], at: datetime, seed: int) -> Iterator[Planned]:
    """For each state a story that comes through it, begun so long ago that it stands there now."""
    wanted = dict.fromkeys(pack.journey.states)
    number = 0
    for story in sorted(table, key=lambda each: -each.weight):
        for state, steps in _passes(pack, story):
            if state in wanted:
                del wanted[state]
                yield _staged(pack.id, story, steps, at, seed, number)
                number += 1


def _passes(pack: Pack, story: Story) -> Iterator[tuple[str, int]]:
    """The states this story comes through, with how many steps it has then taken."""
    yield pack.journey.starts_at, 0
    for taken, step in enumerate(story.steps, 1):
        name = step.what if step.do in (Do.MOVE, Do.SEND) else "payment received" if step.do is Do.PAY else ""
        move = pack.journey.moves.get(name)
        if move is not None and move.to is not None:
            yield move.to, taken


def _staged(service: str, story: Story, most: int, at: datetime, seed: int, number: int) -> Planned:
    name = f"{seed}:staged:{service}:{number}"
    rng = Random(name)
    rested = timedelta(days=rng.choice((0.2, 0.6, 1.5, 3, 6)))
    begins_at = at - rested
    for _ in range(MOST_SHIFTS):
        over = _last_step(story, begins_at, most, name) - (at - rested)
        if over <= timedelta(0):
            break
        begins_at -= over
    return Planned(number, service, story, _awake(begins_at, rng), "web", most, name)


def _awake(begins_at: datetime, rng: Random) -> datetime:
    return (
        min(begins_at, arrival(begins_at, rng, needs_office=False))
        if london(begins_at).hour < 6
        else begins_at
    )


def _last_step(story: Story, begins_at: datetime, most: int, pace: str) -> datetime:
    rng, now = Random(pace), begins_at
    for step in story.steps[:most]:
        now = later(now, step.after, step.by, rng)
    return now
