"""Every page of a contact begins the same way: it is this person's own, and what cannot be done is said on its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from random import SystemRandom
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from frontdoor.cases.actions.enquiring import EnquiryClosed, NotHandedOn
from frontdoor.cases.permissions import NotYours
from frontdoor.contacts.helping import HelperIncomplete
from frontdoor.contacts.merging import AlreadySettled, CannotMerge, CannotUndo
from frontdoor.contacts.models import Contact
from frontdoor.handling.applying import DraftGone
from frontdoor.handling.appointments.times import NoCalls
from frontdoor.handling.desk.booking import NoCustomer
from frontdoor.handling.desk.careful import CodeWordNotGiven, NobodyNamed, NotYourHelper
from frontdoor.handling.desk.drafts import NotLeftYet
from frontdoor.handling.desk.enquiring import MayNotBeTold, NoSuchSubject, NotOfTheTeam, OutcomeNeedsWords
from frontdoor.handling.desk.filling import NoForm
from frontdoor.handling.desk.papers import NoSuchPaper
from frontdoor.handling.desk.sameness import NoSuchDoubt
from frontdoor.handling.desk.taking import ContactOver, NoSuchWay, NotYourContact, StillTaking, contact_of
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice

CHANCE = SystemRandom()
LOOKED_FOR = "desk_words"
ASKED_FOR = "desk_asked"
TYPED = "desk_typed"
REFUSALS = (
    AlreadySettled,
    CannotMerge,
    CannotUndo,
    CodeWordNotGiven,
    ContactOver,
    DraftGone,
    EnquiryClosed,
    HelperIncomplete,
    MayNotBeTold,
    NoCalls,
    NoCustomer,
    NoForm,
    NoSuchDoubt,
    NoSuchPaper,
    NoSuchSubject,
    NoSuchWay,
    NotHandedOn,
    NotLeftYet,
    NobodyNamed,
    NotOfTheTeam,
    NotYourHelper,
    NotYours,
    OutcomeNeedsWords,
    StillTaking,
)
P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """A page of one contact being asked for, by who took it."""

    request: StaffRequest
    contact: Contact
    at: datetime

    @property
    def user(self) -> User:
        """Who took the contact."""
        return self.request.user

    def page(self, name: str, **parts: object) -> str:
        """The address of a page of this contact."""
        return reverse(name, kwargs={"contact": self.contact.pk, **parts})

    def posted(self, name: str, most: int = 200) -> str:
        """A field as it was typed, on one line, at most so long."""
        return " ".join(self.request.POST.get(name, "").split())[:most]

    def back(self) -> HttpResponse:
        """On to the contact, or to the desk once its work is done."""
        self.contact.refresh_from_db(fields=["wrapped_at"])
        return redirect("desk") if self.contact.wrapped_at else redirect("desk_contact", self.contact.pk)


View = Callable[Concatenate[Visit, P], HttpResponse]


def contact_page(view: View[P]) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """The view is called with the `Visit`. Somebody else's contact is no page at all; what cannot be done is said."""

    @wraps(view)
    def wrapped(
        request: StaffRequest, /, contact: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            visit = Visit(request, contact_of(contact_id=contact, user=request.user), now_utc())
        except NotYourContact:
            raise Http404 from None
        try:
            return view(visit, *args, **kwargs)
        except NotYourContact:
            raise Http404 from None
        except REFUSALS as refused:
            leave_notice(request, says(refused), kind="info")
            request.session[TYPED] = request.POST.get("words", "")[:2000]
            return visit.back()

    return staff_page(May.TAKE_CONTACTS)(wrapped)  # type: ignore[return-value]  # the contact is its first part


def says(refused: Exception) -> str:
    """What a refusal means for who reads it: its own words where it has some, else what its kind means."""
    return " ".join((str(refused) or str(refused.__class__.__doc__)).split())
