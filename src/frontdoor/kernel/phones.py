"""Telephone numbers, kept in E.164 form (`+447700900123`), read as people in the United Kingdom type them."""

from __future__ import annotations

import re

import phonenumbers

HOME_REGION = "GB"
LONGEST_TYPED = 40
# Ofcom's numbers for drama: never real, some not valid in the numbering plan, taken for demonstrations.
FICTIONAL = re.compile(r"\+44(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|808157\d{4}|3069990\d{3})")


def read_phone(text: str) -> str | None:
    """The number in E.164 form, or None where it cannot be dialled. Numbers without + are read as British."""
    if len(text) > LONGEST_TYPED:
        return None
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if number.extension:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if is_fictional(written) or phonenumbers.is_valid_number(number) else None


def is_fictional(phone: str) -> bool:
    """Whether an E.164 number is one that Ofcom keeps for drama, so that nobody is ever rung by mistake."""
    return FICTIONAL.fullmatch(phone) is not None


def takes_texts(phone: str) -> bool:
    """Whether an E.164 number may be a mobile, to which a text message can be sent."""
    try:
        number = phonenumbers.parse(phone, HOME_REGION)
    except phonenumbers.NumberParseException:
        return False
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(number) in kinds or phone.startswith("+447700900")


def spoken_phone(phone: str) -> str:
    """An E.164 number as it is written here: `07700 900123`; abroad with its country code."""
    try:
        number = phonenumbers.parse(phone, HOME_REGION)
    except phonenumbers.NumberParseException:
        return phone
    is_home = number.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if is_home else form.INTERNATIONAL)


def masked_phone(phone: str) -> str:
    """A number of which only the last three digits show: `ends in 123`."""
    return f"ends in {phone[-3:]}"
