"""National Insurance numbers: their form only. Having one proves nothing about who somebody is."""

from __future__ import annotations

import re
import unicodedata

# Two letters, six digits and A to D. D F I Q U V stand in neither place, O not in the second; some pairs are
# not given out. The same rule as in the Department for Transport's Blue Badge service.
SHAPE = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?", re.ASCII)
LONGEST_TYPED = 30


def read_nino(text: str) -> str | None:
    """The number in capitals without spaces, or None where it has not that form; its last letter may lack.

    `QQ 12 34 56 C`, which stands in forms as an example, is refused on purpose.
    """
    if len(text) > LONGEST_TYPED:
        return None
    plain = re.sub(r"[\s.\-–]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain if SHAPE.fullmatch(plain) else None


def spaced_nino(nino: str) -> str:
    """The number in pairs, as it stands on letters: `AB 12 34 56 C`."""
    return " ".join(nino[place : place + 2] for place in range(0, len(nino), 2))
