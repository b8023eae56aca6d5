"""What the record says about an enquiry: a handful of queries at most, whatever the customer's history."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q

from frontdoor.cases.models import Case, Enquiry, EnquiryOutcome, Evidence, EvidenceStatus, Promise, Update
from frontdoor.catalogue.council import Windows
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.pack import ContactService, Pack
from frontdoor.catalogue.published import our_catalogue
from frontdoor.catalogue.windows import windows_of
from frontdoor.contacts.models import AS_ARRANGED, Contact, Direction, Message
from frontdoor.handling.demand.rules import Noted
from frontdoor.journeys.definition import WaitsFor

WEB = "web"


class Looked:
    """What the record says of an enquiry, looked up when a rule asks for it: the first rule that fires asks no more.

    Its contact and case must have been read with it. What each name means is told in `rules.OnRecord`.
    """

    def __init__(self, *, enquiry: Enquiry, at: datetime) -> None:
        self.at = at
        self._enquiry = enquiry
        self._case = enquiry.case
        self._service = our_catalogue().services.get(enquiry.service)

    @property
    def windows(self) -> Windows:
        return windows_of(self._enquiry.service)

    @property
    def never_avoidable(self) -> bool:
        return self._service is not None and self._service.is_restricted

    @property
    def is_arranged(self) -> bool:
        return self._enquiry.contact.counts_as == AS_ARRANGED

    @property
    def is_ours(self) -> bool:
        return self._enquiry.outcome != EnquiryOutcome.NOT_OURS

    @property
    def has_online_way(self) -> bool:
        return self._service is None or _is_online(self._service)

    @property
    def is_about_a_case(self) -> bool:
        """Not where the case came of this very contact."""
        case, contact = self._case, self._enquiry.contact
        return case is not None and case.received_at < contact.received_at and not self._is_filled

    @property
    def _is_filled(self) -> bool:
        return self._enquiry.outcome == EnquiryOutcome.FORM_FILLED

    @property
    def is_online(self) -> bool:
        return self._enquiry.outcome == EnquiryOutcome.ONLINE

    @property
    def was_asked(self) -> bool:
        return self._case is not None and self._case.waits_for == WaitsFor.CUSTOMER

    @property
    def outcome(self) -> str:
        return self._enquiry.outcome

    @cached_property
    def unanswered(self) -> Noted | None:
        return _unanswered(self._enquiry, self.at - self.windows.answer)

    @cached_property
    def missed(self) -> Noted | None:
        return _promise(self._case, self.at, is_missed=True)

    @cached_property
    def running(self) -> Noted | None:
        return _promise(self._case, self.at, is_missed=False)

    @cached_property
    def told(self) -> Noted | None:
        return _told(self._case, self.at)

    @cached_property
    def again(self) -> Noted | None:
        return _again(self._enquiry, self.windows.repeat)

    @property
    def wrong_place(self) -> Noted | None:
        return _wrong_place(self._enquiry)

    @cached_property
    def asked_twice(self) -> Noted | None:
        return _asked_twice(self._case)

    @cached_property
    def page_changed(self) -> Noted | None:
        return _page_changed(our_catalogue().packs.get(self._enquiry.service), self.at)


def _is_online(service: ContactService) -> bool:
    return WEB in {str(channel) for channel in service.channels}


def _unanswered(enquiry: Enquiry, before: datetime) -> Noted | None:
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
    since = about.filter(direction=Direction.IN, said_at__lt=before)
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


def _again(enquiry: Enquiry, within: timedelta) -> Noted | None:
    """The same person, number or address on the same subject, on whatever channel, and served then.

    The subject is the service and, where both contacts name one, the enquiry within it. Of a person's few contacts it is
    sorted out here which are about it: a database would rather go through all of the service's.
    """
    lately = _lately(enquiry.contact, within) if enquiry.service else {}
    others = Enquiry.objects.filter(contact__in=lately, service=enquiry.service) if lately else ()
    asked = {other.contact_id for other in others if _is_same(other, enquiry)}
    same = [each for each in lately.values() if each.pk in asked or _is_same(each, enquiry)]
    last = max(same, key=lambda each: (each.received_at, each.pk), default=None)
    return Noted(str(last.pk), last.received_at, last.get_channel_display()) if last else None


def _lately(contact: Contact, within: timedelta) -> dict[UUID, Contact]:
    """What came of the same customer, and from the same number or address, in so long before."""
    before = Contact.objects.filter(
        received_at__lt=contact.received_at,
        received_at__gte=contact.received_at - within,
        abandoned_at__isnull=True,
    )
    found = list(before.filter(customer=contact.customer_id)) if contact.customer_id else []
    if contact.came_from:
        found += before.exclude(came_from="").filter(came_from=contact.came_from)
    return {each.pk: each for each in found}


def _is_same(other: Contact | Enquiry, enquiry: Enquiry) -> bool:
    is_one = other.enquiry in ("", enquiry.enquiry) or not enquiry.enquiry
    return other.service == enquiry.service and is_one


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
