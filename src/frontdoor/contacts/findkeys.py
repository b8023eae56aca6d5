"""The keys under which somebody can be found, and those of what was asked: one row of an index for each.

Plain Python. A key is a number of 64 bits made of what two records of one person share even where one has a slip:
two names by their first three letters or by their sound, a birthday with the sound of a name, a house number with a
street. Two common words together are rare; that is why a look-up costs the same on a thousand people and on a
million (blocking: Christen, *Data Matching*, 2012, chapter 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from frontdoor.contacts.asked import MOST_WORDS, Asked
from frontdoor.contacts.nicknames import called
from frontdoor.kernel.names import normalised_name, words_of_name

MOST_KEYS = 60
MOST_ASKED = 48
START = 3
LONGEST_SOUND = 6
TAIL, LONG_TAIL = 4, 7
IDEOGRAPHS = "\u2e80"  # from here on a name has no spaces and few characters: each beginning is a key
# Small words that are written apart or together: `O Neill`, `Mc Donald`, `de la Cruz`.
PARTICLE_WORDS = "o mc mac de la le da di du del della der den van von el al bin ibn abu st fitz"
PARTICLES = frozenset(PARTICLE_WORDS.split())
ROADS = (
    "street st road rd avenue ave lane ln drive dr close cl court ct place pl crescent cres way terrace the of flat "
    "apartment apt unit floor house circuit parade square gardens grove and"
)
STREET_WORDS = frozenset(ROADS.split())
SOUNDS = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^(?:mac|mc)"), "mk"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:sch|sh|tch|ch)"), "x"),
    (re.compile(r"gh|(?<=[aeiou])h"), ""),
    (re.compile(r"ck|q|c(?=[^eiy]|$)|x(?=$)"), "k"),
    (re.compile(r"[cz]"), "s"),
    (re.compile(r"dg|j"), "g"),
    (re.compile(r"d|th"), "t"),
    (re.compile(r"v"), "f"),
    (re.compile(r"b"), "p"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True)
class Home:
    """An address as it is compared. `numbers` are its words with a digit, `streets` the others of its lines."""

    numbers: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    postcode: str = ""


@dataclass(frozen=True)
class Described:
    """What we hold of one customer, as it is compared: every name they are known by, every way to reach them."""

    names: tuple[tuple[str, ...], ...] = ()
    born_on: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    homes: tuple[Home, ...] = ()


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, particles joined to what follows: `Siobhán O Neill` gives siobhan, oneill."""
    joined: list[str] = []
    pending = ""
    for word in words_of_name(name):
        if word in PARTICLES:
            pending += word
            continue
        joined.append(pending + word)
        pending = ""
    return tuple(([*joined, pending] if pending else joined)[:MOST_WORDS])


def read_home(address: Mapping[str, object] | None, line: str) -> Home:
    """An address from its parts, or from its one line where there are none."""
    parts = address or {}
    lines = parts.get("lines")
    postcode = normalised_name(str(parts.get("postcode") or ""))
    towns = frozenset(normalised_name(str(parts.get("town") or "")).split())
    text = " ".join(str(each) for each in lines) if isinstance(lines, list) else line.removesuffix(postcode)
    words = words_of_name(text)
    numbers = frozenset(word for word in words if any(character.isdigit() for character in word))
    streets = frozenset(words) - numbers - STREET_WORDS
    return Home(numbers, streets, towns - STREET_WORDS, postcode)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word sounds, roughly: consonants that are mixed up become one, vowels after the first letter go.

    After Russell's Soundex (US patent 1,261,167) and NYSIIS, longer than either. Other scripts: the word itself.
    """
    if not word.isascii():
        return word
    for pattern, spoken in SOUNDS:
        word = pattern.sub(spoken, word)
    first = "a" if word[:1] in "aeiou" else word[:1]
    return (first + re.sub(r"[aeiouhwy]", "", word[1:]))[:LONGEST_SOUND]


def keys_of(described: Described) -> list[int]:
    """The keys of a customer, each once, at most `MOST_KEYS`."""
    return list(dict.fromkeys(map(_number, _parts_of(described))))[:MOST_KEYS]


def _parts_of(described: Described) -> Iterator[str]:
    born = described.born_on
    for phone in described.phones:
        yield from (f"p {phone[-LONG_TAIL:]}", f"q {phone[-TAIL:]}")
    yield from (f"e {email}" for email in described.emails)
    if born:
        yield f"b {born.isoformat()}"
    for name in described.names:
        words = [called(word) for word in name]
        yield from (f"n {word}" for word in words)
        yield from _pairs(words)
        if born:
            for word in words:
                yield from _birthday_keys(word, born)
        yield from (f"s {sound(word)}" for word in words)
        yield from (f"x {beginning}" for word in words for beginning in _beginnings(word))
    for home in described.homes:
        yield from _home_keys(home, described)


def _home_keys(home: Home, described: Described) -> Iterator[str]:
    streets = sorted(home.streets, key=lambda word: (-len(word), word))[:3]
    if home.postcode:
        yield f"c {home.postcode}"
    yield from (f"h {number} {street}" for street in streets[:2] for number in sorted(home.numbers)[:2])
    yield from (
        f"w {street[:START]} {called(word)[:START]}"
        for street in streets[:2]
        for name in described.names
        for word in name[:1] + name[-1:]
    )
    yield from (f"a {street}" for street in streets)


@dataclass(frozen=True)
class AskedKey:
    """One key of a look-up. `of`: the kind and the word, so that how rare a word is can be read off the index."""

    number: int
    of: str


def asked_keys(asked: Asked) -> list[AskedKey]:
    """The keys to look under, those that find the fewest first, at most `MOST_ASKED`."""
    parts = dict.fromkeys(_asked_parts(asked))
    return [AskedKey(_number(part), part) for part in parts][:MOST_ASKED]


def _asked_parts(asked: Asked) -> Iterator[str]:
    names = [called(word) for word in name_words(" ".join(asked.words)) + asked.names][:MOST_WORDS]
    streets = [word for word in asked.words + asked.streets if word not in STREET_WORDS][:MOST_WORDS]
    yield from (f"e {email}" for email in asked.emails)
    yield from (f"p {digits[-LONG_TAIL:]}" for digits in asked.digits if len(digits) >= LONG_TAIL)
    yield from (f"q {digits[-TAIL:]}" for digits in asked.digits)
    yield from (f"c {postcode}" for postcode in asked.postcodes)
    yield from (f"b {day.isoformat()}" for day in asked.born)
    yield from (f"h {number} {street}" for street in streets[:4] for number in asked.numbers[:2])
    yield from (f"n {word}" for word in names)
    yield from _pairs(names[:4])
    for day in asked.born[:2]:
        for word in names[:3]:
            yield from _birthday_keys(word, day)
    yield from (f"y {year} {word[:START]}" for year in asked.years for word in names[:3])
    yield from (f"s {sound(word)}" for word in names)
    yield from (f"a {street}" for street in streets)
    yield from (f"x {_beginnings(word)[-1]}" for word in names)
    yield from (
        f"w {street[:START]} {word[:START]}" for street in streets[:4] for word in names[:4] if street != word
    )


def _pairs(words: Iterable[str]) -> Iterator[str]:
    """Two names in either order, by their beginnings and by their sounds."""
    for one, two in combinations(sorted(set(words)), 2):
        yield "d " + " ".join(sorted((one[:START], two[:START])))
        yield "f " + " ".join(sorted((sound(one), sound(two))))


def _birthday_keys(word: str, born: date) -> Iterator[str]:
    """A name with the day and month, whatever the year; and with the year, whatever the day."""
    day, month = sorted((born.day, born.month))
    yield f"m {day} {month} {sound(word)[:2]}"
    yield f"y {born.year} {word[:START]}"


def _beginnings(word: str) -> list[str]:
    if word[0] >= IDEOGRAPHS:
        return [word[:count] for count in range(1, min(len(word), START) + 1)]
    return [word[:START]]


def _number(part: str) -> int:
    return int.from_bytes(blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
