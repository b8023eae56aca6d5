"""News that a customer does not want: held back and noted, while their timeline shows every step."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from frontdoor.cases.models import Update
from frontdoor.catalogue.published import pack_of
from frontdoor.contacts.actions import Introduction
from frontdoor.handling.following import follow_report
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import User
from frontdoor.web.public.tracking.happened import happened
from tests.integration.handling.conftest import Apply, Remembered, let_time_pass
from tests.integration.handling.test_lives import POTHOLE, do

INSPECTION = {
    "defect_type": "hole",
    "asset": "carriageway",
    "hierarchy": "CH3",
    "impact": 3,
    "likelihood": 3,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("end_only", ["received", "repaired"]),
        ("all", ["received", "inspected", "repair planned", "repaired"]),
    ],
)
def test_a_customer_hears_as_much_as_they_wish(
    at: datetime,
    rng: Random,
    apply_for: Apply,
    officers: dict[str, list[User]],
    supplier: Remembered,
    wanted: str,
    told: list[str],
) -> None:
    case = apply_for("street-problem", owned=True, **{**POTHOLE, "news_wanted": wanted})
    alice = officers[case.team.name][0]
    do(case, "record inspection", alice, at + timedelta(hours=1), rng, answers=INSPECTION)
    do(case, "plan repair", alice, at + timedelta(hours=2), rng)
    do(case, "repair", alice, at + timedelta(hours=3), rng)
    let_time_pass(at + timedelta(days=1), rng)

    held_back = JournalEntry.objects.filter(case_id=case.pk, event="news held back", shown=False)
    steps = [line["title"] for line in happened(case=case, pack=pack_of(case.pack)) if line["kind"] == "done"]
    assert (
        list(Update.objects.filter(case=case).order_by("made_at", "pk").values_list("words_name", flat=True))
        == told
    )
    assert len(supplier.sent) == len(told)
    assert held_back.count() == 4 - len(told)
    assert steps[:3] == ["It has been repaired", "The repair is planned", "We have looked at it"]


@pytest.mark.django_db
def test_followers_hear_every_step_whatever_the_first_customer_wishes(
    at: datetime, rng: Random, apply_for: Apply, officers: dict[str, list[User]], supplier: Remembered
) -> None:
    case = apply_for("street-problem", owned=True, **{**POTHOLE, "news_wanted": "end_only"})
    nia = Introduction(full_name="Nia Follow", email="nia@customer.example")
    follow_report(case_id=case.pk, introduction=nia, channel="web", at=at, rng=rng)
    do(case, "record inspection", officers[case.team.name][0], at, rng, answers=INSPECTION)
    let_time_pass(at + timedelta(hours=20), rng)

    heard = {message.to for _, message in supplier.sent if "looked at it" in message.subject}
    assert heard == {"nia@customer.example"}
