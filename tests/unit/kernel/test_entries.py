from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.entries import Actor, ActorKind, BadEntry, Entry, Subject

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ALICE = Actor("staff", "alice")


def entry(facts: Mapping[str, object]) -> Entry:
    return Entry(at=AT, actor=ALICE, event="case opened", subject=Subject(service="blue-badge"), facts=facts)


def test_entry_keeps_ids_and_facts() -> None:
    facts = {"reference": "BB-4T7K-92M", "days": 20.0, "share": 0.5, "of": [1, None, True], "in": {"a": "b"}}
    kept = entry(facts)
    assert kept.facts == facts
    assert type(kept.facts["days"]) is int
    assert kept.shown is False


def test_facts_are_copied() -> None:
    facts: dict[str, object] = {"a": ["x"]}
    kept = entry(facts)
    facts["a"] = "changed"
    assert kept.facts == {"a": ["x"]}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x" * 81, "free text"),
        ("two\nlines", "free text"),
        ("nul\x00", "free text"),
        ("\ud800", "free text"),
        ({"deep": {"deep": {"deep": {"deep": 1}}}}, "nested"),
        (["x"] * 201, "200 items"),
        (float("nan"), "finite"),
        (AT, "datetime"),
        (b"bytes", "bytes"),
        ({1: "x"}, "name of a fact"),
    ],
)
def test_what_is_no_fact_is_refused_without_being_repeated(value: object, words: str) -> None:
    with pytest.raises(BadEntry, match=words) as caught:
        entry({"note": value})
    assert "xxxx" not in str(caught.value)


@pytest.mark.parametrize(
    "event", ["", "Case opened", "case opened!", "case  opened", "x" * 61, "case\nopened"]
)
def test_malformed_event_is_refused(event: str) -> None:
    with pytest.raises(BadEntry, match="past tense"):
        Entry(at=AT, actor=ALICE, event=event)


@pytest.mark.parametrize("event", ["case opened", "case_opened", "case.opened", "opened", "sign-in refused"])
def test_well_formed_event_is_taken(event: str) -> None:
    assert Entry(at=AT, actor=ALICE, event=event).event == event


def test_instant_without_zone_is_refused() -> None:
    with pytest.raises(BadEntry, match="time zone"):
        Entry(at=AT.replace(tzinfo=None), actor=ALICE, event="case opened")


@pytest.mark.parametrize(
    ("kind", "id", "words"),
    [("staff", "", "must say who"), ("ghost", "x", "no kind"), ("robot", "x" * 65, "longer")],
)
def test_actor_must_be_named(kind: ActorKind, id: str, words: str) -> None:
    with pytest.raises(BadEntry, match=words):
        Actor(kind, id)


def test_system_needs_no_id() -> None:
    assert Actor("system").id == ""


@given(st.dictionaries(st.text(max_size=90), st.text(max_size=90) | st.floats() | st.integers(), max_size=4))
def test_taken_facts_are_short_lines_and_finite_numbers(facts: dict[str, object]) -> None:
    try:
        kept = entry(facts)
    except BadEntry:
        return
    assert kept.facts == facts
    assert all(len(v) <= 80 and v.splitlines() in ([v], []) for v in facts.values() if isinstance(v, str))
