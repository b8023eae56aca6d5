"""A member of staff's own account: what is set up, and signing out everywhere."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontdoor.kernel.clock import day_of
from frontdoor.staff.actions import end_sessions
from frontdoor.staff.skills import rows_on
from frontdoor.web.office.access import StaffRequest, staff_page


@require_safe
@staff_page()
def account(request: StaffRequest) -> HttpResponse:
    """Name, role, teams, second factor, password."""
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "me": request.user,
        "teams": list(request.user.teams.order_by("name")),
        "skills": rows_on(on=day_of(timezone.now()), people=[request.user.pk]),
        "has_factor": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "is_required": settings.NEEDS_SECOND_FACTOR,
    }
    return render(request, "account/own.html", context)


@require_POST
@staff_page()
def sign_out_everywhere(request: StaffRequest) -> HttpResponse:
    """End every session of this person, this one too."""
    end_sessions(user=request.user, by=request.user, at=timezone.now())
    auth.logout(request)
    return redirect("account_login")
