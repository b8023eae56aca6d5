"""Surveys: how many were asked, how many answered, and what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Q

from frontdoor.cases.models import Survey


@dataclass(frozen=True)
class Response:
    """How customers of a service answered: `asked` and `answered` are counts, `mean` is 1 (very bad) to 5 (very good)."""

    asked: int
    answered: int
    mean: float | None

    @property
    def rate(self) -> float | None:
        """Answered of asked, 0 to 1; None where nobody was asked."""
        return self.answered / self.asked if self.asked else None


def responses(*, since: datetime, until: datetime) -> Mapping[str, Response]:
    """By service, of all customers asked from `since` up to but not at `until`, whenever they answered."""
    asked = Survey.objects.filter(asked_at__gte=since, asked_at__lt=until)
    counted = asked.values("service").annotate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)), mean=Avg("rating")
    )
    return {row["service"]: Response(row["asked"], row["answered"], row["mean"]) for row in counted}
