"""Names for streets and houses. All are invented; a place never uses one twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

CENTRE = (
    "Market Place",
    "High Street",
    "Church Street",
    "Bridge Street",
    "Mill Street",
    "Corn Row",
    "Wool Street",
    "Back Lane",
    "Station Road",
    "School Lane",
    "Chapel Street",
    "Smithy Lane",
    "Butter Row",
    "Tanner Row",
)
HERE = Path(__file__).parent
STEMS = tuple((HERE / "stems.txt").read_text(encoding="utf-8").split())
SUFFIXES = {
    "arc": ("Road", "Avenue", "Crescent", "Drive", "Terrace", "Way"),
    "spoke": ("Street", "Road", "Lane", "Rise", "Walk", "Hill", "View"),
    "close": ("Close", "Court", "Croft", "Gardens", "Mews", "Grove"),
}
HOUSES = tuple((HERE / "houses.txt").read_text(encoding="utf-8").splitlines())
FARMS = ("Farm", "Barn", "Grange", "House Farm", "Cottages", "Lodge")


class StreetNames:
    """Gives each street of one place a name of its own."""

    def __init__(self, rng: Random, *, centre: int) -> None:
        """`centre` is how many of the usual middle-of-town names the place has."""
        self._rng = rng
        self._used: set[str] = set()
        self._centre = list(CENTRE[:centre])

    def take(self, name: str) -> str:
        """Use this very name, or the nearest to it that is free."""
        while name in self._used:
            name = self._invent("spoke")
        self._used.add(name)
        return name

    def next(self, form: str, *, central: bool = False) -> str:
        """A free name for a street of the form 'arc', 'spoke' or 'close'."""
        if central and self._centre:
            return self.take(self._centre.pop(0))
        return self.take(self._invent(form))

    def _invent(self, form: str) -> str:
        while True:
            name = f"{self._rng.choice(STEMS)} {self._rng.choice(SUFFIXES[form])}"
            if name not in self._used:
                return name


def house_name(rng: Random, *, farm: bool) -> str:
    """A house name such as a village or a lane uses instead of a number."""
    if farm:
        return f"{rng.choice(STEMS)} {rng.choice(FARMS)}"
    return rng.choice(HOUSES)
