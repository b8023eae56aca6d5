"""What a decision is, as plain frozen values, and the sheet that weighing one gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frontdoor.kernel.conditions import Condition, Formula
from frontdoor.kernel.facts import Json


class Needs(StrEnum):
    """How many criteria of a group must be met."""

    ANY = "any"
    ALL = "all"


class Automation(StrEnum):
    """How far software may go by itself (domain law: health data defaults to `prepare only`)."""

    PREPARE_ONLY = "prepare only"
    AUTOMATIC_WITH_CONSENT = "automatic with consent"
    AUTOMATIC = "automatic"


@dataclass(frozen=True)
class Criterion:
    """One thing to be shown. Words are templates over facts: "PIP, moving around, {moving_around} points"."""

    name: str
    group: str
    when: Condition | None
    proved_by: tuple[str, ...]
    met: str
    not_met: str
    not_known: str
    source: str = ""


@dataclass(frozen=True)
class Group:
    """Criteria of which any one, or all, must be met."""

    name: str
    needs: Needs
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class OutcomeRule:
    """An outcome and when it holds. The last of a rule set has `when` None: otherwise, to a person."""

    name: str
    when: Condition | None
    says: str
    move: str | None = None


@dataclass(frozen=True)
class Reason:
    """A reason an officer may give; `say` goes into the letter, `about` names the criteria it rests on."""

    name: str
    say: str
    about: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class DatedValue:
    """A value in force from `starts_on` to `ends_on` (both included; None: without end)."""

    value: Json
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Review:
    """How a customer may have a decision looked at again. Days are calendar days."""

    called: str
    ask_within_days: int
    answer_within_days: int
    by_someone_else: bool = True


@dataclass(frozen=True)
class RuleSet:
    """The rules that judge applications received from `starts_on` to `ends_on`."""

    starts_on: date
    ends_on: date | None
    automation: Automation
    groups: tuple[Group, ...]
    outcomes: tuple[OutcomeRule, ...]
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    values: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    computes: Mapping[str, Formula] = field(default_factory=dict)
    review: Review | None = None


class Status(StrEnum):
    """What is known of a criterion or group."""

    MET = "met"
    NOT_MET = "not met"
    NOT_KNOWN = "not known"


class EvidenceState(StrEnum):
    """Where the proof of a criterion stands, worst first."""

    NONE = "none"
    REJECTED = "rejected"
    RECEIVED = "received"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Weighed:
    """One criterion on the sheet: its status in words, the facts it read, its proof, and why it is not known.

    `evidence` is the worst state among its proofs (None: it needs none) and `proofs` the state of each.
    `claim_stands`: the facts alone would meet it, so that only a proof is wanting. `notes` say why a fact
    could not be used.
    """

    criterion: str
    group: str
    status: Status
    words: str
    facts: Mapping[str, Json]
    missing: tuple[str, ...]
    proved_by: tuple[str, ...]
    evidence: EvidenceState | None
    claim_stands: bool
    source: str
    proofs: Mapping[str, EvidenceState] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The whole weighing: every criterion, the outcome that holds, why, what is in doubt and what must still
    come.

    `is_clear`: the outcome rests on nothing unknown. `is_otherwise`: no condition held and it falls to a
    person. `because` names the criteria that decided it; `doubts` those not known whose group is still open.
    `asks_for` are proofs to ask the customer for, `to_look_at` proofs that came and that nobody has looked
    at.
    """

    outcome: str
    says: str
    move: str | None
    is_clear: bool
    criteria: tuple[Weighed, ...]
    groups: Mapping[str, Status]
    because: tuple[str, ...]
    doubts: tuple[str, ...]
    asks_for: tuple[str, ...]
    to_look_at: tuple[str, ...]
    values: Mapping[str, Json]
    computed: Mapping[str, Json]
    rules_from: date
    is_otherwise: bool = False
