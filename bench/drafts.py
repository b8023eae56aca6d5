"""Applications ready to be sent, each in a browser session of its own: `python -m bench.drafts COUNT FIRST`.

The first is filled in through the real actions, page by page; the others are begun in the same way and get the same
answers, but for name, phone, email, home and date of birth. One JSON line each: draft, cookies, token, recipient.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django

from bench.blue_badge import SERVICE, TEAM, email_of, typed_by

OWN = ("full_name", "phone", "email")


@dataclass(frozen=True)
class Filled:
    """A draft filled in by the real actions: answers and pages seen, as they are stored."""

    answers: dict[str, object]
    seen: list[str]


def main(count: str, first: str) -> None:
    """Prepare the database and print what a browser would send."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontdoor.config.settings"
    django.setup(set_prefix=False)
    from django.db import transaction  # models load once Django is set up

    from frontdoor.config.prepare import prepare_database
    from frontdoor.kernel.clock import now_utc
    from frontdoor.staff.models import Team

    prepare_database()
    Team.objects.get_or_create(name=TEAM, defaults={"services": [SERVICE]})
    at, rng = now_utc(), random.Random(int(first))
    numbers = range(int(first), int(first) + int(count))
    with transaction.atomic():
        filled = fill_in(int(first), at, rng)
        for number in numbers:
            print(json.dumps(ready(number, filled, at, rng)))


def fill_in(number: int, at: datetime, rng: random.Random) -> Filled:
    """One customer's answers, typed page by page."""
    from frontdoor.forms.answers import Faults
    from frontdoor.forms.asking import missing
    from frontdoor.handling.applying import answer_question, known_draft, pass_page, start_draft

    draft = start_draft(service=SERVICE, channel="web", at=at, rng=rng)
    draft = pass_page(draft_id=draft.pk, page="who", at=at)
    typed = typed_by(number)
    for _ in range(len(typed)):
        known = known_draft(draft=draft, at=at)
        to_ask = missing(form=known.pack.form, answers=draft.answers, given=known.given, calculators={})
        if not to_ask:
            break
        question = to_ask[0].question.id
        taken = answer_question(draft_id=draft.pk, question=question, typed=typed[question], at=at)
        if isinstance(taken, Faults):
            raise ValueError(f"{question} was not taken: {taken}. Mend bench/blue_badge.py.")
        draft = taken
    draft = pass_page(draft_id=draft.pk, page="papers", at=at)
    if not known_draft(draft=draft, at=at).is_ready():
        raise ValueError("The form wants more than bench/blue_badge.py answers.")
    return Filled(draft.answers, draft.interrupts_seen)


def ready(number: int, filled: Filled, at: datetime, rng: random.Random) -> dict[str, object]:
    """The same for another customer, with a browser session of their own: what is printed of them."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from django.middleware.csrf import get_token

    from frontdoor.handling.applying import start_draft, touch_draft
    from frontdoor.web.public import sessions

    draft = start_draft(service=SERVICE, channel="web", at=at, rng=rng)
    draft.answers = {**filled.answers, **_own_answers(number, filled.answers["home_address"])}
    draft.interrupts_seen = filled.seen
    touch_draft(draft, at)
    request = HttpRequest()
    request.session = SessionStore()
    sessions.open_draft(request, SERVICE, draft.pk, at)
    request.session.save()
    token = get_token(request)
    cookies = {
        "frontdoor_session": request.session.session_key,
        "frontdoor_csrf": request.META["CSRF_COOKIE"],
    }
    return {"draft": str(draft.pk), "cookies": cookies, "token": token, "recipient": email_of(number)}


def _own_answers(number: int, address: Any) -> dict[str, object]:
    typed = typed_by(number)
    day, month, year = (int(typed["born_on"][f"born_on-{part}"]) for part in ("day", "month", "year"))
    home = {**address, "lines": [typed["home_address"]["home_address-line1"]]}
    own = {name: typed[name][name] for name in OWN}
    return {**own, "born_on": f"{year}-{month:02d}-{day:02d}", "home_address": home}


if __name__ == "__main__":
    main(*sys.argv[1:])
