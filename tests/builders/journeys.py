"""Journeys from plain data: the keys of journey.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdoor.journeys.definition import (
    After,
    Effect,
    Issue,
    Journey,
    Move,
    Mover,
    Promise,
    Reminder,
    Situation,
    State,
    TaskKind,
    Verb,
    WaitsFor,
    Wants,
)
from frontdoor.kernel.workingdays import parse_within
from tests.builders.conditions import condition


def a_journey(data: Mapping[str, Any]) -> Journey:
    """A journey with `starts at`, `states`, `moves`, and the names of its `promises`, `issues` and `tasks`."""
    return Journey(
        starts_at=data["starts at"],
        states={name: a_state(name, state or {}) for name, state in data["states"].items()},
        moves={name: a_move(name, move) for name, move in data["moves"].items()},
        promises={name: a_promise(name, each) for name, each in data.get("promises", {}).items()},
        issues={name: Issue(name, name) for name in data.get("issues", ())},
        tasks={name: TaskKind(name, name) for name in data.get("tasks", ())},
    )


def a_state(name: str, data: Mapping[str, Any]) -> State:
    """A state; its words are its name where it has no others."""
    after = data.get("after")
    return State(
        name=name,
        staff=data.get("staff", name.capitalize()),
        customer=data.get("customer", name),
        next=data.get("next", name),
        waits_for=WaitsFor(data.get("waits for", "nobody" if "ends as" in data else "officer")),
        promise=data.get("promise"),
        update=data.get("update"),
        stops_clock=data.get("clock") == "stopped",
        reminders=tuple(
            Reminder(parse_within(each["after"]), each["update"]) for each in data.get("remind", ())
        ),
        after=After(parse_within(after["wait"]), after["move"]) if after else None,
        ends_as=data.get("ends as"),
        task=data.get("task"),
    )


def a_move(name: str, data: Mapping[str, Any]) -> Move:
    """A move; an officer may make it where nothing else is said."""
    return Move(
        name=name,
        label=data.get("label", name.capitalize()),
        sources=frozenset(_listed(data["from"])),
        to=data.get("to"),
        by=frozenset(Mover(each) for each in _listed(data.get("by", "officer"))),
        when=condition(data.get("when")),
        asks=tuple(data.get("asks", ())),
        wants=frozenset(Wants(each) for each in data.get("wants", ())),
        decides=data.get("decides"),
        confirms=data.get("confirms", False),
        does=tuple(an_effect(each) for each in data.get("does", ())),
        update=data.get("update"),
    )


def a_promise(name: str, data: Mapping[str, Any]) -> Promise:
    """A promise, with one span or one for each value of a fact."""
    within = data["within"]
    return Promise(
        name=name,
        says="",
        within=parse_within(within) if isinstance(within, str) else None,
        by=data.get("by"),
        within_by={}
        if isinstance(within, str)
        else {value: parse_within(span) for value, span in within.items()},
        warn=parse_within(data["warn"]) if "warn" in data else None,
    )


def an_effect(text: str) -> Effect:
    """An effect, from the words of a pack: `make promise decide`."""
    verb = next(each for each in Verb if text.startswith(each.value))
    return Effect(verb, text.removeprefix(verb.value).strip())


def a_situation(state: str, data: Mapping[str, Any]) -> Situation:
    """Where a case is, who asks, and what is known and given."""
    return Situation(
        state=state,
        movers=frozenset(Mover(each) for each in _listed(data.get("by", "officer"))),
        facts=data.get("facts", {}),
        not_asked=frozenset(data.get("not asked", ())),
        given=frozenset(Wants(each) for each in data.get("given", ())),
        answered=frozenset(data.get("answered", ())),
    )


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
