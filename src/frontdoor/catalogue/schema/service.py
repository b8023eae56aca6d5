"""service.yaml: what the service is, whose it is, what it costs, what people contact the council about."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from frontdoor.catalogue.schema.base import Shape
from frontdoor.catalogue.schema.words import (
    Claim,
    ClockTime,
    Days,
    Expression,
    OneOrMore,
    Pence,
    PlainName,
    Reference,
    ServiceId,
    Span,
    Words,
    known_word,
)
from frontdoor.kernel.workingdays import Within


class KindOfCase(StrEnum):
    """What a case of the service is."""

    APPLICATION = "application"
    REPORT = "report"
    REFERRAL = "referral"
    COMPLAINT = "complaint"
    REQUEST = "request"
    FEEDBACK = "feedback"


class Provider(StrEnum):
    """Which tier of local government provides the service."""

    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    OTHER = "other"


class Sensitivity(StrEnum):
    """How closely the cases are kept. `restricted`: only the owner team may even know of one."""

    ORDINARY = "ordinary"
    HEALTH = "health"
    RESTRICTED = "restricted"


class Channel(StrEnum):
    """The ways in that a service is open on."""

    WEB = "web"
    PHONE = "phone"
    EMAIL = "email"
    TEXT = "text"
    WEBCHAT = "webchat"
    SOCIAL = "social"
    POST = "post"
    COUNTER = "counter"


class Audience(StrEnum):
    """Whom the service is for."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class StartPageShape(Shape):
    """What is said before the first question."""

    lead: Words
    needs: tuple[Words, ...] = ()
    takes: Words = "10 minutes"
    cannot_go_online: Words | None = None


class WindowsShape(Shape):
    """How soon after one thing another is taken to have come of it, where the service differs from the council.

    `repeat`: asking again on the same subject is one matter that was not settled. `after news`: a question is about
    our news. `without news`: somebody who waits is bound to ask. `answer`: a message has not been answered.
    `new pages`: a question is about pages of the service that have changed.
    """

    repeat: Days | None = None
    after_news: Days | None = None
    without_news: Days | None = None
    answer: Days | None = None
    new_pages: Days | None = None


class EnquiryShape(Shape):
    """One thing people contact the council about. `starts`: form, track, or `article NAME`."""

    title: Words
    starts: Words
    phrases: OneOrMore[Words]
    keywords: tuple[Words, ...] = ()


class HoursShape(Shape):
    """Opening hours of some days, London time: `{ days: [monday, friday], opens: "09:00", closes: "17:00" }`."""

    days: OneOrMore[Annotated[Weekday, known_word(Weekday)]]
    opens: ClockTime
    closes: ClockTime


class PhoneAppointmentsShape(Shape):
    """A call of ours at a time the customer chose. `minutes`: 15, 30, 45 or 60; `notice` and `ahead`: the earliest and
    the latest they can choose; `tries`: how often we ring before the appointment counts as missed.
    """

    minutes: Literal[15, 30, 45, 60]
    notice: Span = Within(2, "clock hours")
    ahead: Span = Within(10, "working days")
    tries: Annotated[int, Field(ge=1, le=5)] = 2
    hours: tuple[HoursShape, ...] = ()


class ServiceShape(Shape):
    """The whole of service.yaml. `lines`: what the figures tell apart among the cases of the service, by the name of the
    line: a condition on the answers of the form. A case counts in every line whose condition holds.
    """

    service: ServiceId
    name: Words
    summary: Words
    kind_of_case: Annotated[KindOfCase, known_word(KindOfCase)]
    reference: Reference
    owner: Words
    lgsl: Annotated[int, Field(ge=1, le=99999)] | None = None
    provided_by: Annotated[Provider, known_word(Provider)]
    sensitivity: Annotated[Sensitivity, known_word(Sensitivity)] = Sensitivity.ORDINARY
    channels: OneOrMore[Annotated[Channel, known_word(Channel)]]
    skills: tuple[Words, ...] = ()
    audience: tuple[Annotated[Audience, known_word(Audience)], ...] = (Audience.PEOPLE,)
    open_to_anonymous: Claim = False
    unit_costs: dict[Annotated[Channel, known_word(Channel)], Pence] = Field(default_factory=dict)
    windows: WindowsShape = WindowsShape()
    lines: dict[PlainName, Expression] = Field(default_factory=dict)
    retention: dict[PlainName, Span]
    start_page: StartPageShape
    phone_appointments: PhoneAppointmentsShape | None = None
    enquiries: Annotated[dict[PlainName, EnquiryShape], Field(min_length=1)]
