"""The cases of a planned day, opened and moved one after another by the stories that the pages call."""

from __future__ import annotations

from random import Random
from uuid import UUID

from frontdoor.cases.models import Case, Payment
from frontdoor.catalogue.published import publish
from frontdoor.demo.year.cast import Cast, at
from frontdoor.demo.year.deeds import Deed
from frontdoor.demo.year.lives import answers_of
from frontdoor.handling.cash import PAID, take_money
from frontdoor.handling.moving import Given, move_case
from frontdoor.handling.opening import Application, open_case
from frontdoor.handling.people import staff
from frontdoor.staff.models import User

BY_PHONE = "phone"


class LiveCases:
    """The cases under way."""

    def __init__(self, cast: Cast, users: dict[int, User]) -> None:
        self._cast, self._users = cast, users
        self._cases: dict[int, UUID] = {}

    def opened(self, deed: Deed) -> None:
        """The customer sends the form."""
        life = deed.life
        application = Application(
            pack=publish(service=life.told.service, at=self._cast.known_since),
            answers=answers_of(life),
            channel="web",
            enquiry="apply",
        )
        opened = open_case(application=application, at=at(deed.at), rng=Random(str(deed.number)))
        self._cases[deed.number] = opened.pk

    def moved(self, deed: Deed) -> None:
        """An officer makes the next move, or takes the money that makes it."""
        turn, rng = deed.life.turn(deed.place), Random(f"{deed.number}:{deed.place}")
        owner = self._cast.services[deed.life.told.service].owner
        user = self._users[(self._cast.colleagues if turn.by_colleague else self._cast.officers)[owner]]
        case = Case.objects.get(pk=self._cases[deed.number])
        if turn.move == PAID:
            take_money(
                case_id=case.pk,
                payment_id=Payment.objects.get(case=case).pk,
                method=BY_PHONE,
                receipt="",
                revision=case.revision,
                user=user,
                at=at(deed.at),
                rng=rng,
            )
            return
        move_case(
            case_id=case.pk,
            move=turn.move,
            revision=case.revision,
            given=Given(turn.answers, turn.reasons, (), turn.words),
            person=staff(user),
            at=at(deed.at),
            rng=rng,
        )
