"""The formulas of queues with many servers: Erlang B, C and A.

Rates are by the second. Each function works alone in Python and inside compiled code, where a year is worked out.

Erlang C: A. K. Erlang, 1917. Erlang A (exponential patience): C. Palm, 1946; as in O. Garnett, A. Mandelbaum and M.
Reiman, "Designing a call center with impatient customers", 2002, and S. Zeltyn and A. Mandelbaum, "Call centers with
impatient customers", 2005. In their words: V is the wait that somebody with endless patience would have; J(t) is the
integral of exp(lambda/theta (1 - exp(-theta v)) - n mu v) over v from t.
"""

from __future__ import annotations

from math import exp, log

from numba.extending import register_jitable

NEGLIGIBLE = 1e-14
LARGE = 1e200
SMALLEST = 1e-300


@register_jitable
def one_more_server(blocked: float, load: float, servers: int) -> float:
    """Erlang B with `servers`, from what it is with one fewer (1.0 with none)."""
    return load * blocked / (servers + load * blocked)


@register_jitable
def blocking(load: float, servers: int) -> float:
    """Erlang B: the share that finds all servers busy where nobody waits."""
    blocked = 1.0
    for each in range(1, servers + 1):
        blocked = one_more_server(blocked, load, each)
    return blocked


@register_jitable
def waiting_share(load: float, servers: int, blocked: float) -> float:
    """Erlang C: the share that waits at all, from Erlang B of the same. `servers` must be more than the `load`."""
    return blocked / (1.0 - (load / servers) * (1.0 - blocked))


@register_jitable
def patient(
    load: float, handling: float, servers: int, blocked: float, seconds: float
) -> tuple[float, float, float]:
    """Erlang C: share that waits, share that is answered within `seconds`, mean wait of all."""
    waits = waiting_share(load, servers, blocked)
    spare = (servers - load) / handling
    return waits, 1.0 - waits * exp(-spare * seconds), waits / spare


@register_jitable
def log_series(x: float, y: float) -> float:
    """The logarithm of the sum over k of y**k / (x (x+1) ... (x+k)): exp(y) y**-x times the lower incomplete gamma of x
    at y.

    All its terms are positive, so nothing is lost by subtraction; it is scaled down on the way, so nothing overflows.
    """
    term = 1.0
    total = 1.0
    scaled = 0.0
    k = 1.0
    while term > NEGLIGIBLE * total:
        term *= y / (x + k)
        total += term
        k += 1.0
        if total > LARGE:
            term /= LARGE
            total /= LARGE
            scaled += 1.0
    return log(total / x) + scaled * log(LARGE)


@register_jitable
def log_of_sum(one: float, other: float) -> float:
    """The logarithm of exp(one) + exp(other), for values whose exponentials may be too large to write."""
    most = max(one, other)
    return most + log(exp(one - most) + exp(other - most))


@register_jitable
def impatient(
    load: float, handling: float, patience: float, servers: int, one_fewer: float, seconds: float
) -> tuple[float, float, float, float, float]:
    """Erlang A, where `one_fewer` is Erlang B with one server fewer.

    Share that waits at all, share that gives up, share answered within `seconds`, share that still waits after `seconds`,
    mean wait of all.
    """
    arrivals, served, leaving = load / handling, servers / handling, 1.0 / patience
    x, y = served / leaving, arrivals / leaving
    per_leaving = log(arrivals / leaving)
    whole = per_leaving + log_series(x, y)
    everything = log_of_sum(-log(max(one_fewer, SMALLEST)), whole)
    waits = exp(whole - everything)
    gives_up = exp(-everything) + (1.0 - served / arrivals) * waits

    later = y * exp(-leaving * seconds)
    faded = y - later - served * seconds - everything
    waits_longer = exp(per_leaving + log_series(x, later) + faded)
    served_later = served / arrivals * waits_longer - exp(faded)
    in_time = max(0.0, 1.0 - gives_up - served_later)
    return waits, gives_up, in_time, exp(-leaving * seconds) * waits_longer, gives_up * patience
