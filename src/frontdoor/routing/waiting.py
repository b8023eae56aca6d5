"""What waits, queue by queue. Only the heads are compared, so a decision costs the same at ten and at ten thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import inf

from frontdoor.routing.definition import Item, Queue


class Line:
    """The items of one queue, oldest by promise first; of the same instant, the lower number first. `since` is the
    head's; infinite where nothing waits.
    """

    __slots__ = ("_gone", "_heap", "queue", "since", "slope")

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.slope = queue.slope
        self.since = inf
        self._heap: list[tuple[float, int, Item]] = []
        self._gone: set[int] = set()

    def __len__(self) -> int:
        return len(self._heap) - len(self._gone)

    def add(self, item: Item) -> None:
        """Let an item wait."""
        heappush(self._heap, (item.since, item.number, item))
        self.since = self._heap[0][0]

    def take(self) -> Item:
        """Take the head away. IndexError of an empty line."""
        taken = heappop(self._heap)[2]
        self._look()
        return taken

    def drop(self, number: int) -> None:
        """Somebody gave up. The item must be waiting in this line."""
        self._gone.add(number)
        self._look()

    def _look(self) -> None:
        heap, gone = self._heap, self._gone
        while gone and heap[0][1] in gone:
            gone.remove(heappop(heap)[1])
        self.since = heap[0][0] if heap else inf


def costliest(lines: Sequence[Line], at: float) -> Line | None:
    """The line whose head costs most by waiting on; None where nothing waits. Ties: the one that waits longer, then the
    line that is named first.
    """
    best: Line | None = None
    most, oldest = -inf, inf
    for line in lines:
        since = line.since
        cost = line.slope * (at - since)
        if cost > most or (cost == most and since < oldest):
            best, most, oldest = line, cost, since
    return best


def lines_of(queues: Iterable[Queue]) -> dict[str, Line]:
    """A line for each queue, by name, in the order given. ValueError where two have one name."""
    lines: dict[str, Line] = {}
    for queue in queues:
        if queue.name in lines:
            raise ValueError(f"Two queues are named {queue.name}: give each a name of its own.")
        lines[queue.name] = Line(queue)
    return lines
