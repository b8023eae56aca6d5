"""My week, my figures and the calendar feed, as an advisor meets them."""

from __future__ import annotations

import re
from datetime import time, timedelta

from django.test import Client
from icalendar import Calendar

from frontdoor.kernel.clock import at_london, day_of, now_utc
from frontdoor.staff.models import Team, User
from frontdoor.web.words import date_words
from frontdoor.workforce.records.models import Leave, PartKind, Presence, Shift, Swap
from frontdoor.workforce.records.rotas.rota import PlannedPart, PlannedShift, put_shift
from tests.integration.workforce.conftest import SignIn


def tomorrow(user: User, begins: int = 9) -> Shift:
    """A shift of eight hours with lunch, on the Monday that comes."""
    today = day_of(now_utc())
    day = today + timedelta(days=7 - today.weekday())
    starts_at = at_london(day, time(begins))
    lunch = PlannedPart(PartKind.LUNCH, starts_at + timedelta(hours=3), starts_at + timedelta(hours=4))
    wanted = PlannedShift(user.pk, starts_at, starts_at + timedelta(hours=8), (lunch,))
    return put_shift(wanted=wanted, shift_id=None, by=None, at=now_utc())


def page_of(client: Client, shift: Shift) -> str:
    """My week, of the week of a shift."""
    return client.get(f"/staff/my/?week={shift.on.isoformat()}").content.decode()


def test_week_is_drawn_with_its_table(alice: User, sign_in: SignIn) -> None:
    page = page_of(sign_in(alice), tomorrow(alice))
    assert "9am to 5pm" in page
    assert "Lunch midday to 1pm" in page
    assert 'class="fd-plan__bar fd-plan__bar--lunch"' in page


def test_a_shift_that_was_changed_says_so(alice: User, sign_in: SignIn) -> None:
    made, client = tomorrow(alice), sign_in(alice)
    assert "changed" not in page_of(client, made)
    later = PlannedShift(alice.pk, made.starts_at + timedelta(hours=1), made.ends_at)
    put_shift(wanted=later, shift_id=made.pk, by=None, at=now_utc())
    assert f"changed {date_words(now_utc())} at" in page_of(client, made)


def test_presence_is_pressed(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    client.post("/staff/my/doing/", {"doing": "contacts"})
    assert "Taking contacts since" in client.get("/staff/my/").content.decode()
    client.post("/staff/my/doing/", {"doing": ""})
    assert Presence.objects.filter(ends_at__isnull=True).count() == 0


def test_swap_and_leave_are_asked_and_agreed_by_pages(alice: User, bob: User, sign_in: SignIn) -> None:
    team = Team.objects.create(name="Customer service centre")
    team.members.set([alice, bob])
    mine, theirs = tomorrow(alice), tomorrow(bob, 10)
    client, other = sign_in(alice), sign_in(bob)
    assert f'value="{bob.pk}-{theirs.pk}"' in page_of(client, mine)
    client.post("/staff/my/do/", {"do": "swap", "give": mine.pk, "for": f"{bob.pk}-{theirs.pk}"})
    swap = Swap.objects.get()
    assert "Alice Ashdown asks you" in page_of(other, mine)
    other.post("/staff/my/do/", {"do": "yes", "number": swap.pk})
    assert "waits for a supervisor" in page_of(client, mine)
    refused = other.post("/staff/my/do/", {"do": "yes", "number": swap.pk}, follow=True).content.decode()
    assert "was answered or taken back before" in refused
    day = mine.on.isoformat()
    client.post("/staff/my/do/", {"do": "leave", "kind": "annual", "first": day, "last": day})
    leave = Leave.objects.get()
    assert "waits for an answer" in page_of(client, mine)
    client.post("/staff/my/do/", {"do": "withdraw leave", "number": leave.pk})
    leave.refresh_from_db()
    assert leave.withdrawn_at is not None
    assert client.post("/staff/my/do/", {"do": "yes", "number": "999999"}).status_code == 404


def test_calendar_program_fetches_the_shifts_by_the_link(alice: User, sign_in: SignIn) -> None:
    shift, client = tomorrow(alice), sign_in(alice)
    page = client.post("/staff/my/do/", {"do": "link"}, follow=True).content.decode()
    found = re.search(r"/calendar/[\w-]+\.ics", page)
    assert found is not None
    answer = Client().get(found[0])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    event = next(iter(Calendar.from_ical(answer.content).walk("VEVENT")))
    assert event["DTSTART"].to_ical() == shift.starts_at.strftime("%Y%m%dT%H%M%SZ").encode()
    assert str(event["SUMMARY"]) == "Work"
    assert "It is shown once" not in client.get("/staff/my/").content.decode()
    client.post("/staff/my/do/", {"do": "end link"})
    assert Client().get(found[0]).status_code == 404


def test_figures_stand_beside_everybodys(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).get("/staff/my/figures/").content.decode()
    assert "Adherence" in page
    assert "nobody is ranked" in page


def test_targets_of_the_council_stand_beside_what_was_kept_to(alice: User, sign_in: SignIn) -> None:
    rows = re.findall(r"<tr>.*?</tr>", sign_in(alice).get("/staff/my/figures/").content.decode(), re.DOTALL)
    kept = [[*re.findall(r">\s*([^<>]+?)\s*</t[hd]>", row)] for row in rows if "lanned" in row]
    assert [(row[0].partition(":")[0], row[-1]) for row in kept] == [
        ("Adherence", "90%"),
        ("Conformance", "95%"),
    ]
