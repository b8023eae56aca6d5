"""The people of the matching benchmark: public files with known duplicates, and made-up ones with what callers say.

Every record has the same fields, text, empty where not known. Files are read where they lie and never copied.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

NEVER_IN_PHONE = 600_000
FIRST_WORDS = (
    "john margaret david susan michael patricia peter elizabeth robert mary james christine william jean paul "
    "barbara thomas helen george dorothy mark sarah andrew karen richard julie steven emma christopher claire "
    "daniel rebecca matthew laura jack olivia harry amelia oliver isla charlie ava jacob emily alfie jessica "
    "mohammed fatima ahmed aisha ali zainab hassan maryam singh kaur wei mei anna piotr agnieszka tomasz joanna "
    "keith janet alan maureen brian sheila colin hazel trevor doreen derek beryl norman edna stanley joyce "
    "kevin tracey gary sharon darren michelle wayne donna lee kelly craig lisa jason nicola stuart joanne "
    "adam charlotte ryan sophie luke hannah joshua chloe liam megan ethan grace noah ella theo freya"
)
FIRST = FIRST_WORDS.split()
SURNAME_WORDS = (
    "smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white "
    "roberts green hall wood jackson clarke thomas hughes edwards harrison khan lewis ward turner hussain cooper "
    "hill moore clark harris morris cook ali bell martin shaw ahmed parker bailey murphy richardson baker carter"
)
SURNAMES = SURNAME_WORDS.split()
HEAD_WORDS = (
    "ash ald barn beck black bolt brad bram brock burn cald chad clay cole cran dal den dod east elm fair farn "
    "fen fin frod gar glad gras hal ham har hart hazel hol hors kel kirk lang lath lin lock lud mar mel mid nor "
    "oak old pem pick prest rad ram red rish rol sand shel ship stan stap sut thorn tot up wal war wat whit win"
)
HEADS = HEAD_WORDS.split()
TAIL_WORDS = (
    "ham ton ley ford worth field stead by well wood shaw bury croft dale den don gate house hurst lock man more "
    "ridge royd side son sby stock stone thwaite tree water wick"
)
TAILS = TAIL_WORDS.split()
STREET_ENDS = ("street", "road", "lane", "avenue", "close", "drive", "way", "rise")
FORMS = {"william": "bill", "robert": "bob", "margaret": "maggie", "elizabeth": "liz", "michael": "mike"}
GIVEN_BY_CALLERS = (
    (35, ("given_name", "surname", "dob")),
    (20, ("given_name", "surname", "number", "postcode")),
    (15, ("given_name", "surname", "phone")),
    (20, ("given_name", "surname", "dob", "postcode")),
    (10, ("surname", "dob", "phone")),
)


@dataclass(frozen=True)
class Record:
    """One record. `cluster`: who it is; `dob`: YYYY-MM-DD."""

    id: int
    cluster: str
    given_name: str = ""
    surname: str = ""
    dob: str = ""
    phone: str = ""
    email: str = ""
    number: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""

    @property
    def spoken(self) -> str:
        """As an advisor types it."""
        told = (self.given_name, self.surname, self.dob, self.phone, self.email)
        return " ".join(part for part in (*told, self.number, self.street, self.postcode) if part)


def write_records(path: Path, records: Sequence[Record]) -> None:
    """As CSV, for the peer's process."""
    with path.open("w", newline="", encoding="utf-8") as kept:
        writer = csv.DictWriter(kept, [each.name for each in fields(Record)])
        writer.writeheader()
        writer.writerows(asdict(each) for each in records)


def public_files(folder: Path, *, names: Sequence[str]) -> Iterator[tuple[str, list[Record]]]:
    """The files with known duplicates. What identifies a person by itself (a number of social security) is left out:
    a council does not hold it, and with it nobody could miss.
    """
    readers = {
        "febrl_dataset1": _febrl,
        "febrl_dataset2": _febrl,
        "rldata500": _rl,
        "splink_fake_1000": _fake,
    }
    for name in names:
        with (folder / f"{name}.csv").open(encoding="utf-8") as lines:
            rows = csv.DictReader(lines, skipinitialspace=True)
            yield name, [readers[name](place, row) for place, row in enumerate(rows)]


def _febrl(place: int, row: dict[str, str]) -> Record:
    born = row["date_of_birth"].strip()
    return Record(
        id=place,
        cluster=row["rec_id"].split("-")[1],
        given_name=row["given_name"],
        surname=row["surname"],
        dob=_day(born[:4], born[4:6], born[6:]) if len(born) == 8 else "",
        number=row["street_number"],
        street=row["address_1"],
        town=row["suburb"],
        postcode=row["postcode"],
    )


def _rl(place: int, row: dict[str, str]) -> Record:
    return Record(
        id=place,
        cluster=row["identity"],
        given_name=" ".join(filter(None, (row["fname_c1"], row["fname_c2"]))).lower(),
        surname=" ".join(filter(None, (row["lname_c1"], row["lname_c2"]))).lower(),
        dob=_day(row["by"], row["bm"], row["bd"]),
    )


def _fake(place: int, row: dict[str, str]) -> Record:
    return Record(
        id=place,
        cluster=row["cluster"],
        given_name=row["first_name"].strip().lower(),
        surname=row["surname"].strip().lower(),
        dob=row["dob"],
        email=row["email"].strip().lower(),
        town=row["city"].strip().lower(),
    )


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


class MadeUp:
    """So many people in households, with names as uneven as here; nobody is real. The same seed makes the same."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.people = people
        made = [head + tail for head in HEADS for tail in TAILS]
        self.surnames = SURNAMES + made
        self.surname_weights = list(
            accumulate([1.2 / (1 + place / 6) for place in range(len(SURNAMES))] + [0.012] * len(made))
        )
        self.first_weights = list(accumulate(1 / (4 + place) for place in range(len(FIRST))))
        self.streets = [f"{head}{tail} {end}" for head in HEADS for tail in TAILS for end in STREET_ENDS]
        self.phone = NEVER_IN_PHONE

    def everybody(self) -> Iterator[Record]:
        """Household by household."""
        made = 0
        while made < self.people:
            for each in self.household(made)[: self.people - made]:
                yield each
                made += 1

    def household(self, first: int) -> list[Record]:
        """One to five people at one address, most with one surname."""
        rng = self.rng
        street = rng.randrange(len(self.streets))
        part = rng.randrange(4)
        home = Record(
            id=0,
            cluster="",
            surname=self._surname(),
            number=str(part * 30 + rng.randrange(1, 30)),
            street=self.streets[street],
            town="thornbeck",
            postcode=_postcode(street, part),
        )
        size = rng.choices((1, 2, 3, 4, 5), (30, 34, 16, 14, 6))[0]
        return [self._person(first + place, home) for place in range(size)]

    def _surname(self) -> str:
        return self.rng.choices(self.surnames, cum_weights=self.surname_weights)[0]

    def _person(self, number: int, home: Record) -> Record:
        rng = self.rng
        born = date(1935, 1, 1) + timedelta(days=rng.randrange(88 * 365))
        self.phone += rng.randrange(1, 400)
        return replace(
            home,
            id=number,
            cluster=str(number),
            given_name=rng.choices(FIRST, cum_weights=self.first_weights)[0],
            surname=home.surname if rng.random() < 0.85 else self._surname(),
            dob=born.isoformat(),
            phone=f"+447{self.phone % 1_000_000_000:09d}" if rng.random() < 0.8 else "",
        )

    def caller(self, person: Record, number: int) -> Record:
        """What somebody says on the phone of themselves: some of it, here and there with a slip."""
        rng = self.rng
        weights = [weight for weight, _ in GIVEN_BY_CALLERS]
        given = rng.choices([said for _, said in GIVEN_BY_CALLERS], weights)[0]
        said = {name: getattr(person, name) for name in given}
        for name, often in (("given_name", 0.08), ("surname", 0.10), ("postcode", 0.04), ("phone", 0.02)):
            if said.get(name) and rng.random() < often:
                said[name] = self._slip(said[name])
        if said.get("given_name") in FORMS and rng.random() < 0.4:
            said["given_name"] = FORMS[said["given_name"]]
        if "dob" in said and rng.random() < 0.04:
            said["dob"] = self._other_day(said["dob"])
        return Record(id=number, cluster=person.cluster, **said)

    def stranger(self, number: int) -> Record:
        """Somebody whom nobody knows, who calls all the same."""
        person = self.rng.choice(self.household(0))
        return replace(self.caller(person, number), cluster=f"stranger {number}")

    def _slip(self, text: str) -> str:
        """One letter or digit left out, doubled, swapped or changed."""
        place = self.rng.randrange(1, max(2, len(text) - 1))
        letter = self.rng.choice("0123456789" if text[place : place + 1].isdigit() else "aeinrst")
        kinds = (
            text[:place] + text[place + 1 :],
            text[:place] + letter + text[place + 1 :],
            text[: place - 1] + text[place : place + 1] + text[place - 1] + text[place + 1 :],
        )
        return self.rng.choice(kinds)

    def _other_day(self, day: str) -> str:
        held = date.fromisoformat(day)
        if held.day <= 12 and self.rng.random() < 0.4:
            return date(held.year, held.day, held.month).isoformat()
        return (held + timedelta(days=self.rng.choice((-1, 1, 10, 365)))).isoformat()


def _postcode(street: int, part: int) -> str:
    """One for each part of a street, in an area that does not exist."""
    letters = "ABDEFGHJLN"[street // 900 % 10] + "ABDEFGHJ"[part * 2 + street // 9000 % 2]
    return f"ZW{street % 90 + 1} {street // 90 % 10}{letters}"
