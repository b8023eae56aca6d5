"""What we hold of one customer, put together by case and by contact, for the copy that they may ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from frontdoor.cases.models import (
    PHONE,
    Appointment,
    Case,
    DecisionRecord,
    Enquiry,
    Evidence,
    IssuedItem,
    Note,
    Payment,
    Promise,
    RecordedFact,
    Survey,
)
from frontdoor.cases.permissions import visible_to
from frontdoor.catalogue.published import pack_of
from frontdoor.contacts.helping import standing_helpers
from frontdoor.contacts.merging import everybody_behind
from frontdoor.contacts.models import (
    Contact,
    ContactPoint,
    Customer,
    Delivery,
    Direction,
    Helper,
    Message,
    SafeContact,
    StoredFile,
)
from frontdoor.forms.answers import say_answer
from frontdoor.handling.desk.seeing import restricted_to
from frontdoor.handling.rights.helping import (
    helped_cases,
    helping_blocks,
    names_in,
    noted_helpers,
    ways_of,
    whom_they_helped,
)
from frontdoor.handling.rights.whom import NobodyFound
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, User

Block = dict[str, Any]
IN_CONFIDENCE = "It would tell who spoke to us in confidence."
SAYERS = {"customer": "you", "helper": "your helper", "staff": "a member of staff", "system": "the system"}
US = "us"
HELPER = "[your helper]"


@dataclass(frozen=True)
class Held:
    """Everything of one customer that may go into the copy. `unseen`: cases that its maker may not know of."""

    cases: Sequence[Case]
    unseen: Sequence[Case]
    blocks: Mapping[str, Any]
    files: Sequence[tuple[str, StoredFile]]
    others: Mapping[str, str]
    own: frozenset[str]
    withheld: Sequence[Block] = field(default_factory=list)


def held_of(*, customer: Customer, seen_by: User) -> Held:
    """Look everything up, as somebody may know of it."""
    ids = everybody_behind(customer_id=customer.pk)
    every = (
        Case.objects.filter(customer__in=ids).select_related("pack", "conversation").order_by("received_at")
    )
    seen = set(visible_to(seen_by).filter(customer__in=ids).values_list("pk", flat=True))
    cases = [case for case in every if case.pk in seen]
    unseen = [case for case in every if case.pk not in seen]
    hidden = {case.conversation_id for case in unseen}
    points = list(ContactPoint.objects.filter(customer__in=ids).order_by("kind", "added_at"))
    withheld: list[Block] = []
    blocks = {
        "you": _you(customer, points),
        "cases": [_case(case, withheld) for case in cases],
        "contacts": _contacts(ids, [case.conversation_id for case in every]),
        "calls": _calls(ids, seen_by),
        "messages we sent": _sent(ids, hidden),
        "surveys": _surveys(ids, unseen),
        "what happened": _events(ids, unseen),
    }
    own = {customer.full_name, *customer.full_name.split(), *(point.value for point in points)}
    helped, noted = _helped(ways_of(points), seen_by)
    blocks["those you spoke for"] = helping_blocks(helped, noted)
    return Held(
        cases=cases,
        unseen=unseen,
        blocks=blocks,
        files=[file for case in cases for file in _files(case)],
        others={**_staff_names(), **_helpers(cases, ids), **whom_they_helped(helped, noted)},
        own=frozenset(own | set(names_in(helped, noted))),
        withheld=withheld,
    )


def held_of_helper(*, ways: Sequence[str], seen_by: User) -> Held:
    """What we hold of somebody who is known only as a helper. Raises NobodyFound."""
    helped, noted = _helped(ways, seen_by)
    if not (helped or noted):
        raise NobodyFound
    return Held(
        cases=[],
        unseen=[],
        blocks={"those you spoke for": helping_blocks(helped, noted)},
        files=[],
        others={**_staff_names(), **whom_they_helped(helped, noted)},
        own=frozenset(names_in(helped, noted)),
    )


def _helped(ways: Sequence[str], seen_by: User) -> tuple[list[Case], list[Helper]]:
    return helped_cases(ways=ways, seen_by=seen_by), noted_helpers(ways=ways, seen_by=seen_by)


def _you(customer: Customer, points: list[ContactPoint]) -> Block:
    return {
        "name": customer.full_name,
        "born": customer.born_on,
        "we write to you by": customer.prefers,
        "known since": customer.created_at,
        "how to reach you safely": _safety(customer),
        "who may speak for you": [HELPER for _ in standing_helpers(customer_id=customer.pk)],
        "ways to reach you": [
            {"kind": point.kind, "value": point.value, "safe to use": point.is_safe, "since": point.added_at}
            for point in points
        ],
    }


def _safety(customer: Customer) -> list[Block]:
    """What they said themselves of being reached safely, every record of it."""
    said = SafeContact.objects.filter(customer__in=everybody_behind(customer_id=customer.pk))
    names = ("may_ring", "may_text", "may_email", "may_post", "no_messages", "times", "code_word", "words")
    return _rows(said, *names, "set_at", "replaced_at")


def _case(case: Case, withheld: list[Block]) -> Block:
    """One case. Of a restricted case, what others told us or wrote for colleagues is left out, and named as such."""
    is_told_by_another = case.is_restricted and bool(case.helper)
    state = pack_of(case.pack).journey.states.get(case.state)
    messages = _messages(case.conversation_id)
    notes = list(Note.objects.filter(case=case).order_by("written_at"))
    if case.is_restricted:
        kept = [each for each in messages if each["by"] in (US, SAYERS["customer"])]
        _leave_out(withheld, case, "messages", len(messages) - len(kept))
        _leave_out(withheld, case, "notes", len(notes))
        messages, notes = kept, []
    if is_told_by_another:
        _leave_out(withheld, case, "answers", len(case.answers))
    return {
        "reference": case.reference,
        "service": pack_of(case.pack).service.name,
        "received": case.received_at,
        "came by": case.channel,
        "stands at": state.customer if state else case.state,
        "ended": case.closed_at,
        "helped by": HELPER if case.helper and not case.is_restricted else "",
        "answers": [] if is_told_by_another else _answers(case),
        "facts recorded by staff": [
            {"fact": fact.name, "value": fact.value, "at": fact.at}
            for fact in RecordedFact.objects.filter(case=case).order_by("at")
        ],
        "decisions": [_decision(each) for each in DecisionRecord.objects.filter(case=case).order_by("at")],
        "papers": _rows(
            Evidence.objects.filter(case=case), "kind", "status", "dated_on", "added_at", "why_not"
        ),
        "promises": _rows(
            Promise.objects.filter(case=case), "name", "made_at", "due_at", "kept_at", "missed_at"
        ),
        "appointments": _rows(
            Appointment.objects.filter(case=case).exclude(kind=PHONE),
            "kind",
            "at",
            "where",
            "cancelled_at",
            "outcome",
        ),
        "given to you": _rows(
            IssuedItem.objects.filter(case=case), "name", "number", "amount_pence", "starts_on", "expires_on"
        ),
        "payments": _rows(
            Payment.objects.filter(case=case), "purpose", "amount_pence", "status", "asked_at", "paid_at"
        ),
        "messages": messages,
        "notes": [{"at": note.written_at, "words": note.words} for note in notes],
    }


def _leave_out(withheld: list[Block], case: Case, what: str, count: int) -> None:
    if count:
        withheld.append({"case": case.reference, "what": what, "count": count, "why": IN_CONFIDENCE})


def _answers(case: Case) -> list[Block]:
    pack = pack_of(case.pack)
    said = []
    for name, value in case.answers.items():
        question = pack.question(name)
        words = say_answer(question=question, value=value) if question is not None else value
        said.append({"question": question.ask if question is not None else name, "answer": words})
    return said


def _decision(decision: DecisionRecord) -> Block:
    return {
        "at": decision.at,
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "words": decision.words,
        "by": "a member of staff" if decision.by_id else "the system",
        "looked at by a second person": decision.confirmed_at,
    }


def _rows(found: Any, *names: str) -> list[Block]:
    return [
        {name.replace("_", " "): value for name, value in row.items()}
        for row in found.order_by("pk").values(*names)
    ]


def _messages(conversation: UUID) -> list[Block]:
    said = (
        Message.objects.filter(conversation=conversation).order_by("said_at", "pk").prefetch_related("files")
    )
    return [
        {
            "at": each.said_at,
            "by": US if each.direction == Direction.OUT else SAYERS.get(each.said_by, "somebody else"),
            "words": each.words,
            "files": [file.name for file in each.files.all()],
        }
        for each in said
    ]


def _contacts(ids: Sequence[UUID], of_cases: list[UUID]) -> list[Block]:
    """Calls, visits and letters apart from a case's own conversation; none that is about a restricted case."""
    found = Contact.objects.filter(customer__in=ids).exclude(conversation__in=of_cases)
    contacts = found.exclude(enquiries__case__is_restricted=True).order_by("received_at")
    return [
        {
            "at": contact.received_at,
            "by": contact.get_channel_display(),
            "about": _rows(
                Enquiry.objects.filter(contact=contact), "service", "outcome", "words", "told_words"
            ),
            "messages": _messages(contact.conversation_id),
        }
        for contact in contacts
    ]


def _calls(ids: Sequence[UUID], seen_by: User) -> list[Block]:
    """Times at which we rang or shall ring them, apart from those about services this person may know nothing of."""
    calls = Appointment.objects.filter(kind=PHONE, customer__in=ids).exclude(
        service__in=restricted_to(seen_by)
    )
    return _rows(
        calls,
        "service",
        "at",
        "minutes",
        "phone",
        "words",
        "attempts",
        "outcome",
        "cancelled_at",
        "booked_at",
    )


def _sent(ids: Sequence[UUID], hidden: set[UUID]) -> list[Block]:
    sent = Delivery.objects.filter(customer__in=ids).filter(
        Q(conversation__isnull=True) | ~Q(conversation__in=hidden)
    )
    return _rows(sent, "created_at", "channel", "to", "subject", "body", "status")


def _surveys(ids: Sequence[UUID], unseen: Sequence[Case]) -> list[Block]:
    asked = Survey.objects.filter(customer__in=ids, asked_at__isnull=False).filter(
        Q(case__isnull=True) | ~Q(case__in=unseen)
    )
    return _rows(asked, "asked_at", "answered_at", "rating", "words")


def _events(ids: Sequence[UUID], unseen: Sequence[Case]) -> list[Block]:
    hidden = {case.pk for case in unseen}
    entries = JournalEntry.objects.filter(customer_id__in=ids).order_by("pk")
    return [
        {"at": entry.at, "what": entry.event, "by": SAYERS.get(entry.actor_kind, "a program")}
        for entry in entries
        if entry.case_id not in hidden
    ]


def _files(case: Case) -> list[tuple[str, StoredFile]]:
    """The papers and files of a case, each under a name of its own; none where another may have brought them."""
    if case.is_restricted and case.helper:
        return []
    papers = Q(evidence__case=case) | Q(messages__conversation=case.conversation_id)
    found = StoredFile.objects.filter(papers).distinct().order_by("stored_at", "pk")
    return [
        (f"files/{case.reference}/{number}-{file.name}", file) for number, file in enumerate(found, start=1)
    ]


def _staff_names() -> dict[str, str]:
    """Every member of staff, present and past, by what they are here for."""
    people = User.objects.values_list("full_name", "email", "role")
    named = [
        (word, f"[{Role(role).label.lower()}]") for name, email, role in people for word in (name, email)
    ]
    return dict(named)


def _helpers(cases: Sequence[Case], ids: Sequence[UUID]) -> dict[str, str]:
    """The helpers' names, numbers and addresses."""
    said = [(case.helper or {}).get(name) for case in cases for name in ("full_name", "phone", "email")]
    noted = Helper.objects.filter(customer__in=ids).values_list("full_name", "phone", "email", "evidence")
    every = [*said, *(value for row in noted for value in row)]
    return {value: HELPER for value in every if isinstance(value, str) and value}
