"""Numbers as they are said: `twelve`, `forty two`, `the second`, `nineteen sixty two`, `oh seven double
seven`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
VALUES: Final = {
    **{word: n for n, word in enumerate(UNITS)},
    **{word: 10 * n for n, word in enumerate(TENS, start=2)},
    **{word: n for n, word in enumerate(ORDINALS, start=1)},
    "twentieth": 20,
    "thirtieth": 30,
    "oh": 0,
    "nought": 0,
    "o": 0,
}
REPEATS: Final = {"double": 2, "triple": 3, "treble": 3}
ORDINAL_FIGURE: Final = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")


def ordinal_in(said: str) -> int | None:
    """The place that was said: `the second one`, `2nd`; None where none was, or more than one."""
    places = [int(match) for match in ORDINAL_FIGURE.findall(said)]
    places += [ORDINALS.index(word) + 1 for word in re.findall(r"[a-z]+", said) if word in ORDINALS]
    return places[0] if len(places) == 1 else None


def number_in(said: str) -> int | None:
    """The one whole number that was said, in figures or in words; None where there is none, or more than one."""
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d{3})", "", with_digits(re.sub(r"\.\d+", "", said))))
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) <= 15 else None


def with_digits(said: str) -> str:
    """The same with number words as figures: `third of march nineteen sixty two` gives `3 of march 1962`.

    Words that build one number are joined (`forty two`, `two thousand and four`); figures said one by one
    stay apart.
    """
    words = re.findall(
        r"[a-z]+|\d+|[^\sa-z\d]+",
        ORDINAL_FIGURE.sub(r"\1", said.replace("-", " ") if _is_wordy(said) else said),
    )
    out: list[str] = []
    at = 0
    while at < len(words):
        run = _run(words[at:])
        out += _figures(run) if run else [words[at]]
        at += len(run) or 1
    return (
        " ".join(out)
        if any(word in VALUES or word in REPEATS for word in words)
        else ORDINAL_FIGURE.sub(r"\1", said)
    )


def _is_wordy(said: str) -> bool:
    return not re.search(r"\d", said)


def _run(words: Sequence[str]) -> list[str]:
    """The number words at the beginning; `and` counts only between two of them, after hundred or thousand."""
    run: list[str] = []
    for n, word in enumerate(words):
        joins = word == "and" and run[-1:] in (["hundred"], ["thousand"]) and words[n + 1 : n + 2] != []
        if word in VALUES or word in REPEATS or (run and word in ("hundred", "thousand")) or joins:
            run.append(word)
        else:
            break
    return run[:-1] if run[-1:] == ["and"] else run


def _figures(run: Sequence[str]) -> list[str]:
    """A run of number words as figures: `nineteen sixty two` is a year, `double seven` two figures."""
    numbers: list[str] = []
    repeat, scaled, joined = 1, False, False
    for word in run:
        if word in REPEATS:
            repeat, joined = REPEATS[word], False
        elif word in ("hundred", "thousand"):
            numbers[-1:], scaled, joined = (
                [str(int(numbers[-1]) * (100 if word == "hundred" else 1000))],
                True,
                False,
            )
        elif word != "and":
            value = VALUES[word]
            if scaled and numbers:
                numbers[-1], scaled = str(int(numbers[-1]) + value), value >= 20
            elif _joins_ten(numbers, value, joined=joined):
                numbers[-1] = str(int(numbers[-1]) + value)
                joined = False
            else:
                numbers += [str(value)] * repeat
                joined = value >= 20
            repeat = 1
    return _years_joined(numbers)


def _joins_ten(numbers: Sequence[str], value: int, *, joined: bool) -> bool:
    return bool(numbers) and joined and 1 <= value <= 9


def _years_joined(numbers: list[str]) -> list[str]:
    """`19` and `62` at the end of a run are a year, and so are `19`, `0` and `4`."""
    if (
        len(numbers) >= 3
        and numbers[-3] in ("18", "19", "20")
        and numbers[-2] == "0"
        and len(numbers[-1]) == 1
    ):
        return [*numbers[:-3], "".join(numbers[-3:])]
    if len(numbers) >= 2 and numbers[-2] in ("18", "19", "20") and 10 <= int(numbers[-1]) <= 99:
        return [*numbers[:-2], numbers[-2] + numbers[-1]]
    return numbers
