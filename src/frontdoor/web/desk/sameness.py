"""Records that may be of one person, settled outside a contact: a list, both beside each other, and undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from frontdoor.contacts.merging import AlreadySettled, CannotMerge, CannotUndo
from frontdoor.contacts.models import Customer, Merge, Settled
from frontdoor.handling.desk.sameness import (
    NoSuchDoubt,
    merges_lately,
    pair_of,
    pairs_to_settle,
    part_pair,
    settle_pair,
)
from frontdoor.handling.desk.seeing import Picture
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.permissions import May
from frontdoor.web.desk import shown
from frontdoor.web.desk.visit import CHANCE, says
from frontdoor.web.office.access import StaffRequest, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.words import date_words

ON_A_PAGE = 25
MOST_MERGES = 20


@require_safe
@staff_page(May.SETTLE_SAMENESS)
def pairs(request: StaffRequest) -> HttpResponse:
    """Every pair that nobody has said anything of, and what was made one lately."""
    page = Paginator(pairs_to_settle(user=request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [
            {
                "id": each.pk,
                "one": shown.name_of(each.one),
                "other": shown.name_of(each.other),
                "because": ", ".join(each.because),
                "at": each.noticed_at,
            }
            for each in page.object_list
        ],
        "count": page.paginator.count,
        "page": page,
        "merges": [_merge(each) for each in merges_lately(user=request.user)[:MOST_MERGES]],
        "notice": take_notice(request),
    }
    return render(request, "desk/pairs.html", context)


@require_safe
@staff_page(May.SETTLE_SAMENESS)
def pair(request: StaffRequest, likeness: int) -> HttpResponse:
    """Two records beside each other."""
    try:
        found = pair_of(likeness_id=likeness, user=request.user, at=now_utc())
    except NoSuchDoubt:
        raise Http404 from None
    context = {
        "id": likeness,
        "because": ", ".join(found.likeness.because),
        "sides": [_side(found.one), _side(found.other)],
        "lines": _lines(found.one, found.other),
        "notice": take_notice(request),
    }
    return render(request, "desk/pair.html", context)


@require_POST
@staff_page(May.SETTLE_SAMENESS)
def settle(request: StaffRequest, likeness: int) -> HttpResponse:
    """They are one, or two; then on to the next pair."""
    said = request.POST.get("settled", "")
    because = " ".join(request.POST.get("because", "").split())[:400]
    if said not in Settled.values:
        return redirect("desk_pair", likeness)
    try:
        settle_pair(
            likeness_id=likeness,
            settled=Settled(said),
            because=because,
            by=request.user,
            at=now_utc(),
            rng=CHANCE,
        )
    except CannotMerge as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk_pair", likeness)
    except (NoSuchDoubt, AlreadySettled) as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk_pairs")
    leave_notice(
        request,
        _("The two records are one now. It can be undone in the list.")
        if said == Settled.SAME
        else _("Noted: these are different people."),
    )
    following = pairs_to_settle(user=request.user).first()
    return redirect("desk_pair", following.pk) if following else redirect("desk_pairs")


@require_POST
@staff_page(May.SETTLE_SAMENESS)
def part(request: StaffRequest, merge: UUID) -> HttpResponse:
    """The two were not one after all."""
    try:
        part_pair(merge_id=merge, by=request.user, at=now_utc())
    except (NoSuchDoubt, CannotUndo) as refused:
        leave_notice(request, says(refused), kind="info")
        return redirect("desk_pairs")
    leave_notice(request, _("The two records are apart again, each with its own history."))
    return redirect("desk_pairs")


def _merge(merge: Merge) -> dict[str, Any]:
    return {
        "id": merge.pk,
        "keep": shown.name_of(merge.keep),
        "other": shown.name_of(merge.other),
        "by": merge.by.full_name,
        "at": merge.at,
        "because": merge.because,
    }


def _side(picture: Picture) -> dict[str, Any]:
    return {"since": picture.customer.created_at, **shown.picture_of(picture)}


def _lines(one: Picture, other: Picture) -> list[dict[str, Any]]:
    """What the two say of themselves, line by line; `is_same` where both say the same."""
    kinds = sorted({point.get_kind_display() for each in (one, other) for point in each.points})
    lines = [
        _line(_("Name"), shown.name_of(one.customer), shown.name_of(other.customer)),
        _line(_("Date of birth"), _born(one.customer), _born(other.customer)),
        *(_line(kind, _values(one, kind), _values(other, kind)) for kind in kinds),
    ]
    return [each for each in lines if each["one"] or each["other"]]


def _line(what: str, one: str, other: str) -> dict[str, Any]:
    return {
        "what": what,
        "one": one,
        "other": other,
        "is_same": bool(one) and one.casefold() == other.casefold(),
    }


def _born(customer: Customer) -> str:
    return date_words(customer.born_on) if customer.born_on else ""


def _values(picture: Picture, kind: str) -> str:
    return "; ".join(point.value for point in picture.points if point.get_kind_display() == kind)
