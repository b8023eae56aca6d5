"""The second phase: everything that can be said of a pack only when all its files are read."""

from __future__ import annotations

from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.meaning.decisions import check_decision
from frontdoor.catalogue.meaning.examples import check_examples
from frontdoor.catalogue.meaning.forms import check_form
from frontdoor.catalogue.meaning.journeys import check_journey
from frontdoor.catalogue.meaning.services import check_service
from frontdoor.catalogue.meaning.texts import check_texts
from frontdoor.catalogue.pack import Pack


def check_meaning(draft: Draft, pack: Pack, *, folder_name: str) -> None:
    """Notes every fault on the sources of the draft."""
    check_service(draft, folder_name=folder_name)
    check_form(draft, pack.form)
    check_decision(draft)
    check_journey(draft, pack.journey)
    check_texts(draft)
    check_examples(draft)
