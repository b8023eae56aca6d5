"""Why a contact came: the first rule that fires, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.cases.models import Cause, DemandType
from frontdoor.catalogue.council import Windows
from frontdoor.handling.demand.rules import Noted, Seen, propose

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
NOTHING = Seen(at=NOW, outcome="answered")
CASE = replace(NOTHING, is_about_a_case=True)


ONLINE = replace(NOTHING, outcome="online", is_online=True)
LOOKED = replace(ONLINE, is_about_a_case=True)


def ago(days: float, id: str = "x") -> Noted:
    return Noted(id, NOW - timedelta(days=days))


def ahead(days: float) -> Noted:
    return Noted("promise", NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("seen", "kind", "cause"),
    [
        (NOTHING, DemandType.VALUE, None),
        (replace(NOTHING, is_ours=False), DemandType.NOT_OURS, Cause.NOT_COUNCIL_RESPONSIBILITY),
        (replace(NOTHING, unanswered=ago(4)), DemandType.FAILURE, Cause.NO_RESPONSE),
        (replace(CASE, missed=ago(2)), DemandType.FAILURE, Cause.NO_PROACTIVE_UPDATE),
        (replace(CASE, missed=ago(2), told=ago(9)), DemandType.FAILURE, Cause.NO_PROACTIVE_UPDATE),
        (replace(CASE, missed=ago(2), told=ago(1)), DemandType.FAILURE, Cause.PROCESS_ERROR),
        (replace(CASE, running=ahead(3)), DemandType.FAILURE, Cause.NO_PROACTIVE_UPDATE),
        (replace(CASE, running=ahead(3), told=ago(20)), DemandType.FAILURE, Cause.NO_PROACTIVE_UPDATE),
        (replace(CASE, running=ahead(3), told=ago(8)), DemandType.VALUE, None),
        (replace(CASE, running=ahead(3), told=ago(2)), DemandType.FAILURE, Cause.WRONG_OR_UNCLEAR_ADVICE),
        (replace(NOTHING, running=ahead(3)), DemandType.VALUE, None),
        (replace(NOTHING, wrong_place=ago(0)), DemandType.FAILURE, Cause.MISROUTED),
        (replace(CASE, asked_twice=ago(40), told=ago(1)), DemandType.FAILURE, Cause.PROCESS_ERROR),
        (replace(NOTHING, again=ago(6)), DemandType.FAILURE, Cause.NOT_ENOUGH_UPFRONT_INFO),
        (replace(NOTHING, again=ago(8)), DemandType.VALUE, None),
        (replace(NOTHING, page_changed=ago(3)), DemandType.FAILURE, Cause.NOT_ENOUGH_UPFRONT_INFO),
        (replace(NOTHING, page_changed=ago(3), outcome="form filled"), DemandType.VALUE, None),
        (replace(NOTHING, has_online_way=False), DemandType.FAILURE, Cause.SELF_SERVICE_GAP),
        (replace(CASE, has_online_way=False, told=ago(9)), DemandType.VALUE, None),
    ],
)
def test_proposal(seen: Seen, kind: DemandType, cause: Cause | None) -> None:
    found = propose(seen)
    assert (found.type, found.cause) == (kind, cause)
    assert found.rule


def test_what_nobody_should_avoid_is_of_value_whatever_went_wrong() -> None:
    everything = ago(3)
    seen = replace(
        CASE, never_avoidable=True, unanswered=everything, missed=everything, wrong_place=everything
    )
    assert propose(seen).type is DemandType.VALUE


def test_proposal_names_what_it_rests_on() -> None:
    found = propose(replace(NOTHING, unanswered=Noted("m-1", NOW - timedelta(days=3), "message")))
    assert found.evidence == {"id": "m-1", "at": "2026-11-15T10:00:00+00:00", "words": "message"}


def test_no_answer_comes_before_a_missed_promise() -> None:
    found = propose(replace(CASE, missed=ago(1), unanswered=ago(5)))
    assert found.cause is Cause.NO_RESPONSE


@pytest.mark.parametrize(
    ("seen", "kind", "cause"),
    [
        (ONLINE, DemandType.VALUE, None),
        (replace(ONLINE, unanswered=ago(9), again=ago(1), page_changed=ago(1)), DemandType.VALUE, None),
        (LOOKED, DemandType.VALUE, None),
        (replace(LOOKED, running=ahead(3), told=ago(30)), DemandType.VALUE, None),
        (replace(LOOKED, running=ahead(3), told=ago(1)), DemandType.VALUE, None),
        (replace(LOOKED, again=ago(1)), DemandType.VALUE, None),
        (replace(LOOKED, missed=ago(1)), DemandType.FAILURE, Cause.NO_PROACTIVE_UPDATE),
        (replace(LOOKED, missed=ago(2), told=ago(1)), DemandType.FAILURE, Cause.PROCESS_ERROR),
        (replace(LOOKED, unanswered=ago(5)), DemandType.FAILURE, Cause.NO_RESPONSE),
        (replace(LOOKED, was_asked=True, again=ago(1)), DemandType.VALUE, None),
        (replace(LOOKED, was_asked=True, asked_twice=ago(40)), DemandType.FAILURE, Cause.PROCESS_ERROR),
        (replace(LOOKED, never_avoidable=True, missed=ago(1)), DemandType.VALUE, None),
    ],
)
def test_what_they_do_on_the_web(seen: Seen, kind: DemandType, cause: Cause | None) -> None:
    found = propose(seen)
    assert (found.type, found.cause) == (kind, cause)
    assert found.rule


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        ("repeat", replace(NOTHING, again=ago(9))),
        ("after_news", replace(CASE, told=ago(9))),
        ("without_news", replace(CASE, running=ahead(1), told=ago(9))),
        ("new_pages", replace(NOTHING, page_changed=ago(9))),
    ],
)
def test_windows_are_the_services_own(window: str, seen: Seen) -> None:
    others = {name: timedelta(days=0) for name in ("after_news", "repeat", "new_pages")}
    others["without_news"] = timedelta(days=99)
    inside = Windows().model_copy(
        update={**others, window: timedelta(days=8 if window == "without_news" else 10)}
    )
    outside = Windows().model_copy(
        update={**others, window: timedelta(days=10 if window == "without_news" else 8)}
    )
    assert propose(replace(seen, windows=inside)).type is DemandType.FAILURE
    assert propose(replace(seen, windows=outside)).type is DemandType.VALUE
