"""What is typed at the desk in one go."""

from __future__ import annotations

from datetime import date

import pytest

from frontdoor.web.desk.typed import read_birthday


@pytest.mark.parametrize("typed", ["27 3 1957", "27/3/1957", "27.03.1957", " 27-3-1957 "])
def test_birthday_is_read_in_any_usual_form(typed: str) -> None:
    assert read_birthday(typed) == date(1957, 3, 27)


@pytest.mark.parametrize("typed", ["", "31 2 1960", "1957", "27 March", "27 3 57"])
def test_no_birthday_is_none(typed: str) -> None:
    assert read_birthday(typed) is None
