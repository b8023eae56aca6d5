"""The demo council loads whole: nothing it tries fails, every state is shown, and the record holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from frontdoor.cases.models import PHONE, Appointment, Case, Survey, Update
from frontdoor.catalogue.published import our_catalogue
from frontdoor.demo.load import NotEmpty, load_demo
from frontdoor.demo.people import PASSWORD, sign_ins
from frontdoor.demo.plan import plans
from frontdoor.demo.stories.tables import STORIES
from frontdoor.journal.models import JournalEntry
from frontdoor.journal.queries import verify
from frontdoor.staff.models import Role, TrainingPlace, User
from frontdoor.staff.recruiting import joiners
from frontdoor.workforce.records.asking.leave import leaves_to_answer
from frontdoor.workforce.records.asking.swapping import swaps_to_answer
from frontdoor.workforce.records.attending.presence import kept_to
from frontdoor.workforce.records.expected.forecasts import series_of
from frontdoor.workforce.records.models import PublishedForecast, Shift

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_demo_council_loads_whole_and_shows_something_true_of_everything() -> None:
    loaded = load_demo(at=NOW, rng=Random(7), cases=60)
    assert loaded.troubles == ()
    assert loaded.cases == Case.objects.count() >= 55
    for pack in our_catalogue():
        open_states = {name for name, state in pack.journey.states.items() if not state.ends_as}
        shown = set(Case.objects.filter(service=pack.id).values_list("state", flat=True))
        assert len(shown & open_states) >= len(open_states) - 2, (pack.id, open_states - shown)
    assert not Case.objects.filter(received_at__gt=NOW).exists()
    assert not JournalEntry.objects.filter(at__gt=NOW).exists()
    acknowledged = Update.objects.filter(occasion="acknowledgement").values_list("case_id", flat=True)
    assert len(acknowledged) == len(set(acknowledged))
    assert Survey.objects.filter(answered_at__isnull=False).exists()
    asked = Survey.objects.filter(asked_at__isnull=False).order_by("customer", "asked_at")
    times = list(asked.values_list("customer", "asked_at"))
    apart = [two[1] - one[1] for one, two in pairwise(times) if one[0] == two[0] and one[1] and two[1]]
    assert all(each >= timedelta(days=30) for each in apart)
    calls = Appointment.objects.filter(kind=PHONE)
    assert {each.outcome for each in calls} == {"kept", "missed", ""}
    assert calls.filter(at__gt=NOW, cancelled_at=None).exists()
    trained = TrainingPlace.objects.values_list("state", flat=True)
    assert set(trained) == {"booked", "attended", "missed"}
    assert len(joiners()) == 2
    assert Shift.objects.filter(starts_at__gt=NOW).exists()
    assert all(each.adherence for each in kept_to(since=NOW - timedelta(days=7), until=NOW).values())
    assert len(swaps_to_answer()) == len(leaves_to_answer()) == 1
    assert len(series_of(PublishedForecast.objects.get())) > 5
    found = verify()
    assert (found.broken, found.unsealed) == (None, 0)
    with pytest.raises(NotEmpty):
        load_demo(at=NOW, rng=Random(7), cases=60)
    for _, email, _ in sign_ins():
        assert User.objects.get(email=email).check_password(PASSWORD)


def test_one_account_of_every_role_can_be_signed_in_to() -> None:
    assert len(sign_ins()) >= len(Role)
    assert len({email for _, email, _ in sign_ins()}) == len(sign_ins())


def test_the_same_seed_plans_the_same_cases() -> None:
    packs = {pack.id: pack for pack in our_catalogue()}
    first = plans(packs=packs, stories=STORIES, cases=300, at=NOW, seed=5)
    assert first == plans(packs=packs, stories=STORIES, cases=300, at=NOW, seed=5)
    assert first != plans(packs=packs, stories=STORIES, cases=300, at=NOW, seed=6)
    assert len(first) == 300
    assert all(each.begins_at <= NOW for each in first)
