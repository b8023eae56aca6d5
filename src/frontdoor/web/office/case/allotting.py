"""Whose case it is: take it, hand it back, give it, send it to another team, or say that one knows the customer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdoor.cases.permissions import may_see
from frontdoor.handling.allotting import CannotTake, give_case, say_i_know, send_to_team
from frontdoor.staff.models import Team, User
from frontdoor.web.office.case.files import revision_of
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.notices import leave_notice

RELATIONS = ("self", "family", "friend", "colleague", "other")


@require_POST
@case_page
def allot(opened: Opened) -> HttpResponse:
    """Give the case to somebody of its team, take it oneself, or hand it back."""
    wanted = opened.request.POST.get("to", "")
    to = (
        opened.user
        if wanted == "me"
        else User.objects.filter(pk=wanted).first()
        if wanted.isdecimal()
        else None
    )
    if to is None and wanted != "team":
        return cannot(opened, _("Choose who the case goes to, then try again."))
    try:
        give_case(case_id=opened.case.pk, revision=revision_of(opened), to=to, by=opened.user, at=opened.at)
    except CannotTake as refused:
        return cannot(opened, str(refused.__doc__))
    said = (
        _("The case is back with the team.")
        if to is None
        else _("The case is %(name)s’s now.") % {"name": to.full_name}
    )
    leave_notice(opened.request, _("This case is yours now.") if to == opened.user else said)
    return opened.back()


@require_POST
@case_page
def team(opened: Opened) -> HttpResponse:
    """Send the case to another team."""
    wanted = opened.request.POST.get("team", "")
    to = Team.objects.filter(pk=wanted).first() if wanted.isdecimal() else None
    if to is None:
        return cannot(opened, _("Choose the team that the case goes to, then try again."))
    words = opened.request.POST.get("words", "")
    case = send_to_team(
        case_id=opened.case.pk,
        revision=revision_of(opened),
        team=to,
        words=words,
        by=opened.user,
        at=opened.at,
    )
    leave_notice(
        opened.request,
        _("%(reference)s was sent to %(team)s.") % {"reference": case.reference, "team": to.name},
    )
    return opened.back() if may_see(opened.user, case) else redirect("work")


@require_POST
@case_page
def interest(opened: Opened) -> HttpResponse:
    """Say that one is, or knows, the customer: the case goes back to the team and is closed to this person."""
    relation = opened.request.POST.get("relation", "")
    if relation not in RELATIONS:
        return cannot(opened, _("Say how you know the customer, then try again. Nothing was changed."))
    say_i_know(case_id=opened.case.pk, relation=relation, user=opened.user, at=opened.at)
    leave_notice(
        opened.request,
        _(
            "Thank you for saying so. The case is with your team now, and no case of this customer opens for you."
        ),
    )
    return redirect("work")
