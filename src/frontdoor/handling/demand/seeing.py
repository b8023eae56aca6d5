"""What the record says about an enquiry: gathered with a handful of queries, whatever the customer's history."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome, Evidence, EvidenceStatus, Promise, Update
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import ContactService, Pack
from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import AS_ARRANGED, Contact, Direction, Message
from frontdoor.handling.demand.rules import ANSWER_WITHIN, REPEAT_WITHIN, Noted, Seen

WEB = "web"


def seen_of(*, enquiry: Enquiry, at: datetime) -> Seen:
    """Everything the rules want to know of an enquiry. Its contact and case must have been read with it."""
    pack = our_catalogue().packs.get(enquiry.service)
    service = our_catalogue().services.get(enquiry.service)
    case = enquiry.case
    return Seen(
        at=at,
        never_avoidable=service is not None and service.is_restricted,
        is_arranged=enquiry.contact.counts_as == AS_ARRANGED,
        is_ours=enquiry.outcome != EnquiryOutcome.NOT_OURS,
        has_online_way=service is None or _is_online(service),
        is_about_a_case=case is not None and enquiry.outcome != EnquiryOutcome.FORM_FILLED,
        outcome=enquiry.outcome,
        unanswered=_unanswered(enquiry, at),
        missed=_promise(case, at, is_missed=True),
        running=_promise(case, at, is_missed=False),
        told=_told(case, at),
        again=_again(enquiry),
        wrong_place=_wrong_place(enquiry),
        asked_twice=_asked_twice(case),
        page_changed=_page_changed(pack, at),
    )


def _is_online(service: ContactService) -> bool:
    return WEB in {str(channel) for channel in service.channels}


def _unanswered(enquiry: Enquiry, at: datetime) -> Noted | None:
    """Their oldest message on this matter, old enough to have been answered, after which we said nothing."""
    customer = enquiry.contact.customer_id
    if customer is None:
        return None
    about = Message.objects.filter(conversation__customer=customer, conversation__service=enquiry.service)
    last = (
        about.filter(direction=Direction.OUT, said_by="staff")
        .order_by("-said_at")
        .values_list("said_at", flat=True)
        .first()
    )
    since = about.filter(direction=Direction.IN, said_at__lt=at - ANSWER_WITHIN)
    if last is not None:
        since = since.filter(said_at__gt=last)
    first = since.order_by("said_at").first()
    return Noted(str(first.pk), first.said_at, "message") if first else None


def _promise(case: Case | None, at: datetime, *, is_missed: bool) -> Noted | None:
    if case is None:
        return None
    running = Promise.objects.filter(
        case=case, kept_at__isnull=True, dropped_at__isnull=True, paused_at__isnull=True
    )
    due = Q(due_at__lt=at) if is_missed else Q(due_at__gte=at)
    promise = running.filter(due).order_by("due_at").first()
    return Noted(str(promise.pk), promise.due_at, promise.name) if promise else None


def _told(case: Case | None, at: datetime) -> Noted | None:
    if case is None:
        return None
    news = Update.objects.filter(case=case, customer=F("case__customer"), made_at__lt=at)
    last = news.order_by("-made_at").first()
    return Noted(str(last.pk), last.made_at, last.words_name) if last else None


def _again(enquiry: Enquiry) -> Noted | None:
    """The same person, number or address on the same subject, on whatever channel."""
    contact = enquiry.contact
    same = Q(customer=contact.customer_id) if contact.customer_id else Q(pk__in=[])
    if contact.came_from:
        same |= Q(came_from=contact.came_from)
    before = Contact.objects.filter(
        same,
        service=enquiry.service,
        received_at__lt=contact.received_at,
        received_at__gte=contact.received_at - REPEAT_WITHIN,
        answered_at__isnull=False,
    ).exclude(pk=contact.pk)
    last = before.order_by("-received_at").first() if enquiry.service else None
    return Noted(str(last.pk), last.received_at, last.get_channel_display()) if last else None


def _wrong_place(enquiry: Enquiry) -> Noted | None:
    """Handed on to a team that is not the service's own, or passed on before it came here."""
    if enquiry.outcome != EnquiryOutcome.HANDED_ON and enquiry.contact.transfers:
        return Noted(str(enquiry.contact_id), enquiry.contact.received_at, "passed on")
    return None


def _asked_twice(case: Case | None) -> Noted | None:
    """Evidence asked for on this case, of a kind that was accepted on another case of theirs."""
    if case is None or case.customer_id is None:
        return None
    asked = Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED).values("kind")
    held = Evidence.objects.filter(
        case__customer=case.customer_id, status=EvidenceStatus.ACCEPTED, kind__in=asked
    ).exclude(case=case)
    found = held.order_by("-seen_at").first()
    return Noted(str(found.pk), found.seen_at or found.added_at, found.kind) if found else None


def _page_changed(pack: Pack | None, at: datetime) -> Noted | None:
    """When the version in use came in; the first version of a service is no change."""
    if pack is None:
        return None
    versions = PackVersion.objects.filter(service=pack.id).defer("files").order_by("-published_at")[:2]
    newest = list(versions)
    if len(newest) < 2 or newest[0].version != pack.version:
        return None
    return Noted(newest[0].version[:12], newest[0].published_at, "pages")
