"""Letters: an update as PDF in the council's style, made once and kept as it was sent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction

from frontdoor.catalogue.published import our_council
from frontdoor.contacts.actions import store_file
from frontdoor.contacts.models import Delivery, StoredFile
from frontdoor.kernel.clock import day_of

MOST_ADDRESS_LINES = 7


class CannotWrite(ValueError):
    """The letter cannot be made as it is. Mend the address or the words, then send it again."""


def letter_for(*, delivery: Delivery, at: datetime, rng: Random) -> StoredFile:
    """The letter of this delivery. Raises CannotWrite."""
    if delivery.letter is not None:
        return delivery.letter
    content = _rendered(delivery)
    name = f"{delivery.reference or 'letter'}.pdf"
    with transaction.atomic():
        delivery.letter = store_file(
            name=name, content_type="application/pdf", content=content, at=at, rng=rng, scanned="our own"
        )
        delivery.save(update_fields=["letter"])
    return delivery.letter


def _rendered(delivery: Delivery) -> bytes:
    from frontdoor.channels.letters import (  # fonts and typesetting take a second that start-up need not wait for
        BadLetter,
        Letter,
        LetterStyle,
        render_letter,
    )

    council = our_council()
    sender = tuple(council.contact.post) + ((council.contact.phone,) if council.contact.phone else ())
    letter = Letter(
        council=council.name,
        address=tuple(delivery.address or ())[:MOST_ADDRESS_LINES],
        subject=delivery.subject,
        body=delivery.body,
        dated=day_of(delivery.created_at),
        reference=delivery.reference,
        sender=sender,
        style=LetterStyle(colour=council.brand.colour, font_folders=_font_folders()),
    )
    try:
        return render_letter(letter)
    except BadLetter as problem:
        raise CannotWrite(str(problem)) from problem


def _font_folders() -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in getattr(settings, "FONT_FOLDERS", ()))
