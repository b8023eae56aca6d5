"""The staff and the customers of the year: advisors enough for a county, and people brought over from the old system."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from random import Random

from frontdoor.cases.models import Case, IssuedItem
from frontdoor.catalogue.published import our_catalogue, our_council, publish
from frontdoor.catalogue.schema.service import Channel
from frontdoor.catalogue.windows import windows_of
from frontdoor.contacts.actions import points_of
from frontdoor.contacts.describing import described
from frontdoor.contacts.findkeys import keys_of
from frontdoor.contacts.models import PointKind
from frontdoor.contacts.models.people import CustomerKind
from frontdoor.demo.names import FIRST, LAST
from frontdoor.demo.year.cast import Cast, Offered, customer_id, introduction_of
from frontdoor.demo.year.rows import Row, stamp
from frontdoor.demo.year.shape import WEIGHTS
from frontdoor.demo.year.stories import CASES
from frontdoor.kernel.names import normalised_name
from frontdoor.staff.actions import add_staff
from frontdoor.staff.models import Role, Team, User

ADVISORS, WRITERS = 150, 40
"""190 advisors (domain 12); so many of them answer what is written."""
USUAL_PENCE = 300
CUSTOMER_COLUMNS = {
    "contacts_customer": (
        *(
            "id",
            "kind",
            "full_name",
            "name_key",
            "born_on",
            "died_on",
            "prefers",
            "merged_into_id",
            "created_at",
        ),
    ),
    "contacts_contactpoint": (
        *("customer_id", "kind", "value", "value_key", "address", "is_safe", "verified_at", "added_at"),
    ),
    "contacts_findcard": ("id", "customer_id"),
    "contacts_findkey": ("key", "card_id"),
}


def make_cast(*, seed: int, customers: int, at: datetime) -> Cast:
    """The cast, with the accounts it needs: those who are missing are added. The teams must be there."""
    teams = {team.name: team for team in Team.objects.all()}
    centre = teams[next(team.name for team in our_council().teams)]
    advisors = [_account("advisor", n, Role.ADVISOR, centre, at).pk for n in range(1, ADVISORS + WRITERS + 1)]
    services = {
        each.id: Offered(
            enquiries=tuple(each.enquiries),
            owner=each.owner,
            pence=each.unit_costs.get(Channel.PHONE, USUAL_PENCE),
            is_restricted=each.is_restricted,
            is_online=Channel.WEB in each.channels,
            windows=windows_of(each.id),
        )
        for each in our_catalogue().services.values()
        if each.id in WEIGHTS
    }
    owners = sorted({each.owner for each in services.values()})
    return Cast(
        seed=seed,
        customers=customers,
        known_since=at,
        advisors=tuple(advisors[:ADVISORS]),
        writers=tuple(advisors[ADVISORS:]),
        teams={name: teams[name].pk for name in owners},
        officers={
            name: _account("settles", n, Role.OFFICER, teams[name], at).pk for n, name in enumerate(owners, 1)
        },
        colleagues={
            name: _account("confirms", n, Role.OFFICER, teams[name], at).pk
            for n, name in enumerate(owners, 1)
        },
        packs={
            service: (stored.pk, stored.version)
            for service in CASES
            if service in services
            for stored in [publish(service=service, at=at)]
        },
        services=services,
        elsewhere=tuple(each.id for each in our_council().directory if each.who != "us"),
        taken=frozenset(Case.objects.values_list("reference", flat=True)) | _numbers_given(),
    )


def _numbers_given() -> frozenset[str]:
    return frozenset(number for (number,) in IssuedItem.objects.values_list("number") if number)


def _account(kind: str, number: int, role: Role, team: Team, at: datetime) -> User:
    email = f"{kind}.{number:03d}@{our_council().council}.example"
    already = User.objects.filter(email=email).first()
    if already is not None:
        return already
    rng = Random(f"{kind}:{number}")
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return add_staff(email=email, full_name=name, role=role, teams=[team], by=None, at=at)


def customer_keys(cast: Cast) -> list[str]:
    """The ids of all customers by their number, as hexadecimal digits."""
    return [customer_id(cast, number).hex for number in range(cast.customers)]


def rows_of_customers(cast: Cast, numbers: range, first_card: int) -> Iterator[tuple[str, Row]]:
    """What `know_customer` would store of these, by table; doubts about who may be the same are not looked for."""
    since = stamp(int(cast.known_since.timestamp()))
    for number in numbers:
        key = customer_id(cast, number).hex
        said = introduction_of(number)
        born = said.born_on.isoformat() if said.born_on else None
        yield (
            "contacts_customer",
            (
                *(key, CustomerKind.PERSON.value, said.full_name, normalised_name(said.full_name), born),
                *(None, said.prefers, None, since),
            ),
        )
        points = points_of(said)
        for kind, value, compared in points:
            address = json.dumps(said.address) if kind is PointKind.ADDRESS else None
            yield "contacts_contactpoint", (key, kind.value, value, compared, address, 1, None, since)
        card = first_card + number
        yield "contacts_findcard", (card, key)
        as_held = [
            (kind.value, compared, said.address if kind is PointKind.ADDRESS else None)
            for kind, _, compared in points
        ]
        for each in keys_of(described([said.full_name], said.born_on, as_held)):
            yield "contacts_findkey", (each, card)
