"""The decision sheet as a page shows it: every criterion by group, on which facts, proved by which papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from frontdoor.cases.models import Evidence, EvidenceStatus
from frontdoor.decisions.definition import Group, Needs, Status, Weighed
from frontdoor.handling.knowing import KnownCase
from frontdoor.handling.wording import fact_in_words

if TYPE_CHECKING:
    from frontdoor.web.office.case.opened import Opened

STATUS_TONES = {
    EvidenceStatus.ASKED: "waiting",
    EvidenceStatus.RECEIVED: "active",
    EvidenceStatus.ACCEPTED: "good",
    EvidenceStatus.REJECTED: "bad",
}

FIRST = (Status.NOT_KNOWN.value, Status.MET.value, Status.NOT_MET.value)
FOLDED_FROM = 2


@dataclass(frozen=True)
class Proof:
    """A paper that proves a criterion: its kind, where it stands, and where it is looked at."""

    title: str
    words: str
    tone: str
    href: str
    is_shown: bool


@dataclass(frozen=True)
class Row:
    """One criterion on the sheet."""

    title: str
    truth: str
    words: str
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    proofs: tuple[Proof, ...]
    notes: tuple[str, ...]
    source: str

    @property
    def has_papers(self) -> bool:
        """Whether something was sent that bears on it."""
        return any(proof.href for proof in self.proofs)


@dataclass(frozen=True)
class GroupShown:
    """Criteria of which any one, or all, must be met, and how the group stands."""

    title: str
    needs: str
    truth: str
    rows: tuple[Row, ...]
    folded: tuple[Row, ...] = ()


def groups_of(opened: Opened, papers: list[Evidence], shown: Evidence | None) -> list[GroupShown]:
    """The sheet, group by group, as the rules order them."""
    weighed = {each.criterion: each for each in opened.sheet.criteria}
    return [
        _group(
            group,
            opened.sheet.groups[group.name].value,
            [
                _row(opened, weighed[each.name], papers, shown)
                for each in group.criteria
                if each.name in weighed
            ],
        )
        for group in opened.known.rules.groups
    ]


def _group(group: Group, truth: str, rows: list[Row]) -> GroupShown:
    """What is in doubt comes first. Where any one is enough, those that are not met are folded away, still there."""
    ordered = sorted(rows, key=lambda row: FIRST.index(row.truth))
    is_any = group.needs is Needs.ANY
    folded = [row for row in ordered if is_any and row.truth == Status.NOT_MET.value and not row.has_papers]
    if len(folded) < FOLDED_FROM:
        folded = []
    return GroupShown(
        title=_sentence(group.name),
        needs=_("any one of these") if is_any else _("all of these"),
        truth=truth,
        rows=tuple(row for row in ordered if row not in folded),
        folded=tuple(folded),
    )


def _row(opened: Opened, weighed: Weighed, papers: list[Evidence], shown: Evidence | None) -> Row:
    known = opened.known
    return Row(
        title=_sentence(weighed.criterion),
        truth=weighed.status.value,
        words=_sentence(weighed.words),
        facts=tuple(
            (fact_name(name, known), fact_in_words(name, value, known))
            for name, value in weighed.facts.items()
        ),
        missing=tuple(fact_name(name, known) for name in weighed.missing),
        proofs=tuple(proof for kind in weighed.proved_by for proof in _proofs(opened, kind, papers, shown)),
        notes=weighed.notes,
        source=weighed.source,
    )


def _proofs(opened: Opened, kind: str, papers: list[Evidence], shown: Evidence | None) -> list[Proof]:
    title = kind_title(kind, opened.known)
    found = [paper for paper in papers if paper.kind == kind]
    if not found:
        return [Proof(title, _("has not come"), "neutral", "", False)]
    return [
        Proof(
            title,
            EvidenceStatus(paper.status).label.lower(),
            STATUS_TONES[EvidenceStatus(paper.status)],
            f"{opened.href('case')}?look={paper.pk}#paper" if paper.file_id else "",
            shown is not None and shown.pk == paper.pk,
        )
        for paper in found
    ]


def fact_name(name: str, known: KnownCase) -> str:
    """What a fact is called: as its question says, else its own name as words."""
    question = known.pack.question(name)
    return _sentence((question.called or question.ask.rstrip("?")) if question else name.replace("_", " "))


def kind_title(kind: str, known: KnownCase) -> str:
    """What a kind of evidence is called."""
    described = known.pack.form.evidence.get(kind)
    return described.title if described else _sentence(kind)


def counted(groups: list[GroupShown]) -> Mapping[str, int]:
    """How many criteria are met, not met and not known."""
    rows = [row for group in groups for row in (*group.rows, *group.folded)]
    return {truth: sum(row.truth == truth for row in rows) for truth in ("met", "not met", "not known")}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
