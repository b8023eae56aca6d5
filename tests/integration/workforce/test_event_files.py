"""The calendar of known events as a file: taken away, changed, handed in again; and what cannot be used, by row."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import User
from frontdoor.workforce.records.expected.events import note_event
from frontdoor.workforce.records.models import EventKind, KnownEvent
from tests.integration.workforce.conftest import AT, SignIn

FILE = """\
Name,Kind,First day,Last day,Services,Sent,Will call,Times
Letters,mail-out,2027-04-01,2027-04-05,Blue Badge; bus-pass,"1200",6%,
Gritting night,weather,2027-01-09,,,,,1.6
Office move,closed,2027-05-04,,,,,

"""


def hand_in(client: Client, text: str, name: str = "events.csv") -> str:
    """What the page says once the file is handed in."""
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    return client.post("/staff/plan/events/hand-in/", {"file": file}, follow=True).content.decode()


def test_file_is_noted_in_whole_and_once(petra: User, sign_in: SignIn) -> None:
    client = sign_in(petra)
    assert "Noted: 3. In the calendar already: 0." in hand_in(client, FILE)
    letters = KnownEvent.objects.get(name="Letters")
    assert (letters.kind, letters.last_on, letters.services) == (
        "mail-out",
        date(2027, 4, 5),
        ["blue-badge", "bus-pass"],
    )
    assert (letters.sent, letters.will_call, letters.times) == (1200, 0.06, None)
    assert KnownEvent.objects.get(name="Office move").last_on == date(2027, 5, 4)
    assert "Noted: 0. In the calendar already: 3." in hand_in(client, FILE)


def test_every_fault_is_said_by_row_and_column_and_nothing_is_noted(petra: User, sign_in: SignIn) -> None:
    bad = FILE.replace("2027-01-09", "9 January").replace("bus-pass", "bus stop").replace("closed", "shut")
    page = hand_in(sign_in(petra), bad.replace("6%", "600%"))
    assert "events.csv, row 2, services: &#39;bus stop&#39; is no service of ours" in page
    assert "events.csv, row 2, will call: 600% cannot be" in page
    assert "events.csv, row 3, first day: &#39;9 January&#39; is not a day" in page
    assert "events.csv, row 4, kind: &#39;shut&#39; is none of offer day, mail-out" in page
    assert not KnownEvent.objects.exists()
    half = hand_in(sign_in(petra), FILE.replace("6%", ""))
    assert "row 2, sent: say either how many are sent and the share" in half
    assert not KnownEvent.objects.exists()
    assert "there is no column &#39;kind&#39;" in hand_in(sign_in(petra), "name,first day\n")
    backwards = hand_in(sign_in(petra), FILE.replace("2027-04-05", "2027-03-05"))
    assert "last day: it lies before the first day" in backwards
    assert (
        "Choose a CSV file"
        in sign_in(petra).post("/staff/plan/events/hand-in/", follow=True).content.decode()
    )


def test_calendar_that_is_taken_away_can_be_handed_in_again(
    petra: User, alice: User, sign_in: SignIn
) -> None:
    day = day_of(now_utc()) + timedelta(days=9)
    note_event(
        name="Letters", kind=EventKind.MAIL_OUT, first_on=day, last_on=day, services=["blue-badge"], sent=900,
        will_call=0.055, by=petra, at=AT,
    )  # fmt: skip
    client = sign_in(petra)
    taken = client.get("/staff/plan/events.csv").content.decode()
    assert taken.splitlines()[1] == f"Letters,mail-out,{day},{day},blue-badge,900,5.5%,"
    assert "Noted: 0. In the calendar already: 1." in hand_in(client, taken)
    KnownEvent.objects.all().delete()
    assert "Noted: 1." in hand_in(client, taken)
    assert client.get("/staff/plan/events.xlsx").status_code == 200
    assert sign_in(alice).post("/staff/plan/events/hand-in/").status_code == 403
