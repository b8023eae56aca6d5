"""Two ways of sending: at a steady rate whatever happens (open loop), and as fast as answers come (closed loop)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from bench.http import Client, NoAnswer

FOUND = 302


@dataclass(frozen=True)
class Shot:
    """One form ready to be sent: the whole request, and to whom its acknowledgement goes."""

    request: bytes
    recipient: str


@dataclass(frozen=True)
class Sent:
    """How one sending went. `planned` is when it was due, `done` when the answer was there (monotonic seconds)."""

    recipient: str
    planned: float
    done: float
    is_taken: bool

    @property
    def seconds(self) -> float:
        """From when it was due until the answer: a server that stalls cannot hide what waits behind it."""
        return self.done - self.planned


async def steadily(client: Client, shots: Sequence[Shot], *, rate: float) -> list[Sent]:
    """Send `rate` forms a second, each at its time, whether or not earlier ones were answered."""
    start = monotonic() + 0.1

    async def one(place: int, shot: Shot) -> Sent:
        planned = start + place / rate
        await asyncio.sleep(max(0.0, planned - monotonic()))
        return await _send(client, shot, planned)

    return list(await asyncio.gather(*(one(place, shot) for place, shot in enumerate(shots))))


async def flat_out(client: Client, shots: Sequence[Shot], *, clients: int, seconds: float) -> list[Sent]:
    """`clients` customers, each sending the next form as soon as the last was answered, until time is up."""
    waiting = iter(shots)
    end = monotonic() + seconds

    async def customer() -> list[Sent]:
        done = []
        while monotonic() < end and (shot := next(waiting, None)):
            done.append(await _send(client, shot, monotonic()))
        return done

    return [sent for each in await asyncio.gather(*(customer() for _ in range(clients))) for sent in each]


async def over_and_over(
    whole: Callable[[Client], Awaitable[bool]], clients: Iterator[Client], *, count: int, seconds: float
) -> tuple[int, float]:
    """How many times `count` customers at once got through something whole, and in how many seconds."""
    start = monotonic()

    async def customer(client: Client) -> int:
        done = 0
        while monotonic() - start < seconds:
            done += await whole(client)
        return done

    finished = await asyncio.gather(*(customer(next(clients)) for _ in range(count)))
    return sum(finished), monotonic() - start


async def _send(client: Client, shot: Shot, planned: float) -> Sent:
    try:
        answer = await client.ask(shot.request)
    except NoAnswer:
        return Sent(shot.recipient, planned, monotonic(), is_taken=False)
    return Sent(shot.recipient, planned, monotonic(), is_taken=answer.status == FOUND)
