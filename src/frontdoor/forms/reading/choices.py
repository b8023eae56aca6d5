"""Choices: one of several, several of many, yes or no."""

from __future__ import annotations

from frontdoor.forms.definition import Option, Question, QuestionType
from frontdoor.forms.reading.outcome import Answer, Reading, Typed, fault, name_of, plain, typed

YES = frozenset({"yes", "true", "y", "1"})
NO = frozenset({"no", "false", "n", "0"})


def read_choice(question: Question, given: Typed) -> Reading:
    """The value of the option that was chosen."""
    option = option_of(question, typed(given, question.id))
    return (
        Answer(option.value) if option else fault(question.id, _select(question, "Select one of the answers"))
    )


def read_choices(question: Question, given: Typed) -> Reading:
    """The values of the options chosen, in the order of the question. `none` and “not sure” stand alone."""
    value = given.get(question.id, ())
    texts = [value] if isinstance(value, str) else list(value)
    chosen = [option_of(question, text) for text in texts if text]
    if not chosen or None in chosen:
        return fault(question.id, _select(question, "Select at least one answer"))
    options = [option for option in question.options if option in chosen]
    alone = next((option for option in options if stands_alone(option)), None)
    if alone and len(options) > 1:
        return fault(question.id, f"Select the answers that apply, or select “{alone.label}” by itself")
    return Answer([option.value for option in options])


def read_yes_or_no(question: Question, given: Typed) -> Reading:
    """True or false."""
    text = plain(typed(given, question.id))
    if text in YES | NO:
        return Answer(text in YES)
    return fault(question.id, _select(question, "Select yes or no"))


def option_of(question: Question, text: str) -> Option | None:
    """The option with this value or label; case and white space are forgiven."""
    wanted = plain(text)
    by_value = (option for option in question.options if plain(str(option.value)) == wanted)
    by_label = (option for option in question.options if plain(option.label) == wanted)
    return next(by_value, None) or next(by_label, None)


def stands_alone(option: Option) -> bool:
    """Whether an option cannot be chosen beside others: `none` by its id, and any that means “I am not sure”."""
    return option.is_unknown or option.value in ("none", "none of these")


def _select(question: Question, otherwise: str) -> str:
    name = name_of(question)
    if not name:
        return otherwise
    if question.type is QuestionType.YES_OR_NO:
        return (
            f"Select yes or no for {name}" if not name.startswith(("if ", "whether ")) else f"Select {name}"
        )
    return f"Select {name}" if question.called else f"Select your {name}"
