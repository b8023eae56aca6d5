"""How allauth behaves here: nobody signs up, tries are counted and journalled, emails go through the outbox."""

from __future__ import annotations

import base64
import hashlib
import io
import random
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontdoor.handling.invitations import send_link, send_warning
from frontdoor.staff.actions import note_sign_in
from frontdoor.staff.models import User
from frontdoor.web.accounts.sessions import began_just_now, begin

LOCKED = _(
    "There were too many tries that did not work, so this account is locked for 15 minutes. Nothing has been "
    "changed. Wait and try again, or ask your administrator for a new link."
)
WRONG = _("The email address or the password is not right. Check both and try again.")
WARNINGS = {
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "Your password was changed",
    "mfa/email/totp_activated": "A second factor was set up for your account",
    "mfa/email/totp_deactivated": "The second factor of your account was removed",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """Sign-in as a council wants it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": LOCKED,
        "email_password_mismatch": WRONG,
        "account_inactive": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given by an administrator."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what happened; there are no passing messages."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse while the account or the address is locked, and note it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_sign_in(event="sign in locked", user=_known(credentials), at=timezone.now())
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed try."""
        note_sign_in(event="sign in failed", user=_known(credentials), at=timezone.now())

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the password of the person who is signed in; tries are counted as at sign-in."""
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The password is asked for again before a sensitive change, unless it was given a moment ago."""
        asked = super().is_reauthentication_required(app=app, **kwargs)
        return bool(asked) and not began_just_now(allauth_context.request, timezone.now())

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; the session's time begins."""
        super().login(request, user)
        begin(request, timezone.now())
        note_sign_in(event="signed in", user=user, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Sign out."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            note_sign_in(event="signed out", user=user, at=timezone.now())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody who left is told no more than somebody who mistyped."""
        return redirect("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the email; a link to set a password, or news of a change to the account."""
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            return
        at, rng = timezone.now(), random.SystemRandom()
        if "password_reset_url" in context:
            send_link(user=user, link=context["password_reset_url"], is_first=False, at=at, rng=rng)
        elif template_prefix in WARNINGS:
            send_warning(user=user, what=WARNINGS[template_prefix], at=at, rng=rng)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: Any = None
    ) -> None:
        """Tell somebody that their account was changed."""
        self.send_mail(template_prefix, email or user.email, dict(context or {}))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth publishes no types
    """The second factor: its picture, and secrets that are not kept as they are."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Enter the 6 digits that your app shows now."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture that an app scans."""
        picture = io.BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, border=2, xmldecl=False)
        return picture.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return _vault().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _vault().decrypt(encrypted_text.encode("ascii")).decode()


def _vault() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _known(credentials: dict[str, Any]) -> User | None:
    return User.objects.filter(email__iexact=str(credentials.get("email", ""))[:254]).first()
