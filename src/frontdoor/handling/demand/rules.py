"""Why a contact came: rules over what the record says, in order; the first that fires is proposed (domain 7.3).

Nothing here looks anything up. Each rule gives its cause with the ids and dates it rests on, so that an advisor, and
later an auditor, sees the same reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from frontdoor.cases.models import Cause, DemandType
from frontdoor.catalogue.council import Windows

Evidence = Mapping[str, str]


@dataclass(frozen=True)
class Noted:
    """Something on the record: its id, when it was, and a word or two for the advisor."""

    id: str
    at: datetime
    words: str = ""


class OnRecord(Protocol):
    """What the record says about an enquiry at the moment it is closed. None: there is nothing of the kind.

    `windows`: the service's own, how soon after one thing another is taken to have come of it. `is_arranged`: we rang
    them at a time they chose. `is_online`: they did it themselves on the web. `was_asked`: we wait for something of
    theirs. `unanswered`: the oldest message of theirs that nobody answered. `missed`: a promise past its date.
    `running`: one still to come. `told`: our last news to them on this matter. `again`: their last contact on the same
    subject. `wrong_place`: how they were sent here. `asked_twice`: evidence another team already has. `page_changed`:
    when the service's pages changed.
    """

    @property
    def at(self) -> datetime: ...
    @property
    def windows(self) -> Windows: ...
    @property
    def never_avoidable(self) -> bool: ...
    @property
    def is_arranged(self) -> bool: ...
    @property
    def is_ours(self) -> bool: ...
    @property
    def has_online_way(self) -> bool: ...
    @property
    def is_about_a_case(self) -> bool: ...
    @property
    def is_online(self) -> bool: ...
    @property
    def was_asked(self) -> bool: ...
    @property
    def outcome(self) -> str: ...
    @property
    def unanswered(self) -> Noted | None: ...
    @property
    def missed(self) -> Noted | None: ...
    @property
    def running(self) -> Noted | None: ...
    @property
    def told(self) -> Noted | None: ...
    @property
    def again(self) -> Noted | None: ...
    @property
    def wrong_place(self) -> Noted | None: ...
    @property
    def asked_twice(self) -> Noted | None: ...
    @property
    def page_changed(self) -> Noted | None: ...


@dataclass(frozen=True)
class Seen:
    """What the record says, all of it known beforehand; see `OnRecord`."""

    at: datetime
    windows: Windows = field(default_factory=Windows)
    never_avoidable: bool = False
    is_arranged: bool = False
    is_ours: bool = True
    has_online_way: bool = True
    is_about_a_case: bool = False
    is_online: bool = False
    was_asked: bool = False
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


Rule = Callable[[OnRecord], Proposal | None]


def propose(seen: OnRecord) -> Proposal:
    """The proposal of the first rule that fires; of value where none does."""
    for rule in RULES:
        proposal = rule(seen)
        if proposal is not None:
            return proposal
    return Proposal(DemandType.VALUE, "nothing on the record says otherwise")


def _never_avoidable(seen: OnRecord) -> Proposal | None:
    """Safeguarding, emergencies and people in need are never called avoidable."""
    return Proposal(DemandType.VALUE, "a service that nobody should avoid") if seen.never_avoidable else None


def _arranged(seen: OnRecord) -> Proposal | None:
    """They did not have to come to us: we rang them, as agreed."""
    return Proposal(DemandType.VALUE, "we rang them at a time they chose") if seen.is_arranged else None


def _not_ours(seen: OnRecord) -> Proposal | None:
    if seen.is_ours:
        return None
    return Proposal(DemandType.NOT_OURS, "it is somebody else’s job", Cause.NOT_COUNCIL_RESPONSIBILITY)


def _begun_online(seen: OnRecord) -> Proposal | None:
    """What people come for, done by themselves."""
    if not seen.is_online or seen.is_about_a_case:
        return None
    return Proposal(DemandType.VALUE, "something new, sent online")


def _asked_for(seen: OnRecord) -> Proposal | None:
    if not seen.is_online or not seen.was_asked:
        return None
    return Proposal(DemandType.VALUE, "we had asked them for something")


def _no_answer(seen: OnRecord) -> Proposal | None:
    return _failure(seen.unanswered, "a message of theirs was not answered", Cause.NO_RESPONSE)


def _promise_missed(seen: OnRecord) -> Proposal | None:
    """Told since: they know and are unhappy with it. Not told: they had to ask."""
    if seen.missed is None:
        return None
    if seen.told is not None and seen.told.at > seen.missed.at:
        return _failure(
            seen.missed, "a promised date was missed, and they had been told", Cause.PROCESS_ERROR
        )
    return _failure(seen.missed, "a promised date passed without news", Cause.NO_PROACTIVE_UPDATE)


def _sent_wrong(seen: OnRecord) -> Proposal | None:
    return _failure(seen.wrong_place, "they were sent to the wrong place first", Cause.MISROUTED)


def _asked_twice(seen: OnRecord) -> Proposal | None:
    return _failure(
        seen.asked_twice, "they were asked for what another team already had", Cause.PROCESS_ERROR
    )


def _news_not_clear(seen: OnRecord) -> Proposal | None:
    """On the web it is no question: our news asks them to look."""
    if not seen.is_about_a_case or seen.is_online or seen.told is None:
        return None
    if seen.at - seen.told.at > seen.windows.after_news:
        return None
    return _failure(seen.told, "they asked days after news of ours", Cause.WRONG_OR_UNCLEAR_ADVICE)


def _chased(seen: OnRecord) -> Proposal | None:
    """Inside the promise, and long without news: an update nobody had to ask for would have saved the contact."""
    if not seen.is_about_a_case or seen.outcome not in ("", "answered", "call back") or seen.running is None:
        return None
    if seen.told is not None and seen.at - seen.told.at <= seen.windows.without_news:
        return None
    return _failure(
        seen.running, "they chased inside the promise, long without news", Cause.NO_PROACTIVE_UPDATE
    )


def _asked_again(seen: OnRecord) -> Proposal | None:
    """On the web looking again takes nobody's time."""
    if seen.is_online or seen.again is None or seen.at - seen.again.at > seen.windows.repeat:
        return None
    return _failure(seen.again, "they asked the same a few days ago", Cause.NOT_ENOUGH_UPFRONT_INFO)


def _page_changed(seen: OnRecord) -> Proposal | None:
    if seen.outcome != "answered" or seen.is_about_a_case or seen.page_changed is None:
        return None
    if seen.at - seen.page_changed.at > seen.windows.new_pages:
        return None
    return _failure(seen.page_changed, "the service’s pages changed lately", Cause.NOT_ENOUGH_UPFRONT_INFO)


def _no_online_way(seen: OnRecord) -> Proposal | None:
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
    _begun_online,
    _no_answer,
    _promise_missed,
    _sent_wrong,
    _asked_twice,
    _asked_for,
    _news_not_clear,
    _chased,
    _asked_again,
    _page_changed,
    _no_online_way,
)
