from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import cel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.kernel.conditions import BadCondition, Clause, Truth, compile_condition, compile_formula
from frontdoor.kernel.facts import Facts, Json, NotKnown

NAMES = frozenset({"a", "b", "c", "born", "today", "items", "home", "benefit", "moving_around"})


def truth_of(text: str, facts: Facts, not_asked: frozenset[str] = frozenset()) -> Truth:
    return compile_condition(text, names=NAMES).weigh(facts, not_asked=not_asked).truth


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("a >= 8", {"a": 8}, Truth.TRUE),
        ("a >= 8", {"a": 7}, Truth.FALSE),
        ("a >= 8", {}, Truth.UNKNOWN),
        ("a >= 8", {"a": None}, Truth.UNKNOWN),
        ("a >= 8", {"a": "not sure"}, Truth.UNKNOWN),
        ("a >= 8 || b == 'E'", {"a": "not sure", "b": "E"}, Truth.TRUE),
        ("a >= 8 && b == 'E'", {"a": "not sure", "b": "D"}, Truth.FALSE),
        ("a == 8", {"a": 8.0}, Truth.TRUE),
        ("a + 1 > 8.5", {"a": 8}, Truth.TRUE),
        ("a - 0.5 == 8", {"a": 8.5}, Truth.TRUE),
        ("a in [8, 10, 12]", {"a": 10}, Truth.TRUE),
        ("a in ['x', 'y']", {"a": "z"}, Truth.FALSE),
        ("items[0] == 'x'", {"items": ["x"]}, Truth.TRUE),
        ("items[count_of(items) - 1] == 'y'", {"items": ["x", "y"]}, Truth.TRUE),
        ("items[3] == 'x'", {"items": ["x"]}, Truth.UNKNOWN),
        ("size(items) + 1 == 2", {"items": ["x"]}, Truth.TRUE),
        ("items.exists(one, one.age < 5)", {"items": [{"age": 3}]}, Truth.TRUE),
        ("items.all(one, one.age < a)", {"items": [{"age": 3}], "a": 2}, Truth.FALSE),
        ("today >= '2026-11-22'", {"today": "2026-11-22"}, Truth.TRUE),
        ("age_on(born, today) >= 3", {"born": "2024-02-29", "today": "2027-02-28"}, Truth.FALSE),
        ("age_on(born, today) >= 3", {"born": "2024-02-29", "today": "2027-03-01"}, Truth.TRUE),
        ("age_on(born, today) >= 3", {"born": "yesterday", "today": "2027-03-01"}, Truth.UNKNOWN),
        ("has(home.postcode) && home.postcode == 'ZW1 1AA'", {"home": {}}, Truth.FALSE),
        ("home.postcode == 'ZW1 1AA'", {"home": {}}, Truth.UNKNOWN),
        ("a ? b == 1 : c == 1", {"a": True, "b": 1}, Truth.TRUE),
        ("a", {"a": True}, Truth.TRUE),
        ("a", {"a": "yes"}, Truth.UNKNOWN),
        ("!(a == 1) && !b", {"a": 2, "b": False}, Truth.TRUE),
        ("divide(a, b) > 1", {"a": 1, "b": 0}, Truth.UNKNOWN),
        ("true", {}, Truth.TRUE),
    ],
)
def test_condition_weighed_against_facts(text: str, facts: Facts, expected: Truth) -> None:
    assert truth_of(text, facts) is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected", "missing"),
    [
        ("a >= 8", {}, Truth.FALSE, ()),
        ("a != 8", {}, Truth.FALSE, ()),
        ("a >= 8 || b == 1", {"b": 1}, Truth.TRUE, ()),
        ("a >= 8 || b == 1", {"b": 2}, Truth.FALSE, ()),
        ("a >= 8 || b == 1", {}, Truth.UNKNOWN, ("b",)),
        ("a >= 8 && b == 1", {}, Truth.FALSE, ()),
        ("!(a >= 8)", {}, Truth.FALSE, ()),
        ("!(a >= 8 && b == 1)", {}, Truth.UNKNOWN, ("b",)),
        ("!(a >= 8 && b == 1)", {"b": 2}, Truth.TRUE, ()),
        ("a >= 8 || b >= 8", {"b": "not sure"}, Truth.UNKNOWN, ()),
    ],
)
def test_question_not_asked_never_leaves_a_condition_unknown(
    text: str, facts: Facts, expected: Truth, missing: tuple[str, ...]
) -> None:
    weighed = compile_condition(text, names=NAMES).weigh(facts, not_asked=frozenset({"a"}))
    assert (weighed.truth, weighed.missing) == (expected, missing)


def test_missing_names_only_those_that_matter() -> None:
    condition = compile_condition("(a == 1 && b == 2) || c == 3", names=NAMES)
    assert condition.weigh({"a": 5}).missing == ("c",)
    assert condition.weigh({"a": 1}).missing == ("b", "c")
    assert condition.weigh({"a": 1, "b": 2}).missing == ()


def test_missing_field_is_named_by_its_path() -> None:
    weighed = compile_condition("home.address.postcode == 'x'", names=NAMES).weigh({"home": {"address": {}}})
    assert (weighed.truth, weighed.missing) == (Truth.UNKNOWN, ("home.address.postcode",))


def test_used_holds_names_and_values_that_were_read() -> None:
    condition = compile_condition("a >= 8 || b == 'E'", names=NAMES)
    assert condition.weigh({"a": 4, "b": "E", "c": 1}).used == {"a": 4, "b": "E"}
    assert condition.names == {"a", "b"}


def test_item_of_a_list_is_not_a_fact_that_was_used() -> None:
    condition = compile_condition("items.exists(one, one > a)", names=NAMES)
    weighed = condition.weigh({"items": [1, 5], "a": 3})
    assert (weighed.truth, weighed.used) == (Truth.TRUE, {"items": [1, 5], "a": 3})


def test_type_clash_is_noted_without_the_answer() -> None:
    weighed = compile_condition("a >= 8", names=NAMES).weigh({"a": "my private words"})
    assert weighed.truth is Truth.UNKNOWN
    assert weighed.missing == ()
    assert len(weighed.notes) == 1
    assert "different kinds" in weighed.notes[0]
    assert "private" not in weighed.notes[0]


def test_trace_shows_every_clause() -> None:
    clause = compile_condition("benefit == 'pip' && (a >= 8 || !(b == 1))", names=NAMES).weigh(
        {"benefit": "pip", "a": 4}
    )
    assert clause.clause == Clause(
        "benefit == 'pip' && (a >= 8 || !(b == 1))",
        Truth.UNKNOWN,
        "and",
        (
            Clause("benefit == 'pip'", Truth.TRUE),
            Clause(
                "a >= 8 || !(b == 1)",
                Truth.UNKNOWN,
                "or",
                (
                    Clause("a >= 8", Truth.FALSE),
                    Clause("!(b == 1)", Truth.UNKNOWN, "not", (Clause("b == 1", Truth.UNKNOWN),)),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "part", "mend"),
    [
        ("", "empty", "Write one"),
        ("bnefit == 'pip'", "bnefit", "Did you mean benefit?"),
        ("benefit == pip", "pip", "quotes: 'pip'"),
        ("a = 1", "single =", "=="),
        ("a == 1 and b == 2", "“and”", "&&"),
        ("not a", "“not”", "!"),
        ("a == True", "True", "true"),
        ("a == ‘x’", "cannot be read", "straight quotes"),
        ("a == 'x", "cannot be read", "Close the quotation"),
        ("a & b", "cannot be read", "&&"),
        ("a ==", "something is missing", "signs"),
        ("a b", "near “b”", "signs"),
        ("a / 2 > 1", "/", "divide(a, b)"),
        ("uper(a) == 'X'", "uper", "Did you mean upper?"),
        ("timestamp(a) == b", "timestamp", "quotes"),
        ("(((((((((a)))))))))", "9 deep", "name"),
        ("a == '" + "x" * 500 + "'", "characters long", "worked-out"),
        ("items.exists(a, a > 1)", "items of a list", "another name"),
        ("items.exists(one, items.all(two, two > one))", "inside another list", "name"),
        ("one == 1 || items.exists(one, one > 1)", "one", "quotes"),
    ],
)
def test_bad_condition_says_what_is_wrong_and_how_to_mend_it(text: str, part: str, mend: str) -> None:
    with pytest.raises(BadCondition) as caught:
        compile_condition(text, names=NAMES)
    assert part in caught.value.problem
    assert mend in caught.value.mend


def test_function_of_the_caller_is_bound() -> None:
    def issuer(postcode: Json) -> Json:
        if postcode != "ZW1 1AA":
            raise NotKnown("no such postcode")
        return "wealdmoor"

    condition = compile_condition("issuer(a) == 'wealdmoor'", names=NAMES, functions={"issuer": issuer})
    assert condition.weigh({"a": "ZW1 1AA"}).truth is Truth.TRUE
    assert condition.weigh({"a": "elsewhere"}).notes == ("no such postcode",)


@pytest.mark.parametrize("answer", [None, "raise"])
def test_function_without_an_answer_makes_its_clause_unknown(answer: str | None) -> None:
    def lookup(_: Json) -> Json:
        if answer == "raise":
            raise RuntimeError("Ms Private of 1 Secret Street")
        return None

    weighed = compile_condition("lookup(a) == 'x'", names=NAMES, functions={"lookup": lookup}).weigh({"a": 1})
    assert weighed.truth is Truth.UNKNOWN
    assert "Private" not in repr(weighed)


def test_failing_function_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="frontdoor"):
        truth_of("age_on(born, today) > 3", {"born": "Ms Private", "today": "2026-01-01"})
    assert caplog.text == ""


@pytest.mark.parametrize("text", ["home.all(one, one > 0)", "home.rooms.all(one, one > 0)"])
def test_list_that_is_too_long_is_not_gone_through(text: str) -> None:
    home: Json = {"rooms": [1] * 101} if "rooms" in text else [1] * 101
    weighed = compile_condition(text, names=NAMES).weigh({"home": home})
    assert (weighed.truth, weighed.notes) == (Truth.UNKNOWN, ("home has too many items to be weighed",))


def test_text_that_is_too_long_is_not_weighed() -> None:
    weighed = compile_condition("a.contains('x')", names=NAMES).weigh({"a": "x" * 20_001})
    assert (weighed.truth, weighed.notes) == (Truth.UNKNOWN, ("a is too long to be weighed",))


@pytest.mark.parametrize("text", ["a == b", "a.all(one, one == b)"])
def test_fact_nested_without_end_is_not_weighed(text: str) -> None:
    nested: Json = 1
    for _ in range(5000):
        nested = [nested]
    assert truth_of(text, {"a": nested, "b": 1}) is Truth.UNKNOWN


def test_condition_is_shared_between_threads() -> None:
    condition = compile_condition("a >= 8 && b == 'x'", names=NAMES)
    with ThreadPoolExecutor(4) as pool:
        truths = list(pool.map(lambda n: condition.weigh({"a": n, "b": "x"}).truth, range(200)))
    assert truths == [Truth.TRUE if n >= 8 else Truth.FALSE for n in range(200)]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("a + 1", {"a": 2}, 3),
        ("a + 1", {"a": 2.5}, 3.5),
        ("add_days(birthday(born, 3), 1)", {"born": "2024-06-10"}, "2027-06-11"),
        ("earliest(add_years(today, 3), a)", {"today": "2026-12-01", "a": "2027-09-30"}, "2027-09-30"),
        ("items.filter(one, one > 1)", {"items": [1, 2, 3]}, [2, 3]),
        ("a ? 'yes' : 'no'", {"a": False}, "no"),
        ("sum_of(items) * 100", {"items": [1.5, 2]}, 350),
    ],
)
def test_formula_computes(text: str, facts: Facts, expected: Json) -> None:
    computed = compile_formula(text, names=NAMES).compute(facts)
    assert (computed.value, computed.is_known) == (expected, True)
    assert type(computed.value) is type(expected)


def test_formula_without_its_facts_says_which() -> None:
    formula = compile_formula("a + b", names=NAMES)
    missing, not_asked = formula.compute({"a": 1}), formula.compute({"a": 1}, not_asked={"b"})
    assert (missing.value, missing.is_known, missing.missing, missing.applies) == (None, False, ("b",), True)
    assert (not_asked.is_known, not_asked.missing, not_asked.applies) == (False, (), False)


STATEMENTS = st.sampled_from(["a == 1", "b == 1", "c == 1", "a >= 2", "(b != 2)"])


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda p: f"{p[0]} {p[1]} {p[2]}")
    return both | both.map(lambda text: f"({text})") | inner.map(lambda text: f"!({text})")


EXPRESSIONS = st.recursive(STATEMENTS, joined, max_leaves=8).filter(
    lambda t: len(t) <= 500 and t.count("(") < 8
)
VALUES = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from([1, 2, 3]))


@given(EXPRESSIONS, VALUES)
def test_truth_agrees_with_the_library_wherever_it_settles(text: str, facts: Mapping[str, int]) -> None:
    try:
        expected = Truth.TRUE if cel.evaluate(text, dict(facts)) else Truth.FALSE
    except RuntimeError:
        expected = Truth.UNKNOWN
    assert truth_of(text, facts) is expected


@given(EXPRESSIONS, VALUES, st.sampled_from([1, 2, 3]))
def test_settled_truth_is_never_changed_by_further_facts(text: str, facts: dict[str, int], more: int) -> None:
    before = truth_of(text, facts)
    after = truth_of(text, {"a": more, "b": more, "c": more, **facts})
    assert after is not Truth.UNKNOWN
    assert before in (Truth.UNKNOWN, after)


@given(EXPRESSIONS, VALUES)
def test_not_asked_settles_everything_when_nothing_else_is_missing(text: str, facts: dict[str, int]) -> None:
    rest = frozenset({"a", "b", "c"} - set(facts))
    weighed = compile_condition(text, names=NAMES).weigh(facts, not_asked=rest)
    plain = truth_of(text, facts)
    assert weighed.truth is (Truth.FALSE if plain is Truth.UNKNOWN else plain)


@given(EXPRESSIONS, st.lists(st.tuples(VALUES, st.frozensets(st.sampled_from("abc"))), max_size=6))
def test_truth_alone_is_the_truth_weighed_whatever_was_asked_before(
    text: str, asked: list[tuple[dict[str, int], frozenset[str]]]
) -> None:
    condition = compile_condition(text, names=NAMES)
    for facts, not_asked in asked:
        assert (
            condition.truth(facts, not_asked=not_asked) is condition.weigh(facts, not_asked=not_asked).truth
        )


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(str)
JSON = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.just("postcode"), SCALARS)
TEXTS = [
    "a >= 8 && b == 'x'",
    "age_on(born, today) >= 3",
    "items.exists(one, one > 2)",
    "home.postcode == a",
    "earliest(a, b) < latest(c, today)",
    "contains_any(a, items) || same_postcode(a, b)",
    "add_months(born, a) < today && add_working_days(today, b) > c",
    "working_days_between(born, today) > a",
    "divide(sum_of(items), a) > smallest(b, c)",
]


@given(st.sampled_from(TEXTS), st.dictionaries(st.sampled_from(sorted(NAMES)), JSON))
def test_no_fact_whatever_makes_a_condition_raise(text: str, facts: dict[str, Json]) -> None:
    assert truth_of(text, facts) in Truth


@given(st.text(max_size=60))
def test_no_text_whatever_fails_but_as_bad_condition(text: str) -> None:
    with suppress(BadCondition):
        assert compile_condition(text, names=NAMES).weigh({}).truth in Truth
