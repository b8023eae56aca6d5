"""One table says which reader a type of question has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.choices import read_choice, read_choices, read_yes_or_no
from frontdoor.forms.reading.contacts import read_contact
from frontdoor.forms.reading.dates import read_date
from frontdoor.forms.reading.files import read_files
from frontdoor.forms.reading.numbers import read_money, read_number
from frontdoor.forms.reading.outcome import Reading, Typed
from frontdoor.forms.reading.places import read_address, read_place
from frontdoor.forms.reading.texts import read_name, read_text

READERS: Final[Mapping[QuestionType, Callable[[Question, Typed], Reading]]] = {
    QuestionType.TEXT: read_text,
    QuestionType.LONG_TEXT: read_text,
    QuestionType.NAME: read_name,
    QuestionType.CHOOSE_ONE: read_choice,
    QuestionType.CHOOSE_MANY: read_choices,
    QuestionType.YES_OR_NO: read_yes_or_no,
    QuestionType.DATE: read_date,
    QuestionType.NUMBER: read_number,
    QuestionType.MONEY: read_money,
    QuestionType.EMAIL: read_contact,
    QuestionType.PHONE: read_contact,
    QuestionType.POSTCODE: read_contact,
    QuestionType.NATIONAL_INSURANCE_NUMBER: read_contact,
    QuestionType.ADDRESS: read_address,
    QuestionType.PLACE: read_place,
    QuestionType.FILES: read_files,
}
