"""A request is answered in one thread from its first signal to its last, and never on the event loop's own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import pytest
from django.core import signals
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from frontdoor.config.one_thread import OneThread

SEEN: list[tuple[str, int]] = []


def note(what: str) -> None:
    SEEN.append((what, threading.get_ident()))


def whole(request: HttpRequest) -> HttpResponse:
    note("page")
    return HttpResponse(request.body.upper(), headers={"X-Path": request.path})


def in_parts(request: HttpRequest) -> StreamingHttpResponse:
    note("page")
    return StreamingHttpResponse(parts())


async def parts() -> AsyncIterator[bytes]:
    yield b"one "
    yield b"two"


urlpatterns = [path("whole", whole), path("parts", in_parts)]


@pytest.fixture(autouse=True)
def noted() -> Iterator[None]:
    SEEN.clear()

    def began(**_: object) -> None:
        note("began")

    def ended(**_: object) -> None:
        note("ended")

    signals.request_started.connect(began)
    signals.request_finished.connect(ended)
    yield
    signals.request_started.disconnect(began)
    signals.request_finished.disconnect(ended)


def ask(address: str, *came: Mapping[str, Any], query: bytes = b"") -> list[Mapping[str, Any]]:
    """What the server is told to send, for a request that comes in these pieces."""
    waiting, sent = list(came), list[Mapping[str, Any]]()

    async def receive() -> Mapping[str, Any]:
        return waiting.pop(0)

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": address, "query_string": query, "headers": []}
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        asyncio.run(OneThread(threads=2)(scope, receive, send))
    return sent


def test_a_page_and_its_signals_share_one_thread() -> None:
    start, body = ask(
        "/whole",
        {"type": "http.request", "body": b"am", "more_body": True},
        {"type": "http.request", "body": b"ina"},
    )

    assert (start["status"], dict(start["headers"])[b"X-Path"], body["body"]) == (200, b"/whole", b"AMINA")
    assert [what for what, _ in SEEN] == ["began", "page", "ended"]
    assert len({thread for _, thread in SEEN} - {threading.get_ident()}) == 1


def test_a_page_sent_in_parts_ends_only_once_it_is_sent() -> None:
    sent = ask("/parts", {"type": "http.request", "body": b""})

    assert b"".join(each.get("body", b"") for each in sent) == b"one two"
    assert [what for what, _ in SEEN] == ["began", "page", "ended"]
    assert threading.get_ident() not in {thread for _, thread in SEEN}


def test_an_address_that_cannot_be_read_is_refused() -> None:
    start, _ = ask("/whole", {"type": "http.request", "body": b""}, query=b"\xff")

    assert start["status"] == 400


def test_who_leaves_before_all_was_sent_gets_no_answer() -> None:
    pieces = ({"type": "http.request", "body": b"am", "more_body": True}, {"type": "http.disconnect"})

    assert ask("/whole", *pieces) == []
    assert SEEN == []
