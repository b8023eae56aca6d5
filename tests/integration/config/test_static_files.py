"""Static files come whole, in parts, or not at all when the browser has them."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.any_database
FILE = "/static/frontdoor.css"


@pytest.fixture
def whole(client: Client) -> bytes:
    return client.get(FILE).content


def test_file_comes_whole_with_its_type(client: Client, whole: bytes) -> None:
    response = client.get(FILE)
    assert (response.status_code, response["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    assert int(response["Content-Length"]) == len(whole) > 1000
    assert response["Cache-Control"] == "max-age=600, public"


def test_part_of_a_file_is_served_as_asked(client: Client, whole: bytes) -> None:
    response = client.get(FILE, headers={"range": "bytes=10-19"})
    assert (response.status_code, response.content) == (206, whole[10:20])


def test_file_the_browser_has_is_not_sent_again(client: Client) -> None:
    tag = client.get(FILE)["ETag"]
    response = client.get(FILE, headers={"if-none-match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_head_of_a_file_has_no_body(client: Client, whole: bytes) -> None:
    response = client.head(FILE)
    assert (response.status_code, response.content) == (200, b"")
