"""Find a customer by what an advisor types: parts of a name, a number, an address, a birthday, in any order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from frontdoor.contacts.asked import Asked, read_words
from frontdoor.contacts.describing import describe_customers
from frontdoor.contacts.findkeys import Described, asked_keys
from frontdoor.contacts.matching import Likeness
from frontdoor.contacts.models import Customer, FindCard, FindKey
from frontdoor.contacts.weighing import Rarity, Weighed, against_each_other, weigh

MOST_PER_KEY = 200  # rows read under one key, so that a common name costs no more than a rare one
MOST_WEIGHED = 40
MOST_ASKED_AGAIN = 400  # cards of which the keys of common words are looked at
MOST_FOUND = 50
BY_REFERENCE = 1000.0  # bits
SURE = 0.999
MOST_OFF_THE_BEST = 14.0  # bits: what is so much less likely than the best is not shown

HOW_MANY = "SELECT -1, MAX(id) FROM contacts_findcard"
WALK = """
SELECT * FROM (
  SELECT {place}, card_id FROM contacts_findkey WHERE key = %s ORDER BY card_id DESC LIMIT {most}
) AS walk{place}
"""

OfReference = Callable[[str], Collection[UUID]]
Allowed = Callable[[Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True)
class Found:
    """A customer who may be meant, how sure we are, and why, in words for staff. `against`: what does not fit."""

    customer: Customer
    likeness: Likeness
    because: tuple[str, ...]
    against: tuple[str, ...] = ()
    probability: float = 0.0


def find_people(
    *,
    words: str,
    limit: int = 10,
    of_reference: OfReference | None = None,
    allowed: Allowed | None = None,
) -> list[Found]:
    """The customers who fit what was typed, the likeliest first; seven queries at most, however many customers there are.

    `of_reference`: who a case of this reference is about (cases are known on a floor above). `allowed`: those of
    these customers whom the viewer may see; without it, all. *Same* needs all that was typed to fit, one customer
    to fit it, and to be sure in a thousand to one; everything else is a *maybe*.
    """
    asked = read_words(words)
    named = list(of_reference(asked.reference)) if of_reference and asked.reference else []
    ranked = _named(named, allowed) + find_asked(asked, allowed=allowed)
    chosen = list(dict(reversed(ranked)).items())
    chosen.sort(key=lambda each: -each[1].bits)
    chosen = _near_the_best(chosen)[: max(0, min(limit, MOST_FOUND))]
    customers = Customer.objects.in_bulk([pk for pk, _ in chosen])
    same = [pk for pk, weighed in chosen if _is_sure(weighed)]
    return [
        Found(
            customers[pk],
            Likeness.SAME if [pk] == same else Likeness.MAYBE,
            weighed.because,
            weighed.against,
            weighed.probability,
        )
        for pk, weighed in chosen
        if pk in customers
    ]


def find_asked(asked: Asked, *, allowed: Allowed | None = None) -> list[tuple[UUID, Weighed]]:
    """Customers with their weights for what is asked, the heaviest first. The same look-up for a form's own fields."""
    cards, rarity = _look_up(asked)
    if not cards:
        return []
    held = describe_customers(_permitted(_customers_of(cards), allowed))
    return weighed_of(asked, held, rarity)


def weighed_of(asked: Asked, held: dict[UUID, Described], rarity: Rarity) -> list[tuple[UUID, Weighed]]:
    """Those for whom more speaks than against, the heaviest first."""
    weights = [weigh(asked, each, rarity) for each in held.values()]
    weighed = zip(held, against_each_other(weights, population=rarity.population), strict=True)
    fit = [(pk, each) for pk, each in weighed if each.bits > 0 and each.because]
    return sorted(fit, key=lambda each: (-each[1].bits, each[0]))


def _named(customer_ids: Iterable[UUID], allowed: Allowed | None) -> list[tuple[UUID, Weighed]]:
    """Customers of a case whose reference was given: what that shows is who the case is about."""
    meant = dict(Customer.objects.filter(pk__in=list(customer_ids)).values_list("pk", "merged_into_id"))
    keepers = _permitted([keeper or pk for pk, keeper in meant.items()], allowed)
    return [(pk, Weighed(BY_REFERENCE, ("reference of their case",), (), BY_REFERENCE)) for pk in keepers]


def _permitted(customer_ids: Collection[UUID], allowed: Allowed | None) -> Collection[UUID]:
    return allowed(customer_ids) if allowed is not None and customer_ids else customer_ids


def _near_the_best(ranked: list[tuple[UUID, Weighed]]) -> list[tuple[UUID, Weighed]]:
    least = ranked[0][1].bits - MOST_OFF_THE_BEST if ranked else 0.0
    return [each for each in ranked if each[1].bits >= least]


def _is_sure(weighed: Weighed) -> bool:
    return weighed.probability >= SURE and not weighed.against and "name alike" not in weighed.because


def _look_up(asked: Asked) -> tuple[list[int], Rarity]:
    """The cards that share most, and how many there are under each key.

    Each key is a short walk along an index, the newest cards first, and ends after `MOST_PER_KEY` rows. Where that cut
    some short, a second query asks of the most promising cards whether they have those keys as well.
    """
    keys = asked_keys(asked)
    if not keys:
        return [], Rarity(0)
    walks = [WALK.format(place=place, most=MOST_PER_KEY) for place in range(len(keys))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([HOW_MANY, *walks]), [key.number for key in keys])
        rows: list[tuple[int, int]] = cursor.fetchall()
    population = rows[0][1] or 0
    counts = [0] * len(keys)
    for place, _ in rows[1:]:
        counts[place] += 1
    cut = {key.of for key, count in zip(keys, counts, strict=True) if count >= MOST_PER_KEY}
    rarity = Rarity(
        population, {key.of: count for key, count in zip(keys, counts, strict=True)}, frozenset(cut)
    )
    worth = {key.number: rarity.bits(key.of) for key in keys}
    walked = [(keys[place].number, card) for place, card in rows[1:]]
    shares = _shares(walked, worth)
    if cut and len(shares) > MOST_WEIGHED:
        common = [key.number for key in keys if key.of in cut]
        promising = _most_shared(shares)[:MOST_ASKED_AGAIN]
        shares = _shares({*walked, *_held(common, promising)}, worth)
    return _most_shared(shares)[:MOST_WEIGHED], rarity


def _shares(walked: Iterable[tuple[int, int]], worth: Mapping[int, float]) -> dict[int, float]:
    """What each card shares with what was asked, in bits."""
    shares: dict[int, float] = {}
    for key, card in walked:
        shares[card] = shares.get(card, 0.0) + worth[key]
    return shares


def _most_shared(shares: Mapping[int, float]) -> list[int]:
    return sorted(shares, key=lambda card: (-shares[card], -card))


def _held(keys: Collection[int], cards: Collection[int]) -> list[tuple[int, int]]:
    """Which of these keys these cards have."""
    return list(FindKey.objects.filter(key__in=keys, card__in=cards).values_list("key", "card"))


def _customers_of(cards: Collection[int]) -> list[UUID]:
    return list(FindCard.objects.filter(pk__in=cards).values_list("customer_id", flat=True))
