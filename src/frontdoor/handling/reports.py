"""What everybody may see of a report: what it is about, the street, since when, and how it stands. Nothing of whom
made it, no words of theirs and no pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.cases.models import Case, CaseKind
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, our_places, pack_of
from frontdoor.catalogue.schema.service import Sensitivity
from frontdoor.forms.answers import say_answer

MOST_REPORTS = 400
STREET_WITHIN_METRES = 60.0


@dataclass(frozen=True)
class PublicReport:
    """One report as everybody may see it. `category` and `state` are in words; `street` is '' where none is near."""

    id: UUID
    service: str
    category: str
    street: str
    state: str
    since: datetime
    lat: float
    lon: float


def is_public(case: Case) -> bool:
    """Whether the case is a report of which everybody may see the public parts."""
    pack = pack_of(case.pack)
    return (
        case.kind == CaseKind.REPORT
        and not case.is_restricted
        and pack.service.sensitivity is Sensitivity.ORDINARY
    )


def public_report(case: Case) -> PublicReport:
    """The public parts of a report that has a place."""
    pack = pack_of(case.pack)
    return PublicReport(
        id=case.pk,
        service=case.service,
        category=category_words(pack, case),
        street=street_words(case),
        state=pack.journey.states[case.state].customer,
        since=case.received_at,
        lat=round(float(case.lat or 0), 5),
        lon=round(float(case.lon or 0), 5),
    )


def category_words(pack: Pack, case: Case) -> str:
    """What the report is about: the label of its category, else the name of the service."""
    question, value = pack.question("category"), case.answers.get("category")
    if question is None or value is None:
        return pack.service.name
    return say_answer(question=question, value=value)


def street_words(case: Case) -> str:
    """The street of a report: as it was chosen, else the one nearest to the point."""
    for value in case.answers.values():
        if isinstance(value, dict) and "lat" in value and isinstance(value.get("street"), str):
            return str(value["street"])
    near = (
        our_places().nearest_street(case.lat, case.lon)
        if case.lat is not None and case.lon is not None
        else None
    )
    return near.street.words if near and near.metres <= STREET_WITHIN_METRES else ""


def open_reports(*, category: str = "") -> list[PublicReport]:
    """Open reports with a place, newest first, four hundred at most; of one category where it is named."""
    rows = Case.objects.filter(
        kind=CaseKind.REPORT,
        is_restricted=False,
        closed_at__isnull=True,
        lat__isnull=False,
        service__in=[pack.id for pack in our_catalogue() if pack.service.sensitivity is Sensitivity.ORDINARY],
    ).select_related("pack")
    if category:
        rows = rows.filter(answers__category=category)
    return [public_report(case) for case in rows.order_by("-received_at", "-pk")[:MOST_REPORTS]]


def report_categories() -> list[tuple[str, str]]:
    """The categories of the services that take reports: what is stored, and its label."""
    found: dict[str, str] = {}
    for pack in _report_packs():
        question = pack.question("category")
        found |= {str(option.value): option.label for option in (question.options if question else ())}
    return sorted(found.items(), key=lambda each: each[1])


def _report_packs() -> Iterable[Pack]:
    return (pack for pack in our_catalogue() if pack.service.kind.value == CaseKind.REPORT)
