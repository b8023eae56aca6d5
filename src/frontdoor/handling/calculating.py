"""The calculators that packs may name, bound to the council's places and to the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from frontdoor.cases.models import Case
from frontdoor.cases.queries import count_given, nearby_open_reports
from frontdoor.catalogue.calculators import Function, bound
from frontdoor.catalogue.places.calculators import place_functions
from frontdoor.catalogue.published import our_council, our_places
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json


def calculators_for(
    *, at: datetime, service: str, customer_id: UUID | None, case: Case | None = None
) -> Mapping[str, Function]:
    """Every calculator, as it answers for this customer at this instant; the case itself does not count."""
    return bound(
        {
            **place_functions(our_council(), our_places(), day_of(at)),
            **_of_record(service, customer_id, case),
        }
    )


def _of_record(service: str, customer_id: UUID | None, case: Case | None) -> dict[str, Function]:
    def awards_since(since: date | None, kind: Json) -> Json:
        if customer_id is None:
            return 0
        return count_given(customer_id=customer_id, service=service, kind=str(kind), since=since)

    def awards_after_day(kind: Json, day: Json) -> Json:
        return awards_since(date.fromisoformat(str(day)), kind)

    def awards_ever(kind: Json) -> Json:
        return awards_since(None, kind)

    def reports_nearby(category: Json, place: Json) -> Json:
        if not isinstance(place, dict) or "lat" not in place:
            return None  # told in words only: nothing can be near it
        found = nearby_open_reports(
            service=service,
            category=str(category),
            lat=float(place["lat"]),
            lon=float(place["lon"]),
            but_not=case.pk if case else None,
        )
        return len(found)

    return {
        "awards after day": awards_after_day,
        "awards ever": awards_ever,
        "nearby open reports": reports_nearby,
    }
