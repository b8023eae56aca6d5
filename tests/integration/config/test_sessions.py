"""A session is kept with one statement, and a deleted one is never brought back."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.config.sessions import SessionStore

pytestmark = pytest.mark.django_db


def begun() -> SessionStore:
    session = SessionStore()
    session["draft"] = "one"
    session.create()
    session["draft"] = "two"
    session.save()
    return session


def test_what_a_session_holds_is_there_on_the_next_page() -> None:
    assert SessionStore(begun().session_key)["draft"] == "two"


def test_keeping_a_session_takes_one_statement() -> None:
    session = SessionStore(begun().session_key)
    session["draft"] = "three"

    with CaptureQueriesContext(
        connection,
    ) as asked:
        session.save()

    assert [each["sql"].split()[0] for each in asked.captured_queries] == ["UPDATE"]


def test_a_session_ended_meanwhile_is_not_brought_back() -> None:
    session = begun()
    SessionStore(session.session_key).delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not SessionStore().exists(str(session.session_key))
