"""The contacts that a figure is made of, for those who may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from frontdoor.cases.models import Case, DecisionRecord, DemandType, Enquiry, Promise, Survey
from frontdoor.catalogue.windows import longest_repeat
from frontdoor.contacts.models import WRITTEN, Channel, Contact
from frontdoor.insight.measures.contacts import SERVICE_LEVEL_SECONDS
from frontdoor.insight.periods import Period
from frontdoor.insight.summing import Scope
from frontdoor.kernel.clock import start_of_day

Contacts = QuerySet[Contact]


@dataclass(frozen=True)
class Between:
    """From an instant up to, but not at, another."""

    start: datetime
    end: datetime

    def of(self, column: str) -> Q:
        """Where this column lies between them."""
        return Q(**{f"{column}__gte": self.start, f"{column}__lt": self.end})


Narrowing = Callable[[Contacts, Between], Contacts]


def contacts_behind(*, figure: str, cause: str, period: Period, scope: Scope) -> Contacts:
    """The contacts that a figure rests on, newest first; all that came where it has none of its own. None of a
    restricted service. `cause`: only those that were avoidable for this reason.
    """
    between = Between(start_of_day(period.first), start_of_day(period.last + timedelta(days=1)))
    found = Contact.objects.exclude(service__in=scope.restricted)
    if scope.services is not None:
        found = found.filter(service__in=scope.services)
    if scope.channels is not None:
        found = found.filter(channel__in=scope.channels)
    found = _avoidable(found, between, cause) if cause else BEHIND.get(figure, _received)(found, between)
    return found.order_by("-received_at", "-pk")


def _received(found: Contacts, between: Between) -> Contacts:
    return found.filter(between.of("received_at"))


def _where(more: Q) -> Narrowing:
    return lambda found, between: _received(found, between).filter(more)


def _worked_off(found: Contacts, between: Between) -> Contacts:
    return found.filter(between.of("answered_at"), channel__in=WRITTEN)


def _not_settled(found: Contacts, between: Between) -> Contacts:
    """Answered, and passed on or followed by another of the same customer about the same."""
    later = Contact.objects.filter(
        customer=OuterRef("customer"),
        service=OuterRef("service"),
        enquiry=OuterRef("enquiry"),
        received_at__gt=OuterRef("received_at"),
        received_at__lte=OuterRef("received_at") + longest_repeat(),
    )
    answered = _received(found, between).filter(answered_at__isnull=False)
    return answered.filter(Q(transfers__gt=0) | Exists(later))


def _avoidable(found: Contacts, between: Between, cause: str = "") -> Contacts:
    failed = Q(type=DemandType.FAILURE) | Q(type="", proposed_type=DemandType.FAILURE)
    if cause:
        failed = Q(type=DemandType.FAILURE, cause=cause) | Q(
            type="", proposed_type=DemandType.FAILURE, proposed_cause=cause
        )
    return _with_enquiry(found, between, failed)


def _confirmed(found: Contacts, between: Between) -> Contacts:
    return _with_enquiry(found, between, Q(confirmed_at__isnull=False))


def _corrected(found: Contacts, between: Between) -> Contacts:
    as_proposed = Q(type=F("proposed_type"), cause=F("proposed_cause"))
    return _with_enquiry(found, between, Q(confirmed_at__isnull=False) & ~as_proposed)


def _with_enquiry(found: Contacts, between: Between, which: Q) -> Contacts:
    enquiries = Enquiry.objects.filter(which, contact=OuterRef("pk"))
    return _received(found, between).filter(Exists(enquiries))


def _of_cases(column: str, **more: str) -> Narrowing:
    """Contacts of cases to which something happened in the period, whenever they came."""

    def narrow(found: Contacts, between: Between) -> Contacts:
        cases = Case.objects.filter(between.of(column), conversation=OuterRef("conversation"), **more)
        return found.filter(Exists(cases))

    return narrow


def _decided(found: Contacts, between: Between) -> Contacts:
    made = DecisionRecord.objects.filter(between.of("at"), case__conversation=OuterRef("conversation"))
    return found.filter(Exists(made))


def _kept_late(found: Contacts, between: Between) -> Contacts:
    late = Promise.objects.filter(
        between.of("kept_at"), kept_at__gt=F("first_due_at"), case__conversation=OuterRef("conversation")
    )
    return found.filter(Exists(late))


def _surveyed(column: str) -> Narrowing:
    def narrow(found: Contacts, between: Between) -> Contacts:
        of_it = Q(contact=OuterRef("pk")) | Q(case__conversation=OuterRef("conversation"))
        return found.filter(Exists(Survey.objects.filter(of_it, between.of(column))))

    return narrow


ANSWERED = Q(answered_at__isnull=False)
OPENED = _of_cases("received_at")
ENDED = _of_cases("closed_at")
BEHIND: Mapping[str, Narrowing] = {
    "answered": _where(ANSWERED | Q(channel=Channel.WEB, abandoned_at__isnull=True)),
    "answered-share": _where(~ANSWERED & (~Q(channel=Channel.WEB) | Q(abandoned_at__isnull=False))),
    "worked-off": _worked_off,
    "service-level": _where(
        Q(answered_at__gt=F("received_at") + timedelta(seconds=SERVICE_LEVEL_SECONDS)) | ~ANSWERED
    ),
    "wait-mean": _where(ANSWERED),
    "wait-p90": _where(ANSWERED),
    "abandoned-share": _where(Q(abandoned_at__isnull=False)),
    "handling": _where(ANSWERED & (Q(ended_at__isnull=False) | Q(wrapped_at__isnull=False))),
    "first-contact": _not_settled,
    "online-to-call": _where(Q(channel__in=[Channel.WEB, Channel.PHONE])),
    "opened": OPENED,
    "take-up": OPENED,
    "decided": _decided,
    "days-median": ENDED,
    "days-p90": ENDED,
    "on-time": _kept_late,
    "avoidable": _avoidable,
    "avoidable-count": _avoidable,
    "avoidable-cost": _avoidable,
    "confirmed": _confirmed,
    "agreement": _corrected,
    "satisfaction": _surveyed("answered_at"),
    "response-rate": _surveyed("asked_at"),
    "complaints": _of_cases("received_at", kind="complaint"),
    "compliments": _of_cases("closed_at", ended_as="compliment passed on"),
}
LISTS_WHAT_IT_MISSES = frozenset({"answered-share", "service-level", "first-contact", "on-time", "agreement"})
"""Shares of which more is better list the contacts that they miss: these are what there is to look into."""
