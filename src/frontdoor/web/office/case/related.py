"""What belongs to a case: links, reports nearby, who follows it, and every message sent because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from frontdoor.cases.models import Case, CaseLink, Follower
from frontdoor.cases.permissions import visible_to
from frontdoor.cases.queries import nearby_open_reports
from frontdoor.contacts.models import Delivery, DeliveryStatus
from frontdoor.web.office.words import customer_name, state_of

if TYPE_CHECKING:
    from frontdoor.web.office.case.opened import Opened

TONES = {
    DeliveryStatus.DELIVERED: "good",
    DeliveryStatus.PERMANENT_FAILURE: "bad",
    DeliveryStatus.TECHNICAL_FAILURE: "bad",
    DeliveryStatus.TEMPORARY_FAILURE: "waiting",
    DeliveryStatus.HELD: "waiting",
}


def related_of(opened: Opened) -> dict[str, list[dict[str, Any]]]:
    """Linked cases, and open reports of the same kind nearby that are not linked yet; only those one may know of."""
    links = CaseLink.objects.filter(Q(case=opened.case) | Q(other=opened.case))
    ids = {link.other_id if link.case_id == opened.case.pk else link.case_id for link in links}
    linked = (
        visible_to(opened.user).filter(pk__in=ids).select_related("pack", "customer").defer("pack__files")
    )
    near = [each for each in _nearby(opened) if each.case.pk not in ids]
    return {
        "linked": [_shown(case) for case in linked.order_by("received_at")],
        "nearby": [{**_shown(each.case), "metres": round(each.metres)} for each in near],
        "places": _places(opened, near),
    }


def _nearby(opened: Opened) -> list[Any]:
    case, category = opened.case, opened.known.facts.get("category")
    if case.lat is None or case.lon is None or not isinstance(category, str):
        return []
    return nearby_open_reports(
        service=case.service, category=category, lat=case.lat, lon=case.lon, but_not=case.pk, within=250.0
    )


def _places(opened: Opened, near: list[Any]) -> list[dict[str, Any]]:
    if opened.case.lat is None:
        return []
    here = {"lat": opened.case.lat, "lon": opened.case.lon, "title": opened.case.reference, "state": "chosen"}
    others = [
        {
            "lat": each.case.lat,
            "lon": each.case.lon,
            "title": each.case.reference,
            "href": reverse("case", args=[each.case.reference]),
            "text": state_of(each.case).staff,
        }
        for each in near
    ]
    return [here, *others]


def _shown(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "href": reverse("case", args=[case.reference]),
        "name": customer_name(case),
        "state": state_of(case).staff,
        "received_at": case.received_at,
    }


def followers_of(opened: Opened) -> int:
    """How many others want its news."""
    return Follower.objects.filter(case=opened.case).count()


def deliveries_of(opened: Opened) -> list[dict[str, Any]]:
    """Every email, text and letter sent because of the case, newest first."""
    sent = Delivery.objects.filter(conversation_id=opened.case.conversation_id).exclude(
        key__startswith="code:"
    )
    return [
        {
            "channel": each.get_channel_display(),
            "subject": each.subject,
            "at": each.created_at,
            "tag": {
                "text": DeliveryStatus(each.status).label,
                "tone": TONES.get(DeliveryStatus(each.status), "neutral"),
            },
            "problem": each.problem,
            "letter": opened.href("case_letter", delivery=each.pk) if each.letter_id else "",
        }
        for each in sent.order_by("-created_at")
    ]
