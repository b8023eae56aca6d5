"""Words: a line, a longer text, a name."""

from __future__ import annotations

from frontdoor.forms.definition import Question, QuestionType
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, cleaned, enter, fault, heading_of, typed

LONGEST = {QuestionType.TEXT: 200, QuestionType.LONG_TEXT: 2000, QuestionType.NAME: 200}


def read_text(question: Question, given: Typed) -> Reading:
    """One line, or several for a long text. Any script, any character that can be seen."""
    text = (
        _lines(given, question.id) if question.type is QuestionType.LONG_TEXT else typed(given, question.id)
    )
    if not text:
        return fault(question.id, enter(question, "Enter an answer"))
    most = int(question.most or LONGEST[question.type])
    if len(text) > most:
        return fault(question.id, f"{heading_of(question)} must be {most} characters or fewer")
    return Answer(text)


def read_name(question: Question, given: Typed) -> Reading:
    """A name: one letter is enough, in any script; there is no need of a second name."""
    reading = read_text(question, given)
    if isinstance(reading, Answer) and not any(c.isalpha() for c in str(reading.value)):
        return fault(question.id, f"{heading_of(question)} must include at least one letter")
    return reading


def _lines(given: Typed, field: str) -> str:
    value = given.get(field, "")
    text = value if isinstance(value, str) else (value[-1] if value else "")
    return "\n".join(line.rstrip() for line in cleaned(text).split("\n")).strip()
