"""An advisor’s own week: shifts, swaps and leave, the calendar link, and what they do now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from random import SystemRandom
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from frontdoor.kernel.clock import day_of, london, monday_of, now_utc
from frontdoor.staff.models import User
from frontdoor.web.calls import read_day
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.planning.drawing import Line, hours_drawing
from frontdoor.web.planning.shown import bars_of, fixed_shifts_words, hours_words, key, parts_words
from frontdoor.web.skills.asked import NotSaid, doc, said_day
from frontdoor.web.words import date_words, datetime_words, day_words, time_words, weekday_words
from frontdoor.workforce.records.asking.feeds import end_feed, make_feed
from frontdoor.workforce.records.asking.leave import (
    AwayAlready,
    LeaveAnswered,
    NotDays,
    NotYourLeave,
    ask_leave,
    leaves_of,
    withdraw_leave,
)
from frontdoor.workforce.records.asking.swapping import (
    AnsweredAlready,
    AskedAlready,
    BreaksRules,
    NotYourShift,
    NotYoursToAnswer,
    ShiftBegun,
    answer_swap,
    ask_swap,
    rules_broken,
    swaps_of,
    withdraw_swap,
)
from frontdoor.workforce.records.attending.presence import now_doing, present_now
from frontdoor.workforce.records.models import Answerer, Contract, Doing, Feed, Leave, LeaveKind, Shift, Swap
from frontdoor.workforce.records.rotas.rota import MayNotRoster, shifts_of
from frontdoor.workforce.records.terms.contracts import contracts_on
from frontdoor.workforce.records.terms.fixed_shifts import fixed_words

CHANCE = SystemRandom()
WEEK, DAY = timedelta(days=7), timedelta(days=1)
MOST_ROWS = 12
LINK = "own_feed_link"
PARTS = (
    ("own_week", gettext_noop("My week")),
    ("own_figures", gettext_noop("My figures")),
    ("own_training", gettext_noop("My training")),
)
FAULTS = (
    *(NotSaid, NotDays, AwayAlready, LeaveAnswered, NotYourLeave),
    *(NotYourShift, ShiftBegun, AskedAlready, AnsweredAlready, NotYoursToAnswer, BreaksRules, MayNotRoster),
)


def own_tabs(page: str) -> list[dict[str, Any]]:
    """The parts of one’s own pages, with the open one marked."""
    return [
        {"text": _(text), "href": reverse(name), "current": name == page, "count": 0} for name, text in PARTS
    ]


@require_safe
@staff_page()
def week(request: StaffRequest) -> HttpResponse:
    """My week, drawn and in words; what I asked for and am asked for."""
    me, now = request.user, now_utc()
    monday = monday_of(read_day(request.GET.get("week", "")) or day_of(now))
    shifts = list(shifts_of(first_on=monday, last_on=monday + WEEK - DAY, people=[me.pk]))
    doing = present_now(people=[me.pk]).get(me.pk)
    contract = contracts_on(on=monday, people=[me.pk]).get(me.pk)
    link = request.session.pop(LINK, "")
    context = {
        "tabs": own_tabs("own_week"),
        "title": _("%(first)s to %(last)s")
        % {"first": date_words(monday), "last": date_words(monday + WEEK - DAY)},
        "before": reverse("own_week", query={"week": (monday - WEEK).isoformat()}),
        "after": reverse("own_week", query={"week": (monday + WEEK).isoformat()}),
        "drawing": _drawing(monday, shifts),
        "key": key(),
        "fixed": "; ".join(fixed_shifts_words(contract)) if contract else "",
        "table": _table(shifts, contract),
        "doing": doing,
        "doings": [{"value": each.value, "text": str(each.label)} for each in Doing],
        "give": [
            {"value": str(each.pk), "text": _shift_words(each)} for each in shifts if each.starts_at > now
        ],
        "colleagues": _colleagues(me, monday, now),
        "swaps": [_swap(each, me) for each in swaps_of(user=me)[:MOST_ROWS]],
        "leaves": [_leave(each) for each in leaves_of(user=me)[:MOST_ROWS]],
        "kinds": [{"value": each.value, "text": str(each.label)} for each in LeaveKind],
        "link": link,
        "has_feed": Feed.objects.filter(user=me).exists(),
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/week.html", context))


def _drawing(monday: date, shifts: Sequence[Shift]) -> Any:
    days = [monday + timedelta(days=number) for number in range(7)]
    lines = [
        Line(
            f"{weekday_words(day.weekday())} {day.day}",
            bars_of(each for each in shifts if each.on == day),
        )
        for day in days
        if day.weekday() < 5 or any(each.on == day for each in shifts)
    ]
    return hours_drawing(title=_("My shifts, day by day"), lines=lines) if shifts else ""


def _table(shifts: Sequence[Shift], contract: Contract | None) -> dict[str, Any]:
    fixed = {day: times for day, *times in fixed_words(contract)} if contract else {}
    return {
        "caption": _("My shifts"),
        "stacks": True,
        "columns": [{"text": text} for text in (_("Day"), _("At work"), _("Within it"))],
        "rows": [
            [
                {"text": day_words(each.on), "head": True},
                {
                    "text": hours_words(each),
                    "sub": "; ".join(filter(None, (_by_contract(each, fixed), _changed(each)))),
                },
                {"text": parts_words(each)},
            ]
            for each in shifts
        ],
        "empty": _("No shift is published for you in this week."),
    }


def _by_contract(shift: Shift, fixed: Mapping[int, Sequence[time]]) -> str:
    """Whether a shift is the one that stands by contract; empty where none stands that day."""
    times = fixed.get(shift.on.weekday())
    if times is None:
        return ""
    if [london(each).time() for each in (shift.starts_at, shift.ends_at)] == list(times):
        return _("fixed in your contract")
    return _("your contract says %(from)s to %(to)s") % {
        "from": time_words(times[0]),
        "to": time_words(times[1]),
    }


def _changed(shift: Shift) -> str:
    """When a shift to come was changed after it was published; empty where it was not."""
    if not shift.sequence or shift.on < day_of(now_utc()):
        return ""
    return _("changed %(when)s") % {"when": datetime_words(shift.written_at)}


def _shift_words(shift: Shift) -> str:
    return f"{day_words(shift.on)}, {hours_words(shift)}"


def _colleagues(me: User, monday: date, now: Any) -> list[dict[str, str]]:
    """Whom one could ask: colleagues of one’s teams, each of their shifts of the week, and each for nothing."""
    found = User.objects.filter(is_active=True, teams__in=me.teams.all()).exclude(pk=me.pk).distinct()
    people = list(found.order_by("full_name", "pk"))
    theirs = shifts_of(first_on=monday, last_on=monday + WEEK - DAY, people=[each.pk for each in people])
    offers = [
        {"value": f"{each.pk}-", "text": _("%(name)s, for nothing") % {"name": each.full_name}}
        for each in people
    ]
    offers += [
        {"value": f"{each.user_id}-{each.pk}", "text": f"{each.user.full_name}: {_shift_words(each)}"}
        for each in theirs
        if each.starts_at > now
    ]
    return sorted(offers, key=lambda each: each["text"])


def _swap(swap: Swap, me: User) -> dict[str, Any]:
    said = {each.answerer: each.is_yes for each in swap.answers.all()}
    is_open = swap.ended_at is None
    give, take = swap.give, swap.take
    return {
        "id": swap.pk,
        "is_mine": swap.asked_by_id == me.pk,
        "with": (swap.colleague if swap.asked_by_id == me.pk else swap.asked_by).full_name,
        "give": _shift_words(give) if give else _("a shift that is no more"),
        "take": _shift_words(take) if take else "",
        "broken": rules_broken(give=give, take=take, colleague=swap.colleague) if is_open and give else [],
        "may_answer": is_open and swap.colleague_id == me.pk and Answerer.COLLEAGUE not in said,
        "may_withdraw": is_open and swap.asked_by_id == me.pk,
        "state": _swap_words(swap, said),
    }


def _swap_words(swap: Swap, said: dict[str, bool]) -> str:
    if False in said.values():
        return _("refused")
    if said.get(Answerer.SUPERVISOR):
        return _("done")
    if swap.ended_at is not None:
        return _("taken back")
    return _("waits for a supervisor") if Answerer.COLLEAGUE in said else _("waits for the colleague")


def _leave(leave: Leave) -> dict[str, Any]:
    answer = getattr(leave, "answer", None)
    state = _("taken back") if leave.withdrawn_at else _("waits for an answer")
    if answer is not None and leave.withdrawn_at is None:
        state = _("granted") if answer.is_yes else _("not granted")
    return {
        "id": leave.pk,
        "kind": leave.get_kind_display(),
        "first": leave.first_on,
        "last": leave.last_on,
        "state": state,
        "may_withdraw": leave.withdrawn_at is None and leave.first_on > day_of(now_utc()),
    }


@require_POST
@staff_page()
def do(request: StaffRequest) -> HttpResponse:
    """Everything that the page of the week does."""
    try:
        leave_notice(request, _done(request, request.POST.get("do", "")))
    except FAULTS as fault:
        leave_notice(request, doc(fault), kind="info")
    return redirect("own_week")


def _done(request: StaffRequest, what: str) -> str:
    me, now = request.user, now_utc()
    if what == "swap":
        person, _dash, take = request.POST.get("for", "").partition("-")
        give = request.POST.get("give", "")
        colleague = (
            User.objects.filter(pk=int(person), is_active=True).first() if person.isdecimal() else None
        )
        if colleague is None or not give.isdecimal():
            raise NotSaid(_("Choose your shift and a colleague. Nothing was changed."))
        take_id = int(take) if take.isdecimal() else None
        ask_swap(give_id=int(give), take_id=take_id, colleague=colleague, by=me, at=now)
        return _("%(name)s is asked.") % {"name": colleague.full_name}
    if what in ("yes", "no"):
        answer_swap(
            swap_id=_number(request), answerer=Answerer.COLLEAGUE, is_yes=what == "yes", by=me, at=now
        )
        return _("Your answer is kept.") if what == "no" else _("Agreed. A supervisor has the last word.")
    if what == "withdraw swap":
        withdraw_swap(swap_id=_number(request), by=me, at=now)
        return _("The request was taken back.")
    if what == "withdraw leave":
        withdraw_leave(leave_id=_number(request), by=me, at=now)
        return _("The request was taken back. Ask your supervisor for shifts of these days.")
    if what == "leave":
        kind = request.POST.get("kind", "")
        if kind not in LeaveKind.values:
            raise NotSaid(_("Choose the kind of leave. Nothing was changed."))
        first = said_day(request, "first", _("the first day"))
        ask_leave(
            kind=LeaveKind(kind),
            first_on=first,
            last_on=said_day(request, "last", _("the last day")),
            by=me,
            at=now,
        )
        return _("Asked for. A supervisor or planner answers.")
    if what == "link":
        request.session[LINK] = make_feed(user=me, at=now, rng=CHANCE)
        return _("The link is below. It is shown once.")
    if what == "end link":
        end_feed(user=me, at=now)
        return _("The link works no longer.")
    raise NotSaid(_("Choose what to do. Nothing was changed."))


def _number(request: StaffRequest) -> int:
    text = request.POST.get("number", "")
    if not text.isdecimal() or not (
        Swap.objects.filter(pk=int(text)).exists() or Leave.objects.filter(pk=int(text)).exists()
    ):
        raise Http404
    return int(text)


@require_POST
@staff_page()
def doing(request: StaffRequest) -> HttpResponse:
    """Say what one does now, or sign off."""
    wanted = request.POST.get("doing", "")
    now_doing(user=request.user, doing=Doing(wanted) if wanted in Doing.values else None, at=now_utc())
    return redirect("own_week")
