"""Sign-in: password, second factor, lock-out, and sessions that end."""

from __future__ import annotations

import re
import time
from base64 import b64decode
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from frontdoor.contacts.models import Delivery
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.actions import change_role, end_sessions, leave
from frontdoor.staff.models import Role, User
from tests.integration.staff.conftest import LOGIN, PASSWORD, signed_in

ACTIVATE = "/staff/account/factor/totp/activate/"


def is_in(client: Client) -> bool:
    """Whether a page of staff opens."""
    return client.get("/staff/account/").status_code == 200


def later(by: timedelta) -> Any:
    """The sessions' clock, moved on."""
    return patch.object(timezone, "now", lambda: real() + by)


real = timezone.now


def code_for(secret: str) -> str:
    """The six digits an app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def events() -> list[str]:
    """What the journal says of signing in, in order."""
    return list(JournalEntry.objects.order_by("pk").values_list("event", flat=True))


def test_signing_in_and_out_is_journalled(alice: User) -> None:
    client = signed_in(alice)
    assert is_in(client)
    client.post("/staff/account/logout/")
    assert not is_in(client)
    assert events() == ["signed in", "signed out"]


@pytest.mark.parametrize("login", ["alice@council.example", "nobody@council.example"])
def test_wrong_password_and_unknown_account_are_answered_alike(alice: User, login: str) -> None:
    page = Client().post(LOGIN, {"login": login, "password": "not this one at all"}).content.decode()
    assert "The email address or the password is not right." in page
    assert login not in "".join(JournalEntry.objects.values_list("facts_json", flat=True))


def test_five_failed_tries_lock_the_account_with_clear_words(alice: User) -> None:
    client = Client()
    for _ in range(5):
        client.post(LOGIN, {"login": alice.email, "password": "wrong"})
    page = client.post(LOGIN, {"login": alice.email, "password": PASSWORD}).content.decode()
    assert "this account is locked for 15 minutes" in page
    assert not is_in(client)
    assert events() == ["sign in failed"] * 5 + ["sign in locked"]


def test_nobody_signs_up(db: None) -> None:
    assert Client().get("/staff/account/signup/").status_code == 404


def test_who_left_cannot_sign_in_and_is_told_no_more_than_anybody(alice: User, admin: User) -> None:
    client = signed_in(alice)
    leave(user=alice, by=admin, at=timezone.now())
    assert not is_in(client)
    page = Client().post(LOGIN, {"login": alice.email, "password": PASSWORD}, follow=True).content.decode()
    assert "left" not in page.split("<main")[1].split("</main>")[0]


class TestSessionsEnd:
    """A session ends by itself and on command."""

    def test_after_half_an_hour_without_use(self, alice: User) -> None:
        client = signed_in(alice)
        with later(timedelta(minutes=29)):
            assert is_in(client)
        with later(timedelta(minutes=58)):
            assert is_in(client)
        with later(timedelta(minutes=89)):
            assert not is_in(client)

    def test_after_eight_hours_however_busy(self, alice: User) -> None:
        client = signed_in(alice)
        for quarter in range(1, 32):
            with later(timedelta(minutes=15 * quarter)):
                assert is_in(client)
        with later(timedelta(hours=8, minutes=1)):
            assert not is_in(client)

    def test_asking_whether_something_changed_is_no_use(self, alice: User) -> None:
        client = signed_in(alice)
        with later(timedelta(minutes=20)):
            client.get("/staff/work/version/", headers={"x-only-looking": "yes"})
        with later(timedelta(minutes=31)):
            answer = client.get("/staff/work/version/", headers={"x-only-looking": "yes"})
        assert answer.status_code == 401

    def test_signing_in_again_leads_back(self, alice: User) -> None:
        client = signed_in(alice)
        with later(timedelta(hours=1)):
            answer = client.get("/staff/account/")
        assert answer["Location"] == f"{LOGIN}?next=%2Fstaff%2Faccount%2F&ended=yes"

    def test_everywhere_when_asked_for(self, alice: User) -> None:
        one, other = signed_in(alice), signed_in(alice)
        one.post("/staff/account/sign-out-everywhere/")
        assert (is_in(one), is_in(other)) == (False, False)
        assert is_in(signed_in(alice))

    def test_with_a_new_role_and_when_an_administrator_says_so(self, alice: User, admin: User) -> None:
        client = signed_in(alice)
        change_role(user=alice, role=Role.ADVISOR, by=admin, at=timezone.now())
        assert not is_in(client)
        client = signed_in(alice)
        end_sessions(user=alice, by=admin, at=timezone.now())
        assert not is_in(client)

    def test_with_a_new_password_everywhere_else(self, alice: User) -> None:
        one, other = signed_in(alice), signed_in(alice)
        new = "quite another phrase"
        given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert one.post("/staff/account/password/", given).status_code == 302
        assert not is_in(other)
        assert is_in(signed_in(alice, new))
        assert Delivery.objects.filter(subject="Your password was changed").count() == 1


class TestSecondFactor:
    """The second factor: required where the council says so, set up at the first sign-in, asked for ever after."""

    def set_up(self, client: Client) -> tuple[str, list[str]]:
        """Set it up as a person does; the secret and the recovery codes."""
        page = client.get(ACTIVATE).content.decode()
        secret = re.findall(r"<code[^>]*>([A-Z2-7]{32})</code>", page)[0]
        answer = client.post(ACTIVATE, {"code": code_for(secret)})
        codes = client.get(answer["Location"]).content.decode()
        return secret, re.findall(r"<li>([0-9a-f]{8})</li>", codes)

    def test_the_picture_is_one_that_a_browser_shows_by_itself(self, alice: User) -> None:
        page = signed_in(alice).get(ACTIVATE).content.decode()
        picture = b64decode(re.findall(r"data:image/svg\+xml;base64,([^\"]+)", page)[0]).decode()
        assert 'xmlns="http://www.w3.org/2000/svg"' in picture

    def test_nothing_opens_before_it_is_set_up(self, alice: User, settings: Any) -> None:
        settings.NEEDS_SECOND_FACTOR = True
        client = signed_in(alice)
        answer = client.get("/staff/work/")
        assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)
        self.set_up(client)
        assert client.get("/staff/work/").status_code == 200

    def test_the_demo_council_does_not_ask(self, alice: User, settings: Any) -> None:
        settings.NEEDS_SECOND_FACTOR = False
        assert signed_in(alice).get("/staff/work/").status_code == 200

    def test_it_is_asked_for_at_the_next_sign_in(self, alice: User) -> None:
        secret, _codes = self.set_up(signed_in(alice))
        client = Client()
        answer = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
        assert not is_in(client)
        wrong = client.post(answer["Location"], {"code": "000000"})
        assert "This code is not right." in wrong.content.decode()
        with patch("django.core.cache.cache.add", return_value=True):  # the same half minute as the set-up
            client.post(answer["Location"], {"code": code_for(secret)})
        assert is_in(client)

    def test_recovery_codes_are_shown_once_and_work_once(self, alice: User) -> None:
        client = signed_in(alice)
        _secret, codes = self.set_up(client)
        assert len(codes) == 10
        again = client.get("/staff/account/factor/recovery-codes/").content.decode()
        assert not [code for code in codes if code in again]
        for expected in (True, False):
            other = Client()
            page = other.post(LOGIN, {"login": alice.email, "password": PASSWORD})["Location"]
            other.post(page, {"code": codes[0]})
            assert is_in(other) is expected

    def test_the_secret_is_not_kept_as_it_is(self, alice: User) -> None:
        secret, codes = self.set_up(signed_in(alice))
        kept = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert [each for each in (secret, *codes) if each in kept] == []

    def test_an_administrator_takes_a_lost_one_away(self, alice: User, admin: User) -> None:
        client = signed_in(alice)
        self.set_up(client)
        signed_in(admin).post(f"/staff/people/{alice.pk}/factor/")
        assert not is_in(client)
        assert is_in(signed_in(alice))
        assert "second factor reset" in events()


class TestForgotten:
    """A link by email, once; and the same answer whoever asks."""

    def test_link_goes_through_the_outbox_and_works_once(self, alice: User) -> None:
        client = Client()
        client.post("/staff/account/forgotten/", {"email": alice.email})
        sent = Delivery.objects.get()
        link = re.findall(r"/staff/account/forgotten/key/\S+", sent.body)[0]
        assert (sent.to, sent.subject) == (alice.email, "Choose a new password")
        page = client.get(link)["Location"]
        new = "quite another phrase"
        client.post(page, {"password1": new, "password2": new})
        assert is_in(signed_in(alice, new))
        assert "This link does not work any more" in Client().get(link).content.decode()

    def test_unknown_address_is_answered_alike_and_sent_nothing(self, alice: User) -> None:
        known = Client().post("/staff/account/forgotten/", {"email": alice.email})
        unknown = Client().post("/staff/account/forgotten/", {"email": "nobody@council.example"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert Delivery.objects.count() == 1
