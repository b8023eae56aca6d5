"""What forms of these pages say, read; and the parts that the pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.kernel.clock import at_london
from frontdoor.staff.models import Skill

LEVELS: Mapping[int, str] = {
    1: gettext_noop("Learning"),
    2: gettext_noop("Able"),
    3: gettext_noop("Teaches others"),
}
PARTS = (
    ("skills", gettext_noop("Who can do what")),
    ("skills_refresh", gettext_noop("To be refreshed")),
    ("skills_training", gettext_noop("Training")),
    ("skills_recruitment", gettext_noop("Recruitment")),
)


class NotSaid(ValueError):
    """Something is missing or cannot be read; the words say what, and nothing was changed."""


def tabs_of(page: str) -> list[dict[str, Any]]:
    """The parts, with the open one marked."""
    return [
        {"text": _(text), "href": reverse(name), "current": name == page, "count": 0} for name, text in PARTS
    ]


def said_day(request: HttpRequest, name: str, what: str) -> date:
    """A day that must be said. Raises NotSaid."""
    found = day_or_none(request, name, what)
    if found is None:
        raise NotSaid(_("Enter %(what)s as a date. Nothing was changed.") % {"what": what})
    return found


def day_or_none(request: HttpRequest, name: str, what: str) -> date | None:
    """A day that may be left out. Raises NotSaid where what was entered is none."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotSaid(_("Enter %(what)s as a date. Nothing was changed.") % {"what": what}) from None


def said_instant(request: HttpRequest, day: str, clock: str, what: str) -> datetime:
    """A day and a time of day in London. Raises NotSaid."""
    on = said_day(request, day, what)
    try:
        return at_london(on, time.fromisoformat(request.POST.get(clock, "").strip()))
    except ValueError:
        raise NotSaid(_("Enter a time of day, such as 09:30. Nothing was changed.")) from None


def quarter_or_none(said: Mapping[str, str], name: str) -> time | None:
    """A time of day at a quarter of an hour, which may be left out. Raises NotSaid where what was entered is none."""
    text = said.get(name, "").strip()
    try:
        found = time.fromisoformat(text) if text else None
    except ValueError:
        found = time(0, 1)
    if found is not None and (found.minute % 15 or found.second):
        raise NotSaid(_("Enter times at a quarter of an hour, such as 08:15. Nothing was changed."))
    return found


def said_number(request: HttpRequest, name: str, what: str, *, least: int, most: int) -> int:
    """A whole number. Raises NotSaid."""
    text = request.POST.get(name, "").strip()
    if not (text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
        raise NotSaid(
            _("Enter %(what)s as a number from %(least)d to %(most)d. Nothing was changed.")
            % {"what": what, "least": least, "most": most}
        )
    return int(text)


def said_skill(request: HttpRequest) -> Skill | None:
    """The skill that was chosen; None for none."""
    text = request.POST.get("skill", "")
    return Skill.objects.filter(pk=int(text)).first() if text.isdecimal() else None


def said_level(request: HttpRequest, name: str = "level") -> int:
    """A level from 1 to 3. Raises NotSaid."""
    return said_number(request, name, _("the level"), least=1, most=3)


def options(pairs: Iterable[tuple[object, str]]) -> list[dict[str, str]]:
    """Choices of a list, as the form parts want them."""
    return [{"value": str(value), "text": text} for value, text in pairs]


def skill_options() -> list[dict[str, str]]:
    """Every skill by name."""
    return options((each.pk, each.name.capitalize()) for each in Skill.objects.order_by("name"))


def level_options() -> list[dict[str, str]]:
    """The three levels."""
    return options((number, _(words)) for number, words in LEVELS.items())


def doc(fault: Exception) -> str:
    """What an error says: its own words, else those of its class."""
    return " ".join((str(fault) or fault.__class__.__doc__ or "").split())
