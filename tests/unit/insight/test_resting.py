"""On how many people a tally rests."""

from __future__ import annotations

from frontdoor.insight.resting import resting

FAMILIES: list[tuple[int, dict[str, int]]] = [
    (9, {"received": 9, "received/phone": 7, "answered": 8, "wait/20": 3, "came back": 1}),
    (4, {"enquiry": 4, "demand/failure/NO_RESPONSE": 2, "outcome/answered": 4, "corrected": 1}),
    (7, {"opened/application": 6, "opened/complaint": 1, "opened online": 5}),
    (8, {"ended/granted": 6, "ended/withdrawn": 2, "days/7": 8}),
    (6, {"decided/granted": 6}),
    (3, {"kept on time": 2, "kept late": 1, "kept on the first date": 2}),
    (5, {"worked off": 5}),
    (2, {"line/chair/opened": 2}),
    (1, {"line/bed/opened": 1}),
    (10, {"line/bed/ended/lent": 6, "line/bed/ended/withdrawn": 4}),
]
"""What belongs together, and how many people that is about."""


def test_each_tally_rests_on_what_it_belongs_to_and_a_line_on_its_own() -> None:
    counts = {what: count for _, family in FAMILIES for what, count in family.items()}
    assert resting(counts) == {what: people for people, family in FAMILIES for what in family}


def test_what_rests_on_contacts_rests_on_nobody_where_none_came() -> None:
    assert resting({"came back": 3}) == {"came back": 0}
