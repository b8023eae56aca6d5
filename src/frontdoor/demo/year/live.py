"""A planned day, done one deed after another by the stories that answer the public."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from uuid import UUID

from frontdoor.cases.models import Cause, DemandType, Enquiry, EnquiryOutcome, ToldHow
from frontdoor.contacts.actions import know_customer
from frontdoor.demo.year.cast import Cast, at, customer_id, introduction_of
from frontdoor.demo.year.deeds import Deed, by_step
from frontdoor.demo.year.live_cases import LiveCases
from frontdoor.demo.year.plan import TOLD, TOLD_WORDS
from frontdoor.handling.demand.classifying import confirm_cause
from frontdoor.handling.desk.arriving import (
    answer_contact,
    contact_came_in,
    contact_given_up,
    note_written_answer,
)
from frontdoor.handling.desk.enquiring import (
    About,
    HandOn,
    add_enquiry,
    close_enquiry,
    hand_on,
    tell_whose_it_is,
)
from frontdoor.handling.desk.handed import settle
from frontdoor.handling.desk.taking import say_who
from frontdoor.kernel.workingdays import Within
from frontdoor.staff.models import Team, User


def bring_over_live(cast: Cast) -> None:
    """Make the customers of the year known, one after the other."""
    for number in range(cast.customers):
        rng = Random(cast.seed * 10_000_019 + number)
        know_customer(introduction=introduction_of(number), at=cast.known_since, rng=rng)


def do_live(cast: Cast, deeds: Iterable[Deed]) -> None:
    """Do them."""
    doing = _Doing(cast)
    for deed in deeds:
        doing.do(deed)


class _Doing:
    """What is under way: the contacts and enquiries that deeds are about."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._users = {user.pk: user for user in User.objects.all()}
        self._teams = {team.pk: team for team in Team.objects.all()}
        self._cases = LiveCases(cast, self._users)
        self._chance: dict[int, Random] = {}
        self._contacts: dict[int, UUID] = {}
        self._enquiries: dict[tuple[int, int], Enquiry] = {}
        self._by_step = by_step(self)

    def do(self, deed: Deed) -> None:
        self._by_step[deed.step](deed)

    def _by(self, deed: Deed) -> User:
        return self._users[deed.contact.advisor]

    def _case_opened(self, deed: Deed) -> None:
        self._cases.opened(deed)

    def _case_moved(self, deed: Deed) -> None:
        self._cases.moved(deed)

    def _came_in(self, deed: Deed) -> None:
        came = deed.contact
        rng = self._chance[deed.number] = Random(deed.number)
        contact = contact_came_in(
            channel=came.channel,
            came_from=came.came_from,
            service=came.service,
            words=came.words,
            at=at(deed.at),
            rng=rng,
        )
        self._contacts[deed.number] = contact.pk

    def _gave_up(self, deed: Deed) -> None:
        contact_given_up(contact_id=self._contacts[deed.number], at=at(deed.at))

    def _answered(self, deed: Deed) -> None:
        answer_contact(contact_id=self._contacts[deed.number], by=self._by(deed), at=at(deed.at))

    def _recognised(self, deed: Deed) -> None:
        say_who(
            contact_id=self._contacts[deed.number],
            customer_id=customer_id(self._cast, deed.contact.customer),
            by=self._by(deed),
            at=at(deed.at),
        )

    def _opened(self, deed: Deed) -> None:
        self._enquiries[deed.number, deed.place] = add_enquiry(
            contact_id=self._contacts[deed.number],
            about=About(subject=f"{deed.contact.service}/{deed.asked.name}"),
            by=self._by(deed),
            at=at(deed.at),
            rng=self._chance[deed.number],
        )

    def _wrote_back(self, deed: Deed) -> None:
        note_written_answer(
            contact_id=self._contacts[deed.number],
            words=deed.contact.reply_words,
            by=self._by(deed),
            at=at(deed.at),
            rng=self._chance[deed.number],
        )

    def _closed(self, deed: Deed) -> None:
        asked, enquiry = deed.asked, self._enquiries[deed.number, deed.place]
        if asked.outcome == EnquiryOutcome.HANDED_ON:
            owner = self._cast.services[deed.contact.service].owner
            team = self._teams[self._cast.teams[owner]]
            within = Within(asked.days, "working days")
            to = HandOn(team=team, user=None, words=asked.words, within=within)
            done = hand_on(enquiry_id=enquiry.pk, to=to, ends=deed.ends, by=self._by(deed), at=at(deed.at))
        else:
            done = close_enquiry(
                enquiry_id=enquiry.pk,
                outcome=EnquiryOutcome(asked.outcome),
                words=asked.words,
                ends=deed.ends,
                by=self._by(deed),
                at=at(deed.at),
            )
        self._enquiries[deed.number, deed.place] = done

    def _told_whose(self, deed: Deed) -> None:
        self._enquiries[deed.number, deed.place] = tell_whose_it_is(
            contact_id=self._contacts[deed.number],
            listing_id=deed.asked.listing,
            words=deed.asked.words,
            ends=deed.ends,
            by=self._by(deed),
            at=at(deed.at),
            rng=self._chance[deed.number],
        )

    def _confirmed(self, deed: Deed) -> None:
        """As proposed, or another cause; contacts of value need no look."""
        enquiry = self._enquiries[deed.number, deed.place]
        if enquiry.proposed_type == DemandType.VALUE:
            return
        other = deed.asked.other
        cause = Cause(other) if other else Cause(enquiry.proposed_cause)
        type = DemandType.FAILURE if other else DemandType(enquiry.proposed_type)
        confirm_cause(enquiry_id=enquiry.pk, type=type, cause=cause, by=self._by(deed), at=at(deed.at))

    def _settled(self, deed: Deed) -> None:
        enquiry = self._enquiries[deed.number, deed.place]
        officer = self._users[self._cast.officers[self._cast.services[deed.contact.service].owner]]
        settle(
            enquiry_id=enquiry.pk,
            told=ToldHow(TOLD),
            words=TOLD_WORDS,
            by=officer,
            at=at(deed.at),
            rng=self._chance[deed.number],
        )
