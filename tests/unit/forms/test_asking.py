"""Asking and facts: the laws that hold for every form."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from frontdoor.forms.asking import is_complete, missing, next_page, pages, previous, questions, sections_done
from frontdoor.forms.definition import Form
from frontdoor.forms.facts import circles, facts_of
from frontdoor.kernel.conditions import Truth
from frontdoor.kernel.facts import Json, NotKnown
from tests.builders.forms import a_form

NAMES = ("a", "b", "c", "d", "e")
CONDITIONS = ("{0}", "!{0}", "{0} && {1}", "{0} || {1}", "{0} != {1}", "worked", "!worked")
answers = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form of five questions, each with a condition on any others or none; even circles are allowed."""
    sections: dict[str, Any] = {"first": {"questions": {}}, "second": {"questions": {}}}
    for n, name in enumerate(NAMES):
        data: dict[str, Any] = {"type": "yes or no"}
        if draw(st.booleans()):
            names = draw(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)))
            data["when"] = draw(st.sampled_from(CONDITIONS)).format(*names)
        sections["first" if n < 3 else "second"]["questions"][name] = data
    if draw(st.booleans()):
        sections["second"]["when"] = draw(st.sampled_from(NAMES))
    return a_form(
        {"sections": sections, "works out": {"worked": draw(st.sampled_from(["a && b", "c", "d ? a : b"]))}}
    )


def asked(form: Form, given_answers: dict[str, Json]) -> dict[str, Any]:
    return {"form": form, "answers": given_answers, "given": {}, "calculators": {}}


@given(forms(), st.lists(st.booleans(), min_size=5, max_size=5))
def test_asking_ends_and_never_puts_a_question_that_does_not_apply(form: Form, replies: list[bool]) -> None:
    so_far: dict[str, Json] = {}
    for reply in replies:
        page = next_page(**asked(form, so_far))
        if page is None:
            break
        facts = facts_of(**asked(form, so_far))
        conditions = [each for each in (page.section.when, page.question.when) if each]
        assert all(
            each.weigh(facts.values, not_asked=facts.not_asked).truth is Truth.TRUE for each in conditions
        )
        assert page.question.id not in so_far
        so_far[page.question.id] = reply
    assert next_page(**asked(form, so_far)) is None or len(so_far) == len(replies)
    assert is_complete(**asked(form, so_far)) == (not missing(**asked(form, so_far)))


@given(forms(), answers)
def test_a_question_is_asked_or_not_asked_but_never_both(form: Form, so_far: dict[str, Json]) -> None:
    facts = facts_of(**asked(form, so_far))
    put = {page.question.id for page in pages(**asked(form, so_far))}
    assert not put & facts.not_asked
    assert facts.values.keys() & set(NAMES) <= put & so_far.keys()
    assert not facts.values.keys() & facts.not_asked


@given(forms(), answers, st.randoms(use_true_random=False))
def test_facts_do_not_depend_on_the_order_of_answers(
    form: Form, so_far: dict[str, Json], chance: Any
) -> None:
    turned = list(so_far.items())
    chance.shuffle(turned)
    assert facts_of(**asked(form, dict(turned))) == facts_of(**asked(form, so_far))


@given(forms(), answers)
def test_the_task_list_counts_the_pages(form: Form, so_far: dict[str, Json]) -> None:
    every = pages(**asked(form, so_far))
    lines = sections_done(**asked(form, so_far))
    assert sum(line.of for line in lines) == len(every)
    assert sum(line.of - line.answered for line in lines) == len(missing(**asked(form, so_far)))


@given(forms(), answers, st.sampled_from(NAMES))
def test_going_back_goes_to_the_nearest_page_before(form: Form, so_far: dict[str, Json], name: str) -> None:
    order = [question.id for question in questions(form)]
    before = [
        page for page in pages(**asked(form, so_far)) if order.index(page.question.id) < order.index(name)
    ]
    assert previous(**asked(form, so_far), before=name) == (before[-1] if before else None)


def test_facts_are_worked_out_in_the_order_in_which_they_hang_together() -> None:
    form = a_form(
        {
            "works out": {"c": "b + 1", "b": "a + 1", "far": {"calculator": "sum", "from": ["b", "c"]}},
            "sections": {"s": {"questions": {"late": {"when": "far == 5"}, "a": {"type": "number"}}}},
        }
    )
    calculators = {"sum": lambda b, c: b + c}
    facts = facts_of(form=form, answers={"a": 1, "late": "yes"}, given={}, calculators=calculators)
    assert facts.values == {"a": 1, "b": 2, "c": 3, "far": 5, "late": "yes"}


def test_a_calculator_that_cannot_tell_gives_no_fact() -> None:
    def cannot(_: Json) -> Json:
        raise NotKnown("no such place")

    rule = {"calculator": "c", "from": ["a"]}
    form = a_form(
        {"works out": {"x": rule}, "sections": {"s": {"questions": {"a": {}, "b": {"when": "x == 1"}}}}}
    )
    for calculators in ({}, {"c": cannot}, {"c": lambda _: None}):
        facts = facts_of(form=form, answers={"a": "1", "b": "2"}, given={}, calculators=calculators)
        assert (facts.values, facts.not_asked) == ({"a": "1"}, frozenset())


def test_what_is_worked_out_from_questions_that_do_not_apply_does_not_apply() -> None:
    rules = {"age": "years_between(born_on, today)", "place": {"calculator": "c", "from": ["born_on"]}}
    questions_of = {"person": {"type": "yes or no"}, "born_on": {"type": "date", "when": "person"}}
    form = a_form({"works out": rules, "sections": {"s": {"questions": questions_of}}})
    facts = facts_of(form=form, answers={"person": False}, given={"today": "2026-11-22"}, calculators={})
    assert facts.not_asked == {"born_on", "age", "place"}


def test_several_choices_with_one_not_sure_give_no_fact() -> None:
    options = {"x": "X", "unsure": {"label": "Not sure", "unknown": True}}
    form = a_form({"sections": {"s": {"questions": {"a": {"type": "choose many", "options": options}}}}})
    assert facts_of(form=form, answers={"a": ["unsure"]}, given={}, calculators={}).values == {}
    assert facts_of(form=form, answers={"a": ["x"]}, given={}, calculators={}).values == {"a": ["x"]}


def test_circles_are_found_and_give_no_facts() -> None:
    form = a_form(
        {
            "works out": {"x": "y + 1", "y": "x + 1", "z": "a"},
            "sections": {"s": {"questions": {"a": {"when": "a == 'yes'"}, "b": {}}}},
        }
    )
    assert [sorted(circle) for circle in circles(form)] == [["x", "y"], ["a"]]
    facts = facts_of(form=form, answers={"a": "yes", "b": "1"}, given={}, calculators={})
    assert facts.values == {"b": "1"}


def test_a_form_without_circles_has_none() -> None:
    form = a_form(
        {"works out": {"x": "a"}, "sections": {"s": {"questions": {"a": {}, "b": {"when": "x == 'c'"}}}}}
    )
    assert circles(form) == []
