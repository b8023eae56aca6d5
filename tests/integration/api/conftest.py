"""A Blue Badge case whose fee is being paid at a stand-in of GOV.UK Pay."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from frontdoor.cases.models import Case, Payment, PaymentStatus
from frontdoor.catalogue.published import our_catalogue, publish
from frontdoor.channels.payments.govuk_pay.adapter import GovukPay
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.standin import PayStandIn
from frontdoor.handling.opening import Application, open_case
from frontdoor.handling.paying import start_payment
from frontdoor.handling.ports import plug, ports
from frontdoor.kernel.facts import Json
from frontdoor.kernel.ids import uuid7
from frontdoor.staff.models import Team

SERVICE = "blue-badge"
ADDRESS: dict[str, Json] = {"lines": ["1 Made Up Lane"], "town": "Nowhere", "postcode": "ZW1 1AA"}


@pytest.fixture
def case(db: None, at: datetime, rng: random.Random) -> Case:
    """A new case of somebody who can be told by email and by letter."""
    Team.objects.get_or_create(name=our_catalogue().pack(SERVICE).service.owner)
    answers: dict[str, Json] = {
        "applicant": "person",
        "full_name": "Ada Example",
        "born_on": "1950-03-01",
        "contact_by": "email",
        "email": "ada@mail.example",
        "home_address": ADDRESS,
        "benefit": "none",
    }
    application = Application(pack=publish(service=SERVICE, at=at), answers=answers, channel="web")
    return open_case(application=application, at=at, rng=rng)


@pytest.fixture
def pay_desk() -> Iterator[PayStandIn]:
    """A stand-in of GOV.UK Pay, plugged in."""
    before = ports()
    with PayStandIn() as desk:
        plug(replace(before, payments=GovukPay(PayConfig(api_key=desk.api_key, url=desk.url))))
        yield desk
    plug(before)


@pytest.fixture
def payment(case: Case, pay_desk: PayStandIn, at: datetime, rng: random.Random) -> Payment:
    """The fee, begun at the stand-in and not paid yet."""
    Payment.objects.create(
        id=uuid7(at=at, rng=rng),
        case=case,
        purpose="fee",
        amount_pence=1000,
        asked_at=at,
        status=PaymentStatus.DUE,
    )
    start_payment(case_id=case.pk, at=at)
    return Payment.objects.get(case=case)
