"""What-ifs on a week of the plan, as long work and as a page."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from frontdoor.staff.models import User
from frontdoor.workforce.records.expected.forecasts import publish_forecast
from frontdoor.workforce.records.models import LongWork, WorkKind
from frontdoor.workforce.records.rotas.covering import planned_week
from frontdoor.workforce.records.what_ifs import world_of
from frontdoor.workforce.records.working import ask_work, do_work
from tests.integration.workforce.conftest import AT, MONDAY, SignIn, shift
from tests.integration.workforce.test_covering import calls


def test_week_on_record_is_simulated_with_fewer_people(
    alice: User, bob: User, petra: User, sign_in: SignIn
) -> None:
    publish_forecast(found=calls(2.0), by=petra, at=AT - timedelta(days=3))
    for number in range(5):
        shift(alice, MONDAY + timedelta(days=number))
        shift(bob, MONDAY + timedelta(days=number), lunch=13)
    world, _calendar = world_of(planned_week(monday=MONDAY), MONDAY)
    assert [(each.name, each.skill, each.kind.value) for each in world.queues] == [
        ("others/phone", "general", "call")
    ]
    assert (world.rates.sum(), len(world.presences), world.until) == (320.0, 20, 7 * 86400.0)
    asked = {
        "monday": MONDAY.isoformat(),
        "changes": [{"kind": "fewer", "number": 1, "of": "", "name": "1 people fewer"}],
    }
    work = ask_work(kind=WorkKind.WHAT_IF, asked=asked, by=petra, at=AT)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.result is not None
    assert work.result["cases"] == ["1 people fewer"]
    level = next(row for row in work.result["tables"]["all"] if row[0] == "service level")
    assert float(level[1].partition("%")[0]) > float(level[2].partition("%")[0])
    assert "(\N{MINUS SIGN}" in level[2]
    client = sign_in(petra)
    page = client.get("/staff/plan/what-ifs/").content.decode()
    assert "1 people fewer" in page
    rows = client.get("/staff/plan/what-ifs.csv?of=all").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Figure,As it is,1 people fewer"
    assert rows[2].startswith("service level,")
    assert client.get("/staff/plan/what-ifs.xlsx?of=all").status_code == 200
    assert client.get("/staff/plan/what-ifs.csv?of=nothing").status_code == 404


def test_nothing_to_simulate_is_said(petra: User) -> None:
    asked = {"monday": MONDAY.isoformat(), "changes": []}
    work = ask_work(kind=WorkKind.WHAT_IF, asked=asked, by=petra, at=AT)
    do_work(work_id=work.pk, at=AT, rng=Random(1))
    work.refresh_from_db()
    assert work.is_fault
    assert "nothing to simulate" in work.words


def test_page_asks_for_each_field_that_is_filled_in(petra: User, sign_in: SignIn, alice: User) -> None:
    client = sign_in(petra)
    empty = client.post("/staff/plan/what-ifs/ask/", {"monday": "2027-03-03"}, follow=True).content.decode()
    assert "Fill in at least one" in empty
    skill = alice.skills_held.get().skill_id
    said = {
        "monday": "2027-03-03",
        "fewer": "2",
        "train": "3",
        "skill": skill,
        "multiply": "2",
        "service": "blue-badge",
    }
    client.post("/staff/plan/what-ifs/ask/", said)
    work = LongWork.objects.get()
    assert work.asked["monday"] == MONDAY.isoformat()
    assert [(each["name"], each["of"]) for each in work.asked["changes"]] == [
        ("People fewer: 2", ""),
        ("General: 3 learn it", "general"),
        ("Blue badge: 2 times the contacts", "blue-badge"),
    ]
