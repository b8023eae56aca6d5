"""Customers of the demo council who are asked how we did: some answer, most do not."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from frontdoor.cases.models import Survey
from frontdoor.contacts.models import Delivery

ANSWERS = 0.35
POINTS = {5: 38, 4: 27, 3: 12, 2: 13, 1: 10}
WORDS = {
    5: ("Quick and kind. Thank you.", ""),
    4: ("Good, once I had found the right page.", ""),
    3: ("", "It was all right."),
    2: ("I had to ask twice.", "It took longer than you said."),
    1: ("Nobody told me anything for weeks.", ""),
}


def answer_of(rng: Random) -> tuple[int, str] | None:
    """The points and words of somebody who was asked; None from the many who do not answer."""
    if rng.random() >= ANSWERS:
        return None
    rating = rng.choices(list(POINTS), list(POINTS.values()))[0]
    return rating, rng.choice(WORDS[rating])


def answers_after(rng: Random) -> timedelta:
    """How long they take."""
    return timedelta(hours=rng.uniform(2, 120))


def secret_in(survey: Survey) -> str:
    """The secret of the link, as it stands in the message that was sent."""
    body = Delivery.objects.values_list("body", flat=True).get(key=f"survey:{survey.pk}")
    return body.partition("/survey/")[2].split()[0]
