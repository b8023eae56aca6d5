"""An installation for the browser tests: the demo council's staff, and Blue Badge applications with their papers.

`python -m tests.browser.seed` in the environment of that installation. All of it by the real actions.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from frontdoor.demo.customers import MadeUp

SEED = 20270302
APPLICATIONS, SURVEYS = 4, 2


def main() -> None:
    """Tables, staff and cases in an empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontdoor.config.settings"
    django.setup(set_prefix=False)
    from frontdoor.config.prepare import prepare_database  # rooms load once Django is set up
    from frontdoor.demo.calls import make_room
    from frontdoor.demo.people import make_staff

    prepare_database()
    at = datetime.now(UTC)
    make_staff(at=at - timedelta(days=30))
    make_room(at=at - timedelta(days=30))
    for place, customer in enumerate(_customers(at)):
        _apply(customer, place, at - timedelta(hours=5 * (APPLICATIONS - place)))
    for number in range(SURVEYS):
        _ask_how_it_went(number, at)


def _customers(at: datetime) -> list[MadeUp]:
    """People of the council's area whose names any machine has the letters for, so that pictures can be read."""
    from frontdoor.catalogue.published import our_council, our_places
    from frontdoor.demo.customers import Town

    council = our_council()
    ours = {each.id for each in council.authorities if council.authority in (each.id, each.parent)}
    town = Town([each for each in our_places().every_address() if each.district in ours], SEED)
    people = (town.customer(number, on=at.date(), age=(19, 92)) for number in count())
    return list(islice((each for each in people if each.full_name.isascii()), APPLICATIONS))


def _apply(customer: MadeUp, number: int, at: datetime) -> None:
    """Somebody with an award that proves it, and every paper that is asked for."""
    from frontdoor.demo.opening import FirstContact, apply
    from frontdoor.demo.stories.tables import STORIES

    story = next(
        each for each in STORIES["blue-badge"][1] if each.brings is None and not each.is_organisation
    )
    contact = FirstContact("blue-badge", "web", customer, story, {**customer.says(), **story.answers}, None)
    print(apply(contact=contact, at=at, rng=Random(SEED + number)).reference)


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
