"""What a soak needs in the database: `python -m bench.soak_ready FORMS CASES ADVISORS`.

Applications ready to be sent (as `bench.drafts` makes them), open cases to be asked after, each with a browser in which
its customer has been let in, and advisors who are signed in. One JSON line each; `kind` says which.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

import django

from bench.blue_badge import SERVICE, TEAM, typed_by
from bench.drafts import fill_in, ready


def main(forms: str, cases: str, advisors: str) -> None:
    """Prepare the database and print what browsers would send."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontdoor.config.settings"
    django.setup(set_prefix=False)
    from django.db import transaction  # models load once Django is set up

    from frontdoor.config.prepare import prepare_database
    from frontdoor.kernel.clock import now_utc
    from frontdoor.staff.models import Team

    prepare_database()
    Team.objects.get_or_create(name=TEAM, defaults={"services": [SERVICE]})
    at, rng = now_utc(), random.Random(1)
    with transaction.atomic():
        filled = fill_in(1, at, rng)
        for number in range(1, 1 + int(forms)):
            print(json.dumps({"kind": "form", **ready(number, filled, at, rng)}))
        for number in range(1 + int(forms), 1 + int(forms) + int(cases)):
            made = ready(number, filled, at, rng)
            print(json.dumps({"kind": "case", **_open_case(made, number, at, rng)}))
        for number in range(int(advisors)):
            print(json.dumps({"kind": "advisor", **_advisor(number, at)}))


def _open_case(made: dict[str, Any], number: int, at: datetime, rng: random.Random) -> dict[str, Any]:
    """Send the application, and let its customer in to see how it stands."""
    from frontdoor.handling.opening import open_case_from_draft
    from frontdoor.web.public import sessions

    case = open_case_from_draft(draft_id=UUID(made["draft"]), at=at, rng=rng)
    request = _browser()
    sessions.remember(request, "track", "case", {"case": str(case.pk), "knocks": ["customer"]}, at)
    name = typed_by(number)["full_name"]["full_name"]
    return {"reference": case.reference, "name": name, "surname": name.split()[-1], **_kept(request)}


def _advisor(number: int, at: datetime) -> dict[str, Any]:
    from django.contrib.auth import login

    from frontdoor.staff.models import Role, User
    from frontdoor.web.accounts.sessions import begin

    advisor = User.objects.create_user(
        email=f"advisor{number}@council.example",
        full_name=f"Dora Dale the {number}.",
        role=Role.ADVISOR,
        joined_at=at,
    )
    request = _browser()
    login(request, advisor, backend="django.contrib.auth.backends.ModelBackend")
    begin(request, at)
    return _kept(request)


def _browser() -> Any:
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = SessionStore()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    return request


def _kept(request: Any) -> dict[str, Any]:
    """The cookies of this browser, and the token for what it posts."""
    from django.middleware.csrf import get_token

    request.session.save()
    token = get_token(request)
    cookies = {
        "frontdoor_session": request.session.session_key,
        "frontdoor_csrf": request.META["CSRF_COOKIE"],
    }
    return {"cookies": cookies, "token": token}


if __name__ == "__main__":
    main(*sys.argv[1:])
