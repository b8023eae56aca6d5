"""First contact: a made-up customer fills in the form, alone or with an advisor, and sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from frontdoor.cases.models import Case, Draft
from frontdoor.demo.answers import CannotAnswer, filled
from frontdoor.demo.customers import MadeUp
from frontdoor.demo.desk import begin_together, give_up_together, send_what_was_filled
from frontdoor.demo.papers import paper
from frontdoor.demo.steps import Story
from frontdoor.forms.asking import evidence_asked, interrupt_due
from frontdoor.forms.definition import After
from frontdoor.handling.applying import (
    KnownDraft,
    add_file,
    keep_helper,
    known_draft,
    locked_draft,
    pass_interrupt,
    start_draft,
    touch_draft,
)
from frontdoor.handling.calculating import calculators_for
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.handling.uploading import take_file
from frontdoor.kernel.clock import day_of
from frontdoor.kernel.facts import Json
from frontdoor.staff.models import User


class Stopped(Exception):
    """The form ended before it could be sent: the story does not fit the customer."""


@dataclass(frozen=True)
class FirstContact:
    """Who comes, how, with what to say, and the advisor who helps where it is not the web."""

    service: str
    channel: str
    customer: MadeUp
    story: Story
    said: dict[str, Json]
    advisor: User | None


def apply(*, contact: FirstContact, at: datetime, rng: Random) -> Case:
    """The case that comes of it. Raises Stopped, CannotAnswer."""
    if contact.advisor is not None:
        return _apply_together(contact, contact.advisor, at, rng)
    draft = start_draft(service=contact.service, channel=contact.channel, at=at, rng=rng)
    _fill(draft, contact, at, rng)
    return open_case_from_draft(draft_id=draft.pk, at=at, rng=rng)


def _apply_together(contact: FirstContact, advisor: User, at: datetime, rng: Random) -> Case:
    enquiry, draft = begin_together(
        service=contact.service, channel=contact.channel, advisor=advisor, at=at, rng=rng
    )
    try:
        _fill(draft, contact, at, rng)
    except (Stopped, CannotAnswer):
        give_up_together(enquiry=enquiry, advisor=advisor, at=at)
        raise
    return send_what_was_filled(enquiry=enquiry, draft=draft, advisor=advisor, at=at, rng=rng)


def _fill(draft: Draft, contact: FirstContact, at: datetime, rng: Random) -> None:
    if contact.customer.helper:
        keep_helper(draft_id=draft.pk, helper=contact.customer.helper, at=at)
    known = _answered(draft, contact, at, rng)
    _pass_interrupts(known, at)
    _add_papers(known, contact, at, rng)


def _answered(draft: Draft, contact: FirstContact, at: datetime, rng: Random) -> KnownDraft:
    locked = locked_draft(draft.pk, at)
    known = known_draft(draft=locked, at=at)
    locked.answers = filled(
        form=known.pack.form,
        said=contact.said,
        given=known.given,
        calculators=calculators_for(at=at, service=locked.service, customer_id=None),
        today=day_of(at),
        rng=rng,
    )
    return known_draft(draft=touch_draft(locked, at), at=at)


def _pass_interrupts(known: KnownDraft, at: datetime) -> None:
    seen: set[str] = set()
    while found := interrupt_due(
        form=known.pack.form, facts=known.facts.values, not_asked=known.facts.not_asked, seen=frozenset(seen)
    ):
        if found.then is After.STOP:
            raise Stopped(found.name)
        seen.add(found.name)
        pass_interrupt(draft_id=known.draft.pk, name=found.name, at=at)


def _add_papers(known: KnownDraft, contact: FirstContact, at: datetime, rng: Random) -> None:
    asked = evidence_asked(form=known.pack.form, facts=known.facts.values, not_asked=known.facts.not_asked)
    brings = contact.story.brings
    for kind in asked:
        if kind.may_come_later and brings is not None and kind.name not in brings:
            continue
        name, content = paper(title=kind.title, accepts=kind.accepts, rng=rng)
        file = take_file(name=name, content=content, accept=kind.accepts, at=at, rng=rng)
        add_file(draft_id=known.draft.pk, kind=kind.name, file=file, at=at)
