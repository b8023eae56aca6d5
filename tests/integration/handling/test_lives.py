"""Whole lives of cases: two officers at once, a pack that changes, badges, awards, followers, people we know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copytree
from threading import Barrier, Thread

import pytest
from django.conf import LazySettings
from django.db import connections

from frontdoor.cases.actions.deciding import SameEyes
from frontdoor.cases.models import Case, DecisionRecord, Evidence, IssuedItem, Update
from frontdoor.cases.policies import CaseChanged
from frontdoor.catalogue.models import PackVersion
from frontdoor.catalogue.published import forget_loaded, pack_of, publish
from frontdoor.contacts.actions import Introduction, know_customer
from frontdoor.contacts.models import Customer, Likeness
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.cash import take_money
from frontdoor.handling.evidence import Judgement, look_at_evidence
from frontdoor.handling.following import follow_report
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.people import staff
from frontdoor.handling.standing import payment_due
from frontdoor.journal.models import JournalEntry
from frontdoor.journeys.moving import MoveNotOffered
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User
from tests.integration.handling.conftest import Apply, Remembered, let_time_pass

Officers = dict[str, list[User]]
POTHOLE: dict[str, Json] = {
    "category": "pothole",
    "danger": "none",
    "hole_depth": "golf_ball",
    "hole_width": "dinner_plate",
    "hole_position": "edge",
    "wants_news": True,
    "news_wanted": "all",
    "place": {"lat": 54.75, "lon": 2.32, "street": "Beck Lane", "words": "By the gate"},
}


def do(case: Case, move: str, user: User, at: datetime, rng: Random, **given: object) -> Case:
    """An officer makes a move on the case as it is now."""
    case.refresh_from_db()
    return move_case(
        case_id=case.pk,
        move=move,
        revision=case.revision,
        given=Given(**given),  # type: ignore[arg-type]
        person=staff(user),
        at=at,
        rng=rng,
    )


def accept_all(case: Case, user: User, at: datetime) -> None:
    """The officer finds every paper good."""
    for evidence in Evidence.objects.filter(case=case):
        case.refresh_from_db()
        judgement = Judgement(is_accepted=True, dated_on=day_of(at) - timedelta(days=5))
        look_at_evidence(
            case_id=case.pk,
            evidence_id=evidence.pk,
            revision=case.revision,
            judgement=judgement,
            user=user,
            at=at,
        )


def badge(case: Case, officers: Officers, at: datetime, rng: Random) -> IssuedItem:
    """The case goes all the way to a badge."""
    alice = officers["Blue Badge team"][0]
    accept_all(case, alice, at)
    do(case, "approve", alice, at, rng)
    due = payment_due(case=case)
    assert due is not None
    case.refresh_from_db()
    take_money(
        case_id=case.pk,
        payment_id=due.pk,
        method="phone",
        receipt="",
        revision=case.revision,
        user=alice,
        at=at,
        rng=rng,
    )
    do(case, "post badge", alice, at, rng)
    return IssuedItem.objects.get(case=case)


@pytest.mark.django_db
def test_a_badge_from_application_to_the_reminder_twelve_weeks_before_it_ends(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for(owned=True)
    item = badge(case, officers, at, rng)
    case.refresh_from_db()
    assert (case.ended_as, item.expires_on) == ("issued", day_of(at).replace(year=2030))
    assert item.expires_on is not None
    let_time_pass(at + timedelta(days=4 * 365), rng)
    reminder = Update.objects.get(case=case, words_name="reapply")
    assert (
        timedelta(0) <= timedelta(weeks=12) - (item.expires_on - day_of(reminder.made_at)) < timedelta(days=2)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("move", "answers"), [("cancel badge", {"cancel_reason": "lost"}), ("record death of holder", {})]
)
def test_nobody_is_reminded_of_a_badge_that_is_valid_no_longer(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers, move: str, answers: dict[str, Json]
) -> None:
    case = apply_for(owned=True)
    badge(case, officers, at, rng)
    do(case, move, officers["Blue Badge team"][0], at + timedelta(days=9), rng, answers=answers)
    let_time_pass(at + timedelta(days=4 * 365), rng)
    assert not Update.objects.filter(case=case, words_name="reapply").exists()


@pytest.mark.django_db
def test_a_refusal_needs_a_second_pair_of_eyes_and_says_why(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers, supplier: Remembered
) -> None:
    alice, bob = officers["Blue Badge team"]
    case = apply_for(
        owned=True, benefit="nothing", main_reason="walking", is_lasting="lasting", difficulties=["pain"]
    )
    do(case, "start desk check", alice, at, rng)
    do(case, "refuse", alice, at, rng, reasons=("not lasting",), words="The letter says three months.")
    with pytest.raises((MoveNotOffered, SameEyes)):
        do(case, "confirm refusal", alice, at, rng)
    do(case, "confirm refusal", bob, at, rng)
    decision = DecisionRecord.objects.get(case=case)
    assert (decision.by, decision.confirmed_by, decision.reasons) == (alice, bob, ["not lasting"])
    let_time_pass(at + timedelta(hours=1), rng)
    letter = next(message.body for _, message in supplier.sent if "three months" in message.body)
    assert "not likely to last for at least 3 years" in letter


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_the_second_is_told_and_nothing_is_overwritten(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for()
    together, outcomes = Barrier(2), list[str]()

    def move(name: str, user: User) -> None:
        together.wait()
        try:
            move_case(
                case_id=case.pk,
                move=name,
                revision=case.revision,
                given=Given(answers={"new_council": "Elsewhere"}) if name == "transfer" else Given(),
                person=staff(user),
                at=at,
                rng=Random(name),
            )
            outcomes.append("made")
        except CaseChanged:
            outcomes.append("told")
        finally:
            connections.close_all()

    names = zip(("start desk check", "transfer"), officers["Blue Badge team"], strict=True)
    threads = [Thread(target=move, args=each) for each in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["made", "told"]
    assert JournalEntry.objects.filter(event="case moved").count() == 1


@pytest.fixture
def changing_packs(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """The packs in a folder in which they may be changed."""
    folder = tmp_path / "packs"
    copytree(settings.PACKS_FOLDER, folder)
    settings.PACKS_FOLDER = folder
    forget_loaded()
    yield folder
    forget_loaded()


@pytest.mark.django_db
def test_a_case_stays_on_the_pack_it_began_with(
    changing_packs: Path, at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for(owned=True)
    journey = changing_packs / "blue-badge" / "journey.yaml"
    text = journey.read_text("utf-8")
    journey.write_text(text.replace("label: Start the desk check", "label: Begin to read"), "utf-8")
    forget_loaded()
    new = publish(service="blue-badge", at=at)
    case = Case.objects.get(pk=case.pk)
    assert (new.pk == case.pack_id, PackVersion.objects.count()) == (False, 2)
    assert pack_of(case.pack).journey.moves["start desk check"].label == "Start the desk check"
    assert pack_of(new).journey.moves["start desk check"].label == "Begin to read"
    assert do(case, "start desk check", officers["Blue Badge team"][0], at, rng).state == "desk check"


@pytest.mark.django_db
def test_followers_hear_what_happens_and_not_who_told_us(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers, supplier: Remembered
) -> None:
    case = apply_for("street-problem", owned=True, **POTHOLE)
    follower = Introduction(full_name="Nia Follow", email="nia@customer.example")
    follow_report(case_id=case.pk, introduction=follower, channel="web", at=at, rng=rng)
    words = "The sign of the road stood straight when we came."
    do(case, "find no defect", officers[case.team.name][0], at, rng, words=words)
    let_time_pass(at + timedelta(hours=1), rng)
    to_follower = [message for _, message in supplier.sent if message.to == "nia@customer.example"]
    assert len(to_follower) == 1
    assert "O’Rourke" not in to_follower[0].body
    assert "siobhan" not in to_follower[0].body


@pytest.mark.django_db
def test_awards_count_after_a_day_from_the_day_of_the_award(
    at: datetime, rng: Random, apply_for: Apply
) -> None:
    case = apply_for("street-problem", **POTHOLE)
    assert case.customer_id is not None
    today = day_of(at)
    for number, (days, cancelled) in enumerate([(0, None), (364, None), (365, None), (400, None), (10, at)]):
        IssuedItem.objects.create(
            id=f"00000000-0000-7000-8000-{number:012d}",
            case=case,
            customer_id=case.customer_id,
            service="crisis-support",
            name="award",
            kind="food or fuel",
            starts_on=today - timedelta(days=days),
            issued_at=at,
            cancelled_at=cancelled,
        )
    since = today.replace(year=today.year - 1)
    award_counters = calculators_for(at=at, service="crisis-support", customer_id=case.customer_id)
    assert award_counters["awards after day"]("food or fuel", since.isoformat()) == 2
    assert award_counters["awards after day"]("food or fuel", (today - timedelta(days=3)).isoformat()) == 1
    assert award_counters["awards ever"]("food or fuel") == 4
    strangers = calculators_for(at=at, service="crisis-support", customer_id=None)
    assert strangers["awards after day"]("food or fuel", since.isoformat()) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "born", "email", "phone", "is_same", "doubts"),
    [
        ("SIOBHAN O'ROURKE-NI DHUIBHNE", "1979-05-11", "", "", False, 1),
        ("SIOBHAN O'ROURKE-NI DHUIBHNE", "1979-05-11", "SIOBHAN@customer.example", "", True, 0),
        ("Siobhán O’Rourke-Ní Dhuibhne", None, "Siobhan@customer.example", "", True, 0),
        ("Siobhán O’Rourke-Ní Dhuibhne", "1991-01-01", "siobhan@customer.example", "", False, 1),
        ("Pádraig O’Rourke", None, "", "07700900123", False, 1),
        ("Somebody Else", "1979-05-11", "", "", False, 0),
    ],
)
def test_a_customer_is_the_same_or_a_doubt_or_new(
    at: datetime,
    rng: Random,
    apply_for: Apply,
    name: str,
    born: str | None,
    email: str,
    phone: str,
    is_same: bool,
    doubts: int,
) -> None:
    known = apply_for().customer
    said = Introduction(
        full_name=name,
        born_on=datetime.fromisoformat(born).date() if born else None,
        email=email,
        phone=phone,
    )
    found = know_customer(introduction=said, at=at, rng=rng)
    assert ((found == known), Likeness.objects.count()) == (is_same, doubts)
    assert Customer.objects.count() == (1 if is_same else 2)


@pytest.mark.django_db
def test_the_journal_holds_no_name_no_address_and_no_words(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for(owned=True)
    badge(case, officers, at, rng)
    everything = " ".join(JournalEntry.objects.values_list("facts_json", flat=True))
    for private in (
        "Siobh",
        "Rourke",
        "Alder",
        "ZW3",
        "siobhan@",
        "900123",
        "1979-05-11",
        "Alice",
        "council.example",
    ):
        assert private not in everything


@pytest.mark.django_db
def test_not_sure_takes_an_older_answer_back(
    at: datetime, rng: Random, apply_for: Apply, officers: Officers
) -> None:
    case = apply_for(owned=True, moving_around="unsure", planning_journeys="unsure")
    alice = officers["Blue Badge team"][0]
    do(case, "record checks", alice, at, rng, answers={"letter_journeys": "E"})
    do(case, "record checks", alice, at, rng, answers={"letter_journeys": "A"})
    newest = case.recorded_facts.filter(name="letter_journeys").order_by("-pk")[0]
    assert (newest.value, newest.by) == ("A", alice)
