"""Where the links at the head and foot of every page lead, as tables.

A link is shown where its page exists in this installation: a council that switches a room off has no dead
links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from frontdoor.staff.models import Role, User


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link: its words, where it goes, and whether it is the page (or part) that is open now."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page of the staff side and the roles that have a use for it; no roles means everyone."""

    text: str
    page: str
    roles: frozenset[str] = frozenset()


LOOK_FOR_CASES = frozenset({"advisor", "officer", "supervisor"})


@dataclass(frozen=True, kw_only=True)
class StaffPerson:
    """The member of staff whose name stands in the top bar."""

    name: str
    role: str

    @property
    def role_words(self) -> str:
        """What they are here for, in words."""
        return str(Role(self.role).label)

    @property
    def looks_for_cases(self) -> bool:
        """Whether the search for cases is any use to them."""
        return self.role in LOOK_FOR_CASES


HEADER = (
    (gettext_noop("Services"), "home"),
    (gettext_noop("Track"), "track"),
    (gettext_noop("Help"), "help"),
)

FOOTER = (
    (gettext_noop("Help"), "help"),
    (gettext_noop("Contact us"), "contact"),
    (gettext_noop("Accessibility"), "accessibility"),
    (gettext_noop("Privacy"), "privacy"),
    (gettext_noop("Cookies"), "cookies"),
    (gettext_noop("Complain or praise"), "complain"),
)

STAFF = (
    Place(text=gettext_noop("Desk"), page="desk", roles=LOOK_FOR_CASES),
    Place(text=gettext_noop("Work"), page="work", roles=LOOK_FOR_CASES),
    Place(
        text=gettext_noop("Services"),
        page="office_services",
        roles=frozenset({"designer", "supervisor", "manager"}),
    ),
    Place(text=gettext_noop("Call times"), page="call_times", roles=frozenset({"planner", "supervisor"})),
    Place(text=gettext_noop("Plan"), page="plan", roles=frozenset({"supervisor", "planner"})),
    Place(
        text=gettext_noop("Skills"),
        page="skills",
        roles=frozenset({"supervisor", "planner", "administrator"}),
    ),
    Place(text=gettext_noop("My week"), page="own_week", roles=frozenset({"advisor", "officer"})),
    Place(
        text=gettext_noop("Deliveries"), page="deliveries", roles=frozenset({"supervisor", "administrator"})
    ),
    Place(text=gettext_noop("Emergency access"), page="emergency", roles=frozenset({"manager"})),
    Place(text=gettext_noop("Upkeep"), page="upkeep", roles=frozenset({"administrator"})),
    Place(
        text=gettext_noop("Figures"),
        page="figures",
        roles=frozenset({"supervisor", "planner", "manager", "auditor"}),
    ),
    Place(text=gettext_noop("Journal"), page="journal", roles=frozenset({"auditor"})),
    Place(text=gettext_noop("People"), page="people", roles=frozenset({"administrator"})),
)


FIRST_PAGES: Mapping[str, str] = {
    "advisor": "desk",
    "officer": "work",
    "supervisor": "work",
    "planner": "plan",
    "manager": "figures",
    "designer": "office_services",
    "auditor": "journal",
    "administrator": "people",
}
"""Where each role's day begins."""


def page_exists(name: str) -> bool:
    """Whether this installation has a page of that name which needs no further words to address it."""
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def header_links() -> list[Link]:
    """The links at the head of a customer's page, always in the same order."""
    return _links(HEADER)


def footer_links() -> list[Link]:
    """The links at the foot of every page, always in the same order."""
    return _links(FOOTER)


def _links(table: tuple[tuple[str, str], ...]) -> list[Link]:
    return [Link(text=_(text), href=reverse(page)) for text, page in table if page_exists(page)]


def staff_person(request: HttpRequest) -> StaffPerson | None:
    """Who is signed in; None for a customer, and for a page so early in failing that nobody is known."""
    user = getattr(request, "user", None)
    return StaffPerson(name=user.full_name, role=user.role) if isinstance(user, User) else None


def staff_links(*, role: str, path: str) -> list[Link]:
    """The parts of the staff side that somebody with this role has a use for; `path` is the page that is
    open.

    Hiding a link is a kindness, not a lock: each page checks for itself who may see it.
    """
    shown = [place for place in STAFF if page_exists(place.page) and (not place.roles or role in place.roles)]
    places = [(place, reverse(place.page)) for place in shown]
    open_now = max((href for _place, href in places if path.startswith(href)), key=len, default="")
    return [Link(text=_(place.text), href=href, current=href == open_now) for place, href in places]
