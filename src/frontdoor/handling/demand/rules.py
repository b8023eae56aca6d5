"""Why a contact came: rules over what the record says, in order; the first that fires is proposed (domain 7.3).

Nothing here looks anything up. Each rule gives its cause with the ids and dates it rests on, so that an advisor, and
later an auditor, sees the same reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from frontdoor.cases.models import Cause, DemandType

SOON_AFTER = timedelta(days=5)
"""A question that comes so soon after news of ours is taken to be about that news."""
STALE = timedelta(days=10)
"""Longer than this without news, somebody who waits is bound to ask."""
REPEAT_WITHIN = timedelta(days=7)
"""Asking again on the same subject within this time counts as one matter that was not settled (domain 7.1, FCR)."""
ANSWER_WITHIN = timedelta(days=2)
"""A message that has lain longer than this has not been answered."""
PAGE_IS_NEW = timedelta(days=14)

Evidence = Mapping[str, str]


@dataclass(frozen=True)
class Noted:
    """Something on the record: its id, when it was, and a word or two for the advisor."""

    id: str
    at: datetime
    words: str = ""


@dataclass(frozen=True)
class Seen:
    """What the record says about an enquiry at the moment it is closed. None: there is nothing of the kind.

    `is_arranged`: we rang them at a time they chose. `unanswered`: the oldest message of theirs that nobody answered.
    `missed`: a promise past its date. `running`: one still to come. `told`: our last news to them on this matter.
    `again`: their last contact on the same subject. `wrong_place`: how they were sent here. `asked_twice`: evidence
    another team already has. `page_changed`: when the service's pages changed.
    """

    at: datetime
    never_avoidable: bool = False
    is_arranged: bool = False
    is_ours: bool = True
    has_online_way: bool = True
    is_about_a_case: bool = False
    outcome: str = ""
    unanswered: Noted | None = None
    missed: Noted | None = None
    running: Noted | None = None
    told: Noted | None = None
    again: Noted | None = None
    wrong_place: Noted | None = None
    asked_twice: Noted | None = None
    page_changed: Noted | None = None


@dataclass(frozen=True)
class Proposal:
    """What a contact was, why, and the rule that says so. `cause` is empty where it was of value."""

    type: DemandType
    rule: str
    cause: Cause | None = None
    evidence: Evidence = field(default_factory=dict)


Rule = Callable[[Seen], Proposal | None]


def propose(seen: Seen) -> Proposal:
    """The proposal of the first rule that fires; of value where none does."""
    for rule in RULES:
        proposal = rule(seen)
        if proposal is not None:
            return proposal
    return Proposal(DemandType.VALUE, "nothing on the record says otherwise")


def _never_avoidable(seen: Seen) -> Proposal | None:
    """Safeguarding, emergencies and people in need are never called avoidable."""
    return Proposal(DemandType.VALUE, "a service that nobody should avoid") if seen.never_avoidable else None


def _arranged(seen: Seen) -> Proposal | None:
    """They did not have to come to us: we rang them, as agreed."""
    return Proposal(DemandType.VALUE, "we rang them at a time they chose") if seen.is_arranged else None


def _not_ours(seen: Seen) -> Proposal | None:
    if seen.is_ours:
        return None
    return Proposal(DemandType.NOT_OURS, "it is somebody else’s job", Cause.NOT_COUNCIL_RESPONSIBILITY)


def _no_answer(seen: Seen) -> Proposal | None:
    return _failure(seen.unanswered, "a message of theirs was not answered", Cause.NO_RESPONSE)


def _promise_missed(seen: Seen) -> Proposal | None:
    """Told since: they know and are unhappy with it. Not told: they had to ask."""
    if seen.missed is None:
        return None
    if seen.told is not None and seen.told.at > seen.missed.at:
        return _failure(
            seen.missed, "a promised date was missed, and they had been told", Cause.PROCESS_ERROR
        )
    return _failure(seen.missed, "a promised date passed without news", Cause.NO_PROACTIVE_UPDATE)


def _sent_wrong(seen: Seen) -> Proposal | None:
    return _failure(seen.wrong_place, "they were sent to the wrong place first", Cause.MISROUTED)


def _asked_twice(seen: Seen) -> Proposal | None:
    return _failure(
        seen.asked_twice, "they were asked for what another team already had", Cause.PROCESS_ERROR
    )


def _news_not_clear(seen: Seen) -> Proposal | None:
    if not seen.is_about_a_case or seen.told is None or seen.at - seen.told.at > SOON_AFTER:
        return None
    return _failure(seen.told, "they asked days after news of ours", Cause.WRONG_OR_UNCLEAR_ADVICE)


def _chased(seen: Seen) -> Proposal | None:
    """Inside the promise, and long without news: an update nobody had to ask for would have saved the contact."""
    if seen.running is None or not seen.is_about_a_case or seen.outcome not in ("", "answered", "call back"):
        return None
    if seen.told is not None and seen.at - seen.told.at <= STALE:
        return None
    return _failure(
        seen.running, "they chased inside the promise, long without news", Cause.NO_PROACTIVE_UPDATE
    )


def _asked_again(seen: Seen) -> Proposal | None:
    if seen.again is None or seen.at - seen.again.at > REPEAT_WITHIN:
        return None
    return _failure(seen.again, "they asked the same a few days ago", Cause.NOT_ENOUGH_UPFRONT_INFO)


def _page_changed(seen: Seen) -> Proposal | None:
    if seen.page_changed is None or seen.is_about_a_case or seen.at - seen.page_changed.at > PAGE_IS_NEW:
        return None
    if seen.outcome != "answered":
        return None
    return _failure(seen.page_changed, "the service’s pages changed lately", Cause.NOT_ENOUGH_UPFRONT_INFO)


def _no_online_way(seen: Seen) -> Proposal | None:
    if seen.has_online_way or seen.is_about_a_case:
        return None
    return Proposal(DemandType.FAILURE, "it cannot be done online", Cause.SELF_SERVICE_GAP)


def _failure(noted: Noted | None, rule: str, cause: Cause) -> Proposal | None:
    if noted is None:
        return None
    evidence = {"id": noted.id, "at": noted.at.isoformat(), "words": noted.words}
    return Proposal(DemandType.FAILURE, rule, cause, evidence)


RULES: tuple[Rule, ...] = (
    _never_avoidable,
    _arranged,
    _not_ours,
    _no_answer,
    _promise_missed,
    _sent_wrong,
    _asked_twice,
    _news_not_clear,
    _chased,
    _asked_again,
    _page_changed,
    _no_online_way,
)
