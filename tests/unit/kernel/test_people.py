"""Names, postcodes, telephone numbers, email addresses and National Insurance numbers, as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.emails import masked_email, read_email, same_email
from frontdoor.kernel.names import normalised_name, surname_matches
from frontdoor.kernel.nino import read_nino, spaced_nino
from frontdoor.kernel.phones import is_fictional, masked_phone, read_phone, spoken_phone, takes_texts
from frontdoor.kernel.postcodes import outward_code, read_postcode

LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("given_surname", "full_name", "expected"),
    [
        ("Okafor", "Amina Okafor", True),
        ("okafor ", "Amina OKAFOR", True),
        ("Amina Okafor", "Amina Okafor", True),
        ("Amina", "Amina Okafor", False),
        ("for", "Amina Okafor", False),
        ("o'neill", "Siobhán O’Neill", True),
        ("ONeill", "Siobhán O’Neill", True),
        ("O Neill", "Siobhán O'Neill", True),
        ("oneill", "Siobhán O Neill", True),
        ("Marquez", "Gabriel García Márquez", True),
        ("garcia-marquez", "Gabriel García Márquez", True),
        ("Smith Jones", "Eve Smith-Jones", True),
        ("Smith", "Eve Smith-Jones", False),
        ("Jones", "Eve Smith-Jones", True),
        ("Lukasz", "Łukasz", True),
        ("Sorensen", "Bo Sørensen", True),
        ("Strasse", "Ida Straße", True),
        ("Suharto", "Suharto", True),
        ("Иванов", "Пётр Иванов", True),
        ("毛", "毛 泽东", True),
        ("李小龙", "李小龙", True),
        ("محمد", "علي محمد", True),
        ("Ｏｋａｆｏｒ", "Amina Okafor", True),  # full-width letters, as some keyboards type them
        ("", "Amina Okafor", False),
        ("'", "Amina Okafor", False),
        ("Okafor", "", False),
        ("Okafour", "Amina Okafor", False),
    ],
)
def test_surname_matches(given_surname: str, full_name: str, expected: bool) -> None:
    assert surname_matches(given_surname, full_name) is expected


@given(LETTERS, LETTERS)
def test_every_surname_matches_itself_however_composed(first: str, last: str) -> None:
    held = unicodedata.normalize("NFC", f"{first} {last}")
    assert surname_matches(unicodedata.normalize("NFD", last), held)
    assert surname_matches(last.swapcase().swapcase(), held)


@given(st.text(max_size=300))
def test_normalising_a_name_twice_changes_nothing(name: str) -> None:
    assert normalised_name(normalised_name(name)) == normalised_name(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        (" sw1a  1aa. ", "SW1A 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("B33-8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("W1A OAX", "W1A 0AX"),
        ("ZW1 1AA", "ZW1 1AA"),
        ("ZW1 lAA", "ZW1 1AA"),
        ("ＺＷ１ １ＡＡ", "ZW1 1AA"),  # full-width letters
        ("", None),
        ("SW1A", None),
        ("12345", None),
        ("SW1A 1AAA", None),
        ("ѕw1a 1aa", None),
        ("SW1A 1AA" * 20, None),
    ],
)
def test_postcode_is_read(text: str, expected: str | None) -> None:
    assert read_postcode(text) == expected


def test_outward_code_is_the_part_before_the_space() -> None:
    assert outward_code("SW1A 1AA") == "SW1A"


@given(st.text(max_size=20))
def test_postcode_that_is_read_is_read_again_the_same(text: str) -> None:
    postcode = read_postcode(text)
    assert postcode is None or read_postcode(postcode) == postcode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("01632 960001", "+441632960001"),
        ("0808 157 0001", "+448081570001"),
        ("03069 990001", "+443069990001"),
        ("+33 1 23 45 67 89", "+33123456789"),
        ("999", None),
        ("0770", None),
        ("hello", None),
        ("", None),
        ("07700 900123 ext 4", None),
        ("0" * 50, None),
    ],
)
def test_phone_is_read(text: str, expected: str | None) -> None:
    assert read_phone(text) == expected


def test_phone_kept_is_said_as_people_write_it() -> None:
    assert spoken_phone("+447700900123") == "07700 900123"
    assert spoken_phone("+33123456789") == "+33 1 23 45 67 89"
    assert spoken_phone("unknown") == "unknown"
    assert masked_phone("+447700900123") == "ends in 123"


@pytest.mark.parametrize(
    ("phone", "texts", "fictional"),
    [
        ("+447700900123", True, True),
        ("+441632960001", False, True),
        ("+447400123456", True, False),
        ("unknown", False, False),
    ],
)
def test_phone_that_takes_texts(phone: str, texts: bool, fictional: bool) -> None:
    assert (takes_texts(phone), is_fictional(phone)) == (texts, fictional)


@given(st.text(max_size=60))
def test_no_text_whatever_makes_reading_a_phone_fail(text: str) -> None:
    phone = read_phone(text)
    assert phone is None or read_phone(phone) == phone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Alice+badge@Example.ORG ", "Alice+badge@example.org"),
        ("o'neill@mail.example", "o'neill@mail.example"),
        ("amina@städte.example", "amina@städte.example"),
        ("アリス@例え.テスト", "アリス@例え.テスト"),
        ("a@b.museum", "a@b.museum"),
        ("a@b.example.", "a@b.example"),
        ("<a@b.example>", "a@b.example"),
        ("alice", None),
        ("alice@", None),
        ("@example.org", None),
        ("alice@example", None),
        ("a@b@c.example", None),
        ("a b@c.example", None),
        (".a@c.example", None),
        ("a..b@c.example", None),
        ("a@-c.example", None),
        ("a@c..example", None),
        ("a@192.168.0.1", None),
        ("a@c.example\r\nBcc: b@c.example", None),
        ("a\x00@c.example", None),
        ("a" * 65 + "@c.example", None),
        ("a@" + "b" * 64 + ".example", None),
        ("a@" + "b." * 130 + "example", None),
    ],
)
def test_email_is_read(text: str, expected: str | None) -> None:
    assert read_email(text) == expected


@given(st.text(max_size=80))
def test_email_that_is_read_holds_no_line_break_and_is_read_again_the_same(text: str) -> None:
    address = read_email(text + "@mail.example")
    assert address is None or (address.isprintable() and read_email(address) == address)


def test_emails_are_the_same_whatever_the_case() -> None:
    assert same_email("Alice@Mail.example", "alice@mail.EXAMPLE")
    assert not same_email("alice@mail.example", "bob@mail.example")
    assert not same_email("nonsense", "nonsense")
    assert masked_email("alice@mail.example") == "a•••@m•••"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab 12 34 56 c", "AB123456C"),
        ("AB123456", "AB123456"),
        ("AO 12 34 56 C", None),
        ("OA 12 34 56 C", "OA123456C"),
        ("QQ 12 34 56 C", None),
        ("BG123456A", None),
        ("ZZ123456A", None),
        ("DA123456A", None),
        ("AB123456E", None),
        ("AB12345C", None),
        ("AB１２３４５６C", "AB123456C"),  # full-width digits
        ("", None),
        ("A" * 99, None),
    ],
)
def test_national_insurance_number_is_read(text: str, expected: str | None) -> None:
    assert read_nino(text) == expected


def test_national_insurance_number_is_spaced() -> None:
    assert spaced_nino("AB123456C") == "AB 12 34 56 C"
