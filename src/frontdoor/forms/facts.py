"""From answers to facts: what conditions read.

A question counts only where its own `when` (and its section's) is known to be true. Where it is false the
question is *not asked*: an answer that was given before is kept with the case and ignored. Worked-out facts
are computed in the order in which they depend on one another, whatever the order in the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from frontdoor.forms.definition import Form, Question, QuestionType, Section, WorkedOut
from frontdoor.kernel.conditions import Condition, Truth
from frontdoor.kernel.facts import Json, NotKnown

Calculators: TypeAlias = Mapping[str, Callable[..., Json]]
MOST_FORMS = 500


@dataclass(frozen=True)
class Facts:
    """What is known (`values`), the names that do not apply to this customer (`not_asked`), and the questions
    that certainly do (`asked`, answered or not).
    """

    values: Mapping[str, Json]
    not_asked: frozenset[str]
    asked: frozenset[str]


def facts_of(
    *, form: Form, answers: Mapping[str, Json], given: Mapping[str, Json], calculators: Calculators
) -> Facts:
    """The facts that follow from `answers` and from `given` (today, us, channel, …; a given fact is never
    overwritten).

    A calculator is called with its named facts in the order in which the pack lists them, and only once all
    are known; None or `NotKnown` means it cannot tell. An option that is unknown, and an answer of None, give
    no fact. Facts that depend on one another in a circle are not known.
    """
    reckoning = _Reckoning({name: value for name, value in given.items() if value is not None})
    for step in _in_order(form):
        step.add(reckoning, answers=answers, calculators=calculators)
    return Facts(reckoning.values, frozenset(reckoning.not_asked), frozenset(reckoning.asked))


def weigh(when: Condition | None, values: Mapping[str, Json], not_asked: Collection[str]) -> Truth:
    """The truth of a condition; true where there is none."""
    return Truth.TRUE if when is None else when.truth(values, not_asked=not_asked)


def circles(form: Form) -> list[tuple[str, ...]]:
    """Names that depend on one another in a circle, so that none could ever be known; the checks of a pack
    report them.
    """
    steps = {step.name: step for step in _steps(form)}
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name in steps:
        if circle := _circle_from(name, steps):
            found.setdefault(frozenset(circle), circle)
    return list(found.values())


@dataclass
class _Reckoning:
    """The facts as far as they have been worked out."""

    values: dict[str, Json]
    not_asked: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def add(self, name: str, value: Json, *, applies: bool) -> None:
        """Notes a fact, or that it does not apply; a fact that is known already stands."""
        if name in self.values:
            return
        if value is not None:
            self.values[name] = value
        elif not applies:
            self.not_asked.add(name)


@dataclass(frozen=True)
class _Asked:
    """A step of the reckoning: a question of a section."""

    question: Question
    section: Section

    @property
    def name(self) -> str:
        return self.question.id

    @property
    def needs(self) -> frozenset[str]:
        return frozenset().union(*(when.names for when in (self.section.when, self.question.when) if when))

    def add(self, reckoning: _Reckoning, *, answers: Mapping[str, Json], calculators: Calculators) -> None:
        """Puts the question where it certainly applies; where that is not known it waits, and gives no fact."""
        truth = self._applies(reckoning.values, reckoning.not_asked)
        if truth is Truth.TRUE:
            reckoning.asked.add(self.name)
        value = fact_in(self.question, answers.get(self.name)) if truth is Truth.TRUE else None
        reckoning.add(self.name, value, applies=truth is not Truth.FALSE)

    def _applies(self, values: Mapping[str, Json], not_asked: Collection[str]) -> Truth:
        truth = weigh(self.section.when, values, not_asked)
        if truth is Truth.FALSE or self.question.when is None:
            return truth
        own = weigh(self.question.when, values, not_asked)
        return truth if own is Truth.TRUE else own


@dataclass(frozen=True)
class _Computed:
    """A step of the reckoning: a worked-out fact."""

    rule: WorkedOut

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def needs(self) -> frozenset[str]:
        return self.rule.formula.names if self.rule.formula else frozenset(self.rule.given)

    def add(self, reckoning: _Reckoning, *, answers: Mapping[str, Json], calculators: Calculators) -> None:
        """Works the fact out; one that rests only on questions that do not apply does not apply either."""
        values, not_asked = reckoning.values, reckoning.not_asked
        if self.name in values:
            return
        if self.rule.formula is not None:
            computed = self.rule.formula.compute(values, not_asked=not_asked)
            reckoning.add(self.name, computed.value, applies=computed.is_known or computed.applies)
            return
        missing = self.needs - values.keys()
        value = _calculated(self.rule, values, calculators)
        reckoning.add(self.name, value, applies=not missing or not missing <= not_asked)


_Step: TypeAlias = _Asked | _Computed


def fact_in(question: Question, answer: Json) -> Json:
    """The fact an answer gives; None where it gives none: files, nothing said, or an option that means “I am
    not sure”.
    """
    if question.type is QuestionType.FILES or answer is None:
        return None
    unknown = [option.value for option in question.options if option.is_unknown]
    if isinstance(answer, list | tuple):
        return None if any(each in unknown for each in answer) else list(answer)
    return None if answer in unknown else answer


def _calculated(rule: WorkedOut, values: Mapping[str, Json], calculators: Calculators) -> Json:
    calculator = calculators.get(rule.calculator or "")
    if calculator is None or any(name not in values for name in rule.given):
        return None
    try:
        return calculator(*(values[name] for name in rule.given))
    except NotKnown:
        return None


def _steps(form: Form) -> list[_Step]:
    asked = [_Asked(question, section) for section in form.sections for question in section.questions]
    return [*(_Computed(rule) for rule in form.works_out), *asked]


def _in_order(form: Form) -> tuple[_Step, ...]:
    """The steps in order, worked out once for each form: a form never changes."""
    kept = _ORDERS.get(id(form))
    if kept is None or kept[0] is not form:
        if len(_ORDERS) >= MOST_FORMS:
            _ORDERS.clear()
        kept = _ORDERS[id(form)] = (form, tuple(_ordered(form)))
    return kept[1]


def _ordered(form: Form) -> Iterator[_Step]:
    """The steps, each after those it needs; a circle is broken where it is met, and its first fact stays
    unknown.
    """
    steps = {step.name: step for step in _steps(form)}
    done: set[str] = set()
    for root in steps:
        stack = [root]
        while stack:
            step = steps[stack[-1]]
            waiting = [n for n in sorted(step.needs) if n in steps and n not in done and n not in stack]
            if waiting:
                stack.append(waiting[0])
                continue
            stack.pop()
            if step.name not in done:
                done.add(step.name)
                yield step


_ORDERS: dict[int, tuple[Form, tuple[_Step, ...]]] = {}


def _circle_from(name: str, steps: Mapping[str, _Step]) -> tuple[str, ...]:
    path: list[str] = []
    trail: list[Iterator[str]] = [iter((name,))]
    seen: set[str] = set()
    while trail:
        following = next(trail[-1], None)
        if following is None:
            trail.pop()
            if path:
                path.pop()
        elif following == name and path:
            return tuple(path)
        elif following in steps and following not in seen:
            seen.add(following)
            path.append(following)
            trail.append(iter(sorted(steps[following].needs)))
    return ()
