"""A pack whose files have the right shape, and the names that its conditions and words may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from frontdoor.catalogue.reading import Path, Source
from frontdoor.catalogue.schema.decision import DecisionShape, RulesShape
from frontdoor.catalogue.schema.form import FormShape, QuestionShape
from frontdoor.catalogue.schema.journey import JourneyShape
from frontdoor.catalogue.schema.service import ServiceShape
from frontdoor.catalogue.schema.texts import ArticleShape, ExamplesShape, UpdateShape
from frontdoor.forms.definition import QuestionType
from frontdoor.kernel.factnames import fact_name

GIVEN = ("today", "received_on", "channel", "for_someone_else", "us")
BUILT_IN = ("evidence is missing", "evidence to look at")
RECORDS = "record "
UPDATE_WORDS = (
    *(
        "reference",
        "council",
        "council_phone",
        "track_link",
        "next_step",
        "evidence_asked",
        "reasons",
        "review_by",
    ),
    *("amount", "fee", "appointment", "badge_number", "item_number", "starts_on", "expires_on"),
    *("officer_words", "decision_words", "full_name", "old_date", "new_date"),
)


@dataclass(frozen=True)
class Text:
    """An update or article: its front matter, the words below, and where they came from."""

    source: Source
    body: str
    body_line: int


@dataclass(frozen=True)
class UpdateText(Text):
    """An update before it is built."""

    shape: UpdateShape


@dataclass(frozen=True)
class ArticleText(Text):
    """An article before it is built."""

    shape: ArticleShape


@dataclass(frozen=True)
class Draft:
    """The shapes of all files of a pack."""

    folder: str
    service: ServiceShape
    form: FormShape
    decision: DecisionShape
    journey: JourneyShape
    examples: ExamplesShape
    sources: Mapping[str, Source]
    updates: Mapping[str, UpdateText]
    articles: Mapping[str, ArticleText]

    def rule_sets(self) -> Iterator[tuple[Path, RulesShape]]:
        """Every dated set of rules with its path in decision.yaml, the one in force first."""
        yield (), self.decision
        for index, rules in enumerate(self.decision.before):
            yield ("before", index), rules

    def questions(self) -> Iterator[tuple[Path, str, QuestionShape]]:
        """Every question of the form with its path in form.yaml."""
        for section_id, section in self.form.sections.items():
            for question_id, question in section.questions.items():
                yield ("sections", section_id, "questions", question_id), question_id, question

    def staff_questions(self) -> Iterator[tuple[Path, str, QuestionShape]]:
        """Every question that a move asks of staff, with its path in journey.yaml."""
        for move_name, move in self.journey.moves.items():
            for question_id, question in move.asks.items():
                yield ("moves", move_name, "asks", question_id), question_id, question

    @cached_property
    def question_by_id(self) -> Mapping[str, QuestionShape]:
        """Every question, of the form and of moves, by the fact it gives."""
        staff = {name: question for _, name, question in self.staff_questions()}
        return {**staff, **{name: question for _, name, question in self.questions()}}

    @cached_property
    def answered_names(self) -> frozenset[str]:
        """What a condition may read that has nothing but the customer's answers."""
        return frozenset(
            name for _, name, question in self.questions() if question.type is not QuestionType.FILES
        )

    @cached_property
    def form_names(self) -> frozenset[str]:
        """What a condition of the form may read."""
        asked = {name for _, name, question in self.questions() if question.type is not QuestionType.FILES}
        return frozenset({*GIVEN, *asked, *self.form.works_out, *self._values, *self._evidence_facts})

    @cached_property
    def fact_names(self) -> frozenset[str]:
        """What a condition of a criterion or a move may read: all of the form's, and what staff record."""
        staff = {
            name for _, name, question in self.staff_questions() if question.type is not QuestionType.FILES
        }
        return self.form_names | staff | self.recorded | self._computed

    @cached_property
    def contact_cautions(self) -> frozenset[str]:
        """What is told about contacting the customer safely, and all that is worked out from it."""
        told = {name for name, question in self.question_by_id.items() if question.contact_caution}
        reads = {name: each.reads() for name, each in self.form.works_out.items()} if told else {}
        while more := {
            name for name, read in reads.items() if name not in told and not told.isdisjoint(read)
        }:
            told |= more
        return frozenset(told)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The facts that moves record by themselves (`does: record inspected_at`)."""
        does = (effect for move in self.journey.moves.values() for effect in move.does)
        return frozenset(
            effect.removeprefix(RECORDS).strip() for effect in does if effect.startswith(RECORDS)
        )

    @cached_property
    def template_names(self) -> frozenset[str]:
        """What the words of an update may use."""
        promised = {f"{fact_name(name)}_date" for name in self.journey.promises}
        return self.fact_names | promised | frozenset(UPDATE_WORDS)

    @cached_property
    def _values(self) -> frozenset[str]:
        return frozenset(name for _, rules in self.rule_sets() for name in rules.values)

    @cached_property
    def _computed(self) -> frozenset[str]:
        return frozenset(name for _, rules in self.rule_sets() for name in rules.computes)

    @cached_property
    def _evidence_facts(self) -> frozenset[str]:
        kinds = [fact_name(kind) for kind in self.form.evidence]
        return frozenset(f"{sign}_{kind}" for kind in kinds for sign in ("has", "seen"))


def sheet_names(rules: RulesShape) -> dict[str, str]:
    """What conditions of outcomes may name besides facts: groups, criteria and what is known of the evidence."""
    groups = {fact_name(name): name for name in rules.groups}
    criteria = {fact_name(name): name for group in rules.groups.values() for name in group.criteria}
    return {**criteria, **groups, **{fact_name(name): name for name in BUILT_IN}}
