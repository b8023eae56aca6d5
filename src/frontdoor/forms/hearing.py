"""One line of free text as an answer, so that the same question works by text message and by voice.

People say "pip", "the second one", "yes please", "3rd of march 1962", "sam at example dot com". What is not
understood comes back as words that can be said, never as a guess: two options that fit equally well are both
named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from frontdoor.forms.definition import Option, Question, QuestionType
from frontdoor.forms.reading.choices import stands_alone
from frontdoor.forms.reading.dates import MONTHS
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, cleaned, fault, plain
from frontdoor.forms.reading.readers import READERS
from frontdoor.forms.spoken import number_in, ordinal_in, with_digits
from frontdoor.kernel.postcodes import read_postcode

LONGEST_SAID: Final = 500
YES: Final = re.compile(
    r"(?:yes|yeah|yea|yep|yup|aye|y|ok|okay|sure|correct|right|true|of course|definitely|that'?s right)\b"
    r"|(?:i do|i am|i have|it is)(?! not|n't)\b"
)
NO: Final = re.compile(
    r"(?:no|nope|nah|n|never|false|not really|i don'?t|i do not|i'?m not|i am not|it isn'?t|i haven'?t)\b"
)
NOT_SURE: Final = re.compile(
    r"\b(?:not sure|unsure|don'?t know|do not know|dunno|no idea|can'?t remember|cannot remember)\b"
)
NONE: Final = re.compile(
    r"(?:no|none|neither|nothing|nope|not any|none of (?:these|them|those|the above))\W*$"
)
SKIP: Final = re.compile(r"(?:skip|pass|nothing|none|no thanks|no thank you|next|rather not say)\W*$")
NEGATES: Final = re.compile(
    r"\b(?:no|not|never|without|isn't|don't|doesn't|haven't|can't|cannot|neither|nor)\b"
)
FILLERS: Final = frozenset((
    "the", "a", "an", "one", "option", "number", "please", "i", "get", "it", "is", "my", "of", "that", "to",
    "have", "do", "and", "or", "with", "for", "in", "on", "at", "you", "your",
))  # fmt: skip


def read_said(*, question: Question, text: str, today: date | None = None) -> Reading:
    """The answer meant by one line of speech or text.

    `today` gives sense to "yesterday" and to years of two digits.
    """
    said = plain(cleaned(text[:LONGEST_SAID])).replace("’", "'")
    if question.is_optional and (not said or SKIP.match(said)):
        return Answer(None)
    if question.type in HEARERS:
        return HEARERS[question.type](question, said)
    return READERS[question.type](question, _fields(question, said, cleaned(text).strip(), today))


def _hear_choice(question: Question, said: str) -> Reading:
    fits = options_meant(question, said)
    if len(fits) == 1:
        return Answer(fits[0].value)
    return fault(question.id, _which(fits) if fits else f"Say one of these: {_listed(question.options)}")


def _hear_choices(question: Question, said: str) -> Reading:
    whole = options_meant(question, said)
    parts = [whole] if len(whole) == 1 else [options_meant(question, part) for part in _parted(said)]
    if unclear := next((fits for fits in parts if len(fits) > 1), None):
        return fault(question.id, _which(unclear))
    chosen = [fits[0] for fits in parts if fits]
    if not chosen or len(chosen) < len(parts):
        return fault(question.id, f"Say which of these apply: {_listed(question.options)}")
    if len(set(chosen)) > 1 and any(stands_alone(option) for option in chosen):
        return fault(question.id, f"Say which of these apply, or none: {_listed(question.options)}")
    return Answer([option.value for option in question.options if option in chosen])


def _hear_yes_or_no(question: Question, said: str) -> Reading:
    if not NOT_SURE.search(said):
        if NO.match(said):
            return Answer(False)
        if YES.match(said):
            return Answer(True)
    return fault(question.id, "Say yes or no")


HEARERS: Final[Mapping[QuestionType, Callable[[Question, str], Reading]]] = {
    QuestionType.CHOOSE_ONE: _hear_choice,
    QuestionType.CHOOSE_MANY: _hear_choices,
    QuestionType.YES_OR_NO: _hear_yes_or_no,
}


def options_meant(question: Question, said: str) -> list[Option]:
    """The options that fit what was said, best ways of fitting first: none, one, or several that fit as well."""
    ways = (_by_name, _by_not_sure, _by_none, _by_number, _by_words)
    return next((fits for way in ways if (fits := way(question.options, said))), [])


def _by_name(options: Sequence[Option], said: str) -> list[Option]:
    bare = _bare(said)
    return [option for option in options if bare in {plain(str(option.value)), _bare(plain(option.label))}]


def _by_not_sure(options: Sequence[Option], said: str) -> list[Option]:
    return [option for option in options if option.is_unknown] if NOT_SURE.search(said) else []


def _by_none(options: Sequence[Option], said: str) -> list[Option]:
    return [option for option in options if option.value == "none"] if NONE.match(said) else []


def _by_number(options: Sequence[Option], said: str) -> list[Option]:
    """By value where options are numbers, else by place in the list; "the second one" always by place."""
    if re.search(r"\blast\b", said):
        return list(options[-1:])
    place = ordinal_in(said)
    if place is None:
        number = number_in(said)
        if any(isinstance(option.value, int) for option in options):
            return [option for option in options if number is not None and option.value == number]
        place = number
    return (
        [options[place - 1]]
        if place is not None and 1 <= place <= len(options) and _is_only_number(said)
        else []
    )


def _by_words(options: Sequence[Option], said: str) -> list[Option]:
    """By the words that were said: the options that share the most with it, at least one.

    "I do not have a car" never means the option "I have a car": where the one denies, so must the other.
    """
    words = set(_words(said)) - FILLERS
    denies = bool(NEGATES.search(said))
    scores = {
        n: len(words & (set(_words(_both(option))) - FILLERS))
        for n, option in enumerate(options)
        if bool(NEGATES.search(plain(_both(option)).replace("’", "'"))) == denies
    }
    best = max(scores.values(), default=0)
    return [options[n] for n, score in scores.items() if best and score == best]


def _fields(question: Question, said: str, text: str, today: date | None) -> Typed:
    """What was said, as the fields that the reader of this type expects."""
    match question.type:
        case QuestionType.DATE:
            return _fields_of_date(question, said, today)
        case QuestionType.NUMBER | QuestionType.MONEY:
            number = number_in(said)
            return {question.id: text if number is None else _amount(said, number)}
        case QuestionType.EMAIL:
            return {
                question.id: re.sub(
                    r"\s+", "", re.sub(r"\s+at\s+", "@", re.sub(r"\s+dot\s+", ".", said))
                ).rstrip(".")
            }
        case QuestionType.PHONE | QuestionType.NATIONAL_INSURANCE_NUMBER:
            return {question.id: with_digits(said.replace(" hundred", " oh oh"))}
        case QuestionType.POSTCODE:
            return {question.id: _postcode_in(said) or said}
        case QuestionType.ADDRESS:
            return _fields_of_address(question, text)
        case QuestionType.PLACE:
            return {f"{question.id}-words": text}
        case _:
            return {question.id: text}


def _amount(said: str, number: int) -> str:
    """Figures as they were said where there are any, with pence; else the number that the words mean."""
    if match := re.search(r"-?\d[\d,]*(?:\.\d+)?", said):
        return match[0]
    return str(number)


def _fields_of_date(question: Question, said: str, today: date | None) -> Typed:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if today and (word := next((word for word in near if word in said), None)):
        return {question.id: (today + timedelta(days=near[word])).isoformat()}
    if re.search(r"\d{4}-\d{1,2}-\d{1,2}", said):
        return {question.id: re.findall(r"\d{4}-\d{1,2}-\d{1,2}", said)[0]}
    pieces = re.findall(r"\d+|[^\W\d_]+", with_digits(said))
    numbers = [piece for piece in pieces if piece.isdecimal()]
    month = next((piece for piece in pieces if _is_month(piece)), None)
    parts = [numbers[0] if numbers else "", month, *numbers[1:2]] if month else numbers[:3]
    day, month_said, year = [*(part or "" for part in parts), "", "", ""][:3]
    return {
        f"{question.id}-day": day,
        f"{question.id}-month": month_said,
        f"{question.id}-year": _whole_year(year, today),
    }


def _whole_year(year: str, today: date | None) -> str:
    """A year of two digits is the latest that is not after this one: `62` is 1962, `24` in 2026 is 2024."""
    if today is None or len(year) != 2:
        return year
    century = today.year // 100 * 100
    whole = century + int(year)
    return str(whole if whole <= today.year else whole - 100)


def _is_month(word: str) -> bool:
    return len(word) >= 3 and any(name.startswith(word) for name in MONTHS)


def _fields_of_address(question: Question, text: str) -> Typed:
    """Parts between commas or lines: the postcode wherever it stands, the town last, the rest the lines."""
    postcode = _postcode_in(plain(text)) or ""
    bare = postcode.replace(" ", "")
    pattern = r"\s*".join(map(re.escape, bare)) if bare else r"(?!)"
    parts = [part.strip(" .") for part in re.split(r"[,\n]", re.sub(pattern, "", text, flags=re.IGNORECASE))]
    lines = [part for part in parts if part]
    town = lines.pop() if len(lines) > 1 else ""
    named = {f"{question.id}-line{n}": line for n, line in enumerate(lines[:3], start=1)}
    return {**named, f"{question.id}-town": town, f"{question.id}-postcode": postcode}


def _postcode_in(said: str) -> str | None:
    """The last stretch of one or two words that has the shape of a postcode."""
    words = re.findall(r"[a-z0-9]+", said)
    for last in range(len(words), 0, -1):
        for first in (last - 2, last - 1):
            if first >= 0 and (postcode := read_postcode("".join(words[first:last]))):
                return postcode
    return None


def _bare(said: str) -> str:
    return " ".join(word for word in _words(said) if word not in FILLERS)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", plain(text).replace("’", "'"))


def _both(option: Option) -> str:
    return f"{option.value} {option.label}"


def _is_only_number(said: str) -> bool:
    """Whether nothing but the number was said, so that "I have two children" chooses nothing."""
    return len([word for word in _words(said) if word not in FILLERS]) <= 1


def _parted(said: str) -> list[str]:
    return [part for part in re.split(r",|;|\band\b|&|\+", said) if part.strip()]


def _listed(options: Sequence[Option]) -> str:
    return ", ".join(option.label for option in options)


def _which(fits: Sequence[Option]) -> str:
    return f"Which do you mean: {' or '.join(option.label for option in fits)}?"
