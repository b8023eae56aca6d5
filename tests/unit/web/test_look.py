from __future__ import annotations

from datetime import time

from django.conf import settings

from frontdoor.catalogue.council import Hours, load_council
from frontdoor.web.look import hours_words, look_of

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def test_hours_words_join_days_that_follow_each_other() -> None:
    week = Hours.model_validate({"days": WEEK, "opens": time(8), "closes": time(18)})
    some = Hours.model_validate(
        {"days": ("monday", "thursday", "saturday"), "opens": time(9), "closes": time(12, 30)}
    )
    one = Hours.model_validate({"days": ("sunday",), "opens": time(10), "closes": time(12)})
    assert hours_words((week, some, one)) == (
        "Monday to Friday, 8am to 6pm; Monday, Thursday and Saturday, 9am to 12:30pm; Sunday, 10am to midday"
    )


def test_look_of_the_demo_council_has_all_a_page_needs() -> None:
    look = look_of(load_council(settings.COUNCIL_FOLDER), settings.COUNCIL_FOLDER)
    assert (look.name, look.said_short) == ("Wealdmoor County Council", "Wealdmoor")
    assert look.logo is not None
    assert look.logo.is_file()
    assert look.places is not None
    assert look.phone_link.isdigit()
    assert look.phone_hours
