"""Fill an empty database with the demo council: its staff, and more than a year of cases up to now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from frontdoor.cases.models import Case
from frontdoor.catalogue.places.values import Address
from frontdoor.catalogue.published import our_catalogue, our_council, our_places
from frontdoor.contacts.actions import Introduction
from frontdoor.demo.calls import Calls, make_room
from frontdoor.demo.customers import MadeUp, Town
from frontdoor.demo.life import Life, Trouble
from frontdoor.demo.map import place
from frontdoor.demo.opening import FirstContact
from frontdoor.demo.people import Staff, make_staff
from frontdoor.demo.plan import PAST, Planned, plans
from frontdoor.demo.planning import make_plan
from frontdoor.demo.stories.tables import STORIES
from frontdoor.demo.suppliers import quiet_suppliers
from frontdoor.demo.targets import set_targets
from frontdoor.demo.training import make_training
from frontdoor.demo.world import World
from frontdoor.journal.actions import seal_entries
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import User

SEAL_AT_ONCE = 5000
SEALED_EVERY = timedelta(days=7)
AGAIN = 0.12


class NotEmpty(Exception):
    """There are accounts in this database already. The demo council is only ever loaded into an empty one."""


@dataclass(frozen=True)
class Loaded:
    """What was made, and the steps of stories that could not be taken."""

    cases: int
    troubles: tuple[Trouble, ...]


@transaction.atomic
def load_demo(
    *,
    at: datetime,
    rng: Random,
    cases: int,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Loaded:
    """Make the demo council, all or nothing; the same `rng` and `at` make the same one. `progress` hears how many first
    contacts have come in, of how many. Raises NotEmpty.
    """
    if User.objects.exists():
        raise NotEmpty
    seed = rng.getrandbits(48)
    with quiet_suppliers():
        people = make_staff(at=at - PAST - timedelta(days=30))
        world = World(until=at, rng=Random(f"{seed}:world"))
        troubles: list[Trouble] = []
        packs = {pack.id: pack for pack in our_catalogue()}
        planned = plans(packs=packs, stories=STORIES, cases=cases, at=at, seed=seed)
        cast = _Cast(people, world, troubles, seed)
        cast.plan(planned)
        make_room(at=at - PAST)
        make_training(at=at, seed=seed)
        Calls(cast.town, world, seed).plan()
        world.run(_Sealer(len(planned), progress))
        make_plan(at=at, seed=seed)
        set_targets(at=at)
        _seal(at)
    return Loaded(Case.objects.count(), tuple(troubles))


class _Cast:
    """Gives every planned life its people."""

    def __init__(self, people: Staff, world: World, troubles: list[Trouble], seed: int) -> None:
        self.people, self.world, self.troubles, self.seed = people, world, troubles, seed
        self.homes = _homes()
        self.town = Town(self.homes, seed)

    def plan(self, planned: list[Planned]) -> None:
        """Each life begins at its time."""
        for number, each in enumerate(sorted(planned, key=lambda one: one.begins_at)):
            life = self._life(each, number)
            self.world.plan(each.begins_at, life.begin)

    def _life(self, planned: Planned, number: int) -> Life:
        rng = Random(f"{planned.pace}:life")
        story = planned.story
        contact = FirstContact(
            service=planned.service,
            channel=planned.channel,
            customer=self._customer(planned, number, rng),
            story=story,
            said={},
            advisor=rng.choice(self.people.advisors) if planned.channel != "web" else None,
        )
        said = {**contact.customer.says(), "place": place(self.homes, self.seed, rng), **story.answers}
        contact.said.update(said)
        return Life(
            story=story,
            contact=contact,
            neighbour=_introduction(
                self.town.customer(10_000 + number, on=day_of(planned.begins_at), age=(20, 80))
            ),
            people=self.people,
            world=self.world,
            rng=rng,
            pace=Random(planned.pace),
            most=planned.most,
            troubles=self.troubles,
        )

    def _customer(self, planned: Planned, number: int, rng: Random) -> MadeUp:
        """Somebody new, or now and then somebody who was here before."""
        known = (
            rng.randrange(number)
            if number > 20 and rng.random() < AGAIN and planned.story.age == (19, 92)
            else number
        )
        return self.town.customer(
            known,
            on=day_of(planned.begins_at),
            age=planned.story.age,
            is_organisation=planned.story.is_organisation,
        )


def _homes() -> list[Address]:
    """Addresses in the council's own area."""
    council = our_council()
    ours = {each.id for each in council.authorities if council.authority in (each.id, each.parent)}
    return [address for address in our_places().every_address() if address.district in ours]


def _introduction(made_up: MadeUp) -> Introduction:
    return Introduction(full_name=made_up.full_name, email=made_up.email, prefers="email")


class _Sealer:
    """Tells how far it has come, and seals the journal every week, as the worker would."""

    def __init__(self, total: int, progress: Callable[[int, int], None]) -> None:
        self._total, self._progress = total, progress
        self._sealed_at: datetime | None = None

    def __call__(self, at: datetime) -> None:
        if self._sealed_at is None or at - self._sealed_at >= SEALED_EVERY:
            _seal(at)
            self._sealed_at = at
            self._progress(Case.objects.count(), self._total)


def _seal(at: datetime) -> None:
    while seal_entries(at=at, limit=SEAL_AT_ONCE):
        continue
