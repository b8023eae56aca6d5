"""How a case stands, as its customer may be told: state, next step, by when, what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from frontdoor.cases.models import (
    PHONE,
    Appointment,
    Case,
    DecisionRecord,
    Evidence,
    EvidenceStatus,
    Payment,
    PaymentStatus,
    Promise,
)
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, pack_of
from frontdoor.decisions.weighing import rules_for
from frontdoor.handling.wording import last_day_to_ask, time_in_words
from frontdoor.kernel.clock import day_of

CHASE = "chase"


@dataclass(frozen=True)
class Due:
    """One promise that runs. `is_stopped`: the clock stands while we wait for the customer; `is_late`: we missed it;
    `was` is the date first given, where it has moved.
    """

    says: str
    due_at: datetime
    in_hours: bool
    is_stopped: bool
    is_late: bool
    was: datetime | None

    @property
    def by(self) -> str:
        """The date, or the time and date where hours count, in words."""
        return time_in_words(self.due_at) if self.in_hours else ""


@dataclass(frozen=True)
class Standing:
    """How a case stands for its customer."""

    state: str
    next_step: str
    is_open: bool
    is_waiting_for_customer: bool
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class AskedFor:
    """Evidence that is wanted, in words; a kind the pack does not know keeps its bare name."""

    name: str
    title: str
    ask: str
    accepts: frozenset[str]


def standing_of(*, case: Case, at: datetime) -> Standing:
    """State, next step and running promises, in the customer's words."""
    pack = pack_of(case.pack)
    state = pack.journey.states[case.state]
    running = Promise.objects.filter(case=case, kept_at__isnull=True, dropped_at__isnull=True).order_by(
        "due_at", "pk"
    )
    return Standing(
        state=state.customer,
        next_step=state.next,
        is_open=case.is_open,
        is_waiting_for_customer=case.waits_for == "customer",
        dues=tuple(_due(pack, promise, at) for promise in running) if case.is_open else (),
    )


def _due(pack: Pack, promise: Promise, at: datetime) -> Due:
    described = pack.journey.promises.get(promise.name)
    is_stopped = promise.paused_at is not None
    return Due(
        says=described.says if described else "",
        due_at=promise.due_at,
        in_hours=promise.within.endswith(("hour", "hours")),
        is_stopped=is_stopped,
        is_late=not is_stopped and promise.due_at < at,
        was=promise.first_due_at if promise.first_due_at != promise.due_at and promise.warned_at else None,
    )


def evidence_wanted(*, case: Case) -> list[AskedFor]:
    """Evidence asked for and not yet come, in the order in which it was asked for."""
    pack = pack_of(case.pack)
    asked = Evidence.objects.filter(case=case, status=EvidenceStatus.ASKED).order_by("added_at", "pk")
    return [asked_for(pack, name) for name in asked.values_list("kind", flat=True)]


def asked_for(pack: Pack, name: str) -> AskedFor:
    """A kind of evidence in the words of the pack."""
    kind = pack.form.evidence.get(name)
    if kind is None:
        return AskedFor(name, name.capitalize(), "", frozenset({"image", "pdf"}))
    return AskedFor(name, kind.title, kind.ask, kind.accepts)


def payment_due(*, case: Case) -> Payment | None:
    """The payment the customer still owes, if any."""
    open_ones = (PaymentStatus.DUE, PaymentStatus.STARTED)
    return Payment.objects.filter(case=case, status__in=open_ones).order_by("asked_at").first()


def next_appointment(*, case: Case, at: datetime) -> Appointment | None:
    """The appointment that is still to come, if any; calls are told of by themselves."""
    booked = Appointment.objects.filter(case=case, cancelled_at__isnull=True, outcome="", at__gte=at)
    return booked.exclude(kind=PHONE).order_by("at").first()


def review_until(*, case: Case) -> date | None:
    """The last day on which the customer may ask for another look; None where nothing was decided or no review is
    offered.
    """
    decision = DecisionRecord.objects.filter(case=case).order_by("-at", "-pk").first()
    if decision is None:
        return None
    rules = rules_for(rule_sets=pack_of(case.pack).rules, on=day_of(case.received_at))
    return last_day_to_ask(decision.at, rules.review.ask_within_days) if rules.review else None


def asks_how_it_stands(*, service: str) -> str:
    """The enquiry with which people ask how their case stands, on any channel; empty where the pack has none."""
    pack = our_catalogue().packs.get(service)
    return CHASE if pack is not None and CHASE in pack.service.enquiries else ""
