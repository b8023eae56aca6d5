"""From a question of the forms engine to what a page needs to show it; one template a type of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontdoor.forms.answers import FieldFault, fields_of, first_field
from frontdoor.forms.definition import Option, Question
from frontdoor.kernel.facts import Json

Values = Mapping[str, "str | Sequence[str]"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question as its template shows it. `values` are by field name, `faults` in the order of the page."""

    id: str
    kind: str
    label: str
    hint: str
    values: Values
    faults: tuple[FieldFault, ...] = ()
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    prefix: str = ""
    unit: str = ""
    most: int | None = None
    is_heading: bool = True

    def value(self, part: str = "") -> str:
        """What stands in the field, or in a part of it (`day`)."""
        found = self.values.get(self.name(part), "")
        return found if isinstance(found, str) else (found[-1] if found else "")

    def chosen(self) -> list[str]:
        """The values that are ticked."""
        found = self.values.get(self.id, ())
        return [found] if isinstance(found, str) else [str(each) for each in found]

    def name(self, part: str = "") -> str:
        """The name of the field, or of a part of it."""
        return f"{self.id}-{part}" if part else self.id

    def fault(self, part: str | None = None) -> str:
        """The words of what is wrong with a part; with the first thing wrong where no part is named."""
        wanted = self.faults if part is None else [f for f in self.faults if f.field == self.name(part)]
        return wanted[0].words if wanted else ""

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options under their headings, in the order in which the headings come first; none where there are none."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.group, []).append(option)
        return list(found.items()) if any(found) else []

    @property
    def template(self) -> str:
        """The file of this type's template, without its ending."""
        return self.kind.replace(" ", "_")


@dataclass(frozen=True)
class Shown:
    """What a page shows of a question besides the question itself."""

    values: Values = field(default_factory=dict)
    faults: tuple[FieldFault, ...] = ()


def field_of(question: Question, shown: Shown) -> Field:
    """The question, ready for its template."""
    label = question.ask + (" " + _("(optional)") if question.is_optional else "")
    return Field(
        id=question.id,
        kind=question.type.value,
        label=label,
        hint=question.hint,
        values=shown.values,
        faults=shown.faults,
        options=question.options,
        autocomplete=question.autocomplete,
        prefix=question.prefix,
        unit=question.unit,
        most=int(question.most) if question.most else None,
    )


def answered(question: Question, answer: Json) -> Shown:
    """A question with the answer given before, to be changed."""
    return Shown(values=fields_of(question=question, value=answer))


def typed_in(post: QueryDict) -> dict[str, list[str]]:
    """What was typed on a page: every field with all its values, the page's own left out."""
    own = ("csrfmiddlewaretoken", "change", "do")
    return {name: [str(each) for each in values] for name, values in post.lists() if name not in own}


def summary_of(faults: Sequence[FieldFault]) -> list[dict[str, str]]:
    """The error summary: each message links to its field."""
    return [{"text": fault.words, "href": f"#{fault.field}"} for fault in faults]


def fault_of(question: Question, words: str) -> FieldFault:
    """A fault of a question as a whole."""
    return FieldFault(first_field(question), words)
