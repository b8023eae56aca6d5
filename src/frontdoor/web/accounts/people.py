"""Staff accounts, as the administrator keeps them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontdoor.cases.models import Case
from frontdoor.handling.invitations import send_link
from frontdoor.handling.people import staff
from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.staff.actions import (
    AlreadyHere,
    OwnAccount,
    add_staff,
    change_role,
    come_back,
    end_sessions,
    leave,
    set_teams,
)
from frontdoor.staff.models import Role, Skill, Team, User
from frontdoor.staff.permissions import ROLES, May
from frontdoor.staff.queries import all_teams, everybody_named
from frontdoor.staff.skills import rows_on, set_skills
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice

ON_A_PAGE = 60
COLUMNS = ("Name", "Role", "Teams", "Second factor", "State")
LEVELS = {"1": "Learning", "2": "Able", "3": "Teaches others"}


@require_safe
@staff_page(May.MANAGE_STAFF)
def people(request: StaffRequest) -> HttpResponse:
    """Everybody who has, or had, an account; or those whose name or address has some words in it."""
    words = request.GET.get("q", "")
    page = Paginator(everybody_named(like=words), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    factors = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=shown).values_list(
            "user_id", flat=True
        )
    )
    table = {
        "caption": _("People"),
        "columns": [{"text": _(name)} for name in COLUMNS],
        "rows": [_row(user, user.pk in factors) for user in shown],
        "empty": _("Nobody has these words in their name or email address."),
    }
    context = {
        "table": table,
        "page": page,
        "page_href": f"?{urlencode({'q': words, 'page': ''})}",
        "filters": [{"name": "q", "label": _("Name or email address"), "type": "search", "value": words}],
        "notice": take_notice(request),
    }
    return render(request, "account/people.html", context)


def _row(user: User, has_factor: bool) -> list[dict[str, Any]]:
    here = user.left_at is None
    tag = {"text": _("Here"), "tone": "good"} if here else {"text": _("Left"), "tone": "neutral"}
    return [
        {"text": user.full_name, "href": reverse("person", args=[user.pk]), "head": True, "sub": user.email},
        {"text": str(Role(user.role).label)},
        {"text": ", ".join(team.name for team in user.teams.all())},
        {"text": _("Set up") if has_factor else _("Not set up")},
        {"tag": tag},
    ]


@require_http_methods(["GET", "POST"])
@staff_page(May.MANAGE_STAFF)
def add(request: StaffRequest) -> HttpResponse:
    """Add somebody; they are sent a link by which they choose a password."""
    if request.method != "POST":
        return _add_form(request, {})
    post = request.POST
    faults = _faults(post.get("full_name", ""), post.get("email", ""), post.get("role", ""))
    if faults:
        return _add_form(request, faults)
    try:
        user = add_staff(
            email=post["email"],
            full_name=post["full_name"],
            role=Role(post["role"]),
            teams=_teams(request),
            by=request.user,
            at=timezone.now(),
        )
    except AlreadyHere as refused:
        return _add_form(request, {"email": str(refused.__doc__)})
    _invite(request, user, is_first=True)
    leave_notice(request, _("%(name)s was added and is sent a link.") % {"name": user.full_name})
    return redirect("people")


def _faults(name: str, email: str, role: str) -> dict[str, str]:
    faults = {}
    if not 1 <= len(name.strip()) <= 120:
        faults["full_name"] = _("Enter the full name, up to 120 characters")
    try:
        validate_email(email.strip())
    except ValidationError:
        faults["email"] = _("Enter an email address, such as name@council.example")
    if role not in Role.values:
        faults["role"] = _("Choose a role")
    return faults


def _add_form(request: StaffRequest, faults: Mapping[str, str]) -> HttpResponse:
    context = {
        "roles": _roles(request.POST.get("role", "")),
        "teams": _team_boxes({int(pk) for pk in request.POST.getlist("teams") if pk.isdecimal()}),
        "typed": {name: request.POST.get(name, "") for name in ("full_name", "email")},
        "faults": faults,
        "errors": [{"text": words, "href": f"#{name}"} for name, words in faults.items()],
    }
    return render(request, "account/person_add.html", context, status=400 if faults else 200)


def _roles(chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "value": role.value,
            "text": str(role.label),
            "hint": {"text": ", ".join(sorted(may.value for may in ROLES[role])).capitalize()},
            "checked": role.value == chosen,
        }
        for role in Role
    ]


def _team_boxes(chosen: set[int]) -> list[dict[str, Any]]:
    return [{"value": str(t.pk), "text": t.name, "checked": t.pk in chosen} for t in all_teams()]


def _teams(request: StaffRequest) -> list[Team]:
    wanted = [pk for pk in request.POST.getlist("teams") if pk.isdecimal()]
    return list(Team.objects.filter(pk__in=wanted))


def _invite(request: StaffRequest, user: User, *, is_first: bool) -> None:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    link = get_adapter(request).get_reset_password_from_key_url(key)
    send_link(user=user, link=link, is_first=is_first, at=timezone.now(), rng=random.SystemRandom())


@require_safe
@staff_page(May.MANAGE_STAFF)
def person(request: StaffRequest, number: int) -> HttpResponse:
    """One account and what can be changed on it."""
    user = get_object_or_404(User, pk=number)
    held = {each.skill_id: each.level for each in rows_on(on=day_of(timezone.now()), people=[user.pk])}
    context = {
        "person": user,
        "role": str(Role(user.role).label),
        "roles": _roles(user.role),
        "teams": _team_boxes(set(user.teams.values_list("pk", flat=True))),
        "skills": [
            {"id": skill.pk, "name": skill.name, "level": str(held.get(skill.pk, ""))}
            for skill in Skill.objects.order_by("name")
        ],
        "levels": LEVELS,
        "has_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "open_cases": Case.objects.filter(owner=user, closed_at__isnull=True).count(),
        "is_me": user.pk == request.user.pk,
        "notice": take_notice(request),
    }
    return render(request, "account/person.html", context)


@require_POST
@staff_page(May.MANAGE_STAFF)
def change(request: StaffRequest, number: int, what: str) -> HttpResponse:
    """Change one thing of an account."""
    user, how = get_object_or_404(User, pk=number), CHANGES.get(what)
    if how is None:
        return redirect("person", number=number)
    try:
        leave_notice(request, how(request, user))
    except OwnAccount as refused:
        leave_notice(request, str(refused.__doc__), kind="info")
    return redirect("person", number=number)


def _role(request: StaffRequest, user: User) -> str:
    wanted = request.POST.get("role", "")
    if wanted not in Role.values:
        return _("Choose a role; nothing was changed.")
    change_role(user=user, role=Role(wanted), by=request.user, at=timezone.now())
    return _("The role was changed. Their sessions have ended.")


def _in_teams(request: StaffRequest, user: User) -> str:
    set_teams(user=user, teams=_teams(request), by=request.user, at=timezone.now())
    return _("The teams were changed.")


def _skills(request: StaffRequest, user: User) -> str:
    levels = {
        skill: int(level)
        for skill in Skill.objects.all()
        if (level := request.POST.get(f"skill-{skill.pk}", "")) in LEVELS
    }
    set_skills(user=user, levels=levels, by=request.user, at=timezone.now())
    return _("The skills were changed.")


def _leave(request: StaffRequest, user: User) -> str:
    leave(user=user, by=request.user, at=timezone.now())
    return _(
        "%(name)s has left and is signed out everywhere. Their open cases keep them as owner until given on."
    ) % {"name": user.full_name}


def _return(request: StaffRequest, user: User) -> str:
    come_back(user=user, by=request.user, at=timezone.now())
    _invite(request, user, is_first=True)
    return _("%(name)s is back and is sent a link to choose a password.") % {"name": user.full_name}


def _sign_out(request: StaffRequest, user: User) -> str:
    end_sessions(user=user, by=request.user, at=timezone.now())
    return _("Signed out everywhere.")


def _reset_factor(request: StaffRequest, user: User) -> str:
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user, by=request.user, at=timezone.now())
    record(
        at=timezone.now(),
        by=staff(request.user).actor,
        event="second factor reset",
        facts={"staff": str(user.pk)},
    )
    return _("The second factor was removed. They set up a new one when they next sign in.")


def _link(request: StaffRequest, user: User) -> str:
    _invite(request, user, is_first=False)
    return _("A link to choose a new password is on its way.")


CHANGES: Mapping[str, Callable[[StaffRequest, User], str]] = {
    "role": _role,
    "teams": _in_teams,
    "skills": _skills,
    "leave": _leave,
    "return": _return,
    "sign-out": _sign_out,
    "factor": _reset_factor,
    "link": _link,
}
