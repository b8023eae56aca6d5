"""What is said of being reached safely, and of who speaks for the customer: one small form each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdoor.contacts.helping import HelperSaid
from frontdoor.contacts.models import Contact, Helper, MayTell, NewsTo, Relation, Say
from frontdoor.contacts.safety import Wishes
from frontdoor.handling.desk.careful import (
    Care,
    care_for,
    end_helper,
    note_helper,
    set_safe_contact,
    speak_with,
)
from frontdoor.kernel.emails import read_email
from frontdoor.kernel.phones import read_phone
from frontdoor.web.careful_words import safety_lines
from frontdoor.web.desk.visit import Visit, contact_page
from frontdoor.web.office.notices import leave_notice

WAYS = ("ring", "text", "email", "post")


@require_POST
@contact_page
def safe(visit: Visit) -> HttpResponse:
    """The customer said how they may be reached safely."""
    posted = visit.request.POST
    ways = posted.getlist("safe")
    kept = set_safe_contact(
        contact_id=visit.contact.pk,
        wishes=Wishes(
            may_ring="ring" in ways,
            may_text="text" in ways,
            may_email="email" in ways,
            may_post="post" in ways,
            no_messages=bool(visit.posted("no_messages")),
            times=visit.posted("times", 200),
            code_word=visit.posted("code_word", 60),
            words=visit.posted("words", 400),
            never=frozenset(int(each) for each in posted.getlist("never") if each.isdecimal()),
        ),
        gave_code_word=bool(visit.posted("gave_code_word")),
        by=visit.user,
        at=visit.at,
    )
    leave_notice(
        visit.request,
        _("Noted. It holds for everything we send and for everybody who contacts them.")
        if kept
        else _("Noted. They may be reached by every way that is not marked as unsafe."),
    )
    return visit.back()


@require_POST
@contact_page
def helper(visit: Visit) -> HttpResponse:
    """Somebody speaks for the customer."""
    said, wrong = _said(visit)
    if said is None:
        leave_notice(visit.request, wrong, kind="info")
        return visit.back()
    note_helper(contact_id=visit.contact.pk, said=said, by=visit.user, at=visit.at)
    leave_notice(visit.request, _("Noted. You speak with %(name)s.") % {"name": said.full_name})
    return visit.back()


@require_POST
@contact_page
def speaks(visit: Visit) -> HttpResponse:
    """Who speaks in this contact: the customer, or a helper noted before."""
    chosen = visit.posted("helper")
    number = int(chosen) if chosen.isdecimal() else None
    speak_with(contact_id=visit.contact.pk, helper_id=number, by=visit.user, at=visit.at)
    return visit.back()


@require_POST
@contact_page
def end_help(visit: Visit, number: int) -> HttpResponse:
    """This helper may speak for the customer no more."""
    ended = end_helper(contact_id=visit.contact.pk, helper_id=number, by=visit.user, at=visit.at)
    leave_notice(
        visit.request,
        _("Noted. %(name)s is told nothing from now on and opens no case.") % {"name": ended.full_name},
    )
    return visit.back()


def care_shown(visit: Visit) -> dict[str, Any] | None:
    """What to heed with the customer of this contact; None where none is named, or they are kept from who asks."""
    customer = visit.contact.customer
    care = care_for(customer=customer, user=visit.user) if customer else None
    return None if care is None else _care(care, visit.contact)


def _care(care: Care, contact: Contact) -> dict[str, Any]:
    safety, helper = care.safety, contact.helper
    ways = (_("Ring"), _("Text"), _("Email"), _("Write a letter"))
    may = (safety.may_ring, safety.may_text, safety.may_email, safety.may_post) if safety else (True,) * 4
    return {
        "lines": safety_lines(safety) if safety else [],
        "household": care.household,
        "ways": [
            {"value": value, "text": text, "is_safe": is_safe}
            for value, text, is_safe in zip(WAYS, ways, may, strict=True)
        ],
        "no_messages": bool(safety and safety.no_messages),
        "times": "; ".join(safety.times) if safety else "",
        "code_word": safety.code_words[0] if safety and safety.code_words else "",
        "words": "; ".join(safety.words) if safety else "",
        "speaks": _helper(helper) if helper else None,
        "helpers": [_helper(each) for each in care.helpers if helper is None or each.pk != helper.pk],
        "relations": Relation.choices,
        "says": Say.choices,
        "may_tell": MayTell.choices,
        "news_to": NewsTo.choices,
    }


def _helper(helper: Helper) -> dict[str, Any]:
    told = str(MayTell(helper.may_tell).label)
    return {
        "id": helper.pk,
        "name": helper.full_name,
        "relation": str(Relation(helper.relation).label),
        "say": str(Say(helper.say).label),
        "evidence": helper.evidence,
        "may_tell": helper.may_tell,
        "told": f"{told}: {helper.limits}" if helper.limits else told,
        "reach": ", ".join(part for part in (helper.phone, helper.email) if part),
        "news_to": str(NewsTo(helper.news_to).label),
    }


def _said(visit: Visit) -> tuple[HelperSaid | None, str]:
    """The helper as typed; else what is wrong with it, in words."""
    phone, email = visit.posted("phone"), visit.posted("email", 254)
    if phone and not read_phone(phone):
        return None, _("Enter a phone number, like 01632 960 001.")
    if email and not read_email(email):
        return None, _("Enter an email address in the correct format, like name@example.com.")
    try:
        said = HelperSaid(
            full_name=visit.posted("full_name"),
            relation=Relation(visit.posted("relation")),
            say=Say(visit.posted("say")),
            evidence=visit.posted("evidence", 400),
            may_tell=MayTell(visit.posted("may_tell")),
            phone=phone[:40],
            email=email,
            limits=visit.posted("limits"),
            news_to=NewsTo(visit.posted("news_to") or NewsTo.CUSTOMER),
        )
    except ValueError:
        return None, _(
            "Choose how they know the customer, by whose say they speak, and what they may be told."
        )
    return said, ""
