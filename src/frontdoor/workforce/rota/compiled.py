"""The compiled heart: the best week of one person at given prices, and what follows of it for search and bound.

All of it stands in one file, because numba keeps what it compiled by the file in which a function stands.

A week is days by quarter hours of a common grid. What a quarter hour of work costs (its *worth*, with the sign turned) is
given; then the cheapest week of one person within every rule is found exactly: by start, pauses in order, and end within
a day, and by days and hours over the week. Everything else here asks for that, many thousand times a second.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.extending import register_jitable

Integers = npt.NDArray[np.int64]
Slacks = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int8]

FAR = 1e15
"""The cost of what cannot be."""
HELD = 1e6
"""The reward, or the price, of a quarter hour that is held as it is."""
FREE, ACTIVITY, AT_WORK, AWAY = 0, 1, 2, 3
"""Marks of a quarter hour of one person: free; at work but not on contacts; must be at work; must not be."""
PEOPLE = 100
"""One person, as need is counted: hundredths."""


class Law(NamedTuple):
    """Shift rules. `pattern_of`: by paid quarters, which pattern of pauses (−1: no such shift; the lengths of a pattern
    are without a gap); `elapsed`: by paid quarters, from start to end; `pauses`: how many, by pattern; `pause`: by
    pattern and place: quarters, first and last quarter at which it begins; `stretch`: least and most quarters at work
    between pauses.
    """

    pattern_of: Integers
    elapsed: Integers
    pauses: Integers
    pause: Integers
    stretch: Integers


class Staff(NamedTuple):
    """People. `skills`: bits; by day: `window` (earliest start, latest end), `lengths` (least, most paid quarters; 0, 0
    where the day cannot be worked), `must`; `days`: how many are worked; `quarters`: paid, in the week; `starting` and
    `ending`: what it costs to start or end at a quarter of a day; `held`: marks.
    """

    skills: Integers
    window: Integers
    lengths: Integers
    must: Integers
    days: Integers
    quarters: Integers
    starting: Floats
    ending: Floats
    held: Marks


class Plan(NamedTuple):
    """Who works when, by person and day. `start`: −1 where the day is not worked; `length`: paid quarters; `pause`: when
    each begins, −1 where there is none.
    """

    start: Integers
    length: Integers
    pause: Integers


class Room(NamedTuple):
    """Room to work in, so that nothing is made anew for each person."""

    costs: Floats
    sums: Floats
    reach: Floats
    back: Integers
    now: Floats
    then: Floats
    row: Floats
    best: Floats
    begin: Integers
    value: Floats
    taken: Integers
    cells: Integers
    dear: Floats
    which: Integers


def room_for(days: int, grid: int, longest: int, quarters: int, pauses: int) -> Room:
    """Room for weeks of so many days of `grid` quarters, shifts up to `longest` and contracts up to `quarters`."""
    return Room(
        np.zeros((days, grid)),
        np.zeros(grid + 1),
        np.zeros((pauses + 1, grid + 1)),
        np.zeros((pauses + 1, grid + 1), np.int64),
        np.zeros((grid + 1, grid + 1)),
        np.zeros((grid + 1, grid + 1)),
        np.zeros(grid + 1),
        np.zeros((days, longest + 1)),
        np.zeros((days, longest + 1), np.int64),
        np.zeros((days + 1, days + 1, quarters + 1)),
        np.zeros((days + 1, days + 1, quarters + 1), np.int64),
        np.zeros(days * grid, np.int64),
        np.zeros(days * grid),
        np.zeros(days * grid, np.int64),
    )


@register_jitable
def _sum_up(costs: Floats, sums: Floats) -> None:
    sums[0] = 0.0
    for t in range(len(costs)):
        sums[t + 1] = sums[t] + costs[t]


@register_jitable
def _reach_pauses(law: Law, room: Room, pattern: int, start: int, last: int) -> tuple[int, int]:
    """What it costs to come, from a start, through each pause in turn to the moment after it; where the last may lie."""
    least, most = law.stretch[0], law.stretch[1]
    sums, reach, back = room.sums, room.reach, room.back
    low, high, before = start, start, 0
    for place in range(law.pauses[pattern]):
        quarters = law.pause[pattern, place, 0]
        first = max(law.pause[pattern, place, 1], low + before + least)
        final = min(law.pause[pattern, place, 2], high + before + most, last - quarters - least)
        for t in range(first, final + 1):
            cheapest, source = FAR, -1
            if place == 0:
                cheapest = -sums[start]
            else:
                for earlier in range(max(low, t - before - most), min(high, t - before - least) + 1):
                    if reach[place - 1, earlier] < cheapest:
                        cheapest, source = reach[place - 1, earlier], earlier
            reach[place, t] = cheapest + sums[t] - sums[t + quarters]
            back[place, t] = source
        low, high, before = first, final, quarters
        if low > high:
            break
    return low, high


@register_jitable
def _end_of(
    law: Law, room: Room, pattern: int, reached: tuple[int, int], start: int, end: int
) -> tuple[float, int]:
    """The cheapest way to an end, and when the last pause before it begins (−1: there is none)."""
    least, most = law.stretch[0], law.stretch[1]
    number = law.pauses[pattern]
    if number == 0:
        if least <= end - start <= most:
            return room.sums[end] - room.sums[start], -1
        return FAR, -1
    quarters = law.pause[pattern, number - 1, 0]
    cheapest, source = FAR, -1
    for t in range(max(reached[0], end - quarters - most), min(reached[1], end - quarters - least) + 1):
        if room.reach[number - 1, t] < cheapest:
            cheapest, source = room.reach[number - 1, t], t
    return cheapest + room.sums[end], source


@register_jitable
def _take_lower(into: Floats, other: Floats) -> None:
    """Each of the first the lower of the two."""
    for place in range(len(into)):
        here, there = into[place], other[place]
        into[place] = there if there < here else here


@register_jitable
def _reach_from_all(
    pauses: Integers,
    number: int,
    stretch: Integers,
    sums: Floats,
    starting: Floats,
    starts: tuple[int, int, int],
    now: Floats,
    then: Floats,
) -> tuple[int, int, int]:
    """As `_reach_pauses`, for every start at once and of costs alone: `now[t, place of the start]` (or `then`, after an
    even number of pauses), with what the start costs. Where the last pause may begin, and how long it is.
    """
    least, most = stretch[0], stretch[1]
    opening, count, last = starts
    low, high, before = opening, opening + count - 1, 0
    for place in range(number):
        quarters = pauses[place, 0]
        first = max(pauses[place, 1], low + before + least)
        final = min(pauses[place, 2], high + before + most, last - quarters - least)
        for t in range(first, final + 1):
            row = now[t, :count]
            row[:] = FAR
            gain = sums[t] - sums[t + quarters]
            if place == 0:
                for each in range(max(0, t - most - opening), min(count - 1, t - least - opening) + 1):
                    row[each] = gain - sums[opening + each] + starting[opening + each]
            else:
                for earlier in range(max(low, t - before - most), min(high, t - before - least) + 1):
                    _take_lower(row, then[earlier, :count])
                for each in range(count):
                    row[each] += gain
        low, high, before = first, final, quarters
        now, then = then, now
    return low, high, before


@register_jitable
def _end_all(
    lengths: tuple[int, int, int],
    stretch: Integers,
    reached: tuple[int, int, int],
    starts: tuple[int, int, int],
    sums: Floats,
    ending: Floats,
    rows: Floats,
    row: Floats,
    best: Floats,
    begin: Integers,
) -> None:
    """Put the cheapest shift of each length into `best`, from where the last pause begins (`rows`, by start)."""
    (shortest, longest, unpaid), (low, high, before) = lengths, reached
    opening, count, last = starts
    for end in range(opening + shortest + unpaid, min(last, opening + count - 1 + longest + unpaid) + 1):
        first = max(0, end - opening - unpaid - longest)
        width = min(count - 1, end - opening - unpaid - shortest) - first + 1
        if width <= 0:
            continue
        here = row[:width]
        here[:] = FAR
        for t in range(max(low, end - before - stretch[1]), min(high, end - before - stretch[0]) + 1):
            _take_lower(here, rows[t, first : first + width])
        for each in range(width):
            start = opening + first + each
            cost = here[each] + sums[end] + ending[end]
            if cost < best[end - start - unpaid]:
                best[end - start - unpaid], begin[end - start - unpaid] = cost, start


@register_jitable
def _end_unbroken(
    lengths: tuple[int, int, int],
    stretch: Integers,
    starts: tuple[int, int, int],
    sums: Floats,
    starting: Floats,
    ending: Floats,
    best: Floats,
    begin: Integers,
) -> None:
    """As `_end_all`, of shifts without a pause."""
    for start in range(starts[0], starts[0] + starts[1]):
        for length in range(max(lengths[0], stretch[0]), min(lengths[1], stretch[1], starts[2] - start) + 1):
            end = start + length
            cost = sums[end] - sums[start] + starting[start] + ending[end]
            if cost < best[length]:
                best[length], begin[length] = cost, start


@register_jitable
def _best_days(law: Law, staff: Staff, room: Room, person: int, day: int) -> None:
    """For each paid length: the cheapest shift of a day, and when it starts."""
    best, begin, sums = room.best[day], room.begin[day], room.sums
    starting, ending = staff.starting[person, day], staff.ending[person, day]
    shortest, longest = staff.lengths[person, day, 0], staff.lengths[person, day, 1]
    best[shortest : longest + 1] = FAR
    opening, last = staff.window[person, day, 0], staff.window[person, day, 1]
    _sum_up(room.costs[day], sums)
    for pattern in range(len(law.pauses)):
        least, most = longest + 1, shortest - 1
        for length in range(shortest, longest + 1):
            if law.pattern_of[length] == pattern:
                least, most = min(least, length), length
        if least > most or opening + law.elapsed[least] > last:
            continue
        starts = (opening, last - law.elapsed[least] - opening + 1, last)
        lengths = (least, most, law.elapsed[least] - least)
        number = law.pauses[pattern]
        if number == 0:
            _end_unbroken(lengths, law.stretch, starts, sums, starting, ending, best, begin)
            continue
        reached = _reach_from_all(
            law.pause[pattern], number, law.stretch, sums, starting, starts, room.now, room.then
        )
        rows = room.now if number % 2 else room.then
        _end_all(lengths, law.stretch, reached, starts, sums, ending, rows, room.row, best, begin)


@register_jitable
def _add_day(staff: Staff, room: Room, person: int, day: int, count: int, paid: int) -> None:
    """After so many days with so many paid quarters: work this day too, for each length."""
    before, left = room.value[day, count, paid], staff.quarters[person] - paid
    values, taken = room.value[day + 1, count + 1], room.taken[day + 1, count + 1]
    for length in range(staff.lengths[person, day, 0], min(staff.lengths[person, day, 1], left) + 1):
        cost = before + room.best[day, length]
        if cost < values[paid + length]:
            values[paid + length] = cost
            taken[paid + length] = length


@register_jitable
def _spread_hours(law: Law, staff: Staff, room: Room, person: int) -> tuple[float, int]:
    """The cheapest days and lengths whose sum is the contract; how many days. FAR where there are none."""
    value, taken = room.value, room.taken
    days, quarters, most = len(room.costs), staff.quarters[person], staff.days[person, 1]
    value[0, : most + 1, : quarters + 1] = FAR
    value[0, 0, 0] = 0.0
    least, longest, worked = 0, 0, 0
    for day in range(days):
        value[day + 1, : most + 1, : quarters + 1] = FAR
        can = staff.lengths[person, day, 1] > 0
        for count in range(least, min(worked, most) + 1):
            for paid in range(min(quarters, count * longest) + 1):
                before = value[day, count, paid]
                if before >= FAR:
                    continue
                if staff.must[person, day] == 0 and before < value[day + 1, count, paid]:
                    value[day + 1, count, paid] = before
                    taken[day + 1, count, paid] = 0
                if can and count < most:
                    _add_day(staff, room, person, day, count, paid)
        least += staff.must[person, day]
        worked += can
        longest = max(longest, staff.lengths[person, day, 1])
    cheapest, chosen = FAR, 0
    for count in range(staff.days[person, 0], most + 1):
        if value[days, count, quarters] < cheapest:
            cheapest, chosen = value[days, count, quarters], count
    return cheapest, chosen


@register_jitable
def _write_day(law: Law, room: Room, plan: Plan, person: int, day: int, length: int, last: int) -> None:
    """Put the cheapest shift of a length into the plan, with its pauses."""
    plan.length[person, day] = length
    plan.start[person, day] = -1
    plan.pause[person, day, :] = -1
    if length == 0:
        return
    start, pattern = room.begin[day, length], law.pattern_of[length]
    plan.start[person, day] = start
    _sum_up(room.costs[day], room.sums)
    reached = _reach_pauses(law, room, pattern, start, last)
    at = _end_of(law, room, pattern, reached, start, start + law.elapsed[length])[1]
    for place in range(law.pauses[pattern] - 1, -1, -1):
        plan.pause[person, day, place] = at
        at = room.back[place, at]


@njit(cache=True, nogil=True)
def best_week(law: Law, staff: Staff, room: Room, plan: Plan, person: int) -> float:
    """Put the cheapest week of a person at `room.costs` into the plan; what it costs. FAR: there is none, and the plan is
    left as it was.
    """
    for day in range(len(room.costs)):
        if staff.lengths[person, day, 1] > 0:
            _best_days(law, staff, room, person, day)
    cost, count = _spread_hours(law, staff, room, person)
    if cost >= FAR:
        return FAR
    paid = staff.quarters[person]
    for day in range(len(room.costs) - 1, -1, -1):
        length = room.taken[day + 1, count, paid]
        _write_day(law, room, plan, person, day, length, staff.window[person, day, 1])
        if length:
            count, paid = count - 1, paid - length
    return cost


@register_jitable
def _personal(law: Law, staff: Staff, plan: Plan, person: int) -> float:
    """What a person's starts and ends cost."""
    cost = 0.0
    for day in range(plan.start.shape[1]):
        start = plan.start[person, day]
        if start >= 0:
            cost += staff.starting[person, day, start]
            cost += staff.ending[person, day, start + law.elapsed[plan.length[person, day]]]
    return cost


@register_jitable
def _walk(law: Law, plan: Plan, room: Room, person: int) -> int:
    """Put the quarter hours at which a person's plan has them at work (counted through the week) into `room.cells`; how
    many there are.
    """
    found, grid, cells = 0, room.costs.shape[1], room.cells
    for day in range(plan.start.shape[1]):
        t = plan.start[person, day]
        if t < 0:
            continue
        length = plan.length[person, day]
        pattern, end = law.pattern_of[length], t + law.elapsed[length]
        for place in range(law.pauses[pattern] + 1):
            until = plan.pause[person, day, place] if place < law.pauses[pattern] else end
            for each in range(t, until):
                cells[found] = day * grid + each
                found += 1
            t = until + law.pause[pattern, place, 0] if place < law.pauses[pattern] else end
    return found


@register_jitable
def _cover(
    law: Law, staff: Staff, room: Room, plan: Plan, slack: Slacks, touched: Slacks, person: int, by: int
) -> None:
    """Add to the slack (need less people) what a person's plan covers, times `by`."""
    lanes, held = touched[staff.skills[person]], staff.held[person].reshape(-1)
    rows = slack.reshape(-1, len(lanes))
    for place in range(_walk(law, plan, room, person)):
        cell = room.cells[place]
        if held[cell] != ACTIVITY:
            row = rows[cell]
            for subset in range(len(row)):
                row[subset] += by * lanes[subset]


@register_jitable
def _worth(
    staff: Staff, slack: Slacks, touched: Slacks, room: Room, under: float, over: float, person: int
) -> None:
    """Put into `room.costs` what one more person with these skills changes, quarter by quarter."""
    lanes = touched[staff.skills[person]]
    for day in range(slack.shape[0]):
        for t in range(slack.shape[1]):
            mark = staff.held[person, day, t]
            if mark == FREE:
                row = slack[day, t]
                before, after = row[0], row[0]
                for subset in range(len(row)):
                    before = max(before, row[subset])
                    after = max(after, row[subset] - lanes[subset])
                room.costs[day, t] = over - (under + over) * (before - after) / PEOPLE
            elif mark == AWAY:
                room.costs[day, t] = HELD
            else:
                room.costs[day, t] = -HELD


@register_jitable
def _cover_cost(slack: Slacks, under: float, over: float) -> float:
    """What need and cover cost: in each quarter, short is the most that any set of skills lacks, and over is who is at
    work beyond those who are needed and there.
    """
    total = 0.0
    for day in range(slack.shape[0]):
        for t in range(slack.shape[1]):
            row = slack[day, t]
            most = row[0]
            for subset in range(len(row)):
                most = max(most, row[subset])
            total += (under + over) * most - over * row[len(row) - 1]
    return total / PEOPLE


@register_jitable
def _draw(chance: npt.NDArray[np.uint64]) -> float:
    """Evenly between −1 and 1: SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014)."""
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    drawn = chance[0]
    drawn = (drawn ^ (drawn >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    drawn = (drawn ^ (drawn >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    drawn = drawn ^ (drawn >> np.uint64(31))
    return float(drawn >> np.uint64(11)) * (2.0 / 9007199254740992.0) - 1.0


@register_jitable
def _shuffle(order: Integers, chance: npt.NDArray[np.uint64]) -> None:
    for place in range(len(order) - 1, 0, -1):
        other = int((_draw(chance) + 1.0) * 0.5 * (place + 1))
        order[place], order[other] = order[other], order[place]


@register_jitable
def _dear(worth: Floats, skills: int, day: int, t: int) -> tuple[float, int]:
    """The dearest of a person's skills in a quarter hour."""
    most, which = -1.0, 0
    for skill in range(worth.shape[2]):
        if skills >> skill & 1 and worth[day, t, skill] > most:
            most, which = worth[day, t, skill], skill
    return most, which


@register_jitable
def _guide(
    staff: Staff,
    room: Room,
    worth: Floats,
    over: float,
    guide: float,
    heat: float,
    chance: npt.NDArray[np.uint64],
    person: int,
) -> None:
    """Move `room.costs` towards the prices of the bound, and shake them."""
    skills = staff.skills[person]
    for day in range(room.costs.shape[0]):
        for t in range(room.costs.shape[1]):
            if guide > 0.0 and staff.held[person, day, t] == FREE:
                room.costs[day, t] += guide * (over - _dear(worth, skills, day, t)[0] - room.costs[day, t])
            if heat > 0.0:
                room.costs[day, t] += heat * (_draw(chance) + _draw(chance))


@njit(cache=True, nogil=True)
def cover_all(law: Law, staff: Staff, room: Room, plan: Plan, slack: Slacks, touched: Slacks) -> None:
    """Take off the slack what everybody's plan covers."""
    for person in range(len(staff.skills)):
        _cover(law, staff, room, plan, slack, touched, person, -1)


@njit(cache=True, nogil=True)
def best_change(
    law: Law,
    staff: Staff,
    room: Room,
    plan: Plan,
    trial: Plan,
    slack: Slacks,
    touched: Slacks,
    prices: Floats,
    person: int,
) -> float:
    """What is gained where a person's week is the best beside all others', which is put into `trial`."""
    _cover(law, staff, room, plan, slack, touched, person, 1)
    _worth(staff, slack, touched, room, prices[0], prices[1], person)
    _cover(law, staff, room, plan, slack, touched, person, -1)
    cost = _personal(law, staff, plan, person)
    for day in range(plan.start.shape[1]):
        if plan.start[person, day] >= 0:
            length = plan.length[person, day]
            start, pattern = plan.start[person, day], law.pattern_of[length]
            cost += np.sum(room.costs[day, start : start + law.elapsed[length]])
            for place in range(law.pauses[pattern]):
                at = plan.pause[person, day, place]
                cost -= np.sum(room.costs[day, at : at + law.pause[pattern, place, 0]])
    return cost - best_week(law, staff, room, trial, person)


@register_jitable
def _keep_plan(best: Plan, plan: Plan) -> None:
    """Put the plan into `best`, place by place: to compile the copying of whole arrays takes numba four seconds."""
    for person in range(plan.start.shape[0]):
        for day in range(plan.start.shape[1]):
            best.start[person, day] = plan.start[person, day]
            best.length[person, day] = plan.length[person, day]
            for place in range(plan.pause.shape[2]):
                best.pause[person, day, place] = plan.pause[person, day, place]


@njit(cache=True, nogil=True)
def search(
    law: Law,
    staff: Staff,
    room: Room,
    plan: Plan,
    best: Plan,
    slack: Slacks,
    touched: Slacks,
    prices: Floats,
    heats: Floats,
    lowest: float,
    chance: npt.NDArray[np.uint64],
    worth: Floats,
    guides: Floats,
) -> float:
    """One sweep over everybody for each heat: each gets the best week beside all others, with noise as large as the heat.

    `prices`: under and over. `guides`: for each sweep, the share by which what a quarter hour is worth is taken from
    `worth` (of the bound) and not from the moment: 1 is its price alone, 0 the exact change of cost. Whenever a sweep
    ends with a lower cost than `lowest`, the plan is put into `best`. Returns the lowest cost.
    """
    under, over = prices[0], prices[1]
    people = len(staff.skills)
    order = np.arange(people)
    for sweep in range(len(heats)):
        heat, guide = heats[sweep], guides[sweep]
        _shuffle(order, chance)
        for turn in range(people):
            person = int(order[turn])
            _cover(law, staff, room, plan, slack, touched, person, 1)
            _worth(staff, slack, touched, room, under, over, person)
            _guide(staff, room, worth, over, guide, heat, chance, person)
            best_week(law, staff, room, plan, person)
            _cover(law, staff, room, plan, slack, touched, person, -1)
        cost = _cover_cost(slack, under, over)
        for person in range(people):
            cost += _personal(law, staff, plan, person)
        if cost < lowest - 1e-9:
            lowest = cost
            _keep_plan(best, plan)
    return lowest


@register_jitable
def _price(staff: Staff, room: Room, worth: Floats, tied: Floats, over: float, person: int) -> None:
    """Put into `room.costs` what a person's work costs at these prices."""
    grid = room.costs.shape[1]
    for day in range(room.costs.shape[0]):
        for t in range(grid):
            mark = staff.held[person, day, t]
            if mark == AT_WORK:
                room.costs[day, t] = -HELD
            elif mark == AWAY:
                room.costs[day, t] = HELD
            else:
                room.costs[day, t] = over - _dear(worth, staff.skills[person], day, t)[0]
                if tied.shape[1]:
                    room.costs[day, t] -= tied[person, day * grid + t]


class Known(NamedTuple):
    """Weeks of each person that were best at some prices, and how they are mixed while prices are learned. By person:
    `cells`, `counts`, `price` and `used`: the quarter hours of each known week, what it costs without regard to need, and
    when it was last of use (−1: no week); `share`: how much of each quarter hour they work in the mixture, by skill;
    `paid`: what the mixture costs.
    """

    cells: Integers
    counts: Integers
    price: Floats
    used: Integers
    share: Floats
    paid: Floats


class Learning(NamedTuple):
    """Prices while they are learned, by quarter hour of the week and skill: `worth`, what one more person is worth;
    `centre`, the best known; `lack`: need less who is there in the mixture of all.

    Ties are learned alike, by person and quarter hour: `worth`, what somebody's work earns and their activity pays for
    being then; `lack`: how much of the activity is there less how much of the person. Without activities they have no
    quarter hours.
    """

    worth: Floats
    centre: Floats
    lack: Floats


@register_jitable
def _dearest(staff: Staff, room: Room, worth: Floats, tied: Floats, person: int) -> None:
    """Put what a person is worth in each quarter hour into `room.dear`, and with which skill."""
    dear, which, skills = room.dear, room.which, staff.skills[person]
    dear[:] = -1.0
    for skill in range(worth.shape[1]):
        if skills >> skill & 1:
            for cell in range(len(worth)):
                if worth[cell, skill] > dear[cell]:
                    dear[cell], which[cell] = worth[cell, skill], skill
    for cell in range(tied.shape[1]):
        dear[cell] += tied[person, cell]


@register_jitable
def _sum_of(share: Floats, cell: int) -> float:
    """How much of a quarter hour somebody works, with whatever skill."""
    total = 0.0
    for skill in range(share.shape[1]):
        total += share[cell, skill]
    return total


@register_jitable
def _pull(prices: Learning, row: int, column: int, more: float, most: float, sharp: float) -> None:
    """Where so much more is lacking, move the price."""
    if more != 0.0:
        prices.lack[row, column] += more
        moved = prices.centre[row, column] + sharp * prices.lack[row, column]
        prices.worth[row, column] = min(most, max(0.0, moved))


@register_jitable
def _step(
    skills: int, learning: Learning, ties: Learning, off: Floats, person: int, saved: float, sharp: float
) -> float:
    """How far it is best for all that a mixture moves by `off`, what it has too much by quarter hour and skill (the exact
    step of S. Lacoste-Julien, M. Jaggi, M. Schmidt and P. Pletscher, 2013). `saved`: of the mixture's own cost.
    """
    gain, size = saved, 0.0
    for skill in range(off.shape[1]):
        if skills >> skill & 1:
            for cell in range(len(off)):
                gain -= learning.worth[cell, skill] * off[cell, skill]
                size += off[cell, skill] ** 2
    for cell in range(ties.lack.shape[1]):
        there = _sum_of(off, cell)
        gain -= ties.worth[person, cell] * there
        size += there**2
    return min(1.0, max(0.0, gain / (sharp * size))) if size > 0.0 else 1.0


@register_jitable
def _mix(
    staff: Staff,
    room: Room,
    known: Known,
    learning: Learning,
    ties: Learning,
    person: int,
    week: int,
    most: float,
    sharp: float,
) -> None:
    """Move a person's mixture towards a known week as far as is best for all, and the prices with it."""
    share, cells = known.share[person], known.cells[person, week]
    which, skills = room.which, staff.skills[person]
    for place in range(known.counts[person, week]):
        share[cells[place], which[cells[place]]] -= 1.0
    saved = known.paid[person] - known.price[person, week]
    step = _step(skills, learning, ties, share, person, saved, sharp)
    for cell in range(ties.lack.shape[1]):
        _pull(ties, person, cell, step * _sum_of(share, cell), most, sharp)
    for skill in range(share.shape[1]):
        if skills >> skill & 1:
            for cell in range(len(share)):
                off = share[cell, skill]
                if off != 0.0:
                    _pull(learning, cell, skill, step * off, most, sharp)
                    share[cell, skill] = off - step * off
    for place in range(known.counts[person, week]):
        share[cells[place], which[cells[place]]] += 1.0
    paid, price = known.paid[person], known.price[person, week]
    known.paid[person] = price if step == 1.0 else paid + step * (price - paid)


@register_jitable
def _leave(
    staff: Staff, known: Known, learning: Learning, ties: Learning, person: int, most: float, sharp: float
) -> None:
    """Take a person's part out of the mixture."""
    share, skills = known.share[person], staff.skills[person]
    for cell in range(ties.lack.shape[1]):
        _pull(ties, person, cell, _sum_of(share, cell), most, sharp)
    for skill in range(share.shape[1]):
        if skills >> skill & 1:
            for cell in range(len(share)):
                _pull(learning, cell, skill, share[cell, skill], most, sharp)
                share[cell, skill] = 0.0


@register_jitable
def _keep_week(
    law: Law, staff: Staff, room: Room, plan: Plan, known: Known, over: float, person: int, now: int
) -> int:
    """Keep a person's plan among the known weeks, in place of the one of no use for longest; where it is."""
    week = 0
    for each in range(known.used.shape[1]):
        if known.used[person, each] < known.used[person, week]:
            week = each
    count = _walk(law, plan, room, person)
    for place in range(count):
        known.cells[person, week, place] = room.cells[place]
    known.counts[person, week] = count
    known.price[person, week] = over * count + _personal(law, staff, plan, person)
    known.used[person, week] = now
    return week


@register_jitable
def _best_known(room: Room, known: Known, person: int) -> int:
    """Which known week of a person is the best at the prices in `room.dear`."""
    dear, lowest, week = room.dear, FAR, 0
    for each in range(known.used.shape[1]):
        if known.used[person, each] >= 0:
            cost = known.price[person, each]
            for place in range(known.counts[person, each]):
                cost -= dear[known.cells[person, each, place]]
            if cost < lowest:
                lowest, week = cost, each
    return week


class Cover(NamedTuple):
    """How quarter hours of the week are covered by whole people in the mixture: `whole`, by quarter hour and skill, how
    many; `paid`: what being short costs.
    """

    whole: Floats
    paid: Floats


@register_jitable
def _cover_whole(need: Floats, worth: Floats, most: float, whole: Floats) -> tuple[float, float]:
    """The cheapest whole people, by skill, for a quarter hour at these prices: what being short costs then, and what it
    all costs more than need that is covered exactly.

    Of skills that are dearer than a level, taken together, whole people are there, so that what they lack is what is
    needed less a whole number; none lacks more than is short.
    """
    parts = 0.0
    for place in range(len(need)):
        whole[place] = need[place]
        parts += need[place] - np.floor(need[place])
    if parts == 0.0:
        return 0.0, 0.0
    order = np.argsort(-worth)
    least, missing = most, 0.0
    for short in range(-1, len(order)):
        cost, total, lacks = 0.0, 0.0, 0.0
        for place in range(short + 1):
            lacks += need[order[place]]
        lacks -= np.floor(lacks)
        cost = (most - worth[order[0]]) * lacks
        for place in range(len(order)):
            total += need[order[place]]
            below = worth[order[place + 1]] if place + 1 < len(order) else 0.0
            cost += (worth[order[place]] - below) * ((lacks - total) % 1.0)
        if cost < least:
            least, missing = cost, lacks
    total, before = 0.0, 0.0
    for place in range(len(order)):
        total += need[order[place]]
        covered = total - missing + (missing - total) % 1.0
        whole[order[place]] = covered - before
        before = covered
    return most * missing, least


@register_jitable
def _mix_cover(
    need: Floats, learning: Learning, cover: Cover, whole: Floats, most: float, sharp: float
) -> None:
    """Move the cover of every quarter hour towards the cheapest by whole people, as weeks are mixed in."""
    for cell in range(len(need)):
        worth = learning.worth[cell]
        paid, _gain = _cover_whole(need[cell], worth, most, whole)
        gain, size = cover.paid[cell] - paid, 0.0
        for skill in range(len(whole)):
            off = whole[skill] - cover.whole[cell, skill]
            gain -= worth[skill] * off
            size += off**2
        if size == 0.0:
            continue
        step = min(1.0, max(0.0, gain / (sharp * size)))
        for skill in range(len(whole)):
            off = step * (whole[skill] - cover.whole[cell, skill])
            cover.whole[cell, skill] += off
            _pull(learning, cell, skill, off, most, sharp)
        cover.paid[cell] += step * (paid - cover.paid[cell])


@njit(cache=True, nogil=True)
def learn(
    law: Law,
    staff: Staff,
    room: Room,
    plan: Plan,
    known: Known,
    learning: Learning,
    ties: Learning,
    need: Floats,
    cover: Cover,
    prices: Floats,
    sharp: float,
    sweeps: tuple[int, int],
    now: int,
    chance: npt.NDArray[np.uint64],
) -> None:
    """Learn prices: everybody's best week is found and mixed in, as often as `sweeps` says; then, as often as it says
    next, the best of the weeks that are known.

    Learned are the prices at which the bound less the squared distance from `centre` (over twice `sharp`) is highest: its
    dual is a mixture of weeks, in which each person's part is improved in turn.
    """
    under, over = prices[0], prices[1]
    grid = room.costs.shape[1]
    worth = learning.worth.reshape(-1, grid, learning.worth.shape[1])
    order, whole = np.arange(len(staff.skills)), np.zeros(learning.worth.shape[1])
    for sweep in range(sweeps[0] + sweeps[1]):
        _mix_cover(need, learning, cover, whole, under + over, sharp)
        _shuffle(order, chance)
        for turn in range(len(order)):
            person = int(order[turn])
            if sweep < sweeps[0]:
                _price(staff, room, worth, ties.worth, over, person)
                best_week(law, staff, room, plan, person)
                week = _keep_week(law, staff, room, plan, known, over, person, now)
                _dearest(staff, room, learning.worth, ties.worth, person)
            else:
                _dearest(staff, room, learning.worth, ties.worth, person)
                week = _best_known(room, known, person)
                known.used[person, week] = now
            _mix(staff, room, known, learning, ties, person, week, under + over, sharp)


@njit(cache=True, nogil=True)
def bound_at(
    law: Law,
    staff: Staff,
    room: Room,
    plan: Plan,
    known: Known,
    need: Floats,
    worth: Floats,
    tied: Floats,
    prices: Floats,
    now: int,
) -> float:
    """What no rota can cost less than, at `worth` (by day, quarter and skill, what one person's work is worth there) and
    `tied` (the ties' worth), without what activities add.
    Everybody's best week at these prices is kept among those known.
    """
    total, whole = np.sum(need * (worth - prices[1])), np.zeros(need.shape[2])
    for day in range(need.shape[0]):
        for t in range(need.shape[1]):
            total += _cover_whole(need[day, t], worth[day, t], prices[0] + prices[1], whole)[1]
    for person in range(len(staff.skills)):
        _price(staff, room, worth, tied, prices[1], person)
        total += best_week(law, staff, room, plan, person)
        _keep_week(law, staff, room, plan, known, prices[1], person, now)
    return float(total)


@njit(cache=True, nogil=True)
def settle(
    law: Law,
    staff: Staff,
    room: Room,
    plan: Plan,
    known: Known,
    learning: Learning,
    ties: Learning,
    prices: Floats,
    sharp: float,
    chance: npt.NDArray[np.uint64],
) -> None:
    """Make a plan of the mixture: one after the other, in random order, each leaves it and takes the best week beside the
    mixtures of those to come and the weeks of those before. Uses up the mixture.
    """
    under, over = prices[0], prices[1]
    grid = room.costs.shape[1]
    worth = learning.worth.reshape(-1, grid, learning.worth.shape[1])
    order = np.arange(len(staff.skills))
    _shuffle(order, chance)
    for turn in range(len(order)):
        person = int(order[turn])
        _leave(staff, known, learning, ties, person, under + over, sharp)
        _price(staff, room, worth, ties.worth, over, person)
        best_week(law, staff, room, plan, person)
        _dearest(staff, room, learning.worth, ties.worth, person)
        for place in range(_walk(law, plan, room, person)):
            cell = room.cells[place]
            _pull(learning, cell, room.which[cell], -1.0, under + over, sharp)
            if ties.lack.shape[1]:
                _pull(ties, person, cell, -1.0, under + over, sharp)
