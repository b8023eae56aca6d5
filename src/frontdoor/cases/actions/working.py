"""Tasks, notes, followers, links and interests."""

from __future__ import annotations

from datetime import datetime

from frontdoor.cases.models import Case, CaseLink, Follower, Interest, Note, Task
from frontdoor.contacts.models import Customer
from frontdoor.staff.models import Team, User


def open_task(*, case: Case, kind: str, team: Team, due_at: datetime | None, at: datetime) -> Task:
    """A step somebody must do; one open task of a kind is enough."""
    open_one = Task.objects.filter(case=case, kind=kind, done_at__isnull=True).first()
    return open_one or Task.objects.create(case=case, kind=kind, team=team, due_at=due_at, opened_at=at)


def close_tasks(*, case: Case, by: User | None, at: datetime, kind: str | None = None) -> int:
    """The open tasks (of a kind) are done; returns how many."""
    tasks = Task.objects.filter(case=case, done_at__isnull=True)
    return (tasks.filter(kind=kind) if kind else tasks).update(done_at=at, done_by=by)


def write_note(*, case: Case, by: User, words: str, at: datetime) -> Note:
    """A note for colleagues."""
    return Note.objects.create(case=case, by=by, words=words, written_at=at)


def follow_case(*, case: Case, customer: Customer, at: datetime) -> Follower:
    """This customer wants the news of the case too."""
    follower, _ = Follower.objects.get_or_create(case=case, customer=customer, defaults={"since_at": at})
    return follower


def link_cases(*, case: Case, other: Case, relation: str, at: datetime) -> CaseLink:
    """Say that two cases belong together; neither is changed."""
    link, _ = CaseLink.objects.get_or_create(
        case=case, other=other, relation=relation, defaults={"made_at": at}
    )
    return link


def declare_interest(*, user: User, customer: Customer, relation: str, at: datetime) -> Interest:
    """A member of staff says that they are, or are close to, this customer."""
    interest, _ = Interest.objects.get_or_create(
        user=user, customer=customer, defaults={"relation": relation, "declared_at": at}
    )
    return interest
