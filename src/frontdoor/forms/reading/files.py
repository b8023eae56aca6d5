"""Files: what is uploaded is kept as evidence; the answer only says that it was sent, or that it will come
later.
"""

from __future__ import annotations

from frontdoor.forms.definition import Question
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, cleaned, fault, typed


def read_files(question: Question, given: Typed) -> Reading:
    """The names of the files, or an empty list where the person chose to send them later (`…-later`)."""
    value = given.get(question.id, ())
    names = [name for name in ([value] if isinstance(value, str) else value) if name]
    if names:
        return Answer([cleaned(name)[:255] for name in names])
    if typed(given, f"{question.id}-later"):
        return Answer([])
    return fault(question.id, "Choose a file, or say that you will send it later")
