"""An installation for the browser tests: the demo council's staff, and Blue Badge applications with their papers; and
one of everything that has a page of its own in the office, by people with whom no other test has to do.

`python -m tests.browser.seed` in the environment of that installation. All of it by the real actions. What the tests
cannot find by themselves is left in `seeded.json`.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from frontdoor.cases.models import Case
    from frontdoor.demo.customers import MadeUp

SEED = 20270302
APPLICATIONS, SURVEYS = 4, 2
OFFICER = "crisis.officer@wealdmoor.example"
ADVISOR = "marcia.fennimore-quill@wealdmoor.example"
TWICE_KNOWN = "Agnes Fairweather"
REASON = "She rang and asked for it; her passport was seen."


def main() -> None:
    """Tables, staff and cases in an empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontdoor.config.settings"
    django.setup(set_prefix=False)
    from frontdoor.config.prepare import prepare_database  # rooms load once Django is set up
    from frontdoor.demo.calls import make_room
    from frontdoor.demo.people import make_staff
    from frontdoor.demo.planning import make_plan
    from frontdoor.demo.training import make_training

    prepare_database()
    at = datetime.now(UTC)
    make_staff(at=at - timedelta(days=30))
    make_room(at=at - timedelta(days=30))
    make_training(at=at, seed=SEED)
    make_plan(at=at, seed=SEED)
    *applying, complaining = _customers(at)
    cases = [
        _apply("blue-badge", customer, place, at - timedelta(hours=5 * (APPLICATIONS - place)))
        for place, customer in enumerate(applying)
    ]
    for number in range(SURVEYS):
        _ask_how_it_went(number, at)
    _calls(cases[0], at)
    seeded = {"restricted": _complains(complaining, cases[0], at)}
    (Path(os.environ["FRONTDOOR_HOME"]) / "seeded.json").write_text(json.dumps(seeded), "utf-8")


def _customers(at: datetime) -> list[MadeUp]:
    """People of the council's area whose names any machine has the letters for, so that pictures can be read."""
    from frontdoor.catalogue.published import our_council, our_places
    from frontdoor.demo.customers import Town

    council = our_council()
    ours = {each.id for each in council.authorities if council.authority in (each.id, each.parent)}
    town = Town([each for each in our_places().every_address() if each.district in ours], SEED)
    people = (town.customer(number, on=at.date(), age=(19, 92)) for number in count())
    return list(islice((each for each in people if each.full_name.isascii()), APPLICATIONS + 1))


def _apply(service: str, customer: MadeUp, number: int, at: datetime) -> Case:
    """The first story of the service, with every paper that is asked for where there is such a story."""
    from frontdoor.demo.opening import FirstContact, apply
    from frontdoor.demo.stories.tables import STORIES

    stories = (each for each in STORIES[service][1] if not each.is_organisation)
    story = min(stories, key=lambda each: each.brings is not None)
    contact = FirstContact(service, "web", customer, story, {**customer.says(), **story.answers}, None)
    return apply(contact=contact, at=at, rng=Random(SEED + number))


def _calls(case: Case, at: datetime) -> None:
    """An advisor takes two calls: from the customer of a case, which somebody might have avoided; and from somebody who
    gives another date of birth the second time.
    """
    from frontdoor.contacts.actions import Introduction, know_customer
    from frontdoor.handling.desk.enquiring import tell_how_it_stands
    from frontdoor.handling.desk.taking import end_contact, say_who, say_who_is_new, take_contact_at_desk
    from frontdoor.staff.models import User

    by, rng = User.objects.get(email=ADVISOR), Random(SEED + 10)
    call = take_contact_at_desk(channel="phone", came_from="", by=by, at=at, rng=rng)
    say_who(contact_id=call.pk, customer_id=case.customer_id, by=by, at=at)
    tell_how_it_stands(
        contact_id=call.pk, case_id=case.pk, words="Told her.", ends=True, by=by, at=at, rng=rng
    )
    says = Introduction(full_name=TWICE_KNOWN, born_on=date(1951, 5, 7), email="agnes@customer.example")
    call = take_contact_at_desk(channel="phone", came_from="", by=by, at=at, rng=rng)
    say_who_is_new(contact_id=call.pk, introduction=says, by=by, at=at, rng=rng)
    end_contact(contact_id=call.pk, by=by, at=at)
    know_customer(introduction=replace(says, born_on=date(1951, 7, 5)), at=at, rng=rng)


def _complains(customer: MadeUp, copied: Case, at: datetime) -> str:
    """A complaint that is kept to its team and opened in an emergency by an officer of another, who also made a copy of
    somebody's records. The reference of the complaint.
    """
    from frontdoor.cases.models import Case
    from frontdoor.handling.rights.copying import copy_records
    from frontdoor.handling.rights.emergency import open_in_emergency
    from frontdoor.staff.models import User

    by, rng = User.objects.get(email=OFFICER), Random(SEED + 20)
    case = _apply("complaint", customer, 20, at)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    open_in_emergency(reference=case.reference, reason=REASON, by=by, at=at, rng=rng)
    copy_records(reference=copied.reference, reason=REASON, by=by, at=at, rng=rng)
    return case.reference


def survey_link(number: int) -> str:
    """Where one of the customers says how it went; the secret of the link is that of its seed."""
    from frontdoor.kernel.ids import new_token

    return f"/survey/{new_token(Random(SEED + number))}"


def _ask_how_it_went(number: int, at: datetime) -> None:
    """The customer of a case has a link to a survey."""
    from frontdoor.cases.actions.surveying import open_survey, plan_survey
    from frontdoor.cases.models import Case
    from frontdoor.contacts.models import DeliveryChannel

    case = Case.objects.order_by("received_at")[number]
    assert case.customer is not None
    survey = plan_survey(of=case, customer=case.customer, ask_at=at, at=at, rng=Random(f"survey {number}"))
    open_survey(
        survey=survey,
        by=DeliveryChannel.EMAIL,
        answers_within=timedelta(days=30),
        at=at,
        rng=Random(SEED + number),
    )


if __name__ == "__main__":
    main()
