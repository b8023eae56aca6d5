"""Sessions of staff end: after half an hour without use, after eight hours in any case, and when an administrator,
a new role or the person says so. Where the council asks for it, nothing opens without a second factor.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from frontdoor.staff.models import User

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
JUST_NOW = timedelta(minutes=5)
EVERY = timedelta(seconds=30)  # how exactly the last use is kept: one write in so long
BEGUN, USED, FACTOR = "staff_begun_at", "staff_used_at", "staff_has_second_factor"
OPEN_WITHOUT_FACTOR = "/staff/account/"
OF_STAFF = "/staff/"


class SessionsEnd:
    """Ends a member of staff's session when its time has come, and sends them back to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user, at = request.user, timezone.now()
        if isinstance(user, User):
            if is_over(request, user, at):
                return sign_in_again(request)
            note_use(request, at)
            if _wants_factor(request, user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)


def begin(request: HttpRequest, at: datetime) -> None:
    """A session begins now."""
    request.session[BEGUN] = request.session[USED] = at.isoformat()
    request.session.pop(FACTOR, None)


def began_just_now(request: HttpRequest, at: datetime) -> bool:
    """Whether somebody signed in so lately that nobody else can have come to the screen."""
    begun = request.session.get(BEGUN)
    return begun is not None and at - datetime.fromisoformat(begun) < JUST_NOW


def is_over(request: HttpRequest, user: User, at: datetime) -> bool:
    """Whether this session has come to its end. One that never began here (an old cookie) is over too."""
    begun, used = request.session.get(BEGUN), request.session.get(USED)
    if not user.is_active or begun is None or used is None:
        return True
    begun_at, used_at = datetime.fromisoformat(begun), datetime.fromisoformat(used)
    return at - used_at > IDLE or at - begun_at > LONGEST or user.session_is_over(begun_at)


def note_use(request: HttpRequest, at: datetime) -> None:
    """The session is used now; a page that only asks whether something changed is no use of it."""
    if request.headers.get("X-Only-Looking"):
        return
    if at - datetime.fromisoformat(request.session[USED]) > EVERY:
        request.session[USED] = at.isoformat()


def sign_in_again(request: HttpRequest) -> HttpResponseBase:
    """End the session; the page that was wanted opens after signing in again."""
    wanted = request.get_full_path() if request.method == "GET" else reverse("staff_home")
    auth.logout(request)
    if request.headers.get("X-Only-Looking"):
        return HttpResponse(status=401)
    if not wanted.startswith(OF_STAFF):
        return HttpResponseRedirect(wanted)
    return redirect(reverse("account_login", query={"next": wanted, "ended": "yes"}))


def _wants_factor(request: HttpRequest, user: User) -> bool:
    if not settings.NEEDS_SECOND_FACTOR or request.session.get(FACTOR):
        return False
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        request.session[FACTOR] = True
        return False
    return request.path.startswith(OF_STAFF) and not request.path.startswith(OPEN_WITHOUT_FACTOR)
