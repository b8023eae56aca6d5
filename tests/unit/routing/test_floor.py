"""Who gets what: the policy in single steps, and what always holds in worlds made at random."""

from __future__ import annotations

import pytest

from frontdoor.routing.definition import Advisor, Given, Item, Kind, Policy, Queue, Rule
from frontdoor.routing.floor import Floor, NotInHand

CALLS = Queue("badge calls", "badge", Kind.CALL, promise=60)
CHATS = Queue("badge chats", "badge", Kind.CHAT, promise=120)
POST = Queue("badge post", "badge", Kind.DEFERRED, promise=36_000)
ROADS = Queue("road calls", "roads", Kind.CALL, promise=60)
ALICE = Advisor("Alice", {"badge": 2}, chats=2)
BOB = Advisor("Bob", {"badge": 1, "roads": 1}, chats=2)
CHARLIE = Advisor("Charlie", {"roads": 3})
ALWAYS = Policy(ceiling=1.0)


def a_floor(*present: Advisor, policy: Policy = ALWAYS, queues: tuple[Queue, ...] = ()) -> Floor:
    floor = Floor(queues=queues or (CALLS, CHATS, POST, ROADS), advisors=[ALICE, BOB, CHARLIE], policy=policy)
    for one in present:
        floor.comes(one.name, at=0)
    return floor


def item(number: int, queue: Queue, since: float = 0) -> Item:
    return Item(number, queue.name, since)


def test_call_goes_at_once_to_who_knows_it_best() -> None:
    floor = a_floor(BOB, ALICE, CHARLIE)
    call = item(1, CALLS)
    assert floor.arrives(call, at=0) == [Given(call, "Alice", Rule.LONGEST_IDLE)]


def test_of_those_who_know_it_alike_the_narrowest_goes_first_so_that_the_broad_stay_free() -> None:
    narrow, broad = Advisor("Nia", {"badge": 1}), Advisor("Bea", {"badge": 1, "roads": 1})
    floor = Floor(queues=[CALLS], advisors=[broad, narrow])
    floor.comes("Bea", at=0)
    floor.comes("Nia", at=1)
    assert floor.arrives(item(1, CALLS, 2), at=2)[0].advisor == "Nia"


def test_of_one_group_the_longest_idle_goes_first() -> None:
    twins = [Advisor(name, {"badge": 1}) for name in ("Ann", "Ben", "Cid")]
    floor = Floor(queues=[CALLS], advisors=twins, policy=ALWAYS)
    for at, name in enumerate(("Cid", "Ann", "Ben")):
        floor.comes(name, at=at)
    first, second, third = (floor.arrives(item(n, CALLS, 3), at=3)[0] for n in (1, 2, 3))
    assert [first.advisor, second.advisor, third.advisor] == ["Cid", "Ann", "Ben"]
    floor.ends("Ann", second.item, at=10)
    floor.ends("Cid", first.item, at=11)
    assert floor.arrives(item(4, CALLS, 12), at=12)[0].advisor == "Ann"


def test_call_waits_for_somebody_with_the_skill_and_level() -> None:
    expert = Queue("hard road calls", "roads", Kind.CALL, promise=60, least_level=2)
    floor = a_floor(ALICE, BOB, queues=(expert,))
    assert floor.arrives(item(1, expert), at=0) == []
    assert floor.comes("Charlie", at=5) == [Given(item(1, expert), "Charlie", Rule.OLDEST_BY_PROMISE)]


def test_next_is_what_has_used_most_of_its_promise() -> None:
    quick = Queue("crisis calls", "badge", Kind.CALL, promise=10)
    floor = a_floor(queues=(CALLS, quick))
    slow_one, quick_one = item(1, CALLS, 0), item(2, quick, 50)
    floor.arrives(slow_one, at=0)
    floor.arrives(quick_one, at=50)
    assert floor.comes("Alice", at=59)[0].item == slow_one  # 59/60 of its promise against 9/10
    assert floor.ends("Alice", slow_one, at=60)[0].item == quick_one


def test_ties_fall_to_the_queue_named_first() -> None:
    twin = Queue("twin calls", "badge", Kind.CALL, promise=60)
    for queues in ((CALLS, twin), (twin, CALLS)):
        floor = a_floor(queues=queues)
        for number, queue in enumerate((twin, CALLS)):
            floor.arrives(item(number, queue), at=0)
        assert floor.comes("Alice", at=9)[0].item.queue == queues[0].name


def test_call_interrupts_deferred_work_which_is_resumed_by_the_same_person() -> None:
    floor = a_floor(ALICE)
    letter, call = item(1, POST), item(2, CALLS, 10)
    assert floor.arrives(letter, at=0)[0].rule is Rule.LONGEST_IDLE
    assert floor.arrives(call, at=10) == [Given(call, "Alice", Rule.INTERRUPTS, interrupted=letter)]
    assert floor.ends("Alice", call, at=20) == [Given(letter, "Alice", Rule.RESUMED)]


def test_idle_person_is_asked_before_anybody_is_interrupted() -> None:
    floor = a_floor(ALICE, BOB)
    floor.arrives(item(1, POST), at=0)
    assert floor.arrives(item(2, CALLS), at=0) == [Given(item(2, CALLS), "Bob", Rule.LONGEST_IDLE)]


def test_immediate_goes_before_deferred_however_old_that_is() -> None:
    floor = a_floor()
    floor.arrives(item(1, POST), at=0)
    floor.arrives(item(2, CALLS, 90_000), at=90_000)
    assert floor.comes("Alice", at=90_000)[0].item.number == 2


def test_several_chats_at_once_spread_and_no_call_beside_them() -> None:
    floor = a_floor(ALICE, BOB)
    given = [floor.arrives(item(n, CHATS), at=0) for n in range(1, 6)]
    assert [[one.advisor for one in each] for each in given] == [["Alice"], ["Bob"], ["Alice"], ["Bob"], []]
    assert given[2][0].rule is Rule.ROOM_FOR_CHAT
    assert floor.arrives(item(9, CALLS), at=0) == []
    assert [one.item.number for one in floor.ends("Alice", item(1, CHATS), at=5)] == [5]


def test_who_ends_their_last_chat_takes_the_call_that_waits() -> None:
    floor = a_floor(ALICE)
    floor.arrives(item(1, CHATS), at=0)
    floor.arrives(item(2, CALLS), at=0)
    assert [one.item.number for one in floor.ends("Alice", item(1, CHATS), at=5)] == [2]


def test_who_comes_takes_as_many_chats_as_fit() -> None:
    floor = a_floor()
    for number in (1, 2, 3):
        floor.arrives(item(number, CHATS), at=0)
    assert [one.item.number for one in floor.comes("Alice", at=1)] == [1, 2]
    assert floor.waiting(CHATS.name) == 1


def test_busy_person_rests_from_deferred_work_but_not_from_calls() -> None:
    floor = a_floor(policy=Policy(ceiling=0.5, window=100))
    floor.arrives(item(1, CALLS), at=0)
    floor.arrives(item(2, POST), at=0)
    floor.comes("Alice", at=0)
    assert floor.ends("Alice", item(1, CALLS), at=1000) == []
    until = floor.rests_until("Alice")
    assert until == pytest.approx(1000 + 100 * 0.6931, abs=0.1)
    assert floor.looks_again("Alice", at=until - 1) == []
    assert floor.arrives(item(3, CALLS, until - 1), at=until - 1)[0].advisor == "Alice"


def test_deferred_work_is_given_when_the_rest_is_over() -> None:
    floor = a_floor(policy=Policy(ceiling=0.5, window=100))
    floor.arrives(item(1, CALLS), at=0)
    floor.comes("Alice", at=0)
    floor.ends("Alice", item(1, CALLS), at=1000)
    until = floor.rests_until("Alice")
    assert floor.arrives(item(2, POST, 1001), at=1001) == []
    assert floor.looks_again("Alice", at=until)[0].item.number == 2


def test_who_stands_ready_after_the_rest_takes_the_next_deferred_item() -> None:
    floor = a_floor(policy=Policy(ceiling=0.5, window=100))
    floor.arrives(item(1, CALLS), at=0)
    floor.comes("Alice", at=0)
    floor.ends("Alice", item(1, CALLS), at=1000)
    assert floor.looks_again("Alice", at=1200) == []
    assert floor.arrives(item(2, POST, 1300), at=1300)[0].advisor == "Alice"


def test_who_gave_up_is_passed_over() -> None:
    floor = a_floor()
    for number in (1, 2):
        floor.arrives(item(number, CALLS), at=0)
    floor.gives_up(item(1, CALLS))
    assert (floor.waiting(CALLS.name), floor.comes("Alice", at=1)[0].item.number) == (1, 2)


def test_who_leaves_ends_what_is_in_hand_and_takes_nothing_more() -> None:
    floor = a_floor(ALICE)
    call = item(1, CALLS)
    floor.arrives(call, at=0)
    assert floor.goes("Alice", at=1) is None
    floor.arrives(item(2, CALLS, 2), at=2)
    assert floor.ends("Alice", call, at=3) == []
    assert floor.waiting(CALLS.name) == 1
    assert floor.comes("Alice", at=4)[0].item.number == 2


def test_who_leaves_gives_back_what_they_had_put_down() -> None:
    floor = a_floor(ALICE)
    letter, call = item(1, POST), item(2, CALLS, 1)
    floor.arrives(letter, at=0)
    floor.arrives(call, at=1)
    assert floor.goes("Alice", at=2) == letter


def test_passed_on_item_keeps_its_place_by_when_it_first_came() -> None:
    floor = a_floor()
    floor.arrives(item(1, CALLS, 50), at=50)
    floor.arrives(item(2, CALLS, 10), at=60)
    assert floor.comes("Alice", at=61)[0].item.number == 2


def test_ending_what_one_does_not_have_is_refused() -> None:
    floor = a_floor(ALICE)
    with pytest.raises(NotInHand, match="Alice does not have item 7"):
        floor.ends("Alice", item(7, CALLS), at=1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Floor(queues=[CALLS, CALLS], advisors=[]), "Two queues"),
        (lambda: Floor(queues=[], advisors=[ALICE, ALICE]), "Two advisors"),
        (lambda: Queue("q", "s", Kind.CALL, promise=0), "promise"),
        (lambda: Policy(ceiling=0), "ceiling"),
        (lambda: a_floor().arrives(item(1, CALLS, since=5), at=4), "clock"),
    ],
)
def test_what_cannot_be_is_refused_by_name(make: object, words: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=words):
        make()
