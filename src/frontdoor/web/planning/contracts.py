"""What everybody is contracted to work, and one person’s contract: tried against the rules and the rota, then set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.staff.models import Role, User
from frontdoor.staff.permissions import May, may
from frontdoor.web.office.access import StaffRequest, no_store, staff_page
from frontdoor.web.office.notices import leave_notice, take_notice
from frontdoor.web.office.tables import as_csv, as_workbook
from frontdoor.web.planning.shown import between_words, fixed_shifts_words
from frontdoor.web.planning.tabs import plan_tabs
from frontdoor.web.skills.asked import NotSaid, doc, quarter_or_none
from frontdoor.web.words import date_words, short_date_words, time_words, weekday_words
from frontdoor.workforce.records.models import Contract
from frontdoor.workforce.records.rotas.rota import MayNotRoster
from frontdoor.workforce.records.terms.contract_checking import would_break
from frontdoor.workforce.records.terms.contracts import TERMS, NotAContract, contracts_on, set_contract
from frontdoor.workforce.records.terms.fixed_shifts import FixedRow, NotFixed, fixed_words

HEAD = (
    gettext_noop("Name"),
    gettext_noop("Since"),
    gettext_noop("Hours a week"),
    gettext_noop("Days"),
    gettext_noop("Of these weekdays"),
    gettext_noop("Between"),
    gettext_noop("Fixed shifts"),
    gettext_noop("In the office"),
    gettext_noop("Likes to start"),
)
USUAL = range(5)
MOST_SAID = 12
EDGES = ("from", "to")
FIXED_NAMES = [f"fixed-{day}-{edge}" for day in range(7) for edge in EDGES]
FAULTS = (NotSaid, NotAContract, NotFixed, MayNotRoster)


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def contracts(request: StaffRequest) -> HttpResponse:
    """Everybody who may take contacts: those with a contract that holds today, then those without."""
    found = _of_today()
    context = {
        "tabs": plan_tabs("plan_contracts"),
        "table": {
            "caption": _("Contracts"),
            "columns": [{"text": _(text), "numeric": text == HEAD[2]} for text in HEAD],
            "rows": [
                [
                    {"text": text, "head": place == 0, "href": _link(user) if place == 0 else ""}
                    for place, text in enumerate(_row(user, each))
                ]
                for user, each in found
            ],
            "empty": _("Nobody takes contacts yet. An administrator adds people under People."),
            "csv": reverse("plan_contracts_download", args=["csv"]),
            "xlsx": reverse("plan_contracts_download", args=["xlsx"]),
        },
        "notice": take_notice(request),
    }
    return no_store(render(request, "planning/contracts.html", context))


@require_safe
@staff_page(May.PLAN, May.SUPERVISE)
def download(request: StaffRequest, kind: str) -> HttpResponse:
    """The contracts of today to take away."""
    rows = [_row(user, each) for user, each in _of_today()]
    name = f"contracts-{day_of(now_utc())}"
    return (as_csv if kind == "csv" else as_workbook)(name, [_(each) for each in HEAD], rows)


def _of_today() -> list[tuple[User, Contract | None]]:
    held = contracts_on(on=day_of(now_utc()))
    takes = (Role.ADVISOR, Role.OFFICER)
    people = User.objects.filter(is_active=True, left_at__isnull=True, role__in=takes)
    others = User.objects.filter(pk__in=list(held))
    found = {each.pk: each for each in (*people, *others)}
    order = sorted(found.values(), key=lambda user: (user.pk not in held, user.full_name, user.pk))
    return [(each, held.get(each.pk)) for each in order]


def _link(user: User) -> str:
    return reverse("plan_contract", args=[user.pk])


def _row(user: User, each: Contract | None) -> list[str]:
    if each is None:
        return [user.full_name, _("no contract"), *[""] * (len(HEAD) - 2)]
    return [user.full_name, short_date_words(each.since_on), *_terms(each)]


def _terms(each: Contract) -> list[str]:
    """As the columns after the day say it."""
    office = _days(each.office_weekdays)
    if each.office_days > len(each.office_weekdays):
        office = "; ".join(word for word in (office, _("%(n)d days") % {"n": each.office_days}) if word)
    return [
        f"{each.minutes / 60:g}",
        str(each.days),
        _days(each.weekdays or USUAL),
        between_words(each.earliest, each.latest),
        "; ".join(fixed_shifts_words(each)),
        office,
        time_words(each.prefers) if each.prefers else "",
    ]


def _days(weekdays: Sequence[int]) -> str:
    return ", ".join(weekday_words(day)[:3] for day in sorted(weekdays))


@require_http_methods(["GET", "POST"])
@staff_page(May.PLAN, May.SUPERVISE)
def contract(request: StaffRequest, person: int) -> HttpResponseBase:
    """One person’s contract: what another would break is said before it is set."""
    user, now = get_object_or_404(User, pk=person), now_utc()
    held = contracts_on(on=day_of(now), people=[user.pk]).get(user.pk)
    said = request.POST if request.method == "POST" else request.GET
    fault, broken = "", None
    try:
        if request.method == "POST" and may(request.user, May.PLAN):
            return _set(request, _wanted(user, said))
        if "since" in said:
            broken = would_break(wanted=_wanted(user, said), at=now)
    except FAULTS as refused:
        fault = doc(refused)
    history = Contract.objects.filter(user=user).order_by("-since_on")
    context = {
        "person": user,
        "now": _named(held) if held else [],
        "form": _filled(said) if "since" in said else _form(held, day_of(now)),
        "weekdays": [{"value": str(day), "text": weekday_words(day)} for day in range(7)],
        "fixed_names": FIXED_NAMES,
        "fault": fault,
        "broken": broken[:MOST_SAID] if broken else broken,
        "more": max(0, len(broken or ()) - MOST_SAID),
        "history": {
            "caption": _("All contracts"),
            "columns": [{"text": _(text)} for text in HEAD[1:]],
            "rows": [
                [
                    {"text": text, "head": place == 0}
                    for place, text in enumerate([short_date_words(each.since_on), *_terms(each)])
                ]
                for each in history
            ],
            "empty": _("No contract is on record."),
        },
        "may_plan": may(request.user, May.PLAN),
    }
    return no_store(render(request, "planning/contract.html", context, status=400 if fault else 200))


def _set(request: StaffRequest, wanted: Contract) -> HttpResponse:
    said = {name: getattr(wanted, name) for name in TERMS}
    set_contract(user=wanted.user, since_on=wanted.since_on, **said, by=request.user, at=now_utc())
    words = _("The contract of %(name)s is set from %(day)s. The next rota keeps to it.")
    leave_notice(request, words % {"name": wanted.user.full_name, "day": date_words(wanted.since_on)})
    return redirect("plan_contracts")


def _named(held: Contract) -> list[dict[str, str]]:
    pairs = zip(HEAD[1:], [date_words(held.since_on), *_terms(held)], strict=True)
    return [{"name": _(name), "value": value} for name, value in pairs if value]


def _form(held: Contract | None, today: date) -> dict[str, Any]:
    """The fields as they stand, or as is usual."""
    each = held or Contract(minutes=2220, days=5)
    return {
        "since": today.isoformat(),
        "hours": f"{each.minutes / 60:g}",
        "days": str(each.days),
        "weekdays": [str(day) for day in each.weekdays or USUAL],
        "office": [str(day) for day in each.office_weekdays],
        "office_days": str(each.office_days),
        **{
            name: f"{clock:%H:%M}" if clock else ""
            for name, clock in (
                ("earliest", each.earliest),
                ("latest", each.latest),
                ("prefers", each.prefers),
            )
        },
        **dict.fromkeys(FIXED_NAMES, ""),
        **{
            f"fixed-{weekday}-{edge}": f"{clock:%H:%M}"
            for weekday, begins, ends in fixed_words(each)
            for edge, clock in (("from", begins), ("to", ends))
        },
    }


def _filled(said: QueryDict) -> dict[str, Any]:
    names = ("since", "hours", "days", "office_days", "earliest", "latest", "prefers", *FIXED_NAMES)
    lists = {name: said.getlist(name) for name in ("weekdays", "office")}
    return {**{name: said.get(name, "") for name in names}, **lists}


def _wanted(user: User, said: QueryDict) -> Contract:
    """The contract that is filled in, not kept. Raises NotSaid."""
    try:
        since = date.fromisoformat(said.get("since", "").strip())
    except ValueError:
        raise NotSaid(_("Enter the day from which it holds. Nothing was changed.")) from None
    try:
        quarters = float(said.get("hours", "").replace(",", ".")) * 4
    except ValueError:
        quarters = -1.0
    if not (0 < quarters <= 192 and quarters == round(quarters)):
        raise NotSaid(_("Enter hours a week in quarters of an hour, such as 37.5. Nothing was changed."))
    weekdays = _weekdays(said, "weekdays")
    return Contract(
        user=user,
        since_on=since,
        minutes=round(quarters * 15),
        days=_number(said, "days"),
        weekdays=[] if weekdays == list(USUAL) else weekdays,
        office_days=_number(said, "office_days"),
        office_weekdays=_weekdays(said, "office"),
        earliest=quarter_or_none(said, "earliest"),
        latest=quarter_or_none(said, "latest"),
        prefers=quarter_or_none(said, "prefers"),
        fixed=_fixed(said),
    )


def _fixed(said: QueryDict) -> list[FixedRow]:
    """The fixed shifts that are filled in. An end at midnight is the end of the day."""
    found: list[FixedRow] = []
    for day in range(7):
        begins, ends = (quarter_or_none(said, f"fixed-{day}-{edge}") for edge in EDGES)
        if begins is None and ends is None:
            continue
        if begins is None or ends is None:
            words = _(
                "Enter when the fixed shift of %(day)s begins and when it ends, or neither. Nothing was changed."
            )
            raise NotSaid(words % {"day": weekday_words(day)})
        found.append([day, f"{begins:%H:%M}", f"{ends:%H:%M}" if ends > time.min else "24:00"])
    return found


def _weekdays(said: QueryDict, name: str) -> list[int]:
    return sorted({int(day) for day in said.getlist(name) if day in "0123456" and len(day) == 1})


def _number(said: QueryDict, name: str) -> int:
    text = said.get(name, "").strip() or "0"
    if not (text.isdecimal() and len(text) <= 3 and int(text) <= 7):
        raise NotSaid(_("Enter days as a number up to 7. Nothing was changed."))
    return int(text)
