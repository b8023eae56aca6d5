"""A case as somebody opened it: what is known, what they may do, and the answer where something cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from frontdoor.cases.actions.deciding import SameEyes
from frontdoor.cases.actions.giving import NothingToPay
from frontdoor.cases.models import Case
from frontdoor.cases.permissions import NotYours, OwnInterest, has_interest, may_handle
from frontdoor.cases.policies import CaseChanged, CaseClosed
from frontdoor.decisions.definition import Sheet
from frontdoor.handling.knowing import KnownCase, known_of, sheet_from
from frontdoor.handling.moving import moves_for
from frontdoor.journal.queries import entries_of_case
from frontdoor.journeys.definition import Move
from frontdoor.journeys.moving import MoveNotOffered
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May
from frontdoor.web.office.access import StaffRequest, seen_case, staff_page
from frontdoor.web.office.case.conflict import conflict_page
from frontdoor.web.office.notices import take_notice
from frontdoor.web.office.words import slug

P = ParamSpec("P")


@dataclass(frozen=True)
class Opened:
    """A case in front of somebody, at one instant."""

    request: StaffRequest
    case: Case
    at: datetime

    @property
    def user(self) -> User:
        """Who looks at it."""
        return self.request.user

    @cached_property
    def known(self) -> KnownCase:
        """What is known of the case."""
        return known_of(case=self.case, at=self.at)

    @cached_property
    def sheet(self) -> Sheet:
        """The decision sheet as it stands."""
        return sheet_from(known=self.known, case=self.case)

    @cached_property
    def can_handle(self) -> bool:
        """Whether this person may change the case."""
        return may_handle(self.user, self.case)

    @cached_property
    def moves(self) -> list[Move]:
        """What this person may do with it now."""
        return moves_for(case=self.case, known=self.known, user=self.user) if self.can_handle else []

    @cached_property
    def seen(self) -> int:
        """The newest journal entry of the case: what came later is news to this person."""
        return entries_of_case(case_id=self.case.pk).values_list("pk", flat=True).last() or 0

    def show(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page of this case."""
        from frontdoor.web.office.case.head import head_of  # the head needs what is opened here

        shared = {
            "opened": self,
            "case": self.case,
            "head": head_of(self),
            "notice": take_notice(self.request),
            "promise_slug": slug,
        }
        return render(self.request, template, {**shared, **context}, status=status)

    def back(self, page: str = "case") -> HttpResponse:
        """To a page of this case."""
        return redirect(page, reference=self.case.reference)

    def href(self, page: str, **more: object) -> str:
        """The address of a page of this case."""
        return reverse(page, kwargs={"reference": self.case.reference, **more})


Page = Callable[Concatenate[Opened, P], HttpResponseBase]


def case_page(page: Page[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """A page of a case: refuses who may not know of it, or is close to the customer, and explains what cannot be done."""

    @staff_page(May.SEE_CASES)
    @wraps(page)
    def guarded(
        request: StaffRequest, reference: str, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        opened = Opened(request, seen_case(request, reference), timezone.now())
        if has_interest(request.user, opened.case):
            return own_interest(request, opened.case)
        try:
            return page(opened, *args, **kwargs)
        except OwnInterest:
            return own_interest(request, opened.case)
        except CaseChanged:
            return conflict_page(request, opened.case.pk)
        except NotYours as refused:
            return cannot(opened, str(refused.__doc__), status=403)
        except (CaseClosed, NothingToPay, SameEyes) as refused:
            return cannot(opened, str(refused.__doc__))
        except MoveNotOffered as refused:
            return cannot(opened, refused.words)

    def by_reference(
        request: HttpRequest, /, reference: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        return guarded(request, reference, *args, **kwargs)

    return wraps(page)(by_reference)  # type: ignore[return-value]  # addresses name the reference


def own_interest(request: StaffRequest, case: Case) -> HttpResponse:
    """Somebody close to the customer sees nothing of the case but this."""
    return render(request, "office/case/own_interest.html", {"reference": case.reference}, status=403)


def cannot(opened: Opened, words: str, status: int = 409) -> HttpResponse:
    """What was asked for cannot be done: why, and what to do next."""
    context = {
        "words": " ".join(words.split()),
        "reference": opened.case.reference,
        "title": _("This cannot be done now"),
    }
    return render(opened.request, "office/case/cannot.html", context, status=status)
