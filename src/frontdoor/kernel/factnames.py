"""From plain words to the name a condition can read: `eligible without assessment` is
`eligible_without_assessment`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=10_000)  # of names in packs, asked for again and again
def fact_name(words: str) -> str:
    """The snake_case name of a criterion, group, evidence kind or promise; accents fall away (`café` is
    `cafe`).

    A name that would begin with a digit gets a leading `n_`, because no condition could read it otherwise.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return f"n_{name}" if name[:1].isdigit() else name
