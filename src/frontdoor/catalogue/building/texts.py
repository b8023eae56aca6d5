"""Service, updates, articles and examples as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frontdoor.catalogue.building.compiling import Compiler
from frontdoor.catalogue.draft import ArticleText, Draft, UpdateText
from frontdoor.catalogue.pack import (
    Article,
    Enquiry,
    Example,
    Expected,
    PhoneAppointments,
    Saying,
    Service,
    StartPage,
    UpdateWords,
)
from frontdoor.catalogue.schema.form import QuestionShape
from frontdoor.catalogue.schema.service import (
    EnquiryShape,
    HoursShape,
    PhoneAppointmentsShape,
    Weekday,
)
from frontdoor.catalogue.schema.texts import ExampleShape, ExpectShape
from frontdoor.forms.definition import QuestionType
from frontdoor.kernel.facts import Json
from frontdoor.kernel.slots import OpenHours

ARTICLE = "article "
CLAIMS = {"yes": True, "no": False}


def service_of(draft: Draft, compiler: Compiler) -> Service:
    """What the service is; a line whose condition cannot be compiled is a fault and left out."""
    shape = draft.service
    start = shape.start_page
    lines = {
        name: compiler.condition(words, ("lines", name), draft.answered_names)
        for name, words in shape.lines.items()
    }
    return Service(
        id=shape.service,
        name=shape.name,
        summary=shape.summary,
        kind=shape.kind_of_case,
        reference=shape.reference,
        owner=shape.owner,
        lgsl=shape.lgsl,
        provided_by=shape.provided_by,
        sensitivity=shape.sensitivity,
        channels=shape.channels,
        skills=shape.skills,
        audience=shape.audience,
        is_open_to_anonymous=shape.open_to_anonymous,
        unit_costs=shape.unit_costs,
        windows=shape.windows.model_dump(exclude_none=True),
        retention=shape.retention,
        start=StartPage(start.lead, start.needs, start.takes, start.cannot_go_online or ""),
        phone_appointments=_phone_appointments(shape.phone_appointments),
        lines={name: line for name, line in lines.items() if line is not None},
        enquiries={name: _enquiry(shape.service, name, each) for name, each in shape.enquiries.items()},
    )


def _phone_appointments(shape: PhoneAppointmentsShape | None) -> PhoneAppointments | None:
    if shape is None:
        return None
    hours = tuple(_open_hours(each) for each in shape.hours)
    return PhoneAppointments(shape.minutes, shape.notice, shape.ahead, shape.tries, hours)


def _open_hours(shape: HoursShape) -> OpenHours:
    weekdays = list(Weekday)
    return OpenHours(frozenset(weekdays.index(day) for day in shape.days), shape.opens, shape.closes)


def _enquiry(service: str, name: str, shape: EnquiryShape) -> Enquiry:
    is_article = shape.starts.startswith(ARTICLE)
    return Enquiry(
        id=f"{service}/{name}",
        title=shape.title,
        starts="article" if is_article else shape.starts,
        article=shape.starts.removeprefix(ARTICLE).strip() if is_article else None,
        phrases=shape.phrases,
        keywords=shape.keywords,
    )


def update_of(draft: Draft, text: UpdateText, compiler: Compiler) -> UpdateWords:
    """An update; a condition that cannot be compiled is a fault and left out."""
    shape = text.shape
    unless = compiler.condition(shape.unless, ("unless",), draft.fact_names)
    return UpdateWords(shape.name, shape.subject, shape.text, text.body, shape.letter, unless)


def article_of(name: str, text: ArticleText) -> Article:
    """An article; its name is the name of its file."""
    shape = text.shape
    return Article(
        name=name,
        title=shape.title,
        reader=shape.audience,
        enquiry=shape.enquiry,
        phrases=shape.phrases,
        review_by=shape.review_by,
        source=shape.source,
        body=text.body,
    )


def examples_of(draft: Draft) -> tuple[Example, ...]:
    """Every example person."""
    source = draft.sources["examples.yaml"]
    return tuple(
        _example(draft, name, shape, source.line_of(("people", name)))
        for name, shape in draft.examples.people.items()
    )


def sayings_of(draft: Draft) -> tuple[Saying, ...]:
    """Everything people say."""
    source = draft.sources["examples.yaml"]
    return tuple(
        Saying(words, enquiry, source.line_of(("says", index)))
        for index, saying in enumerate(draft.examples.says)
        for words, enquiry in saying.items()
    )


def _example(draft: Draft, name: str, shape: ExampleShape, line: int) -> Example:
    return Example(
        name=name,
        received_on=shape.received_on,
        today=shape.today,
        channel=shape.channel,
        for_someone_else=shape.for_someone_else,
        answers=with_claims(shape.answers, draft.question_by_id),
        facts=with_claims(shape.facts, draft.question_by_id),
        evidence_seen=frozenset(shape.evidence),
        evidence_sent=frozenset(shape.evidence_sent),
        evidence_rejected=frozenset(shape.evidence_rejected),
        expect=_expected(shape.expect),
        line=line,
    )


def with_claims(values: Mapping[str, Json], questions: Mapping[str, QuestionShape]) -> dict[str, Json]:
    """`yes` and `no` as true and false, save where they are the options of a question."""
    return {
        name: value if _is_choice(questions.get(name)) else claims_in(value) for name, value in values.items()
    }


def _is_choice(question: QuestionShape | None) -> bool:
    return question is not None and question.type is not QuestionType.YES_OR_NO


def claims_in(value: Json) -> Json:
    """A value with `yes` and `no` as true and false, all the way down."""
    if isinstance(value, str):
        return CLAIMS.get(value, value)
    if isinstance(value, Mapping):
        return {key: claims_in(each) for key, each in value.items()}
    return [claims_in(each) for each in value] if isinstance(value, list | tuple) else value


def _expected(shape: ExpectShape) -> Expected:
    return Expected(
        outcome=shape.outcome,
        because=_set(shape.because),
        met=_set(shape.met),
        not_met=_set(shape.not_met),
        not_known=_set(shape.not_known),
        asks_for=_set(shape.asks_for),
        values={name: claims_in(value) for name, value in shape.values.items()} if shape.values else None,
        interrupt=shape.interrupt,
        automatic=shape.automatic,
    )


def _set(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
