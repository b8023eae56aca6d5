"""The journal for auditors: find entries, prove that nothing was changed, take them away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.models import Case
from frontdoor.handling.people import staff
from frontdoor.journal.actions import record
from frontdoor.journal.models import JournalEntry
from frontdoor.journal.queries import LookedFor, entries_like, event_names, verify
from frontdoor.kernel.clock import start_of_day
from frontdoor.kernel.ids import read_reference
from frontdoor.staff.permissions import May
from frontdoor.staff.queries import names_of, names_of_everybody
from frontdoor.web.bounded import BoundedPaginator
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.tables import as_csv
from frontdoor.web.words import datetime_words

ON_A_PAGE = 100
MOST_TAKEN_AWAY = 50_000
HEAD = ("Entry", "At", "Event", "By", "Actor", "Case", "Service", "Facts", "Shown to the customer")
NO_CASE = UUID(int=0)


@require_safe
@staff_page(May.READ_JOURNAL)
def journal(request: StaffRequest) -> HttpResponse:
    """One page of what was found."""
    looked_for = _looked_for(request)
    page = BoundedPaginator(entries_like(looked_for), ON_A_PAGE).get_page(request.GET.get("page"))
    if looked_for.case_id is not None:
        _note_reading(request, looked_for.case_id)
    return render(
        request, "office/journal.html", {**_shared(request), **_table(list(page.object_list)), "page": page}
    )


@require_POST
@staff_page(May.READ_JOURNAL)
def verify_now(request: StaffRequest) -> HttpResponse:
    """Walk the whole chain and say what was found. A digest noted earlier may be given, to prove no tail was cut."""
    found = verify(expected_head=request.POST.get("digest", "").strip() or None)
    record(
        at=timezone.now(),
        by=staff(request.user).actor,
        event="journal verified",
        facts={"entries": found.entries, "sealed": found.sealed, "holds": found.broken is None},
    )
    page = BoundedPaginator(entries_like(LookedFor()), ON_A_PAGE).get_page(1)
    context = {**_shared(request), **_table(list(page.object_list)), "page": page, "verified": found}
    return render(request, "office/journal.html", context)


@require_safe
@staff_page(May.READ_JOURNAL)
def download(request: StaffRequest) -> HttpResponse:
    """What was found, as CSV."""
    found = list(entries_like(_looked_for(request))[:MOST_TAKEN_AWAY])
    record(
        at=timezone.now(),
        by=staff(request.user).actor,
        event="journal taken away",
        facts={"entries": len(found)},
    )
    references = _references(found)
    return as_csv("journal", HEAD, (_values(entry, references) for entry in found))


def _values(entry: JournalEntry, references: dict[UUID, str]) -> tuple[str | int | datetime, ...]:
    case = references.get(entry.case_id, str(entry.case_id)) if entry.case_id else ""
    shown = "yes" if entry.shown else "no"
    return (
        entry.pk,
        entry.at,
        entry.event,
        entry.actor_kind,
        entry.actor_id,
        case,
        entry.service,
        entry.facts_json,
        shown,
    )


def _looked_for(request: StaffRequest) -> LookedFor:
    get = request.GET
    since, until = _day(get.get("from", "")), _day(get.get("to", ""))
    looked_for = LookedFor(
        actor_id=get.get("actor", ""),
        event=get.get("event", ""),
        since=start_of_day(since) if since else None,
        until=start_of_day(until + timedelta(days=1)) if until else None,
    )
    reference = get.get("case", "").strip()
    return replace(looked_for, case_id=_case_id(reference)) if reference else looked_for


def _case_id(reference: str) -> UUID:
    """The case of a reference; a reference that nobody has finds nothing."""
    found = Case.objects.filter(reference=read_reference(reference)).values_list("pk", flat=True).first()
    return found or NO_CASE


def _note_reading(request: StaffRequest, case_id: UUID) -> None:
    record(
        at=timezone.now(),
        by=staff(request.user).actor,
        event="journal of case read",
        case=case_id if case_id != NO_CASE else None,
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _shared(request: StaffRequest) -> dict[str, Any]:
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "filters": _filters(request),
        "csv_query": f"?{kept.urlencode()}" if kept else "",
        "page_href": f"?{kept.urlencode()}{'&' if kept else ''}page=",
        "verified": None,
    }


def _filters(request: StaffRequest) -> list[dict[str, Any]]:
    get = request.GET
    people = [{"value": "", "text": _("Everybody")}]
    people += [{"value": str(pk), "text": name} for pk, name in names_of_everybody()]
    events = [
        {"value": "", "text": _("Everything")},
        *({"value": e, "text": e.capitalize()} for e in event_names()),
    ]
    return [
        {"name": "case", "label": _("Reference"), "type": "search", "value": get.get("case", "")},
        {
            "name": "actor",
            "label": _("Who"),
            "type": "select",
            "value": get.get("actor", ""),
            "options": people,
        },
        {
            "name": "event",
            "label": _("What"),
            "type": "select",
            "value": get.get("event", ""),
            "options": events,
        },
        {"name": "from", "label": _("From"), "type": "date", "value": get.get("from", "")},
        {"name": "to", "label": _("To"), "type": "date", "value": get.get("to", "")},
    ]


def _table(entries: list[JournalEntry]) -> dict[str, Any]:
    names = names_of({entry.actor_id for entry in entries if entry.actor_kind == "staff"})
    references = _references(entries)
    columns = ("Entry", "When", "Event", "By", "Case", "Facts")
    table = {
        "caption": _("Journal entries"),
        "columns": [{"text": _(name)} for name in columns],
        "rows": [_row(entry, names, references) for entry in entries],
        "empty": _("No entry fits what you look for."),
    }
    return {"table": table}


def _row(entry: JournalEntry, names: dict[str, str], references: dict[UUID, str]) -> list[dict[str, Any]]:
    by = (
        names.get(entry.actor_id, entry.actor_id)
        if entry.actor_kind == "staff"
        else entry.actor_kind.capitalize()
    )
    facts = "; ".join(f"{name.replace('_', ' ')}: {_said(value)}" for name, value in entry.facts.items())
    return [
        {"text": str(entry.pk), "head": True},
        {"text": datetime_words(entry.at)},
        {"text": entry.event.capitalize(), "sub": entry.service},
        {"text": by},
        {"text": references.get(entry.case_id, "") if entry.case_id else ""},
        {"text": facts},
    ]


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _references(entries: Iterable[JournalEntry]) -> dict[UUID, str]:
    ids = {entry.case_id for entry in entries if entry.case_id}
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "reference"))
