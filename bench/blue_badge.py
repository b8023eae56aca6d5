"""What a customer types into the Blue Badge form, question by question, as the fields of its pages."""

from __future__ import annotations

from collections.abc import Mapping

SERVICE = "blue-badge"
TEAM = "Blue Badge team"
Fields = Mapping[str, str]

TYPED: Mapping[str, Fields] = {
    "applicant": {"applicant": "person"},
    "home_address": {
        "home_address-line1": "1 Owlerthorpe Road",
        "home_address-town": "Tallowbridge",
        "home_address-postcode": "ZW3 1AA",
    },
    "born_on": {"born_on-day": "2", "born_on-month": "4", "born_on-year": "1979"},
    "has_badge": {"has_badge": "never"},
    "sr1": {"sr1": "no"},
    "benefit": {"benefit": "pip"},
    "moving_around": {"moving_around": "8"},
    "award_length": {"award_length": "ongoing"},
    "name_at_birth": {"name_at_birth": ""},
    "gender": {"gender": "female"},
    "national_insurance": {"national_insurance": ""},
    "full_name": {"full_name": "Amina Yusuf"},
    "phone": {"phone": "01632 960 001"},
    "contact_by": {"contact_by": "email"},
    "email": {"email": "amina@customer.example"},
    "contact_needs": {"contact_needs": ""},
    "may_check_address": {"may_check_address": "yes"},
    "delivery": {"delivery": "home"},
}
FIRST = (
    "Amina",
    "Brian",
    "Carys",
    "Dilip",
    "Edith",
    "Farah",
    "Gwilym",
    "Hanna",
    "Idris",
    "Joanna",
    "Kofi",
    "Lena",
)
LAST = (
    "Ashwick",
    "Barrowby",
    "Coldham",
    "Dunmoor",
    "Everholt",
    "Fenwright",
    "Garsdale",
    "Holloway",
    "Ickwell",
)


def typed_by(number: int) -> Mapping[str, Fields]:
    """What the customer with this number types: nobody has the name, email or home of another."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}-{_letters(number)}"
    return {
        **TYPED,
        "full_name": {"full_name": name},
        "phone": {"phone": f"01632 960 {number % 1000:03d}"},
        "email": {"email": email_of(number)},
        "home_address": {**TYPED["home_address"], "home_address-line1": f"{number} Owlerthorpe Road"},
        "born_on": {
            "born_on-day": str(number % 28 + 1),
            "born_on-month": str(number // 28 % 12 + 1),
            "born_on-year": str(1930 + number % 67),
        },
    }


def email_of(number: int) -> str:
    """Where the customer with this number is written to."""
    return f"customer.{number}@bench.example"


def _letters(number: int) -> str:
    word = ""
    while True:
        word += "abcdefghijklmnopqrstuvwxyz"[number % 26]
        number //= 26
        if not number:
            return word.capitalize()
