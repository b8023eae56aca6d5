"""A payment taken by phone or at a hub, or money given back."""

from __future__ import annotations

import random
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdoor.cases.models import Payment
from frontdoor.handling.cash import UnknownMethod, give_back, take_money
from frontdoor.web.office.case.files import revision_of
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.notices import leave_notice


@require_POST
@case_page
def payment(opened: Opened, payment: UUID) -> HttpResponse:
    """Note what was paid, or that it went back."""
    post, revision = opened.request.POST, revision_of(opened)
    try:
        if post.get("do") == "refund":
            give_back(
                case_id=opened.case.pk, payment_id=payment, revision=revision, user=opened.user, at=opened.at
            )
            leave_notice(opened.request, _("The refund was noted."))
        else:
            take_money(
                case_id=opened.case.pk,
                payment_id=payment,
                method=post.get("method", ""),
                receipt=post.get("receipt", ""),
                revision=revision,
                user=opened.user,
                at=opened.at,
                rng=random.SystemRandom(),
            )
            leave_notice(opened.request, _("The payment was noted."))
    except Payment.DoesNotExist:
        raise Http404 from None
    except UnknownMethod as refused:
        return cannot(opened, str(refused.__doc__))
    return opened.back("case_record")
