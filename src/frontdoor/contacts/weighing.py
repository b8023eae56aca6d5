"""How well what was asked fits a customer: bits for and against, after Fellegi and Sunter.

Plain Python. Each thing compared adds log2(m/u) bits: m is how often it agrees in two records of one person, u how
often it agrees by chance (I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64, 1969). The m of each
level was counted on public people with known duplicates (`bench/match.py` shows how well the probabilities hold
there); u comes from the index itself, which knows how rare a name is, and from the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import exp2, log2

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from frontdoor.contacts.asked import Asked
from frontdoor.contacts.findkeys import STREET_WORDS, Described, Home, name_words, sound
from frontdoor.contacts.nicknames import called

# A caller may be anybody of the area, not only those we know: the odds start at one in this many at least.
SMALLEST_AREA = 100_000
COMMON = 1 / 150  # the share of a name so common that the index stopped counting
UNSEEN = 1 / 4000  # what the share of a word is thought to be before any was counted,
WEIGHT_OF_UNSEEN = 2000  # as if so many people had been looked at
MOST_OF_WORD = 13.0
MOST_BITS = 200.0
ALIKE = 0.92  # Jaro-Winkler
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "prof"})

DAYS = 29_000  # eighty years of birthdays
BORN_SAME = log2(0.86 * DAYS)
BORN_SWAPPED = log2(0.01 * DAYS)
BORN_SLIP = log2(0.07 * DAYS / 40)  # so many days are one digit away
# Counted were 6 in 100, which is 4 bits; families share name and address, so that more must speak against one.
BORN_OTHER = -6.0
YEAR_SAME, YEAR_OTHER = log2(0.95 * 80), -5.0
NAME_OTHER = -4.5
ALIKE_LOSES, BEGINNING_LOSES, SOUND_LOSES = 4.0, 3.5, 5.0
INITIAL = 2.5
EMAIL_SAME, EMAIL_ALIKE, EMAIL_OTHER = 16.0, 9.0, -2.0
PHONE_SAME, PHONE_OTHER = log2(0.90 * 1_000_000 / 2.4), -1.0  # a household may share one
PHONE_END_LOSES = 2.0
WHOLE_NUMBER = 9  # digits, without the zero before
BITS_OF_DIGIT = log2(10)
POSTCODE_ALIKE, POSTCODE_OTHER = 5.0, -2.0
TOWN, NUMBER_SAME, NUMBER_OTHER = 2.0, 4.5, -2.0
STREET_WITH_POSTCODE = 1.5  # a postcode is a street already
WORD_OF_NOTHING = -3.0


@dataclass(frozen=True)
class Rarity:
    """How common each key asked for is: how many were seen of `population`; `cut`: too many to be counted."""

    population: int
    seen: Mapping[str, int] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()

    def bits(self, *parts: str) -> float:
        """What agreement on the commonest of these is worth."""
        return min(MOST_OF_WORD, *(-log2(self._share(part)) for part in parts))

    def _share(self, part: str) -> float:
        share = (self.seen.get(part, 0) + WEIGHT_OF_UNSEEN * UNSEEN) / (self.population + WEIGHT_OF_UNSEEN)
        return max(share, COMMON) if part in self.cut else share


@dataclass(frozen=True)
class Weighed:
    """The bits for this customer, the reasons in words, and what speaks against them.

    `odds`: in bits, that this customer and none of the others is the one asked for.
    """

    bits: float
    because: tuple[str, ...]
    against: tuple[str, ...]
    odds: float = 0.0

    @property
    def probability(self) -> float:
        """That the customer is the one asked for."""
        return 1 / (1 + exp2(-max(self.odds, -60.0)))


def against_each_other(weighed: Sequence[Weighed], *, population: int) -> list[Weighed]:
    """The odds of each, where at most one is meant and it may be anybody of the area whom we do not know.

    Two who fit alike have even odds, however well they fit.
    """
    area = float(max(population, SMALLEST_AREA))
    worth = [exp2(min(each.bits, MOST_BITS)) for each in weighed]
    total = area + sum(worth)
    return [
        replace(each, odds=min(each.bits, MOST_BITS) - log2(max(total - own, area)))
        for each, own in zip(weighed, worth, strict=True)
    ]


@dataclass
class _Sum:
    """Bits and reasons as they come together."""

    bits: float = 0.0
    because: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def add(self, bits: float, reason: str = "") -> None:
        self.bits += bits
        if reason:
            (self.because if bits > 0 else self.against).append(reason)


def weigh(asked: Asked, held: Described, rarity: Rarity) -> Weighed:
    """How well this customer fits. Reasons are words for staff (`same date of birth`)."""
    total = _Sum()
    _weigh_words(asked, held, rarity, total)
    _weigh_birth(asked, held.born_on, total)
    _weigh_digits(asked, held.phones, rarity, total)
    _weigh_emails(asked, held.emails, total)
    _weigh_place(asked, held.homes, rarity, total)
    return Weighed(total.bits, tuple(dict.fromkeys(total.because)), tuple(total.against))


@dataclass(frozen=True)
class _Fit:
    """A word asked for that may be this word of the customer's."""

    bits: float
    asked: int
    held: int
    level: str


def _weigh_words(asked: Asked, held: Described, rarity: Rarity, total: _Sum) -> None:
    """Each word is explained by a name or by an address, whichever says more; each name explains one word."""
    words = [word for word in name_words(" ".join(asked.words)) if word not in TITLES]
    names = [word for word in asked.names if word not in TITLES]
    tries = [_names_fit([*names, *words], name, rarity) for name in held.names]
    fits = max(tries, key=lambda each: sum(fit.bits for fit in each.values()), default={})
    tokens = max((len(name) for name in held.names), default=0)
    streets = frozenset(word for home in held.homes for word in home.streets | home.towns)
    missed = 0
    for place, word in enumerate([*names, *words]):
        is_street = place >= len(names) and word in streets
        if (fit := fits.get(place)) and not (is_street and fit.level != "same"):
            total.bits += fit.bits
        elif place >= len(names) and not is_street:
            missed += 0 if word in STREET_WORDS else 1
        elif not is_street:
            missed += 1
    _say_names(fits, len(names) + len(words) - missed, missed, total)
    free = max(0, tokens - len(fits))
    for _ in range(missed):
        total.add(NAME_OTHER if free > 0 else WORD_OF_NOTHING if asked.words else 0.0)
        free -= 1
    if missed and (free + missed > 0 or asked.words):
        total.against.append("another name")


def _say_names(fits: Mapping[int, _Fit], explained: int, missed: int, total: _Sum) -> None:
    levels = {fit.level for fit in fits.values()}
    if not levels:
        return
    if levels == {"same"}:
        total.because.append("same name" if len(fits) > 1 and not missed else "part of the name is the same")
    else:
        total.because.append("name alike")


def _names_fit(asked: Sequence[str], held: Sequence[str], rarity: Rarity) -> dict[int, _Fit]:
    """Which of the words asked for is which of the name, the best pairs first."""
    fits = [
        _Fit(bits, one, two, level)
        for one, word in enumerate(asked)
        for two, token in enumerate(held)
        for bits, level in [_word_fit(word, token, rarity)]
        if bits > 0
    ]
    chosen: dict[int, _Fit] = {}
    used: set[int] = set()
    for fit in sorted(fits, key=lambda each: (-each.bits, each.asked, each.held)):
        if fit.asked not in chosen and fit.held not in used:
            chosen[fit.asked] = fit
            used.add(fit.held)
    return chosen


def _word_fit(word: str, token: str, rarity: Rarity) -> tuple[float, str]:
    """Bits for a word being this word of a name, and how it fits."""
    one, two = called(word), called(token)
    if one == two:
        return rarity.bits(f"n {one}"), "same"
    if len(word) == 1 or len(token) == 1:
        return (INITIAL, "initial") if word[0] == token[0] else (0.0, "")
    own = rarity.bits(f"n {one}")
    if is_alike(word, token):
        return max(1.0, min(own, 11.0) - ALIKE_LOSES), "alike"
    if token.startswith(word):
        return max(1.0, rarity.bits(f"x {one[:3]}") - BEGINNING_LOSES), "beginning"
    if len(word) > 3 and sound(word) == sound(token):
        return max(1.0, rarity.bits(f"s {sound(one)}") - SOUND_LOSES), "sound"
    return 0.0, ""


def is_alike(one: str, other: str) -> bool:
    """Whether two words may be one with a slip: one letter in four to seven, two in eight or more."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return shorter == 3 and len(one) == len(other) and DamerauLevenshtein.distance(one, other) == 1
    allowed = 1 if shorter < 8 else 2
    return (
        DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed
        or JaroWinkler.similarity(one, other) >= ALIKE
    )


def _weigh_birth(asked: Asked, held: date | None, total: _Sum) -> None:
    if held is None:
        return
    if asked.born:
        total.add(*max(_birth_fit(day, held) for day in asked.born))
    elif asked.years and not asked.words and not asked.names:
        return
    elif held.year in asked.years:
        total.add(YEAR_SAME, "same year of birth")


def _birth_fit(asked: date, held: date) -> tuple[float, str]:
    if asked == held:
        return BORN_SAME, "same date of birth"
    if asked.year == held.year and (asked.day, asked.month) == (held.month, held.day):
        return BORN_SWAPPED, "date of birth with day and month swapped"
    if DamerauLevenshtein.distance(asked.isoformat(), held.isoformat(), score_cutoff=1) <= 1:
        return BORN_SLIP, "date of birth but for one digit"
    return BORN_OTHER, "another date of birth"


def _weigh_digits(asked: Asked, held: Sequence[str], rarity: Rarity, total: _Sum) -> None:
    """Ends of phone numbers; a whole number that is not theirs says little, as people have several."""
    for digits in asked.digits:
        if any(phone.endswith(digits) for phone in held):
            if len(digits) >= WHOLE_NUMBER:
                total.add(PHONE_SAME, "same phone")
            else:
                most = PHONE_SAME - PHONE_END_LOSES
                total.add(min(most, BITS_OF_DIGIT * len(digits) - 1), f"phone ends in {digits}")
        elif held and len(digits) >= WHOLE_NUMBER:
            total.add(PHONE_OTHER, "another phone")


def _weigh_emails(asked: Asked, held: Sequence[str], total: _Sum) -> None:
    if not asked.emails or not held:
        return
    if set(asked.emails) & set(held):
        total.add(EMAIL_SAME, "same email")
    elif any(JaroWinkler.similarity(one, two) >= ALIKE for one in asked.emails for two in held):
        total.add(EMAIL_ALIKE, "email alike")
    else:
        total.add(EMAIL_OTHER, "another email")


def _weigh_place(asked: Asked, homes: Iterable[Home], rarity: Rarity, total: _Sum) -> None:
    """The home that fits best; the same postcode and the same street are one fact and not two."""
    tries = [_home_fit(asked, home, rarity) for home in homes]
    if tries:
        best = max(tries, key=lambda each: each.bits)
        total.bits += best.bits
        total.because += best.because
        total.against += best.against


def _home_fit(asked: Asked, home: Home, rarity: Rarity) -> _Sum:
    total = _Sum()
    is_here = _postcode_fit(asked, home, rarity, total)
    words = [word for word in (*asked.words, *asked.streets) if word not in STREET_WORDS]
    same = [word for word in words if word in home.streets]
    near = [word for word in asked.streets if word not in same and _has_alike(word, home)]
    if same:
        worth = [STREET_WITH_POSTCODE if is_here else rarity.bits(f"a {word}") for word in same]
        total.add(min(sum(worth), MOST_OF_WORD), "same street")
    elif near:
        total.add(STREET_WITH_POSTCODE if is_here else MOST_OF_WORD - 2 * ALIKE_LOSES, "street alike")
    elif asked.streets and home.streets and set(asked.streets) - STREET_WORDS - home.towns:
        total.add(POSTCODE_OTHER, "another street")
    total.add(TOWN * (0 if is_here else any(word in home.towns for word in words)))
    if asked.numbers and home.numbers and (same or near or is_here):
        agrees = bool(set(asked.numbers) & home.numbers)
        total.add(
            NUMBER_SAME if agrees else NUMBER_OTHER, "same house number" if agrees else "another number"
        )
    return total


def _postcode_fit(asked: Asked, home: Home, rarity: Rarity, total: _Sum) -> bool:
    """Whether the home has the postcode asked for, or one with a slip."""
    if not asked.postcodes or not home.postcode:
        return False
    if home.postcode in asked.postcodes:
        total.add(rarity.bits(f"c {home.postcode}"), "same postcode")
        return True
    if any(DamerauLevenshtein.distance(each, home.postcode) == 1 for each in asked.postcodes):
        total.add(POSTCODE_ALIKE, "postcode but for one character")
        return True
    total.add(POSTCODE_OTHER, "another postcode")
    return False


def _has_alike(word: str, home: Home) -> bool:
    return any(is_alike(word, street) for street in home.streets | home.towns)
