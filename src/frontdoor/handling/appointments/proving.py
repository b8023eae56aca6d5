"""A customer opens their call on the web, as they would a case: reference and surname, then a code to a known way."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from frontdoor.cases.actions.appointments import PREFIX
from frontdoor.cases.models import PHONE, Appointment, Case
from frontdoor.contacts.identity import use_access_code
from frontdoor.handling.appointments.telling import record_of_call
from frontdoor.handling.people import customer
from frontdoor.handling.ports import ports
from frontdoor.handling.proving import (
    CodeRoute,
    NotFound,
    note_miss,
    require_few_misses,
    routes_to,
    send_code_to,
)
from frontdoor.kernel.ids import read_reference
from frontdoor.kernel.names import surname_matches


def is_of_a_call(reference: str) -> bool:
    """Whether this reference, however it was typed, is one of a call."""
    read = read_reference(reference)
    return read is not None and read.startswith(f"{PREFIX}-")


def find_call(*, reference: str, surname: str, knock: str, at: datetime) -> Appointment:
    """The call of this reference, if the surname fits. Raises NotFound (the same for every miss) and TooManyTries."""
    read = read_reference(reference)
    require_few_misses(read=read, knock=knock, at=at)
    calls = Appointment.objects.filter(kind=PHONE, reference=read) if read else Appointment.objects.none()
    found = calls.select_related("customer").first()
    name = found.customer.full_name if found and found.customer else ""
    if found is None or not name or not surname_matches(surname, name):
        note_miss(read=read, knock=knock, at=at)
        raise NotFound
    return found


def routes_for_call(*, appointment: Appointment) -> list[CodeRoute]:
    """The customer's own ways by which a code may go: those given with the call first."""
    return routes_to(customer_id=appointment.customer_id, told_in=appointment.told_in)


@transaction.atomic
def send_code_for_call(*, appointment_id: UUID, route: CodeRoute, at: datetime, rng: Random) -> CodeRoute:
    """Send a code at once. Raises TooManyTries, NotFound."""
    appointment = call_to_show(appointment_id=appointment_id)
    if route not in routes_for_call(appointment=appointment):
        raise NotFound
    assert appointment.customer is not None  # a call has a customer: the database sees to it
    assert appointment.contact is not None  # and was booked in a contact
    return send_code_to(
        subject=appointment.pk,
        route=route,
        customer=appointment.customer,
        conversation=appointment.contact.conversation,
        at=at,
        rng=rng,
    )


def open_call_with_code(*, appointment_id: UUID, code: str, at: datetime) -> Appointment:
    """Open the call with the code that was sent. Raises WrongCode, CodeExpired, TooManyTries."""
    use_access_code(subject=appointment_id, code="".join(code.split()), key=ports().secret, at=at)
    appointment = call_to_show(appointment_id=appointment_id)
    by = customer(appointment.customer_id)
    with transaction.atomic():
        record_of_call(appointment=appointment, event="call opened by customer", by=by.actor, at=at)
    return appointment


def call_to_show(*, appointment_id: UUID) -> Appointment:
    """A call for its customer's page. Raises Appointment.DoesNotExist."""
    rows = Appointment.objects.filter(kind=PHONE).select_related("customer", "contact__conversation", "draft")
    return rows.get(pk=appointment_id)


def calls_of_case(*, case: Case, at: datetime) -> list[Appointment]:
    """The calls about a case that are still to come, the next first."""
    rows = Appointment.objects.filter(
        kind=PHONE, case=case, cancelled_at__isnull=True, outcome="", at__gte=at
    )
    return list(rows.order_by("at", "pk"))
