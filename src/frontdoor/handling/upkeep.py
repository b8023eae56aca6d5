"""What is broken and needs a person: looked up for a page, and sent to administrators once a day if there is anything.

It holds numbers and names of services, never a customer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import Q

from frontdoor.cases.models import Promise, Timer
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.contacts.models import Delivery, DeliveryChannel, DeliveryStatus
from frontdoor.contacts.outbox import Outgoing, queue_delivery
from frontdoor.handling.ports import ports
from frontdoor.journal.actions import record
from frontdoor.journal.queries import last_of, unsealed_before
from frontdoor.kernel.clock import day_of, london
from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import Role, User

DIGEST_AT = time(7, 0)
DAY = timedelta(days=1)
LATE = timedelta(minutes=10)
MANY_TRIES = 5
FAILED = (DeliveryStatus.PERMANENT_FAILURE, DeliveryStatus.TECHNICAL_FAILURE)
UPKEEP = Actor("robot", "upkeep")

HELLO = "Hello {name},\n\nthis needs a person at {council}:\n\n{faults}\n\nThe page with all of it: {page}"


@dataclass(frozen=True)
class Fault:
    """Something that is broken. `what` is said with its number; `means` what follows from it and what to do;
    `page` is the name of the page on which it is mended, where there is one.
    """

    what: str
    means: str
    page: str = ""


def what_is_broken(*, at: datetime) -> list[Fault]:
    """Everything that is broken at `at`; empty when all is well. What happened once is told for a day."""
    return [*_deliveries(at), *_waiting(at), *_timers(), *_promises(at), *_services(), *_backup(at)]


def send_digest(*, at: datetime, rng: Random) -> int:
    """From seven in the morning, once a day: tell every administrator what is broken, and nobody if nothing is.

    Returns how many were told.
    """
    if london(at).time() < DIGEST_AT or _is_made(at):
        return 0
    with transaction.atomic():
        here = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True, left_at=None)
        administrators = list(here.order_by("pk"))
        if _is_made(at):  # another worker was quicker
            return 0
        faults = what_is_broken(at=at)
        record(at=at, by=UPKEEP, event="digest made", facts={"faults": len(faults)})
        for user in administrators if faults else ():
            _tell(user, faults, at, rng)
    return len(administrators) if faults else 0


def _is_made(at: datetime) -> bool:
    last = last_of(event="digest made")
    return last is not None and day_of(last) >= day_of(at)


def _tell(user: User, faults: list[Fault], at: datetime, rng: Random) -> None:
    council = our_council().name
    said = "\n\n".join(f"* {fault.what} {fault.means}" for fault in faults)
    page = f"{ports().public_url}/staff/upkeep/"
    outgoing = Outgoing(
        key=f"digest:{day_of(at).isoformat()}:{user.pk}",
        channel=DeliveryChannel.EMAIL,
        to=user.email,
        subject=f"Front Door: {len(faults)} to mend",
        body=HELLO.format(name=user.full_name, council=council, faults=said, page=page),
    )
    queue_delivery(outgoing=outgoing, customer=None, conversation=None, not_before=at, at=at, rng=rng)


def _deliveries(at: datetime) -> Iterator[Fault]:
    failed = Delivery.objects.filter(status__in=FAILED, done_at__gt=at - DAY).count()
    if failed:
        yield Fault(
            f"Messages that failed for good since yesterday: {failed}.",
            "Where there was another way to reach the customer, it was taken. See why, and mend what you can.",
            "deliveries",
        )
    trying = Delivery.objects.filter(done_at=None, tries__gte=MANY_TRIES).count()
    if trying:
        yield Fault(
            f"Messages that were tried {MANY_TRIES} times or more and wait: {trying}.",
            "A supplier may be down, or a key may have run out. They go on being tried; nothing is lost.",
            "deliveries",
        )


def _waiting(at: datetime) -> Iterator[Fault]:
    """Rows that nobody takes up, and entries that nobody seals: no worker runs, or too few do."""
    is_left = Q(done_at=None, next_try_at__lt=at - LATE) & (
        Q(claimed_until=None) | Q(claimed_until__lt=at - LATE)
    )
    rows = Delivery.objects.filter(is_left).count() + Timer.objects.filter(is_left, lapsed_at=None).count()
    if rows:
        yield Fault(
            f"Messages and timers that have been due for over ten minutes: {rows}.",
            "No worker runs, or too few do. Start one: ./run worker.",
        )
    unsealed = unsealed_before(at - LATE)
    if unsealed:
        yield Fault(
            f"Journal entries that have waited over ten minutes for their seal: {unsealed}.",
            "No worker runs, or sealing fails; the worker’s log says why.",
        )


def _timers() -> Iterator[Fault]:
    failing = Timer.objects.filter(done_at=None, lapsed_at=None, tries__gte=MANY_TRIES).count()
    if failing:
        yield Fault(
            f"Timers of cases that keep failing: {failing}.",
            "Their cases do not move on by themselves. The worker’s log names each row and what went wrong.",
        )


def _promises(at: datetime) -> Iterator[Fault]:
    missed = Promise.objects.filter(missed_at__gt=at - DAY, missed_at__lte=at).count()
    if missed:
        yield Fault(
            f"Promises to customers that were missed since yesterday: {missed}.",
            "The customers were told before. The work lists show whose cases they are.",
        )


def _services() -> Iterator[Fault]:
    left_out = sorted(our_catalogue().left_out)
    if left_out:
        yield Fault(
            f"Services that are left out because of their faults: {', '.join(left_out)}.",
            "Customers cannot start them. ./run check names every fault with file and line.",
        )


def _backup(at: datetime) -> Iterator[Fault]:
    last = last_of(event="backup made")
    if last is not None and at - last > DAY:
        yield Fault(
            f"The last backup is {int((at - last) / DAY)} days old."
            if at - last >= 2 * DAY
            else "The last backup is more than a day old.",
            "Look why the next one was not made, or make one now: ./run backup FILE.",
        )
