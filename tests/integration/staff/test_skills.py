"""Skills on a day, training that refreshes them, and recruitment up to the day a skill may be taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from frontdoor.journal.models import JournalEntry
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import AssessmentDay, Candidate, Role, Skill, SkillHeld, Stage, User
from frontdoor.staff.recruiting import (
    ERASED,
    KEPT_FOR,
    DayFull,
    MayNotRecruit,
    NeedsADay,
    NeedsAnAccount,
    NotThatStage,
    forget_candidates,
    invite,
    joiners,
    move_candidate,
    plan_assessment,
    plan_skill,
)
from frontdoor.staff.skills import (
    MayNotKeepSkills,
    NotAStretch,
    SkillThere,
    add_skill,
    give_skill,
    holdings,
    set_refresh,
    set_skills,
    skills_on,
    take_back,
    to_refresh,
)
from frontdoor.staff.training import (
    NotYetHeld,
    SessionFull,
    SessionOver,
    Trained,
    add_area,
    book_place,
    cancel_session,
    give_up_place,
    plan_session,
    say_who_came,
    trained_by_area,
)
from tests.integration.staff.conftest import NewUser, signed_in

AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
MARCH, APRIL, MAY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1)


@pytest.fixture
def highways(db: None) -> Skill:
    """A skill that must be refreshed every year."""
    return Skill.objects.create(name="highways", refresh_months=12)


@pytest.fixture
def planner(new_user: NewUser) -> User:
    """Keeps skills, training and recruitment."""
    return new_user("Yusuf Yew", Role.PLANNER)


def events() -> list[str]:
    """What the journal says, without sign-ins."""
    return list(
        JournalEntry.objects.exclude(event="signed in").order_by("pk").values_list("event", flat=True)
    )


def test_a_skill_holds_from_its_day_until_its_last_or_until_a_later_line(
    alice: User, planner: User, highways: Skill
) -> None:
    give_skill(user=alice, skill=highways, level=1, since_on=MARCH, by=planner, at=AT)
    give_skill(
        user=alice, skill=highways, level=3, since_on=APRIL, until_on=date(2027, 4, 30), by=planner, at=AT
    )
    days = [date(2027, 2, 28), MARCH, date(2027, 3, 31), APRIL, date(2027, 4, 30), MAY]
    assert [skills_on(on=day).get(alice.pk, {}).get("highways", 0) for day in days] == [0, 1, 1, 3, 3, 0]
    held = holdings(skills=["highways"])
    assert [held.count("highways", day) for day in days] == [0, 1, 1, 1, 1, 0]
    assert events() == ["skill given", "skill given"]


def test_who_left_holds_nothing(alice: User, planner: User, highways: Skill) -> None:
    give_skill(user=alice, skill=highways, level=2, since_on=MARCH, by=planner, at=AT)
    User.objects.filter(pk=alice.pk).update(is_active=False, left_at=AT)
    assert skills_on(on=APRIL) == {}


def test_the_same_day_is_said_once_and_taken_back_it_is_as_before(
    alice: User, planner: User, highways: Skill
) -> None:
    give_skill(user=alice, skill=highways, level=2, since_on=MARCH, by=planner, at=AT)
    later = give_skill(user=alice, skill=highways, level=1, since_on=APRIL, by=planner, at=AT)
    give_skill(user=alice, skill=highways, level=3, since_on=APRIL, by=planner, at=AT)
    assert skills_on(on=APRIL) == {alice.pk: {"highways": 3}}
    take_back(held=later, by=planner, at=AT)
    assert skills_on(on=APRIL) == {alice.pk: {"highways": 2}}


def test_what_may_never_be_is_forbidden_by_the_database(alice: User, highways: Skill) -> None:
    rows = [
        {"level": 4, "since_on": MARCH},
        {"level": 2, "since_on": MARCH, "until_on": date(2027, 2, 1)},
        {"level": 2, "since_on": MARCH, "refresh_by_on": date(2027, 2, 1)},
    ]
    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            SkillHeld.objects.create(user=alice, skill=highways, **row)


def test_set_today_ends_what_is_not_named_and_leaves_what_is_the_same(
    alice: User, admin: User, highways: Skill
) -> None:
    badge = Skill.objects.create(name="blue badge")
    give_skill(user=alice, skill=highways, level=2, since_on=date(2026, 1, 1), by=admin, at=AT)
    give_skill(user=alice, skill=badge, level=2, since_on=date(2026, 1, 1), by=admin, at=AT)
    set_skills(user=alice, levels={badge: 2}, by=admin, at=AT)
    today = day_of(AT)
    assert skills_on(on=today) == {alice.pk: {"blue badge": 2}}
    assert skills_on(on=today - timedelta(days=1)) == {alice.pk: {"blue badge": 2, "highways": 2}}
    assert SkillHeld.objects.filter(skill=badge).count() == 1


def test_only_who_keeps_skills_changes_them(alice: User, new_user: NewUser, highways: Skill) -> None:
    bob = new_user("Bob Birchall", Role.ADVISOR)
    for change in (
        lambda: give_skill(user=alice, skill=highways, level=2, since_on=MARCH, by=bob, at=AT),
        lambda: set_skills(user=alice, levels={}, by=bob, at=AT),
        lambda: set_refresh(skill=highways, months=6, by=bob, at=AT),
        lambda: add_skill(name="parking", refresh_months=None, by=bob, at=AT),
        lambda: add_area(name="Parking", skill=None, gives_level=None, by=bob, at=AT),
    ):
        with pytest.raises(MayNotKeepSkills):
            change()
    with pytest.raises(MayNotRecruit):
        plan_assessment(held_on=MAY, where="", places=4, by=bob, at=AT)
    assert events() == []


def test_a_skill_cannot_end_before_it_begins_nor_have_anothers_name(
    alice: User, planner: User, highways: Skill
) -> None:
    with pytest.raises(NotAStretch):
        give_skill(user=alice, skill=highways, level=2, since_on=APRIL, until_on=MARCH, by=planner, at=AT)
    with pytest.raises(SkillThere):
        add_skill(name=" Highways ", refresh_months=None, by=planner, at=AT)


def test_training_refreshes_the_skill_or_gives_it_where_the_area_does(
    alice: User, planner: User, new_user: NewUser, highways: Skill
) -> None:
    bob, dora = new_user("Bob Birchall", Role.ADVISOR), new_user("Dora Dene", Role.ADVISOR)
    give_skill(user=alice, skill=highways, level=2, since_on=date(2026, 3, 20), by=planner, at=AT)
    assert [each.refresh_by_on for each in to_refresh(until=APRIL, on=day_of(AT))] == [date(2027, 3, 20)]
    area = add_area(name="Highways", skill=highways, gives_level=1, by=planner, at=AT)
    session = plan_session(
        area=area, starts_at=AT, minutes=90, where="Room 1", led_by=None, places=3, by=planner, at=AT
    )
    for user in (alice, bob, dora):
        book_place(session_id=session.pk, user=user, by=planner, at=AT)
    say_who_came(session_id=session.pk, came=[alice.pk, bob.pk], by=planner, at=AT + timedelta(hours=2))
    assert to_refresh(until=APRIL, on=day_of(AT)) == []
    assert SkillHeld.objects.get(user=alice).refresh_by_on == date(2028, 3, 2)
    assert skills_on(on=date(2027, 3, 3)) == {alice.pk: {"highways": 2}, bob.pk: {"highways": 1}}
    assert skills_on(on=day_of(AT)) == {alice.pk: {"highways": 2}}
    say_who_came(session_id=session.pk, came=[alice.pk], by=planner, at=AT + timedelta(hours=3))
    states = dict(session.taken.values_list("user__full_name", "state"))
    assert states == {"Alice Ashdown": "attended", "Bob Birchall": "missed", "Dora Dene": "missed"}


def test_sessions_and_people_by_area_stand_beside_the_year_before(
    alice: User, planner: User, new_user: NewUser
) -> None:
    bob = new_user("Bob Birchall", Role.ADVISOR)
    area = add_area(name="Listening", skill=None, gives_level=None, by=planner, at=AT)
    for days, people in ((0, [alice, bob]), (7, [alice]), (-365, [bob])):
        starts_at = AT + timedelta(days=days)
        session = plan_session(
            area=area, starts_at=starts_at, minutes=60, where="", led_by=None, places=4, by=planner, at=AT
        )
        for user in people:
            book_place(session_id=session.pk, user=user, by=planner, at=starts_at)
        say_who_came(session_id=session.pk, came=[each.pk for each in people], by=planner, at=starts_at)
    plan_session(area=area, starts_at=AT, minutes=60, where="", led_by=None, places=4, by=planner, at=AT)
    found = trained_by_area(
        first=date(2027, 3, 1), last=date(2027, 3, 31), before=(date(2026, 3, 1), date(2026, 3, 31))
    )
    assert [(each.now, each.before) for each in found] == [(Trained(2, 3, 2), Trained(1, 1, 1))]


def test_places_run_out_and_what_is_over_stays(alice: User, planner: User, new_user: NewUser) -> None:
    bob = new_user("Bob Birchall", Role.ADVISOR)
    area = add_area(name="Listening", skill=None, gives_level=None, by=planner, at=AT)
    soon = AT + timedelta(days=1)
    session = plan_session(
        area=area, starts_at=soon, minutes=60, where="", led_by=None, places=1, by=planner, at=AT
    )
    book_place(session_id=session.pk, user=bob, by=bob, at=AT)
    book_place(session_id=session.pk, user=bob, by=bob, at=AT)
    with pytest.raises(MayNotKeepSkills):
        book_place(session_id=session.pk, user=alice, by=bob, at=AT)
    with pytest.raises(SessionFull):
        book_place(session_id=session.pk, user=alice, by=alice, at=AT)
    with pytest.raises(NotYetHeld):
        say_who_came(session_id=session.pk, came=[], by=planner, at=AT)
    give_up_place(session_id=session.pk, user=bob, by=bob, at=AT)
    book_place(session_id=session.pk, user=alice, by=alice, at=AT)
    cancel_session(session_id=session.pk, by=planner, at=AT)
    for change in (
        lambda: book_place(session_id=session.pk, user=bob, by=bob, at=AT),
        lambda: give_up_place(session_id=session.pk, user=alice, by=alice, at=AT),
        lambda: say_who_came(session_id=session.pk, came=[], by=planner, at=soon),
    ):
        with pytest.raises(SessionOver):
            change()


def test_who_joins_holds_each_skill_from_its_planned_day(
    planner: User, new_user: NewUser, highways: Skill
) -> None:
    day = plan_assessment(held_on=MARCH, where="Town hall", places=1, by=planner, at=AT)
    new = invite(full_name="Ottilie Oak", day_id=day.pk, team=None, by=planner, at=AT)
    with pytest.raises(DayFull):
        invite(full_name="Pat Pine", day_id=day.pk, team=None, by=planner, at=AT)
    with pytest.raises(NotThatStage):
        move_candidate(candidate_id=new.pk, to=Stage.JOINED, by=planner, at=AT)
    move_candidate(candidate_id=new.pk, to=Stage.OFFERED, by=planner, at=AT)
    with pytest.raises(NeedsADay):
        move_candidate(candidate_id=new.pk, to=Stage.JOINING, by=planner, at=AT)
    move_candidate(candidate_id=new.pk, to=Stage.JOINING, joins_on=APRIL, by=planner, at=AT)
    with pytest.raises(NeedsADay):
        plan_skill(candidate_id=new.pk, skill=highways, level=1, from_on=MARCH, by=planner, at=AT)
    plan_skill(candidate_id=new.pk, skill=highways, level=1, from_on=MAY, by=planner, at=AT)
    assert [each.full_name for each in joiners()] == ["Ottilie Oak"]
    with pytest.raises(NeedsAnAccount):
        move_candidate(candidate_id=new.pk, to=Stage.JOINED, by=planner, at=AT)
    account = new_user("Ottilie Oak", Role.ADVISOR)
    move_candidate(candidate_id=new.pk, to=Stage.JOINED, user=account, by=planner, at=AT)
    assert skills_on(on=APRIL) == {}
    assert skills_on(on=MAY) == {account.pk: {"highways": 1}}
    assert list(joiners()) == []


def test_names_of_who_did_not_join_are_erased_in_time(planner: User) -> None:
    day = plan_assessment(held_on=MARCH, where="", places=2, by=planner, at=AT)
    gone = invite(full_name="Hamid Holly", day_id=day.pk, team=None, by=planner, at=AT)
    stays = invite(full_name="Lorna Lime", day_id=day.pk, team=None, by=planner, at=AT)
    move_candidate(candidate_id=gone.pk, to=Stage.WITHDREW, by=planner, at=AT)
    assert forget_candidates(at=AT + KEPT_FOR) == 0
    past = AT + KEPT_FOR + timedelta(days=1)
    assert (forget_candidates(at=past), forget_candidates(at=past)) == (1, 0)
    names = dict(Candidate.objects.values_list("pk", "full_name"))
    assert names == {gone.pk: ERASED, stays.pk: "Lorna Lime"}


def test_pages_keep_skills_by_plain_forms(planner: User, new_user: NewUser, highways: Skill) -> None:
    bob, client = new_user("Bob Birchall", Role.ADVISOR), signed_in(planner)
    given = {"skill": highways.pk, "level": "2", "since": "2026-01-05", "refresh": "", "until": ""}
    client.post(f"/staff/skills/people/{bob.pk}/give/", given)
    page = client.get("/staff/skills/?on=2027-03-02").content.decode()
    assert "refresh overdue" in page
    table = client.get("/staff/skills/skills.csv?on=2026-02-01").content.decode("utf-8-sig").splitlines()
    assert table == ["Name,Highways", "Bob Birchall,2"]
    assert client.get("/staff/skills/skills.xlsx").content[:2] == b"PK"
    client.post(f"/staff/skills/people/{bob.pk}/give/", {**given, "since": "soon"})
    assert (
        "Enter the day it begins as a date" in client.get(f"/staff/skills/people/{bob.pk}/").content.decode()
    )
    held = SkillHeld.objects.get(user=bob)
    client.post(f"/staff/skills/people/{bob.pk}/drop/{held.pk}/")
    assert not SkillHeld.objects.exists()


def test_pages_of_training_and_my_training(planner: User, new_user: NewUser, highways: Skill) -> None:
    bob, client = new_user("Bob Birchall", Role.ADVISOR), signed_in(planner)
    client.post("/staff/skills/training/areas/", {"name": "Roads", "skill": highways.pk, "level": "1"})
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()
    area = highways.areas.get()
    asked = {"area": area.pk, "on": tomorrow, "at": "09:30", "minutes": "60", "places": "2", "led_by": ""}
    page = client.post("/staff/skills/training/plan/", asked, follow=True).content.decode()
    assert "Book people into it" in page
    session = area.sessions.get()
    own = signed_in(bob)
    assert "Take a place" in own.get("/staff/my/training/").content.decode()
    own.post(f"/staff/my/training/{session.pk}/", {"do": "book"})
    assert session.taken.get().user == bob
    refused = client.post(f"/staff/skills/training/{session.pk}/do/", {"do": "came"}, follow=True)
    assert "has not begun" in refused.content.decode()
    own.post(f"/staff/my/training/{session.pk}/", {"do": "give up"})
    assert not session.taken.exists()
    assert own.get("/staff/skills/training/").status_code == 403


def test_pages_of_recruitment(planner: User, highways: Skill) -> None:
    client = signed_in(planner)
    soon = (timezone.now() + timedelta(days=9)).date().isoformat()
    client.post("/staff/skills/recruitment/days/", {"on": soon, "where": "Hall", "places": "2"})
    day = AssessmentDay.objects.get()
    client.post("/staff/skills/recruitment/add/", {"full_name": "Ottilie Oak", "day": day.pk, "team": ""})
    number = Candidate.objects.get().pk
    do = f"/staff/skills/recruitment/{number}/do/"
    client.post(do, {"to": "offered"})
    client.post(do, {"to": "joining", "joins": "2027-04-01"})
    client.post(do, {"do": "plan skill", "skill": highways.pk, "level": "1", "from": "2027-05-01"})
    table = client.get("/staff/skills/joiners.csv").content.decode("utf-8-sig").splitlines()
    assert table[1] == "Ottilie Oak,1 Apr 2027,Highways,Learning,1 May 2027"
