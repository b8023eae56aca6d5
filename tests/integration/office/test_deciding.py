"""Moves of a case: what is asked, what is told, two officers at once, a second pair of eyes, review by someone else."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from django.test import Client

from frontdoor.cases.models import Case, DecisionRecord, Evidence, Promise, Update
from frontdoor.catalogue.published import publish
from frontdoor.contacts.models import Delivery
from frontdoor.handling.allotting import give_case
from frontdoor.handling.opening import Application, open_case
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import User
from tests.integration.office.conftest import NewCase, SignIn

WORDS = "We are sorry. We looked at everything you sent."


def do(client: Client, case: Case, move: str, **given: Any) -> Any:
    """Confirm a move on the case as it stands now, unless `revision` says otherwise."""
    case.refresh_from_db()
    typed = {"do": "confirm", "revision": case.revision, **given}
    return client.post(f"/staff/cases/{case.reference}/do/{move}/", typed)


def reason_of(client: Client, case: Case) -> str:
    """The first reason that the page of a refusal offers."""
    page = client.get(f"/staff/cases/{case.reference}/do/refuse/").content.decode()
    return page.split('name="reasons" type="checkbox" value="')[1].split('"')[0]


def test_preview_shows_the_words_and_stores_nothing(case: Case, alice: User, sign_in: SignIn) -> None:
    client, shown = sign_in(alice), case.revision
    before = (
        JournalEntry.objects.count(),
        Update.objects.count(),
        Delivery.objects.count(),
        Promise.objects.count(),
    )
    page = do(client, case, "ask-for-evidence", do="preview", evidence=["identity"])
    case.refresh_from_db()
    assert page.status_code == 200
    assert "Moira O’Brien" in page.content.decode()
    assert (case.state, case.revision) == ("received", shown)
    after = (
        JournalEntry.objects.count(),
        Update.objects.count(),
        Delivery.objects.count(),
        Promise.objects.count(),
    )
    assert after == before


def test_evidence_that_the_sheet_asks_for_is_ticked(case: Case, alice: User, sign_in: SignIn) -> None:
    case.evidence.filter(kind="identity").update(status="rejected")
    page = sign_in(alice).get(f"/staff/cases/{case.reference}/do/ask-for-evidence/").content.decode()
    assert 'value="identity" checked' in page
    assert 'value="pip letter" checked' not in page


def test_asking_for_evidence_stops_the_clock_and_asks(case: Case, alice: User, sign_in: SignIn) -> None:
    do(sign_in(alice), case, "ask-for-evidence", evidence=["identity"])
    case.refresh_from_db()
    assert (case.state, case.clock_stopped_at is not None, case.due_at) == ("awaiting evidence", True, None)
    assert Evidence.objects.filter(case=case, kind="identity", status="asked").count() == 1


def test_asking_for_nothing_is_said_beside_the_field(case: Case, alice: User, sign_in: SignIn) -> None:
    answer = do(sign_in(alice), case, "ask-for-evidence")
    case.refresh_from_db()
    assert answer.status_code == 400
    assert "Choose what the customer should send" in answer.content.decode()
    assert case.state == "received"


def test_second_of_two_officers_is_told_and_keeps_the_words(
    case: Case, alice: User, bob: User, sign_in: SignIn
) -> None:
    shown, seen = case.revision, JournalEntry.objects.latest("pk").pk
    do(sign_in(alice), case, "start-desk-check")
    answer = do(
        sign_in(bob), case, "ask-for-evidence", evidence=["identity"], words=WORDS, revision=shown, seen=seen
    )
    page = answer.content.decode()
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (409, "desk check")
    assert WORDS in page
    assert "Start the desk check" in page
    assert 'name="evidence" value="identity"' in page


def test_refusal_waits_for_a_second_pair_of_eyes(case: Case, alice: User, bob: User, sign_in: SignIn) -> None:
    ours, theirs = sign_in(alice), sign_in(bob)
    do(ours, case, "start-desk-check")
    do(ours, case, "refuse", reasons=[reason_of(ours, case)], words=WORDS)
    case.refresh_from_db()
    assert case.state == "refusal to confirm"
    assert do(ours, case, "confirm-refusal").status_code == 409
    page = theirs.get(f"/staff/cases/{case.reference}/do/confirm-refusal/").content.decode()
    assert (WORDS in page, "Alice Ashdown" in page) == (True, True)
    assert do(theirs, case, "confirm-refusal").status_code == 302
    case.refresh_from_db()
    decision = DecisionRecord.objects.get(case=case)
    assert (case.state, decision.by, decision.confirmed_by) == ("refused", alice, bob)


def test_second_looks_are_listed_for_others_and_not_for_who_decided(
    case: Case, alice: User, bob: User, sign_in: SignIn
) -> None:
    ours = sign_in(alice)
    do(ours, case, "start-desk-check")
    do(ours, case, "refuse", reasons=[reason_of(ours, case)], words=WORDS)
    listed = [
        case.reference in client.get("/staff/work/?part=second-look").content.decode()
        for client in (ours, sign_in(bob))
    ]
    assert listed == [False, True]


def test_reasons_that_the_sheet_supports_are_shown_and_the_others_folded_away(
    case: Case, alice: User, sign_in: SignIn
) -> None:
    client = sign_in(alice)
    do(client, case, "start-desk-check")
    page = client.get(f"/staff/cases/{case.reference}/do/refuse/").content.decode()
    shown, folded = page.split('<details class="govuk-details fd-other-reasons">')
    first, rest = shown.split('name="reasons"')[1:], folded.split("</details>")[0].split('name="reasons"')[1:]
    assert first
    assert all("Not met:" in reason for reason in first)
    assert rest
    assert not any("Not met:" in reason for reason in rest)
    assert "Other reasons" in folded


def test_a_folded_reason_that_was_chosen_stands_open(case: Case, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    do(client, case, "start-desk-check")
    page = client.get(f"/staff/cases/{case.reference}/do/refuse/").content.decode()
    folded = page.split('fd-other-reasons">')[1]
    chosen = folded.split('type="checkbox" value="')[1].split('"')[0]
    again = do(client, case, "refuse", do="preview", reasons=[chosen]).content.decode()
    assert 'fd-other-reasons" open' in again
    assert f'value="{chosen}" checked' in again


def test_where_the_sheet_supports_no_reason_all_stand_open(
    charlie: User, now: datetime, rng: random.Random, sign_in: SignIn
) -> None:
    application = Application(
        pack=publish(service="street-problem", at=now),
        answers={"category": "pothole", "danger": "none", "wants_news": False},
        channel="web",
    )
    case = open_case(application=application, at=now, rng=rng)
    give_case(case_id=case.pk, revision=None, to=charlie, by=charlie, at=now)
    client = sign_in(charlie)
    found = {
        "defect_type": "hole",
        "asset": "carriageway",
        "hierarchy": "CH1",
        "impact": "4",
        "likelihood": "4",
    }
    do(client, case, "record-inspection", **found)
    page = client.get(f"/staff/cases/{case.reference}/do/close-not-done/").content.decode()
    assert 'fd-other-reasons" open' in page
    assert "supports none of them" in page


def test_refusal_without_reasons_or_words_is_not_made(case: Case, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    do(client, case, "start-desk-check")
    answer = do(client, case, "refuse")
    assert answer.status_code == 400
    assert not DecisionRecord.objects.exists()


def test_evidence_is_accepted_with_the_date_on_it(case: Case, alice: User, sign_in: SignIn) -> None:
    paper = case.evidence.get(kind="pip letter")
    given = {"verdict": "accept", "dated_on": "2026-03-03", "revision": case.revision}
    sign_in(alice).post(f"/staff/cases/{case.reference}/evidence/{paper.pk}/", given)
    paper.refresh_from_db()
    assert (paper.status, str(paper.dated_on), paper.seen_by) == ("accepted", "2026-03-03", alice)


def test_evidence_is_not_rejected_without_a_reason(case: Case, alice: User, sign_in: SignIn) -> None:
    paper = case.evidence.get(kind="pip letter")
    address = f"/staff/cases/{case.reference}/evidence/{paper.pk}/"
    client = sign_in(alice)
    client.post(address, {"verdict": "reject", "revision": case.revision})
    paper.refresh_from_db()
    assert paper.status == "received"
    client.post(address, {"verdict": "reject", "why_not": "Page 2 is missing.", "revision": case.revision})
    paper.refresh_from_db()
    assert (paper.status, paper.why_not) == ("rejected", "Page 2 is missing.")


def test_message_reaches_the_customer_and_marks_theirs_read(
    new_case: NewCase, alice: User, sign_in: SignIn
) -> None:
    case = new_case(owner=alice)
    sign_in(alice).post(f"/staff/cases/{case.reference}/write/", {"words": "Is page 2 <b>there</b>?"})
    sent = Delivery.objects.get(key__startswith="message:")
    assert sent.to == "moira@customer.example"
    assert "Is page 2 <b>there</b>?" in sent.body
    page = sign_in(alice).get(f"/staff/cases/{case.reference}/messages/").content.decode()
    assert "Is page 2 &lt;b&gt;there&lt;/b&gt;?" in page


def test_new_date_is_later_and_told(case: Case, alice: User, sign_in: SignIn) -> None:
    client, address = sign_in(alice), f"/staff/cases/{case.reference}/promise/decide/"
    early = client.post(address, {"day": "2020-01-01", "words": "Why", "revision": case.revision})
    assert early.status_code == 400
    late = client.post(
        address, {"day": "2099-01-05", "words": "Many applications.", "revision": case.revision}
    )
    assert late.status_code == 302
    assert Promise.objects.get(case=case, name="decide").due_at.year == 2099
    assert Update.objects.filter(case=case, words_name="decision is late").count() == 1
