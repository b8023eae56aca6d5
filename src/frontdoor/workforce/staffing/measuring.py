"""Every measure of one load with some positions, and whether it meets the targets; the same code alone and compiled.

Targets that are not asked for are NaN here, and so is the patience of people who never give up.
"""

from __future__ import annotations

from math import isnan

from numba.extending import register_jitable

from frontdoor.workforce.staffing.queueing import impatient, patient

OF_OFFERED, OF_ANSWERED, WITH_ABANDONED = 0, 1, 2


@register_jitable
def measured(
    load: float,
    handling: float,
    patience: float,
    servers: int,
    blocked: tuple[float, float],
    seconds: float,
    variant: int,
) -> tuple[float, float, float, float, float]:
    """Share that waits, service level, mean wait, share that gives up, occupancy. `blocked`: Erlang B with one server
    fewer, and with these. Without patience, `servers` must be more than the load.
    """
    if isnan(patience):
        waits, in_time, wait = patient(load, handling, servers, blocked[1], seconds)
        return waits, in_time, wait, 0.0, load / servers
    waits, gives_up, in_time, still_waits, wait = impatient(
        load, handling, patience, servers, blocked[0], seconds
    )
    level = in_time
    if variant == OF_ANSWERED:
        level = in_time / (1.0 - gives_up)
    elif variant == WITH_ABANDONED:
        level = 1.0 - still_waits
    return waits, level, wait, gives_up, load * (1.0 - gives_up) / servers


@register_jitable
def is_met(
    found: tuple[float, float, float, float, float],
    level: float,
    wait: float,
    abandonment: float,
    occupancy: float,
) -> bool:
    """Whether what was measured meets every target that is asked for (a comparison with NaN is false)."""
    return not (found[1] < level or found[2] > wait or found[3] > abandonment or found[4] > occupancy)
