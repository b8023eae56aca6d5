"""The form filled in together: papers, reports nearby, danger, every kind of question, and going on with it later."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from frontdoor.cases.models import Case, Draft, DraftFile, Enquiry, Evidence, Follower, Note
from frontdoor.catalogue.published import our_catalogue, our_places
from frontdoor.contacts.models import Contact, Customer
from frontdoor.journal.models import JournalEntry
from frontdoor.staff.models import Role, Team, User
from tests.integration.office.conftest import ANSWERS, PICTURE, NewUser, SignIn
from tests.integration.office.test_desk import begins, reads
from tests.integration.office.test_desk_form import fills, form_of, typed_for

pytestmark = pytest.mark.any_database

POTHOLE = {"category": "pothole", "place-street-search": "Mill Lane, Quernbeck"}
WITH_FORM = sorted(
    pack.id
    for pack in our_catalogue()
    if any(enquiry.starts == "form" for enquiry in pack.service.enquiries.values())
)


def scan() -> SimpleUploadedFile:
    """A paper that lay on the counter."""
    return SimpleUploadedFile("passport.png", PICTURE, "image/png")


def reports_pothole(desk: Client, page: str) -> Case:
    """Tell of a pothole in Mill Lane to the end."""
    fills(desk, form_of(desk, page, "street-problem/report"), {"category": "pothole"})
    return Case.objects.latest("received_at")


@pytest.mark.parametrize("service", WITH_FORM)
def test_every_form_can_be_filled_in_and_sent_at_the_desk(desk: Client, service: str, db: None) -> None:
    pack = our_catalogue().pack(service)
    Team.objects.create(name=pack.service.owner)
    subject = next(name for name, each in pack.service.enquiries.items() if each.starts == "form")
    page = begins(desk, way="counter")
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien", "born_on": "7 5 1951"})
    fills(desk, form_of(desk, page, f"{service}/{subject}"), dict(pack.examples[0].answers))
    case = Case.objects.get()
    assert (case.service, case.channel) == (service, "counter")
    assert Enquiry.objects.get().case == case


@pytest.mark.both_databases
def test_paper_is_scanned_at_the_counter_and_another_promised(desk: Client, blue_badge_team: Team) -> None:
    page = begins(desk, way="counter")
    form = form_of(desk, page, "blue-badge/apply")
    for _ in range(6):
        shown = reads(desk, form)
        if 'name="desk:paper:identity"' in shown:
            break
        desk.post(form, {**typed_for(ANSWERS), "do": "keep"})
    desk.post(
        form, {"desk:paper:identity": [scan(), scan()], "desk:promised": ["photo", "nonsense"], "do": "keep"}
    )
    draft = Draft.objects.get()
    assert draft.papers_promised == ["photo"]
    assert [row.kind for row in DraftFile.objects.order_by("pk")] == ["identity", "identity"]
    shown = reads(desk, form)
    desk.post(form, {"desk:remove": str(DraftFile.objects.latest("pk").pk)})
    assert DraftFile.objects.count() == 1
    assert "passport.png" in shown
    fills(desk, form, ANSWERS, **{"desk:promised": "photo"})
    case = Case.objects.get()
    assert Evidence.objects.get(case=case).kind == "identity"
    note = Note.objects.get(case=case)
    assert note.words.startswith("To come by post: ")
    assert "write the reference on every paper" in reads(desk, page)


@pytest.mark.both_databases
def test_paper_that_is_none_is_refused_with_the_reason(desk: Client, blue_badge_team: Team) -> None:
    form = form_of(desk, begins(desk, way="counter"), "blue-badge/apply")
    for _ in range(6):
        if 'name="desk:paper:identity"' in reads(desk, form):
            break
        desk.post(form, {**typed_for(ANSWERS), "do": "keep"})
    wrong = SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 50, "application/x-msdownload")
    page = desk.post(form, {"desk:paper:identity": wrong, "do": "keep"}).content.decode()
    assert "There is a problem" in page
    assert "virus.exe" in page
    assert not DraftFile.objects.exists()
    unknown = desk.post(form, {"desk:paper:nonsense": scan(), "do": "keep"})
    assert unknown.status_code == 302
    assert not DraftFile.objects.exists()


def test_street_is_found_read_back_and_put_right(desk: Client, highways_team: Team) -> None:
    form = form_of(desk, begins(desk), "street-problem/report")
    desk.post(form, {**POTHOLE, "do": "keep"})
    found = Draft.objects.get().answers["place"]
    shown = reads(desk, form)
    assert f"Found: {found['street']}" in shown
    others = [
        each
        for each in re.findall(r'name="place-usrn" type="radio" value="(\d+)"', shown)
        if each != found["usrn"]
    ]
    assert others
    desk.post(
        form,
        {
            "place-usrn": others[0],
            "place-lat": str(found["lat"]),
            "place-lon": str(found["lon"]),
            "do": "keep",
        },
    )
    street = our_places().street(others[0])
    place = Draft.objects.get().answers["place"]
    assert street
    assert (place["usrn"], place["street"]) == (others[0], street.words)
    assert abs(place["lat"] - street.lat) < 0.001
    unknown = desk.post(form, {"place-street-search": "Qqqqxyzzy", "do": "keep"}).content.decode()
    assert "We know no street like that" in unknown


@pytest.mark.both_databases
def test_open_report_nearby_is_offered_and_followed_instead(
    desk: Client, highways_team: Team, new_user: NewUser, sign_in: SignIn
) -> None:
    first = reports_pothole(desk, begins(desk))
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    page = begins(eve)
    form = form_of(eve, page, "street-problem/report")
    eve.post(form, {**_place_of(first), "category": "pothole", "do": "keep"})
    shown = reads(eve, form)
    assert "Somebody may have told us already" in shown
    assert first.reference not in shown
    follow = form.replace("/form/", "/follow/")
    eve.post(follow, {"same": str(first.pk)})
    assert "Ask for an email address or a mobile number first" in reads(eve, form)
    eve.post(follow, {"same": str(first.pk), "email": "pia@customer.example"})
    follower, enquiry = Follower.objects.get(), Enquiry.objects.latest("began_at")
    assert follower.case == first
    assert (enquiry.case, enquiry.outcome) == (first, "answered")
    assert enquiry.contact.customer == follower.customer
    assert Contact.objects.filter(customer=follower.customer).count() == 1
    assert not Draft.objects.filter(case=None).exists()
    assert Case.objects.count() == 1
    assert "They follow the report now" in reads(eve, page)


@pytest.mark.both_databases
def test_report_of_another_problem_is_made_all_the_same(
    desk: Client, highways_team: Team, new_user: NewUser, sign_in: SignIn
) -> None:
    first = reports_pothole(desk, begins(desk))
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    form = form_of(eve, begins(eve), "street-problem/report")
    eve.post(form, {**_place_of(first), "category": "pothole", "do": "keep"})
    eve.post(form, {"desk:nearby": "none"})
    assert "Somebody may have told us already" not in reads(eve, form)
    other = Case.objects.exclude(pk=first.pk)
    assert not other.exists()
    eve.post(form.replace("/form/", "/follow/"), {"same": "no id at all", "email": "pia@customer.example"})
    assert not Follower.objects.exists()


def _place_of(case: Case) -> dict[str, str]:
    return {"place-lat": str(case.lat), "place-lon": str(case.lon), "place-words": "By the gate"}


def test_danger_in_what_is_typed_comes_first_and_is_counted_once(desk: Client, highways_team: Team) -> None:
    form = form_of(desk, begins(desk), "street-problem/report")
    desk.post(form, {"category": "pothole", "place-words": "I can smell gas here", "do": "keep"})
    shown = reads(desk, form)
    danger = re.search(r'name="desk:danger" value="([^"]+)"', shown)
    assert danger
    assert "Read out:" in shown
    assert "They agree: send it" not in shown
    desk.post(form, {"desk:danger": danger[1]})
    assert 'name="desk:danger"' not in reads(desk, form)
    desk.post(form, {"category": "pothole", "place-words": "I can smell gas here", "do": "keep"})
    heard = JournalEntry.objects.filter(event="danger heard")
    assert [entry.facts["danger"] for entry in heard] == [danger[1]]


def test_half_filled_form_is_there_after_the_browser_was_closed(
    desk: Client, dora: User, sign_in: SignIn, blue_badge_team: Team
) -> None:
    page = begins(desk)
    form = form_of(desk, page, "blue-badge/apply")
    desk.post(form, {"applicant": "person", "full_name": "Ines Ivory", "do": "keep"})
    again = sign_in(dora)
    assert again.get("/staff/desk/")["Location"] == page
    assert 'value="Ines Ivory"' in reads(again, form)


@pytest.mark.both_databases
def test_another_advisor_finishes_what_was_left_half_filled(
    desk: Client, dora: User, new_user: NewUser, sign_in: SignIn, blue_badge_team: Team
) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien", "born_on": "7 5 1951"})
    form = form_of(desk, page, "blue-badge/apply")
    desk.post(form, {"applicant": "person", "do": "keep"})
    moira, draft = Customer.objects.get(), Draft.objects.get()
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    theirs = begins(eve)
    eve.post(f"{theirs}who/", {"customer": str(moira.pk)})
    assert "Half-filled: " in reads(eve, theirs)
    assert "with Dora Dale" in reads(eve, theirs)
    eve.post(f"{theirs}forms/{draft.pk}/")
    assert "has this form open" in reads(eve, theirs)
    desk.post(f"{page}enquiries/{Enquiry.objects.get().pk}/close/", {"outcome": "cut off", "then": "end"})
    led = eve.post(f"{theirs}forms/{draft.pk}/")
    assert "From our record" in reads(eve, led["Location"])
    fills(eve, led["Location"], ANSWERS)
    case = Case.objects.get()
    assert (case.draft, case.customer) == (draft, moira)
    opened = JournalEntry.objects.get(event="case opened")
    assert opened.contact_id == Contact.objects.exclude(taken_by=dora).get(taken_by__isnull=False).pk


@pytest.mark.both_databases
def test_form_whose_advisor_went_home_can_be_taken_up(
    desk: Client, new_user: NewUser, sign_in: SignIn, blue_badge_team: Team
) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien"})
    reads(desk, form_of(desk, page, "blue-badge/apply"))
    Draft.objects.update(touched_at=timezone.now() - timedelta(minutes=20))
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    theirs = begins(eve)
    eve.post(f"{theirs}who/", {"customer": str(Customer.objects.get().pk)})
    assert "/form/" in eve.post(f"{theirs}forms/{Draft.objects.get().pk}/")["Location"]


@pytest.mark.both_databases
def test_form_of_a_restricted_service_or_of_somebody_else_is_not_taken_up(
    desk: Client, new_user: NewUser, sign_in: SignIn, blue_badge_team: Team
) -> None:
    page = begins(desk)
    desk.post(f"{page}new/", {"full_name": "Moira O’Brien"})
    reads(desk, form_of(desk, page, "blue-badge/apply"))
    desk.post(f"{page}enquiries/{Enquiry.objects.get().pk}/close/", {"outcome": "cut off", "then": "end"})
    eve = sign_in(new_user("Eve Elm", role=Role.ADVISOR))
    theirs = begins(eve)
    eve.post(f"{theirs}forms/{Draft.objects.get().pk}/")
    assert "is no longer kept" in reads(eve, theirs)
    eve.post(f"{theirs}who/", {"customer": str(Customer.objects.get().pk)})
    Draft.objects.update(service="crisis-support")
    assert "Half-filled" not in reads(eve, theirs)
    eve.post(f"{theirs}forms/{Draft.objects.get().pk}/")
    assert not Enquiry.objects.filter(contact__taken_by__full_name="Eve Elm").exists()
