"""Made-up content that shows every component at /dev/components, so that the look can be judged at a glance."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from frontdoor.web.promises import PromiseShown, promise_shown


def sample_parts(*, at: datetime) -> dict[str, Any]:
    """The context of the developers' pages, with dates around `at`."""
    return {
        "now": at,
        "promises": _promises(at),
        "happened": _happened(at),
        "to_come": _to_come(at),
        "messages": _messages(at),
        "given": _given(),
        "files": _files(),
        "sheet": _sheet(),
        "evidence": _evidence(at),
        "case": _case(at),
        "filters": _filters(),
        "table": _table(at),
        "cards": _cards(),
        "reports": _reports(),
    }


def _promises(at: datetime) -> list[PromiseShown]:
    due = timedelta(days=1)
    return [
        promise_shown(due_at=at + 12 * due, at=at),
        promise_shown(due_at=at + 2 * due, at=at),
        promise_shown(due_at=at - 4 * due, at=at),
        promise_shown(due_at=at + 5 * due, at=at, stopped=True),
        promise_shown(due_at=at, at=at, done_at=at - due),
        promise_shown(due_at=at - 3 * due, at=at, done_at=at),
        promise_shown(due_at=None, at=at),
    ]


def _happened(at: datetime) -> list[dict[str, Any]]:
    return [
        {"title": "We will tell you our decision", "when": "By Friday 18 December 2026", "kind": "next"},
        {
            "title": "We asked you for a clearer photo of your letter",
            "at": at - timedelta(days=1),
            "kind": "now",
            "text": "The second page is too dark to read. You can add a new photo here.",
            "link": {"text": "Add a photo", "href": "#add"},
        },
        {"title": "We checked who you are", "at": at - timedelta(days=3), "kind": "good"},
        {
            "title": "Fee of £10 could not be taken",
            "at": at - timedelta(days=4),
            "kind": "problem",
            "text": "Your bank said no. Nothing was charged.",
        },
        {
            "title": "Note by an officer",
            "at": at - timedelta(days=5),
            "by": "Priya Raman",
            "hidden": True,
            "text": "Rang twice.",
        },
        {"title": "You applied", "at": at - timedelta(days=6), "text": "Online, by yourself."},
    ]


def _to_come(at: datetime) -> list[dict[str, Any]]:
    return [
        {"title": "You applied", "done": True, "by": at},
        {
            "title": "We check your answers and letters",
            "now": True,
            "text": "We write to you if anything is missing.",
        },
        {"title": "We tell you our decision", "by": at + timedelta(days=26)},
        {"title": "Your badge comes by post", "text": "About 10 working days after the decision."},
    ]


def _messages(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "by": "You",
            "at": at - timedelta(days=2),
            "text": "Hello, is a photo of the letter enough?\n\nMoira O’Brien-Łukasik",
            "ours": False,
            "channel": "Email",
        },
        {
            "by": "Wealdmoor County Council",
            "at": at - timedelta(days=1),
            "text": "Yes, if every word can be read.",
            "ours": True,
            "status": "Delivered",
            "files": [{"text": "How to photograph a letter.pdf", "href": "#file"}],
        },
    ]


def _given() -> list[dict[str, Any]]:
    return [
        {"question": "Name", "answer": "Moira O’Brien-Łukasik", "change": "#name"},
        {
            "question": "Address",
            "answer": ["Flat 2", "14 Alder Rise", "Thornbeck", "ZW3 4QP"],
            "change": "#address",
        },
        {"question": "Date of birth", "answer": "7 May 1951", "change": "#born"},
        {"question": "Email address", "answer": "", "change": "#email"},
    ]


def _files() -> list[dict[str, Any]]:
    added = {"text": "Added", "tone": "good"}
    return [
        {"name": "pip-letter-page-1.jpg", "size": 2_410_000, "tag": added, "remove": "#1"},
        {
            "name": "photo_of_me.heic",
            "size": 84_000,
            "tag": {"text": "Checking", "tone": "active"},
            "remove": "#2",
        },
    ]


def _sheet() -> list[dict[str, Any]]:
    return [
        {
            "title": "PIP, moving around",
            "truth": "met",
            "words": "PIP, moving around, 12 points",
            "fact": {"name": "Points for moving around", "value": "12"},
            "evidence": [{"text": "PIP letter of 3 March 2026", "href": "#letter", "seen": True}],
            "source": "Disabled Persons (Badges for Motor Vehicles) Regulations 2000, as amended",
        },
        {
            "title": "PIP, planning and following journeys",
            "truth": "not met",
            "words": "Descriptor F, not E",
            "fact": {"name": "Sentence in the letter", "value": "F"},
            "evidence": [{"text": "PIP letter of 3 March 2026", "href": "#letter", "seen": True}],
        },
        {
            "title": "Lives in Wealdmoor",
            "truth": "not known",
            "words": "Nothing seen that shows the address",
            "question": "Ask for a council tax bill or a bank letter of the last 12 months",
        },
        {
            "title": "Photo",
            "truth": "met",
            "words": "A photo that shows the face",
            "fact": {"name": "Photo", "value": "1 file"},
            "evidence": [{"text": "photo_of_me.jpg", "href": "#photo", "seen": False}],
        },
    ]


def _evidence(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": "PIP letter of 3 March 2026",
            "kind": "file",
            "tag": {"text": "Seen and accepted", "tone": "good"},
            "href": "#letter",
            "size": 2_410_000,
            "at": at - timedelta(days=6),
            "by": "Customer",
        },
        {
            "title": "Photo",
            "kind": "picture",
            "tag": {"text": "To check", "tone": "waiting"},
            "href": "#photo",
            "size": 84_000,
            "at": at - timedelta(days=6),
            "by": "Customer",
        },
        {
            "title": "Proof of address",
            "kind": "note",
            "tag": {"text": "Asked for", "tone": "active"},
            "words": "Asked for on 2 March 2026; the clock is stopped.",
        },
    ]


def _case(at: datetime) -> dict[str, Any]:
    return {
        "reference": "BB-4T7K-92M",
        "title": "Blue Badge for Moira O’Brien-Łukasik",
        "service": "Blue Badge",
        "tag": {"text": "Ready to decide", "tone": "active"},
        "promise": promise_shown(due_at=at + timedelta(days=2), at=at),
        "customer": {"name": "Moira O’Brien-Łukasik", "href": "#customer"},
        "owner": "Priya Raman",
        "restricted": True,
        "facts": [
            {"name": "Route", "value": "Without assessment"},
            {"name": "Rules of", "value": "30 August 2019"},
        ],
    }


def _filters() -> list[dict[str, Any]]:
    services = [
        ("", "All services"),
        ("bb", "Blue Badge"),
        ("street", "Street problem"),
        ("crisis", "Crisis support"),
    ]
    return [
        {
            "name": "service",
            "label": "Service",
            "type": "select",
            "value": "bb",
            "options": [{"value": value, "text": text} for value, text in services],
        },
        {"name": "from", "label": "Received since", "type": "date", "value": ""},
        {"name": "words", "label": "Name or reference", "type": "search", "value": ""},
        {"name": "mine", "label": "Only mine", "type": "checkbox", "value": True},
    ]


def _table(at: datetime) -> dict[str, Any]:
    def row(reference: str, name: str, service: str, state: str, days: int) -> list[dict[str, Any]]:
        return [
            {"text": reference, "href": "#case", "head": True},
            {"text": name, "sub": "Thornbeck"},
            {"text": service},
            {"text": state},
            {"promise": promise_shown(due_at=at + timedelta(days=days), at=at)},
            {"text": str(40 + days)},
        ]

    return {
        "caption": "Work by promise",
        "columns": [
            {"text": "Reference"},
            {"text": "Customer", "sort": "#name"},
            {"text": "Service", "sort": "#service"},
            {"text": "State"},
            {"text": "Promise", "sort": "#promise", "sorted": "ascending"},
            {"text": "Days open", "numeric": True},
        ],
        "rows": [
            row("BB-7PQ2-X4D", "Idris Achterberg", "Blue Badge", "Waiting for an officer", -4),
            row("CS-2M9T-HRW", "Moira O’Brien-Łukasik", "Crisis support", "New", 0),
            row("SP-K3V8-4NZ", "No name given", "Street problem", "Inspection booked", 2),
            row("BB-4T7K-92M", "Wenjing Abara", "Blue Badge", "Ready to decide", 12),
        ],
        "csv": "#csv",
        "xlsx": "#xlsx",
    }


def _cards() -> list[dict[str, Any]]:
    return [
        {"label": "Overdue", "value": "4", "tone": "bad", "note": "oldest by 6 days", "href": "#overdue"},
        {"label": "Due in three days", "value": "17", "tone": "doubt", "href": "#soon"},
        {"label": "Waiting for the customer", "value": "31", "note": "clock stopped"},
        {"label": "Decided this week", "value": "52", "tone": "good", "note": "48 on time"},
    ]


def _reports() -> list[dict[str, Any]]:
    return [
        {
            "lat": 54.70508,
            "lon": 2.13209,
            "title": "Pothole in the carriageway",
            "text": "Told on 18 November. We are inspecting it.",
            "href": "#1",
        },
        {
            "lat": 54.7062,
            "lon": 2.1351,
            "title": "Street light out",
            "text": "Told on 2 November. Mended on 9 November.",
            "href": "#2",
            "state": "done",
        },
    ]
