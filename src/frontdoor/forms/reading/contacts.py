"""What has a form of its own: email address, phone number, postcode, National Insurance number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, enter, fault, typed
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.nino import read_nino
from frontdoor.kernel.phones import read_phone
from frontdoor.kernel.postcodes import read_postcode


@dataclass(frozen=True)
class _Kind:
    read: Callable[[str], str | None]
    empty: str
    wrong: str


KINDS: Mapping[QuestionType, _Kind] = {
    QuestionType.EMAIL: _Kind(
        read_email,
        "Enter an email address",
        "Enter an email address in the correct format, like name@example.com",
    ),
    QuestionType.PHONE: _Kind(
        read_phone,
        "Enter a phone number",
        "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
    ),
    QuestionType.POSTCODE: _Kind(read_postcode, "Enter a postcode", "Enter a full UK postcode, like AA3 1AB"),
    QuestionType.NATIONAL_INSURANCE_NUMBER: _Kind(
        read_nino,
        "Enter a National Insurance number",
        "Enter a National Insurance number in the correct format: 2 letters, 6 numbers, then A, B, C or D",
    ),
}


def read_contact(question: Question, given: Typed) -> Reading:
    """The normalised string; spaces, punctuation and case are forgiven."""
    kind = KINDS[question.type]
    text = typed(given, question.id)
    if not text:
        return fault(question.id, enter(question, kind.empty))
    value = kind.read(text)
    return Answer(value) if value else fault(question.id, kind.wrong)
