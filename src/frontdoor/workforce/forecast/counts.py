"""Quantiles of counts whose rate is in doubt."""

from __future__ import annotations

from typing import Final

import numpy as np

from frontdoor.workforce.forecast.definition import Floats

FEW: Final = 40.0
"""Means below which counts are taken one by one; above, their square root is near to normal."""
Z80: Final = 1.2815515655446004
Z95: Final = 1.959963984540054


def quantiles(
    root: Floats, mean: Floats, variance: Floats, levels: tuple[float, ...], steps: tuple[float, ...]
) -> Floats:
    """Counts below which each level's share lies. `root` and `variance` (chance among it) are of the square root;
    `mean` of the count; `steps`: the levels as numbers of deviations.

    Above FEW, squares of normal quantiles. Below, the negative binomial distribution with the same mean and variance
    (a Poisson count whose rate has a gamma distribution).
    """
    found = np.stack([np.maximum(root + step * np.sqrt(variance), 0.0) ** 2 for step in steps])
    few = (mean < FEW) & (mean > 0)
    if few.any():
        doubt = 4.0 * mean[few] * np.maximum(variance[few] - 0.25, 1e-4)
        found[:, few] = _of_few(mean[few], doubt, levels)
    found[:, mean <= 0] = 0.0
    return found


def _of_few(mean: Floats, doubt: Floats, levels: tuple[float, ...]) -> Floats:
    """The smallest count with at least each level of the distribution at or below it; `doubt`: variance of the rate."""
    shape = mean**2 / doubt
    stays = doubt / (doubt + mean)
    chance = np.exp(-shape * np.log1p(doubt / mean))
    below, count = chance.copy(), 0
    found = np.zeros((len(levels), len(mean)))
    most = int(mean.max() + 12.0 * np.sqrt(float((mean + doubt).max())) + 12)
    while count < most:
        is_short = [below < level for level in levels]
        if not any(each.any() for each in is_short):
            break
        for place, short in enumerate(is_short):
            found[place, short] = count + 1
        chance = chance * (count + shape) / (count + 1) * stays
        below += chance
        count += 1
    return found
