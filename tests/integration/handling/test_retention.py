"""What is past its time goes whole, what is still needed stays, and the journal goes on holding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.apps import apps
from django.db.models import Model

from frontdoor.cases.models import Case, IssuedItem, Payment, PaymentStatus
from frontdoor.contacts.models import Channel, Contact, Conversation, Customer, StoredFile
from frontdoor.handling.rights.erasing import erase_past
from frontdoor.handling.rights.keeping import NoReason, hold_case, lift_hold, past_their_time
from frontdoor.jobs.commands import retention
from frontdoor.journal.actions import seal_entries
from frontdoor.journal.models import JournalEntry
from frontdoor.journal.queries import verify
from frontdoor.kernel.ids import uuid7
from tests.integration.handling.conftest import Apply, let_time_pass

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FOUR_YEARS = datetime(2031, 3, 10, 0, 0, tzinfo=UTC)
ROOMS = ("contacts", "cases")


def ended(case: Case, at: datetime, rng: Random) -> Case:
    """The case with all that time brings, closed a week later."""
    let_time_pass(at + 7 * DAY, rng)
    Case.objects.filter(pk=case.pk).update(closed_at=at + 7 * DAY, ended_as="withdrawn")
    case.refresh_from_db()
    return case


def going(at: datetime) -> dict[str, int]:
    """What would go, by kind."""
    counts: dict[str, int] = {}
    for past in past_their_time(at=at):
        counts[past.what] = counts.get(past.what, 0) + past.rows.count()
    return {what: count for what, count in counts.items() if count}


def rows_left() -> dict[str, int]:
    """Every table of the two rooms that holds a row, but the ones that hold nothing of anybody."""
    models: list[type[Model]] = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model.__name__: count for model in models if (count := model._default_manager.count())}


def test_case_goes_whole_after_the_packs_span_and_the_journal_holds(
    apply_for: Apply, at: datetime, rng: Random
) -> None:
    case = ended(apply_for(helper={"full_name": "Hope Helper"}), at, rng)
    customer = case.customer_id
    seal_entries(at=at)
    before = list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))
    assert StoredFile.objects.exists()
    assert going(FOUR_YEARS - DAY) == {}
    assert erase_past(at=FOUR_YEARS - DAY) == 0

    assert going(FOUR_YEARS) == {"cases": 1}
    assert erase_past(at=FOUR_YEARS) == 2  # the case, and the customer of whom nothing else is left
    assert erase_past(at=FOUR_YEARS) == 0
    assert rows_left() == {}

    assert list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))[: len(before)] == before
    seal_entries(at=FOUR_YEARS)
    assert verify().broken is None
    gone = JournalEntry.objects.get(event="cases erased")
    assert (gone.case_id, gone.customer_id, gone.facts["kept"]) == (case.pk, customer, "4 years")
    assert JournalEntry.objects.get(event="customers erased").customer_id == customer


def test_open_case_badge_that_runs_refund_that_is_owed_and_hold_stay(
    apply_for: Apply, at: datetime, rng: Random
) -> None:
    apply_for(email="open@customer.example", full_name="Olga Open", phone="07700 900124")
    badge, refund, held = (
        ended(apply_for(email=f"{name}@customer.example", full_name=f"{name} Elm", phone=phone), at, rng)
        for name, phone in (("Bill", "07700 900125"), ("Rita", "07700 900126"), ("Hugo", "07700 900127"))
    )
    IssuedItem.objects.create(
        id=uuid7(at=at, rng=rng), case=badge, customer=badge.customer, service="blue-badge", name="badge", kind="badge",
        starts_on=at.date(), expires_on=FOUR_YEARS.date(), issued_at=at,
    )  # fmt: skip
    Payment.objects.update_or_create(
        case=refund, purpose="badge fee",
        defaults={"id": uuid7(at=at, rng=rng), "amount_pence": 1000, "asked_at": at, "status": PaymentStatus.REFUND_DUE},
    )  # fmt: skip
    hold_case(reference=held.reference, reason="The ombudsman asked for it.", at=at)

    assert erase_past(at=FOUR_YEARS) == 0
    IssuedItem.objects.update(expires_on=FOUR_YEARS.date() - DAY)
    Payment.objects.update(status=PaymentStatus.REFUNDED)
    assert going(FOUR_YEARS) == {"cases": 2}
    assert lift_hold(reference=held.reference, at=FOUR_YEARS) == 1
    assert going(FOUR_YEARS) == {"cases": 3}
    assert erase_past(at=FOUR_YEARS) == 6
    assert Case.objects.count() == 1


def test_hold_needs_a_reason(apply_for: Apply, at: datetime) -> None:
    case = apply_for()
    with pytest.raises(NoReason):
        hold_case(reference=case.reference, reason=" ", at=at)


def test_customer_stays_while_another_case_does(apply_for: Apply, at: datetime, rng: Random) -> None:
    old = ended(apply_for(), at, rng)
    apply_for(when=at + 8 * DAY)
    assert Customer.objects.count() == 1
    assert erase_past(at=FOUR_YEARS) == 1
    assert not Case.objects.filter(pk=old.pk).exists()
    assert Customer.objects.count() == 1


def test_contact_that_no_case_came_of_goes_after_three_years(at: datetime, rng: Random) -> None:
    for number, received_at in enumerate((at, at + 400 * DAY)):
        talk = Conversation.objects.create(id=uuid7(at=received_at, rng=rng), started_at=received_at)
        Contact.objects.create(
            id=uuid7(at=received_at, rng=rng), conversation=talk, channel=Channel.PHONE, received_at=received_at,
            supplier_id=str(number),
        )  # fmt: skip
    assert erase_past(at=at + 3 * 365 * DAY) == 0
    assert erase_past(at=at + (3 * 365 + 2) * DAY) == 1
    assert Contact.objects.get().supplier_id == "1"


def test_command_lists_and_erases_nothing_unless_told(
    apply_for: Apply, at: datetime, rng: Random, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import ArgumentParser  # the command is tried as it is typed

    ended(apply_for(), at, rng)
    Case.objects.update(closed_at=datetime(2015, 1, 1, tzinfo=UTC))
    parser = ArgumentParser()
    retention.add_arguments(parser)
    assert retention.run(parser.parse_args([])) == 0
    assert "1  cases of blue-badge, kept for 4 years" in capsys.readouterr().out
    assert Case.objects.count() == 1
    assert retention.run(parser.parse_args(["--hold", "BB-0000-000", "--because", "x"])) == 2
    assert retention.run(parser.parse_args(["--do"])) == 0
    assert Case.objects.count() == 0
