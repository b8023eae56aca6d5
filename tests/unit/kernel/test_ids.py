from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random, SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.ids import (
    ALPHABET,
    BadPrefix,
    code_digest,
    digest,
    first_uuid7,
    is_same,
    new_code,
    new_reference,
    new_token,
    read_reference,
    uuid7,
)

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SEEDS = st.integers(0, 2**32).map(Random)
PREFIXES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=4)
REFERENCES = st.builds(new_reference, PREFIXES, SEEDS)


def placed(reference: str, place: int, character: str) -> str:
    return reference[:place] + character + reference[place + 1 :]


def body_places(reference: str) -> list[int]:
    start = reference.index("-") + 1
    return [place for place in range(start, len(reference)) if reference[place] != "-"]


@given(REFERENCES)
def test_reference_is_read_as_it_was_written(reference: str) -> None:
    assert read_reference(reference) == reference


@given(REFERENCES, st.data())
def test_every_single_wrong_character_is_caught(reference: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(body_places(reference)))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != reference[place]]))
    assert read_reference(placed(reference, place, wrong)) is None


@given(REFERENCES, st.data())
def test_every_swap_of_neighbours_is_caught(reference: str, data: st.DataObject) -> None:
    places = body_places(reference)
    left, right = data.draw(st.sampled_from(list(pairwise(places))))
    swapped = placed(placed(reference, left, reference[right]), right, reference[left])
    assert read_reference(swapped) == (reference if swapped == reference else None)


@given(REFERENCES, st.sampled_from(["", " ", "-", " - ", ".", "–"]))  # a dash people's phones make
def test_reference_is_read_however_it_is_typed(reference: str, between: str) -> None:
    assert read_reference(f" {reference.lower().replace('-', between)} ") == reference


@given(REFERENCES)
def test_lookalikes_are_read_as_what_they_look_like(reference: str) -> None:
    prefix, body = reference.split("-", 1)
    mistaken = prefix.translate(str.maketrans("OISBG", "01586")) + body.translate(
        str.maketrans("258V", "ZSBU")
    )
    assert read_reference(mistaken) == reference


@pytest.mark.parametrize(
    "text", ["", "BB", "BB-4T7K-92A", "4T7K92M", "BB-4T7K-92M-" * 9, "ББ-4T7K-92M", "'; --"]
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    assert read_reference(text) is None


@given(st.text(max_size=50))
def test_no_text_whatever_makes_reading_fail(text: str) -> None:
    reference = read_reference(text)
    assert reference is None or read_reference(reference) == reference


@pytest.mark.parametrize("prefix", ["", "bb", "ABCDE", "B1", "B-"])
def test_bad_prefix_is_refused(prefix: str) -> None:
    with pytest.raises(BadPrefix, match="one to four letters"):
        new_reference(prefix, Random(1))


def test_references_hardly_ever_collide() -> None:
    rng = Random(7)
    assert len({new_reference("BB", rng) for _ in range(5000)}) >= 4998


@given(SEEDS, st.integers(0, 10**12), st.integers(1, 10**9))
def test_uuid7_sorts_by_its_instant(rng: Random, start: int, later: int) -> None:
    first = uuid7(at=AT + timedelta(microseconds=start), rng=rng)
    second = uuid7(at=AT + timedelta(microseconds=start + later), rng=rng)
    assert first < second
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"


def test_uuid7_holds_the_millisecond_and_differs_within_it() -> None:
    rng = Random(1)
    ids = [uuid7(at=AT, rng=rng) for _ in range(1000)]
    assert {each.int >> 80 for each in ids} == {int(AT.timestamp() * 1000)}
    assert len(set(ids)) == 1000


def test_first_uuid7_parts_what_came_before_from_what_came_at_that_instant_or_later(rng: Random) -> None:
    at = datetime(2027, 3, 2, 10, 0, 0, 5000, tzinfo=UTC)
    first = first_uuid7(at)
    assert uuid7(at=at - timedelta(milliseconds=1), rng=rng) < first <= uuid7(at=at, rng=rng)


def test_uuid7_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        uuid7(at=AT.replace(tzinfo=None), rng=Random(1))


def test_code_has_its_digits_and_may_begin_with_nought() -> None:
    codes = [new_code(Random(seed)) for seed in range(200)]
    assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(new_code(Random(1), digits=8)) == 8


def test_token_is_safe_in_a_url_and_never_twice_the_same() -> None:
    tokens = {new_token(SystemRandom()) for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 32 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_digest_is_sha256_of_the_token() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_code_digest_depends_on_key_purpose_and_code() -> None:
    digests = {
        code_digest(code, key=key, purpose=purpose)
        for code in ("12345", "12346")
        for key in (b"one", b"two")
        for purpose in ("case 1", "case 2")
    }
    assert len(digests) == 8


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("é", "é", True), ("a", "b", False), ("a", "ab", False)]
)
def test_secrets_are_compared(one: str, other: str, expected: bool) -> None:
    assert is_same(one, other) is expected
