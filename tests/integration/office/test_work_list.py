"""The work list: order, filters, downloads, the next case, and what it costs."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.cases.models import Case
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import NewCase, NewUser, SignIn


def references(page: str) -> list[str]:
    """The references of the rows, in order."""
    return [
        part.split("/")[0]
        for part in page.split('<th scope="row"><a class="govuk-link" href="/staff/cases/')[1:]
    ]


def test_the_promise_that_ends_first_comes_first(
    new_case: NewCase, alice: User, now: datetime, sign_in: SignIn
) -> None:
    young, old = new_case(owner=alice), new_case(owner=alice, at=now - timedelta(days=80))
    middle = new_case(owner=alice, at=now - timedelta(days=30))
    page = sign_in(alice).get("/staff/work/").content.decode()
    assert references(page) == [old.reference, middle.reference, young.reference]
    assert page.count("Overdue by") == 1


def test_a_stopped_clock_stands_last_and_is_said(new_case: NewCase, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    stopped = new_case(owner=alice)
    running = new_case(owner=alice)
    client.post(
        f"/staff/cases/{stopped.reference}/do/ask-for-evidence/",
        {"do": "confirm", "revision": stopped.revision, "evidence": "identity"},
    )
    page = client.get("/staff/work/?part=all").content.decode()
    assert references(page) == [running.reference, stopped.reference]
    assert "Clock stopped" in page
    assert references(client.get("/staff/work/?part=customer").content.decode()) == [stopped.reference]
    assert references(client.get("/staff/work/?part=mine").content.decode()) == [running.reference]


@pytest.mark.parametrize("query", ["part=team", "part=all&overdue=yes&unread=yes"])
def test_cost_is_the_same_for_one_row_and_fifty(
    new_case: NewCase, alice: User, query: str, now: datetime, sign_in: SignIn
) -> None:
    client = sign_in(alice)
    new_case(owner=alice)
    client.get(f"/staff/work/?{query}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/staff/work/?{query}")
    for number in range(12):
        new_case(
            full_name=f"Person {number}", email=f"p{number}@customer.example", at=now - timedelta(days=number)
        )
    with CaptureQueriesContext(connection) as many:
        client.get(f"/staff/work/?{query}")
    assert len(many) == len(one)


def test_filters_narrow_the_list(new_case: NewCase, alice: User, now: datetime, sign_in: SignIn) -> None:
    mine, free = new_case(owner=alice, at=now - timedelta(days=80)), new_case()
    client = sign_in(alice)
    found = {
        query: set(references(client.get(f"/staff/work/?part=all&{query}").content.decode()))
        for query in ("unowned=yes", "overdue=yes", "service=blue-badge", "service=other", "state=desk check")
    }
    both = {mine.reference, free.reference}
    assert found == {
        "unowned=yes": {free.reference},
        "overdue=yes": {mine.reference},
        "service=blue-badge": both,
        "service=other": set(),
        "state=desk check": set(),
    }


def test_the_next_case_is_the_most_urgent_free_one(
    new_case: NewCase, alice: User, bob: User, now: datetime, sign_in: SignIn
) -> None:
    new_case(owner=bob, at=now - timedelta(days=90))
    urgent = new_case(at=now - timedelta(days=50))
    new_case()
    answer = sign_in(alice).post("/staff/work/next/")
    urgent.refresh_from_db()
    assert (answer["Location"], urgent.owner) == (f"/staff/cases/{urgent.reference}/", alice)


def test_nothing_to_take_is_said(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    client.post("/staff/work/next/")
    assert "No case of your teams waits for somebody" in client.get("/staff/work/").content.decode()


def test_downloads_hold_the_list_and_no_formulas(new_case: NewCase, alice: User, sign_in: SignIn) -> None:
    case = new_case(owner=alice, full_name="=HYPERLINK(1)")
    client = sign_in(alice)
    rows = list(csv.reader(io.StringIO(client.get("/staff/work/mine.csv").content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [["Reference", "Customer"], [case.reference, "'=HYPERLINK(1)"]]
    book = zipfile.ZipFile(io.BytesIO(client.get("/staff/work/mine.xlsx").content))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1)" in book.read("xl/sharedStrings.xml").decode()


def test_a_supervisor_gives_several_at_once(
    new_case: NewCase, new_user: NewUser, bob: User, blue_badge_team: Team, sign_in: SignIn
) -> None:
    supervisor = new_user("Sunita Sand", blue_badge_team, role=Role.SUPERVISOR)
    cases = [new_case(), new_case()]
    given = {"case": [each.reference for each in cases], "to": str(bob.pk)}
    sign_in(supervisor).post("/staff/work/allot/", given)
    assert set(Case.objects.values_list("owner", flat=True)) == {bob.pk}


def test_open_pages_learn_that_something_changed(case: Case, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    mark = client.get("/staff/work/version/")["ETag"]
    assert client.get("/staff/work/version/", headers={"if-none-match": mark}).status_code == 304
    client.post(
        f"/staff/cases/{case.reference}/do/start-desk-check/", {"do": "confirm", "revision": case.revision}
    )
    assert client.get("/staff/work/version/", headers={"if-none-match": mark}).status_code == 200
    page = f"/staff/cases/{case.reference}/version/"
    assert client.get(page, headers={"if-none-match": f'"{case.revision}"'}).status_code == 200


def test_search_keeps_names_out_of_addresses(case: Case, alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    answer = client.post("/staff/search/", {"q": "moira obrien"})
    assert answer["Location"] == "/staff/search/"
    assert references(client.get("/staff/search/").content.decode()) == [case.reference]
    client.post("/staff/search/", {"q": case.reference.lower().replace("-", " ")})
    assert client.get("/staff/search/")["Location"] == f"/staff/cases/{case.reference}/"
    client.post("/staff/search/", {"q": "zw34qp"})
    assert references(client.get("/staff/search/").content.decode()) == [case.reference]
