"""Pay online: to the provider's page, and back. What became of it is asked of the provider, not read from the address."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.actions.giving import NothingToPay
from frontdoor.catalogue.published import our_council
from frontdoor.channels.payments.provider import CannotPayEver, CannotPayNow
from frontdoor.handling.paying import NoOnlinePayments, Outcome, settle_payment, start_payment
from frontdoor.handling.standing import payment_due
from frontdoor.web.public.applying.visit import CHANCE
from frontdoor.web.public.tracking.visit import CaseVisit, with_case


@require_POST
@with_case
def pay(visit: CaseVisit) -> HttpResponse:
    """To the payment page."""
    try:
        return HttpResponseRedirect(start_payment(case_id=visit.case.pk, at=visit.at))
    except NothingToPay:
        return redirect("track_case")
    except (NoOnlinePayments, CannotPayNow, CannotPayEver):
        return _page(visit, "cannot")


@require_safe
@with_case
def came_back(visit: CaseVisit) -> HttpResponse:
    """Back from the payment page."""
    try:
        outcome = settle_payment(case_id=visit.case.pk, at=visit.at, rng=CHANCE)
    except NothingToPay:
        return redirect("track_case")
    except (NoOnlinePayments, CannotPayNow, CannotPayEver, LookupError):
        return _page(visit, "unclear")
    if outcome is Outcome.PAID:
        return redirect(f"{reverse('track_case')}?done=paid")
    return _page(visit, "waiting" if outcome is Outcome.WAITING else "not paid")


def _page(visit: CaseVisit, outcome: str) -> HttpResponse:
    context = {
        "outcome": outcome,
        "payment": payment_due(case=visit.case),
        "ways": our_council().payment_methods,
        "back": {"href": reverse("track_case")},
    }
    return visit.show("public/track/paid.html", context)
