"""What holds for everybody's shifts, as the council says it."""

from __future__ import annotations

from frontdoor.catalogue.council import ShiftRules
from frontdoor.catalogue.published import our_council
from frontdoor.workforce.records.models import PartKind
from frontdoor.workforce.rota.definition import (
    HOUR,
    QUARTER_MINUTES,
    Pattern,
    Pause,
    Rules,
    Span,
    quarter_of,
)


def our_rules() -> Rules:
    """The rules of every rota of the council."""
    return rules_of(our_council().planning.shifts)


def rules_of(said: ShiftRules) -> Rules:
    """The same as the rota wants them: a pattern of pauses from each length on at which one more comes in."""
    breaks, lunch = (_quarters(said.breaks.one_from_hours), _quarters(said.breaks.two_from_hours)), said.lunch
    rest = Pause(PartKind.BREAK.value, said.breaks.minutes // QUARTER_MINUTES)
    meal = Pause(
        PartKind.LUNCH.value,
        lunch.minutes // QUARTER_MINUTES,
        is_paid=lunch.is_paid,
        window=Span(quarter_of(lunch.earliest), quarter_of(lunch.latest)),
    )
    patterns = []
    for least in sorted({0, *breaks, _quarters(lunch.from_hours)}):
        rests = [rest] * sum(least >= each for each in breaks)
        meals = [meal] if least >= _quarters(lunch.from_hours) else []
        patterns.append(Pattern(least, (*rests[1:], *meals, *rests[:1])))
    return Rules(
        tuple(patterns),
        shortest=_quarters(said.shortest_hours),
        longest=_quarters(said.longest_hours),
        least_stretch=_quarters(said.least_stretch_hours),
        most_stretch=_quarters(said.most_stretch_hours),
        rest=_quarters(said.rest_hours),
        desks=said.desks,
    )


def _quarters(hours: float) -> int:
    return round(hours * HOUR)
