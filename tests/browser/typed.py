"""What the customers of the browser tests type, question by question, by the names of the pages' fields."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests.browser.visitor import Typed

WHO: Typed = {"who": {"who": "self"}}
ADDRESS = {"home_address-postcode-search": "zw31aa"}
YOU: Typed = {
    "full_name": {"full_name": "Siobhán O’Rourke"},
    "born_on": {"born_on-day": "2", "born_on-month": "4", "born_on-year": "1979"},
    "phone": {"phone": "01632 960 001"},
    "contact_by": {"contact_by": "email"},
}
BLUE_BADGE: Typed = {
    **WHO,
    **YOU,
    "applicant": {"applicant": "person"},
    "home_address": ADDRESS,
    "has_badge": {"has_badge": "never"},
    "sr1": {"sr1": "no"},
    "benefit": {"benefit": "pip"},
    "moving_around": {"moving_around": "8"},
    "award_length": {"award_length": "ongoing"},
    "name_at_birth": {},
    "gender": {"gender": "female"},
    "national_insurance": {},
    "contact_needs": {},
    "may_check_address": {"may_check_address": "yes"},
    "delivery": {"delivery": "home"},
}
POTHOLE: Typed = {
    "category": {"category": "pothole"},
    "danger": {"danger": "none"},
    "hole_depth": {"hole_depth": "golf_ball"},
    "hole_width": {"hole_width": "dinner_plate"},
    "hole_position": {"hole_position": "wheel_track"},
    "what_is_wrong": {"what_is_wrong": "It has been there since the frost."},
    "photo": {},
    "wants_news": {"wants_news": "yes"},
    "news_wanted": {"news_wanted": "all"},
    "full_name": {"full_name": "Brian Pemberley"},
    "contact_by": {"contact_by": "email"},
}
HELPER = {
    "full_name": "Carys Hollins",
    "relation": "carer",
    "phone": "01632 960 002",
    "email": "carys@helper.example",
    "say": "told me",
}
CRISIS: Typed = {
    **YOU,
    "helper": HELPER,
    "who": {"who": "other"},
    "needs": {"needs": ["food"]},
    "runs_out": {"runs_out": "today"},
    "household": {},
    "not_safe_now": {"not_safe_now": "safe"},
    "home": {"home": "settled"},
    "home_address": ADDRESS,
    "weeks_here": {"weeks_here": "six_or_more"},
    "what_happened": {"what_happened": ["benefit_wait"]},
    "in_own_words": {},
    "money_now": {"money_now": "nothing"},
    "next_money_on": {"next_money_on-day": "1", "next_money_on-month": "1", "next_money_on-year": "2030"},
    "income": {"income": ["nothing"]},
    "public_funds": {"public_funds": "no_limit"},
    "tried": {"tried": ["nothing"]},
    "national_insurance": {},
    "share_with_helpers": {"share_with_helpers": "yes"},
}


def with_email(typed: Typed, address: str) -> Typed:
    """The same, by somebody with this email address."""
    return {**typed, "email": {"email": address}}


def photo_of_a_letter() -> bytes:
    """A photo as a phone would take it, of nobody's letter."""
    image = Image.new("RGB", (900, 1200), (236, 233, 224))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 840, 1140), fill=(252, 251, 247), outline=(90, 90, 90))
    for line in range(18):
        draw.rectangle((120, 160 + line * 46, 780 - line * 37 % 190, 172 + line * 46), fill=(130, 130, 130))
    draw.text((120, 100), "EXAMPLE LETTER", fill=(176, 32, 48))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
