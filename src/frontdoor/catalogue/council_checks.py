"""What must agree between the parts of a council's own files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from frontdoor.catalogue.faults import Fault, did_you_mean, one_of
from frontdoor.catalogue.reading import Path, Source, dotted

if TYPE_CHECKING:
    from frontdoor.catalogue.council import Council

TIERS = ("road owner", "upper tier", "lower tier")
Mistake = tuple[Path, str, str]


def cross_faults(council: Council, sources: Sequence[Source]) -> list[Fault]:
    """Every disagreement, with the file and line it is written on."""
    mistakes = [*_authorities(council), *_responsibilities(council), *_people(council), *_directory(council)]
    faults = []
    for path, problem, mend in mistakes:
        source = next(one for one in sources if path[:1] in one.lines)
        faults.append(Fault(source.file, source.line_of(path), dotted(path), problem, mend))
    return faults


def _authorities(council: Council) -> Iterator[Mistake]:
    known = [one.id for one in council.authorities]
    yield from _twice("authorities", known)
    if council.authority not in known:
        yield _unknown(("authority",), council.authority, known)
    for at, one in enumerate(council.authorities):
        for word in ("parent", "succeeds"):
            named = one.succeeds if word == "succeeds" else (one.parent,) if one.parent else ()
            for other in named:
                if other not in known:
                    yield _unknown(("authorities", at, word), other, known)
        if one.to and one.to < one.from_:
            yield ("authorities", at, "to"), "this ends before it begins", "Correct one of the two dates."


def _responsibilities(council: Council) -> Iterator[Mistake]:
    known = [*TIERS, *(body.id for body in council.bodies)]
    for category, rules in council.responsibilities.items():
        for at, rule in enumerate(rules):
            path: Path = ("responsibilities", category, at)
            if rule.by not in known:
                yield _unknown((*path, "by"), rule.by, known)
            if at and rules[at - 1].to is None:
                yield path, "this begins while the one before has no end", "Give the one before a `to`."


def _people(council: Council) -> Iterator[Mistake]:
    teams = [team.name for team in council.teams]
    yield from _twice("teams", teams)
    yield from _twice("staff", [person.email.casefold() for person in council.staff])
    for at, person in enumerate(council.staff):
        for team in person.teams:
            if team not in teams:
                yield _unknown(("staff", at, "teams"), team, teams)


def _directory(council: Council) -> Iterator[Mistake]:
    known = ["district", "us", *(body.id for body in council.bodies)]
    yield from _twice("bodies", [body.id for body in council.bodies])
    yield from _twice("directory", [listing.id for listing in council.directory])
    for at, listing in enumerate(council.directory):
        if listing.who not in known:
            yield _unknown(("directory", at, "who"), listing.who, known)
        if listing.category and listing.category not in council.responsibilities:
            path = ("directory", at, "category")
            yield _unknown(path, listing.category, list(council.responsibilities))


def _twice(part: str, names: Sequence[str]) -> Iterator[Mistake]:
    for name, times in Counter(names).items():
        if times > 1:
            at = len(names) - 1 - list(reversed(names)).index(name)
            yield (part, at), f'"{name}" is written {times} times', "Keep one of them, or rename the others."


def _unknown(path: Path, given: str, known: Sequence[str]) -> Mistake:
    return path, f'nothing is called "{given}"', did_you_mean(given, known) or one_of(known)
