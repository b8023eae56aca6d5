"""A person's copy of their records: whole for them, silent about others, and never more than its maker may know."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from random import Random
from typing import Any

import pytest

from frontdoor.cases.models import Case, CopyMade, Note
from frontdoor.contacts.models import Delivery, Direction, Message
from frontdoor.handling.rights.masking import Masker
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Role, User
from tests.integration.office.conftest import NewCase, NewUser, SignIn

REASON = "Moira O’Brien wrote on 1 March; her passport was seen."


def files_of(content: bytes) -> dict[str, bytes]:
    """What is in the copy, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return {name: files.read(name) for name in files.namelist()}


def say(case: Case, by: str, words: str, at: datetime, rng: Random) -> None:
    """Somebody says something in a case."""
    Message.objects.create(
        id=uuid7(at=at, rng=rng), conversation=case.conversation, direction=Direction.IN, said_by=by, words=words,
        said_at=at,
    )  # fmt: skip


def copy(user: User, case: Case, sign_in: SignIn) -> tuple[dict[str, bytes], dict[str, Any], str]:
    """The files of the copy this person makes, its data, and its page."""
    answer = sign_in(user).post("/staff/copies/", {"reference": case.reference, "reason": REASON})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    files = files_of(answer.content)
    return files, json.loads(files["data.json"]), files["read-me-first.html"].decode()


def test_copy_holds_what_is_theirs_and_covers_others(
    case: Case, alice: User, bob: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(
        helper={"full_name": "Hope Helper", "email": "hope@helper.example"}
    )
    say(case, "customer", "My friend Hope Helper (HOPE@helper.example) will ring <Bob Birchall>.", now, rng)
    Note.objects.create(case=case, by=alice, words="Rang her; Bob Birchall was there.", written_at=now)

    files, data, page = copy(bob, case, sign_in)
    assert data["you"]["name"] == "Moira O’Brien"
    assert {"kind": "email", "value": "moira@customer.example"}.items() <= data["you"]["ways to reach you"][
        1
    ].items()
    told = data["cases"][0]
    assert (told["reference"], told["service"]) == (case.reference, "Blue Badge")
    assert any(each["answer"] == "7 May 1951" for each in told["answers"])
    said = [each["words"] for each in told["messages"]]
    assert "My friend [your helper] ([your helper]) will ring <[officer]>." in said
    assert told["notes"][0]["words"] == "Rang her; [officer] was there."
    assert any(name.startswith(f"files/{case.reference}/") and files[name] for name in files)
    assert data["messages we sent"]
    assert {"what": "case opened", "by": "you"}.items() <= data["what happened"][0].items()
    for everything in (page, files["data.json"].decode()):
        assert not any(each in everything for each in ("Hope", "hope@", "Bob Birchall", "Alice Ashdown"))
    assert "&lt;[officer]&gt;" in page
    assert data["left out"] == []

    row = CopyMade.objects.get()
    assert (row.by, row.customer, row.reason) == (bob, case.customer, REASON)
    kept = JournalEntry.objects.get(event="records copied")
    assert (kept.customer_id, kept.actor_id, kept.facts["withheld"]) == (case.customer_id, str(bob.pk), 0)


def test_what_was_told_in_confidence_is_left_out_and_counted(
    case: Case, alice: User, bob: User, now: datetime, rng: Random, sign_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(is_restricted=True, helper={"full_name": "Reba Referrer"})
    say(case, "helper", "I am worried about my neighbour.", now, rng)
    say(case, "customer", "I am all right.", now, rng)
    Note.objects.create(case=case, by=alice, words="The neighbour rang.", written_at=now)

    files, data, page = copy(bob, case, sign_in)
    told = data["cases"][0]
    assert [each["words"] for each in told["messages"] if each["by"] == "you"] == ["I am all right."]
    assert (told["answers"], told["notes"]) == ([], [])
    assert [(each["what"], each["count"]) for each in data["left out"]] == [
        ("messages", 1),
        ("notes", 1),
        ("answers", len(case.answers)),
    ]
    assert "neighbour" not in page + files["data.json"].decode()
    assert not any(name.startswith("files/") for name in files)


def test_maker_learns_nothing_of_a_case_they_may_not_know_and_its_team_is_told(
    case: Case, new_case: NewCase, alice: User, charlie: User, sign_in: SignIn
) -> None:
    secret = new_case(owner=alice)
    assert secret.customer_id == case.customer_id
    Case.objects.filter(pk=secret.pk).update(is_restricted=True)
    files, data, page = copy(charlie, case, sign_in)
    assert [each["reference"] for each in data["cases"]] == [case.reference]
    assert secret.reference not in page + files["data.json"].decode()
    told = Delivery.objects.filter(key__startswith="copy:")
    assert {each.to for each in told} == {alice.email, "bob@council.example"} & {each.to for each in told}
    assert alice.email in {each.to for each in told}
    assert all(secret.reference in each.body and "Moira" not in each.body for each in told)


@pytest.mark.parametrize("reason", ["", "asked"])
def test_no_copy_without_a_reason(case: Case, bob: User, reason: str, sign_in: SignIn) -> None:
    answer = sign_in(bob).post("/staff/copies/", {"reference": case.reference, "reason": reason})
    assert (answer.status_code, CopyMade.objects.count()) == (409, 0)


def test_no_copy_of_ones_own_or_of_what_one_may_not_see_or_by_an_advisor(
    case: Case, new_case: NewCase, alice: User, charlie: User, new_user: NewUser, sign_in: SignIn
) -> None:
    mine = new_case(email=alice.email)
    given = {"reference": mine.reference, "reason": REASON}
    assert sign_in(alice).post("/staff/copies/", given).status_code == 409
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    given["reference"] = case.reference
    assert sign_in(charlie).post("/staff/copies/", given).status_code == 409
    assert sign_in(new_user("Dilys Dene", role=Role.ADVISOR)).post("/staff/copies/", given).status_code == 403
    assert not CopyMade.objects.exists()


def test_masker_covers_whole_words_longest_first_and_never_ones_own() -> None:
    masker = Masker(
        others={"Ann Lee": "[a]", "Ann Lee-Marsh": "[b]", "07700 900123": "[c]", "Li": "[d]", "Moira": "[e]"},
        own=["moira"],
    )
    said = "ann lee-marsh and ANN LEE, not Joann Lee; Li and Moira on 07700 900123."
    assert masker.text(said) == "[b] and [a], not Joann Lee; Li and Moira on [c]."
    assert masker.anything({"x": ["Ann Lee", 1, None, True]}) == {"x": ["[a]", 1, None, True]}
    assert Masker(others={}, own=[]).text("as it is") == "as it is"
