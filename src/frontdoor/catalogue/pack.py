"""A pack as the other rooms read it: frozen values, built from checked files by `loading`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from frontdoor.catalogue.faults import Fault
from frontdoor.catalogue.schema.service import Audience, Channel, KindOfCase, Provider, Sensitivity
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.decisions.definition import RuleSet
from frontdoor.forms.definition import Form, Question
from frontdoor.journeys.definition import Journey
from frontdoor.kernel.conditions import Condition, Truth
from frontdoor.kernel.facts import Facts, Json
from frontdoor.kernel.slots import OpenHours
from frontdoor.kernel.workingdays import Within


@dataclass(frozen=True)
class StartPage:
    """What is said before the first question. `takes` is in words ("20 minutes"); lead and the rest are Markdown."""

    lead: str
    needs: tuple[str, ...]
    takes: str
    cannot_go_online: str


@dataclass(frozen=True)
class Enquiry:
    """One thing people contact the council about. `id` is `service/name`; `starts`: form, track, article, or advisor
    where nothing but a talk with one comes of it.
    """

    id: str
    title: str
    starts: str
    article: str | None
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class PhoneAppointments:
    """Calls of ours that a customer can book: how long each is, how soon and how far ahead one may be chosen, how often
    we ring before it counts as missed. `hours`: when, where it is not in all of the council's opening hours.
    """

    minutes: int
    notice: Within
    ahead: Within
    tries: int
    hours: tuple[OpenHours, ...]


@dataclass(frozen=True)
class ContactService:
    """A service as who takes a contact, and who counts it, knows it. `unit_costs` are pence by channel; `windows` holds
    what the service sets itself, by name: `catalogue.windows` knows the rest.
    """

    id: str
    name: str
    summary: str
    owner: str
    lgsl: int | None
    provided_by: Provider
    sensitivity: Sensitivity
    channels: tuple[Channel, ...]
    skills: tuple[str, ...]
    unit_costs: Mapping[Channel, int]
    windows: Mapping[str, timedelta]
    enquiries: Mapping[str, Enquiry]

    @property
    def is_restricted(self) -> bool:
        """Only the owner team may know that a case exists."""
        return self.sensitivity is Sensitivity.RESTRICTED


@dataclass(frozen=True)
class Service(ContactService):
    """A service that has cases. `retention` is by kind of record (unfinished, closed, …), `lines` by the name of what the
    figures tell apart.
    """

    kind: KindOfCase
    reference: str
    audience: tuple[Audience, ...]
    is_open_to_anonymous: bool
    retention: Mapping[str, Within]
    start: StartPage
    phone_appointments: PhoneAppointments | None
    lines: Mapping[str, Condition]

    def lines_of(self, answers: Mapping[str, Json]) -> list[str]:
        """The lines of the figures in which a case with these answers counts; what was not answered counts in none."""
        return [name for name, line in self.lines.items() if line.weigh(answers).truth is Truth.TRUE]


@dataclass(frozen=True)
class UpdateWords:
    """The words of an update, as templates: subject and text message are plain, `body` is Markdown.

    `unless`: where it holds, the customer does not want this update; None where everybody gets it.
    """

    name: str
    subject: str
    text: str
    body: str
    letter: bool
    unless: Condition | None = None

    def is_unwanted(self, facts: Facts, *, not_asked: Collection[str]) -> bool:
        """Whether the customer has said that they do not want it. What is not known holds nothing back."""
        return self.unless is not None and self.unless.weigh(facts, not_asked=not_asked).truth is Truth.TRUE


@dataclass(frozen=True)
class Article:
    """Something to read. `body` is Markdown."""

    name: str
    title: str
    reader: Reader
    enquiry: str | None
    phrases: tuple[str, ...]
    review_by: date
    source: str
    body: str


@dataclass(frozen=True)
class Expected:
    """What an example must come to; None: not looked at."""

    outcome: str | None = None
    because: frozenset[str] | None = None
    met: frozenset[str] | None = None
    not_met: frozenset[str] | None = None
    not_known: frozenset[str] | None = None
    asks_for: frozenset[str] | None = None
    values: Mapping[str, Json] | None = None
    interrupt: str | None = None
    automatic: bool | None = None


@dataclass(frozen=True)
class Example:
    """An example person: answers, facts that staff or calculators would give, evidence, and what must come of it."""

    name: str
    received_on: date | None
    today: date | None
    channel: str
    for_someone_else: bool
    answers: Mapping[str, Json]
    facts: Mapping[str, Json]
    evidence_seen: frozenset[str]
    evidence_sent: frozenset[str]
    evidence_rejected: frozenset[str]
    expect: Expected
    line: int


@dataclass(frozen=True)
class Saying:
    """Something people say, and the enquiry it is about: `service/name`, or `not ours…`."""

    words: str
    enquiry: str
    line: int


@dataclass(frozen=True)
class Pack:
    """One service, whole. `version` is the hash of its files, `files` their texts by name (`updates/received.md`)."""

    service: Service
    form: Form
    rules: tuple[RuleSet, ...]
    journey: Journey
    staff_questions: Mapping[str, tuple[Question, ...]]
    updates: Mapping[str, UpdateWords]
    articles: Mapping[str, Article]
    examples: tuple[Example, ...]
    says: tuple[Saying, ...]
    transparency: Mapping[str, str | tuple[str, ...]]
    version: str
    files: Mapping[str, str] = field(repr=False)

    @property
    def id(self) -> str:
        """The id of the service."""
        return self.service.id

    def question(self, fact: str) -> Question | None:
        """The question that gives a fact, of the form or of a move; None where no question gives it."""
        return self._questions.get(fact)

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        """Every question by its fact; one of the form comes before one of a move."""
        form = {question.id: question for section in self.form.sections for question in section.questions}
        staff = [question for questions in self.staff_questions.values() for question in questions]
        return {**{question.id: question for question in reversed(staff)}, **form}


class NoSuchService(LookupError):
    """The catalogue has no service of that id."""


@dataclass(frozen=True)
class Catalogue:
    """All the council's services. `left_out`: what is wrong with each folder whose pack cannot be used, by its name.

    `contacts_only`: services that have no pack yet; people ask about them and advisors answer.
    """

    packs: Mapping[str, Pack]
    left_out: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    contacts_only: Mapping[str, ContactService] = field(default_factory=dict)

    def pack(self, service_id: str) -> Pack:
        """The pack of a service. Raises `NoSuchService`."""
        try:
            return self.packs[service_id]
        except KeyError:
            raise NoSuchService(f'There is no service "{service_id}".') from None

    @cached_property
    def services(self) -> Mapping[str, ContactService]:
        """Every service that contacts come for, by its id: those with a pack, and those that only take contacts."""
        return {**self.contacts_only, **{each.id: each.service for each in self.packs.values()}}

    def by_name(self) -> list[ContactService]:
        """Every service, in the order of the alphabet."""
        return sorted(self.services.values(), key=lambda each: each.name.casefold())

    def __iter__(self) -> Iterator[Pack]:
        return iter(self.packs.values())
