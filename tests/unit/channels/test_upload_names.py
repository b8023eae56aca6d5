"""File names from outside: nothing dangerous, everything recognisable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.channels.uploads.names import clean_name


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("letter.jpg", "letter.jpg"),
        ("LETTER.JPEG", "LETTER.jpg"),
        ("my.holiday.2026", "my.holiday.2026.jpg"),
        ("photo", "photo.jpg"),
        ("photo.png", "photo.jpg"),
        ("invoice.pdf.exe", "invoice.pdf.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Alice\\badge.jpg", "badge.jpg"),
        ("..", "file.jpg"),
        ("", "file.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("con.jpg", "file con.jpg"),
        ("a\x00b\r\nc.jpg", "abc.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ('a<b>"c"|d?*.jpg', "a_b__c__d__.jpg"),
        ("  spaced \t out .jpg", "spaced out.jpg"),
        ("Brief an Żółć.jpg", "Brief an Żółć.jpg"),
        ("رسالة.jpg", "رسالة.jpg"),
        ("می‌خواهم.jpg", "می‌خواهم.jpg"),
        ("ਚਿੱਠੀ 信.jpg", "ਚਿੱਠੀ 信.jpg"),
        ("Ame\u0301lie.jpg", "Am\u00e9lie.jpg"),
        ("x" * 300 + ".jpg", "x" * 120 + ".jpg"),
    ],
)
def test_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name, "image/jpeg") == cleaned


@given(name=st.text(st.characters(exclude_categories=[]), max_size=300))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    cleaned = clean_name(name, "application/pdf")

    assert cleaned.endswith(".pdf")
    assert len(cleaned.encode()) <= 130
    assert not set('/\\<>:"|?*') & set(cleaned)
    assert not cleaned.startswith(".")
    assert all(unicodedata.category(x) not in {"Cc", "Cs", "Zl", "Zp"} for x in cleaned)
    assert not {"\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u200e", "\u200f"} & set(cleaned)


@given(name=st.text(max_size=200))
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = clean_name(name, "image/png")
    assert clean_name(once, "image/png") == once
