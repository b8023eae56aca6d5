from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from frontdoor.staff.models import Role, User
from frontdoor.web.navigation import STAFF, Link, footer_links, staff_links, staff_person


def _page(request: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("help", _page, name="help"),
    path("privacy", _page, name="privacy"),
    path("staff/", _page, name="work"),
    path("staff/services/", _page, name="office_services"),
    path("staff/journal/", _page, name="journal"),
]


@override_settings(ROOT_URLCONF=__name__)
def test_footer_shows_the_pages_that_exist_in_a_fixed_order() -> None:
    assert footer_links() == [Link(text="Help", href="/help"), Link(text="Privacy", href="/privacy")]


@override_settings(ROOT_URLCONF=__name__)
def test_staff_see_the_parts_their_role_has_a_use_for() -> None:
    assert staff_links(role="officer", path="/staff/") == [Link(text="Work", href="/staff/", current=True)]
    assert staff_links(role="auditor", path="/staff/") == [Link(text="Journal", href="/staff/journal/")]


@override_settings(ROOT_URLCONF=__name__)
def test_only_the_nearest_part_is_marked_as_open() -> None:
    assert staff_links(role="supervisor", path="/staff/services/blue-badge/") == [
        Link(text="Work", href="/staff/"),
        Link(text="Services", href="/staff/services/", current=True),
    ]


def test_every_role_of_a_place_exists() -> None:
    assert {role for place in STAFF for role in place.roles} <= set(Role.values)


@pytest.mark.parametrize("role", list(Role))
def test_person_in_the_bar_is_named_with_their_role(role: Role) -> None:
    request = RequestFactory().get("/")
    request.user = User(email="bob@wealdmoor.example", full_name="Bob", role=role)
    person = staff_person(request)
    assert person is not None
    assert (person.name, person.role_words) == ("Bob", role.label)


def test_nobody_is_named_to_a_customer() -> None:
    assert staff_person(RequestFactory().get("/")) is None
