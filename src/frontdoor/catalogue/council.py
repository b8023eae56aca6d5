"""The council itself as data: who it is, where and when to reach it, who does what, and since when.

A council's folder holds `council.yaml` (itself, other authorities, who is responsible for what), `people.yaml` (teams
and staff) and `directory.yaml` (services of others and where to go for them), `places.geojson` and `addresses.csv`.
Dates `from` and `to` are both days on which the thing holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from frontdoor.catalogue.council_checks import cross_faults
from frontdoor.catalogue.faults import Fault, FaultyFiles
from frontdoor.catalogue.reading import Source, read_yaml
from frontdoor.catalogue.schema.service import Channel
from frontdoor.catalogue.schema.words import Days, Pence
from frontdoor.kernel.clock import QuietHours
from frontdoor.kernel.slots import OpenHours

FILES = ("council.yaml", "people.yaml", "directory.yaml")
ROLES = Literal[
    "advisor", "officer", "supervisor", "planner", "manager", "designer", "auditor", "administrator"
]
WEEKDAYS = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class CouncilFaults(FaultyFiles):
    """The council's own files have mistakes; nothing can start until they are mended."""


def _matching(pattern: str, words: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(words)
        return value

    return check


Colour = Annotated[str, AfterValidator(_matching(r"#[0-9a-f]{6}", "a colour is written like #0b5d63"))]
Email = Annotated[str, AfterValidator(_matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "this is not an email address"))]
Link = Annotated[str, AfterValidator(_matching(r"https?://\S+|/\S*", "a link begins with https:// or /"))]
Phone = Annotated[
    str, AfterValidator(_matching(r"\+?[0-9][0-9 ]{1,14}", "a phone number is digits and spaces"))
]


class _Part(BaseModel):
    """Files say `quiet hours`, code says `quiet_hours`; a word nobody knows is a fault."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: name.strip("_").replace("_", " ")
    )


class Dated(_Part):
    """Something that holds from a day to a day, both included; without `to` it has no end yet."""

    from_: date
    to: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether it holds on this day."""
        return self.from_ <= on and (self.to is None or on <= self.to)


class Hours(_Part):
    """Opening hours of some days of the week, London time."""

    days: tuple[WEEKDAYS, ...] = Field(min_length=1)
    opens: time
    closes: time

    def open_hours(self) -> OpenHours:
        """The same with weekdays as numbers."""
        names = get_args(WEEKDAYS)
        return OpenHours(frozenset(names.index(day) for day in self.days), self.opens, self.closes)


class Quiet(_Part):
    """When no update is sent: each night, and the whole of some days."""

    begins: time
    ends: time
    days: tuple[WEEKDAYS, ...] = Field(default=(), max_length=6)

    def hours(self) -> QuietHours:
        """The same for the clock."""
        names = get_args(WEEKDAYS)
        return QuietHours(self.begins, self.ends, frozenset(names.index(day) for day in self.days))


class Brand(_Part):
    """Colours and logo."""

    colour: Colour
    accent: Colour
    logo: str


class Contact(_Part):
    """How to reach a body: any of these, and words for the rest."""

    phone: Phone | None = None
    text_phone: Phone | None = None
    email: Email | None = None
    link: Link | None = None
    post: tuple[str, ...] = ()
    words: str = ""


class Hub(_Part):
    """A library or hub where somebody helps those who cannot go online."""

    name: str
    lines: tuple[str, ...] = Field(min_length=1)
    postcode: str
    phone: Phone
    hours: tuple[Hours, ...]
    offers: str


class Emergency(_Part):
    """A danger and whom to call."""

    when: str
    call: Phone
    does: str


class Authority(Dated):
    """A council with a tier and a life: it begins, and may end and be succeeded."""

    id: str
    name: str
    tier: Literal["county", "district", "unitary"]
    parent: str | None = None
    succeeds: tuple[str, ...] = ()
    contact: Contact = Contact()


class Body(_Part):
    """Somebody who is not a council: a utility, a national agency, an owner of land."""

    id: str
    name: str
    contact: Contact
    source: str = ""


class Responsibility(Dated):
    """Who answers for a category: `road owner`, `upper tier`, `lower tier` or the id of a body."""

    by: str


class Team(_Part):
    """People who share work."""

    name: str
    services: tuple[str, ...] = ()
    restricted: bool = False
    skills: tuple[str, ...] = ()
    email: Email


class Person(_Part):
    """A member of staff of a made-up or a small council; larger ones take theirs from their staff directory."""

    name: str
    email: Email
    role: ROLES
    teams: tuple[str, ...] = ()
    skills: dict[str, Annotated[int, Field(ge=1, le=3)]] = {}
    demonstrates: str = ""


class Listing(_Part):
    """An entry of the directory: a need people come to us with, and where it is met."""

    id: str
    title: str
    who: str  # 'district', or the id of a body, or 'us' for our own services that have no pack
    answer: str
    phrases: tuple[str, ...] = Field(min_length=2)
    keywords: tuple[str, ...] = ()
    link: Link | None = None
    urgency: Literal["ordinary", "soon", "now"] = "ordinary"
    category: str | None = None
    review_by: date
    source: str = ""


class Windows(_Part):
    """How soon after one thing another is taken to have come of it, unless a service says otherwise; in calendar days.

    `repeat`: asking again on the same subject is one matter that was not settled. `after news`: a question is about
    our news. `without news`: somebody who waits is bound to ask. `answer`: a message has not been answered.
    `new pages`: a question is about pages of the service that have changed.
    """

    repeat: Days = timedelta(days=7)
    after_news: Days = timedelta(days=5)
    without_news: Days = timedelta(days=10)
    answer: Days = timedelta(days=2)
    new_pages: Days = timedelta(days=14)


PerCent = Annotated[int, Field(ge=1, le=100)]


ShiftHours = Annotated[float, Field(gt=0, le=24, multiple_of=0.25)]
PauseMinutes = Annotated[int, Field(ge=15, le=180, multiple_of=15)]


class Lunch(_Part):
    """The longer pause of shifts from so many paid hours on, unpaid unless said otherwise; it lies between two times."""

    minutes: PauseMinutes = 30
    from_hours: ShiftHours = 6
    earliest: time = time(11, 30)
    latest: time = time(14, 30)
    is_paid: bool = Field(default=False, alias="paid")


class Breaks(_Part):
    """Short paid pauses: one in shifts from so many paid hours on, another from so many."""

    minutes: PauseMinutes = 15
    one_from_hours: ShiftHours = 4
    two_from_hours: ShiftHours = 7


class ShiftRules(_Part):
    """What holds for everybody's shifts. Hours of a shift are paid ones; between its pauses lie the least to the most
    hours at work, between two shifts those of rest. `desks`: how many people can be in the office on one day.
    """

    shortest_hours: ShiftHours = 3
    longest_hours: ShiftHours = 8.5
    least_stretch_hours: ShiftHours = 1
    most_stretch_hours: ShiftHours = 4
    rest_hours: Annotated[float, Field(ge=11, le=24, multiple_of=0.25)] = 11
    lunch: Lunch = Lunch()
    breaks: Breaks = Breaks()
    desks: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> ShiftRules:
        if self.shortest_hours > self.longest_hours or self.least_stretch_hours > self.most_stretch_hours:
            raise ValueError("the shortest shift or stretch is longer than the longest")
        if self.breaks.one_from_hours > self.breaks.two_from_hours:
            raise ValueError("a second break comes with shorter shifts than the first")
        if any(each.minute % 15 or each.second for each in (self.lunch.earliest, self.lunch.latest)):
            raise ValueError("lunch lies between times at a quarter of an hour")
        begins, ends = (each.hour * 60 + each.minute for each in (self.lunch.earliest, self.lunch.latest))
        if ends - begins < self.lunch.minutes:
            raise ValueError("lunch takes longer than lies between its times")
        return self


class Planning(_Part):
    """What is asked of the plan and of how it is kept to, in per cent; None: nothing is asked.

    `service_level`: of each service’s calls and chats, answered within 20 seconds. `adherence`: planned time spent as
    planned. `conformance`: time worked over work planned. `unplanned_absence`: planned time that is lost to sickness and
    the like, for which a rota has so many more people. `shifts`: the rules of every rota.
    """

    service_level: PerCent = 80
    adherence: PerCent | None = None
    conformance: PerCent | None = None
    unplanned_absence: Annotated[int, Field(ge=0, le=50)] = 0
    shifts: ShiftRules = ShiftRules()


class Response(Dated):
    """What the governing body answered to the report on complaints of these days."""

    to: date
    words: str


class ComplaintHandling(_Part):
    """What only the council can say of how it handles complaints: who of its members is responsible, where exclusions are
    published, how people who need adjustments get them, and what the governing body answered to each report.
    """

    member_responsible: str = ""
    exclusions: str = ""
    adjustments: str = ""
    responses: tuple[Response, ...] = ()

    def response_of(self, first: date, last: date) -> str:
        """The answer to the report of these days; empty where there is none."""
        return next((each.words for each in self.responses if (each.from_, each.to) == (first, last)), "")


class Council(_Part):
    """Everything a council says about itself. `unit_costs`: what a contact costs on a channel where its service does
    not say, or is not known; pence.
    """

    council: str
    name: str
    short_name: str
    authority: str
    brand: Brand
    contact: Contact
    hours: tuple[Hours, ...]
    quiet_hours: Quiet
    hubs: tuple[Hub, ...]
    emergencies: tuple[Emergency, ...]
    complaints: Link
    complaint_handling: ComplaintHandling = ComplaintHandling()
    accessibility: Contact
    privacy: Link
    payment_methods: tuple[str, ...]
    windows: Windows = Windows()
    planning: Planning = Planning()
    unit_costs: dict[Channel, Pence] = {}
    authorities: tuple[Authority, ...]
    responsibilities: dict[str, tuple[Responsibility, ...]]
    teams: tuple[Team, ...]
    staff: tuple[Person, ...]
    bodies: tuple[Body, ...]
    directory: tuple[Listing, ...]

    def authority_on(self, authority: str, on: date) -> Authority:
        """The authority that does this one's work on a day: itself, or whoever succeeded it.

        Raises KeyError when the council's data knows no such authority.
        """
        known = {one.id: one for one in self.authorities}
        now = known[authority]
        while not now.holds_on(on):
            later = [one for one in self.authorities if now.id in one.succeeds and one.from_ <= on]
            if not later:
                return now
            now = later[0]
        return now

    def is_ours(self, authority: str, on: date) -> bool:
        """Whether this authority is the council itself or, on that day, its successor."""
        return self.authority_on(self.authority, on).id == authority


def load_council(folder: Path) -> Council:
    """The council described in a folder. Raises `CouncilFaults` naming every mistake with file and line."""
    sources = [_read(folder, name) for name in FILES]
    faults = [fault for source in sources for fault in source.faults]
    if faults:
        raise CouncilFaults(faults)
    values: dict[object, object] = {}
    for source in sources:
        values |= source.value if isinstance(source.value, dict) else {}
    try:
        council = Council.model_validate(values)
    except ValidationError as error:
        raise CouncilFaults(_faults_of(error, sources)) from error
    if faults := cross_faults(council, sources):
        raise CouncilFaults(faults)
    return council


def _read(folder: Path, name: str) -> Source:
    path = folder / name
    if not path.is_file():
        mend = "Write it, or give the right folder; councils/wealdmoor is an example."
        return Source(str(path), faults=[Fault(str(path), 0, "", "there is no such file", mend)])
    return read_yaml(file=str(path), text=path.read_text(encoding="utf-8"))


def _faults_of(error: ValidationError, sources: list[Source]) -> list[Fault]:
    faults = []
    for mistake in error.errors(include_url=False):
        path = tuple(mistake["loc"])
        source = next((one for one in sources if path[:1] in one.lines), sources[0])
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        problem, mend = _in_words(mistake["type"], mistake["msg"])
        faults.append(Fault(source.file, source.line_of(path), where, problem, mend))
    return faults


def _in_words(kind: str, said: str) -> tuple[str, str]:
    if kind == "missing":
        return "this is missing", "Add it; councils/wealdmoor shows how."
    if kind == "extra_forbidden":
        return "this word is not known here", "Take it out, or check its spelling."
    return said.removeprefix("Value error, "), "Correct the value."
