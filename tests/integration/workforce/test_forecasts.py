"""Forecasts from the record: counted, published, kept, scored; the calendar of events; long work as a row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import numpy as np
import pytest

from frontdoor.contacts.models import AS_ARRANGED, Contact, Conversation
from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import at_london, day_of, now_utc
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Role, User
from frontdoor.workforce.forecast.definition import Forecast, Series
from frontdoor.workforce.records.expected.events import (
    MayNotPlanWork,
    NotAnEvent,
    calendar_of,
    drop_event,
    note_event,
)
from frontdoor.workforce.records.expected.forecasts import (
    NothingToLearnFrom,
    count_contacts,
    latest_for,
    make_forecast,
    note_what_came,
    publish_forecast,
    score_of,
    series_of,
    shown,
)
from frontdoor.workforce.records.models import (
    EventKind,
    ForecastDay,
    KnownEvent,
    LongWork,
    PublishedForecast,
    WorkKind,
)
from frontdoor.workforce.records.working import SuchWorkGoesOn, ask_work, do_work, stop_work
from tests.integration.workforce.conftest import AT, MONDAY, TUESDAY, NewUser, SignIn

ONE = ("blue-badge", "phone")


def came(*moments: datetime, service: str = "blue-badge", **said: str) -> None:
    """Contacts at these instants."""
    rng = Random(f"{moments} {service} {said}")
    for at in moments:
        conversation = Conversation.objects.create(id=uuid7(at=at, rng=rng), service=service, started_at=at)
        given = {"channel": "phone", **said}
        Contact.objects.create(
            id=uuid7(at=at, rng=rng), conversation=conversation, service=service, received_at=at, **given
        )


def a_forecast(first: date, days: int = 2, mean: float = 2.0) -> Forecast:
    """The same for every quarter hour from nine to ten."""
    values = np.zeros((1, days, 96))
    values[:, :, 36:40] = mean
    return Forecast(
        (Series("blue-badge/phone"),),
        first,
        15,
        values,
        values,
        values / 2,
        values * 2,
        values / 4,
        values * 3,
        (),
    )


def test_contacts_are_counted_by_the_quarter_hour_of_london(db: None) -> None:
    sunday = date(2027, 3, 28)
    came(at_london(MONDAY, time(9, 14)), at_london(MONDAY, time(9, 15)), at_london(sunday, time(3, 0)))
    came(at_london(MONDAY, time(9, 16)), service="")
    came(at_london(MONDAY, time(9, 16)), counts_as=AS_ARRANGED)
    came(at_london(MONDAY, time(9, 16)), channel="web")
    found = count_contacts(first_on=MONDAY, last_on=sunday)
    assert {one: int(counts.sum()) for one, counts in found.items()} == {ONE: 3, ("", "phone"): 4}
    assert (found[ONE][0, 36], found[ONE][0, 37], found[ONE][27, 12]) == (1, 1, 1)


def test_what_is_published_is_kept_and_the_latest_before_the_day_is_over_counts(petra: User) -> None:
    first = publish_forecast(found=a_forecast(TUESDAY), by=petra, at=AT)
    second = publish_forecast(found=a_forecast(TUESDAY, mean=3.0), by=petra, at=AT + timedelta(hours=1))
    publish_forecast(found=a_forecast(TUESDAY), by=petra, at=AT + timedelta(days=9))
    assert latest_for(on=TUESDAY) == second
    assert series_of(first) == [ONE]
    assert latest_for(on=MONDAY) is None
    day = ForecastDay.objects.get(forecast=second, on=TUESDAY)
    assert (day.mean[35], day.mean[36], day.high80[36]) == (0.0, 3.0, 6.0)


def test_what_came_is_noted_when_the_day_is_over_and_scored_beside_chance(petra: User) -> None:
    published = publish_forecast(found=a_forecast(MONDAY), by=petra, at=AT)
    came(*(at_london(MONDAY, time(9, minute)) for minute in (0, 1, 16, 30, 31, 32, 46)))
    tuesday_noon = at_london(TUESDAY, time(12))
    assert (note_what_came(at=tuesday_noon), note_what_came(at=tuesday_noon)) == (1, 0)
    monday = shown(on=MONDAY, one=ONE, at=tuesday_noon)
    tuesday = shown(on=TUESDAY, one=ONE, at=tuesday_noon)
    assert monday is not None
    assert monday.came is not None
    assert list(monday.came[36:40]) == [2, 1, 3, 1]
    assert tuesday is not None
    assert tuesday.came is not None
    assert len(tuesday.came) == 48
    found = score_of(published, ONE)
    assert found is not None
    assert found.wape[0] == pytest.approx(3 / 7)
    assert 0 < found.chance_wape[0] < 1
    assert found.cover80[0] == 1.0


def test_only_a_planner_publishes_and_notes_events(alice: User) -> None:
    with pytest.raises(MayNotPlanWork):
        publish_forecast(found=a_forecast(MONDAY), by=alice, at=AT)
    with pytest.raises(MayNotPlanWork):
        note_event(
            name="Offer day", kind=EventKind.OFFER_DAY, first_on=MONDAY, last_on=MONDAY, by=alice, at=AT
        )


def test_events_are_the_calendar_that_the_forecast_counts_on(petra: User) -> None:
    note_event(
        name="Letters", kind=EventKind.MAIL_OUT, first_on=MONDAY, last_on=TUESDAY, services=["blue-badge"],
        sent=1000, will_call=0.06, by=petra, at=AT,
    )  # fmt: skip
    closed = note_event(
        name="Move", kind=EventKind.CLOSED, first_on=TUESDAY, last_on=TUESDAY, by=petra, at=AT
    )
    note_event(
        name="Snow", kind=EventKind.WEATHER, first_on=MONDAY, last_on=MONDAY, services=["street-problem"], times=2,
        by=petra, at=AT,
    )  # fmt: skip
    good_friday = date(2027, 3, 26)
    found = calendar_of(first_on=MONDAY, last_on=good_friday, series=[("", "phone"), ONE])
    assert found.holidays >= {TUESDAY, good_friday}
    assert [(each.name, each.extra, each.series) for each in found.events] == [
        ("Letters", 60.0, frozenset({"/phone", "blue-badge/phone"})),
        ("Snow", None, frozenset({"/phone"})),
    ]
    drop_event(event_id=closed.pk, by=petra, at=AT)
    assert TUESDAY not in calendar_of(first_on=MONDAY, last_on=good_friday, series=[ONE]).holidays
    for said in ({"sent": 10}, {"will_call": 2.0, "sent": 10}, {"sent": 10, "will_call": 0.1, "times": 2.0}):
        with pytest.raises(NotAnEvent):
            note_event(
                name="X",
                kind=EventKind.OTHER,
                first_on=MONDAY,
                last_on=MONDAY,
                by=petra,
                at=AT,
                **said,
            )


def test_long_work_makes_and_publishes_a_forecast_and_says_how_far_it_is(petra: User) -> None:
    rng = Random(4)
    days = [MONDAY - timedelta(days=number) for number in range(1, 22)]
    desk = [day for day in days if day.weekday() < 5]
    came(*(at_london(day, time(9 + rng.randrange(8), rng.randrange(60))) for day in desk for _ in range(12)))
    work = ask_work(kind=WorkKind.FORECAST, asked={"first": TUESDAY.isoformat(), "days": 7}, by=petra, at=AT)
    with pytest.raises(SuchWorkGoesOn):
        ask_work(kind=WorkKind.FORECAST, asked={}, by=petra, at=AT)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    published = PublishedForecast.objects.get()
    assert (work.progress, work.words, work.result) == (1, "Done", {"forecast": published.pk})
    assert series_of(published) == [("", "phone"), ONE]
    total = sum(sum(each.mean) for each in published.days.filter(service="", on__lte=date(2027, 3, 5)))
    assert 30 < total < 70


def test_long_work_is_stopped_or_says_what_is_wrong(petra: User) -> None:
    asked = {"first": TUESDAY.isoformat(), "days": 7}
    work = ask_work(kind=WorkKind.FORECAST, asked=asked, by=petra, at=AT)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.is_fault
    assert "There are no contacts on record" in work.words
    with pytest.raises(NothingToLearnFrom):
        make_forecast(first_on=TUESDAY, days=7, at=AT)
    LongWork.objects.update(done_at=AT)
    second = ask_work(kind=WorkKind.FORECAST, asked=asked, by=petra, at=AT)
    stop_work(work_id=second.pk, by=petra, at=AT)
    do_work(work_id=second.pk, at=AT, rng=Random(1))
    second.refresh_from_db()
    assert (second.is_fault, second.words) == (False, "It was stopped as you asked; nothing of it was kept.")
    events = list(JournalEntry.objects.order_by("pk").values_list("event", flat=True))
    assert events == ["long work asked", "long work asked", "long work stopped"]


def test_pages_show_the_forecast_and_ask_for_a_new_one(
    petra: User, sign_in: SignIn, new_user: NewUser
) -> None:
    today = day_of(now_utc())
    publish_forecast(found=a_forecast(today), by=petra, at=now_utc() - timedelta(hours=1))
    client = sign_in(petra)
    page = client.get(f"/staff/plan/?on={today}&service=blue-badge&channel=phone").content.decode()
    assert "Expected on this day" in page
    assert 'class="fd-plan__band--likely"' in page
    table = client.get(f"/staff/plan/forecast.csv?on={today}&service=blue-badge").content.decode("utf-8-sig")
    assert "9:00,2.00,1,4,0,6" in table
    assert "No forecast of" in client.get("/staff/plan/?on=2020-01-06").content.decode()
    soon = (today + timedelta(days=1)).isoformat()
    client.post("/staff/plan/make/", {"first": soon, "days": "28"})
    work = LongWork.objects.get()
    panel = client.get(f"/staff/plan/work/{work.pk}/").content.decode()
    assert "Waits for a worker" in panel
    client.post(f"/staff/plan/work/{work.pk}/stop/")
    work.refresh_from_db()
    assert work.stop_at is not None
    supervisor = sign_in(new_user("Sue Sorrel", Role.SUPERVISOR))
    assert supervisor.post("/staff/plan/make/", {"first": soon, "days": "28"}).status_code == 403


def test_pages_note_events_and_take_them_out(petra: User, sign_in: SignIn) -> None:
    client = sign_in(petra)
    day = (day_of(now_utc()) + timedelta(days=3)).isoformat()
    said = {
        "name": "Letters",
        "kind": "mail-out",
        "first": day,
        "service": "blue-badge",
        "sent": "1,000",
        "will_call": "6%",
    }
    page = client.post("/staff/plan/events/note/", said, follow=True).content.decode()
    assert "6% of 1,000 sent" in page
    refused = client.post("/staff/plan/events/note/", {**said, "will_call": ""}, follow=True).content.decode()
    assert "Nothing was changed" in refused
    client.post(f"/staff/plan/events/{KnownEvent.objects.get().pk}/drop/")
    assert not KnownEvent.objects.exists()
