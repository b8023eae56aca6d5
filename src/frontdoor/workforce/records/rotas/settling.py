"""Need by skill of a week, settled by the simulation and kept for the rota, for today and for what-ifs.

Loads numba: import it where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from frontdoor.catalogue.published import our_council
from frontdoor.kernel.clock import start_of_day
from frontdoor.workforce.records.rotas.covering import forecasts_of, planned_week
from frontdoor.workforce.records.what_ifs import interval_of, world_of
from frontdoor.workforce.rota.definition import QUARTERS
from frontdoor.workforce.settling.pooling import skills_of
from frontdoor.workforce.settling.settling import Levels, Settled, settle

ROUNDS = 30


def settle_week(
    *, monday: date, said: Callable[[float, str], None] = lambda share, words: None
) -> dict[str, Any]:
    """Settle the need of the week that begins on a Monday, from its forecast and the people with a contract. What is
    returned holds the need by day, and what came of it before and after. `said` hears how far it is, and may raise to
    stop it. Raises NothingToSimulate, BadWorld.
    """
    planned = planned_week(monday=monday, is_settled=False)
    world, _calendar = world_of(planned, monday, has_rota=False)
    week, begins, skills = planned.week, start_of_day(monday), skills_of(world)
    places = {
        (day, quarter): interval_of(begins, each.on, quarter)
        for day, each in enumerate(week.days)
        for quarter in range(each.opens.begins, each.opens.ends)
    }
    need = np.zeros((world.intervals, len(skills)))
    for (day, quarter), place in places.items():
        for number, skill in enumerate(week.skills):
            need[place, skills.index(skill)] = week.need[day, quarter, number]

    def told(done: int, levels: Levels) -> None:
        lowest = 100 * min(levels.shares, default=1.0)
        said(0.05 + 0.9 * done / ROUNDS, f"Round {done}: {lowest:.0f}% in time at the least")

    target = our_council().planning.service_level / 100
    found = settle(world, need, target=target, rounds=ROUNDS, progress=told)
    by_day = {
        each.on.isoformat(): [
            [round(float(value), 2) for value in found.need[places[day, quarter]]]
            if (day, quarter) in places
            else [0.0] * len(skills)
            for quarter in range(QUARTERS)
        ]
        for day, each in enumerate(week.days)
    }
    return {
        "forecasts": forecasts_of([each.on for each in week.days]),
        "skills": list(skills),
        "need": by_day,
        "told": _told(found, target),
        "services": list(found.before.services),
        "before": [round(share, 4) for share in found.before.shares],
        "after": [round(share, 4) for share in found.after.shares],
        "hours": [round(found.before.hours, 2), round(found.after.hours, 2)],
    }


def _told(found: Settled, target: float) -> str:
    hours = f"{found.before.hours:,.0f} hours at work before, {found.after.hours:,.0f} after"
    if found.is_held:
        return f"every service keeps {100 * target:.0f}%; {hours}"
    if found.nobody_for:
        return f"nobody has the skill for {', '.join(found.nobody_for)}; {hours}"
    return f"some service still misses {100 * target:.0f}%; {hours}"
