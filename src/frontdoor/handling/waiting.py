"""What a state brings with it: reminders, the move when it has lasted too long, and the task for a team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from frontdoor.cases.actions.timing import new_timer
from frontdoor.cases.actions.working import open_task
from frontdoor.cases.models import Case, Task, Timer, TimerKind
from frontdoor.journeys.definition import After, Reminder, TaskKind
from frontdoor.journeys.promises import wait_ends
from frontdoor.kernel.workingdays import ENGLAND, due
from frontdoor.staff.models import Team


def state_timers(
    *, case: Case, state: str, reminders: Sequence[Reminder], after: After | None, at: datetime
) -> list[Timer]:
    """The timers of a state entered at `at`, still to be added. They lapse by themselves when the case leaves it."""
    stamp = f"{case.pk}:{state}:{at.isoformat()}"
    timers = [
        new_timer(
            case=case,
            kind=TimerKind.REMIND,
            what=reminder.update,
            key=f"remind:{stamp}:{reminder.update}:{reminder.after}",
            due_at=wait_ends(start_at=at, span=reminder.after, calendar=ENGLAND),
            of_state=state,
        )
        for reminder in reminders
    ]
    if after is not None:
        timers.append(
            new_timer(
                case=case,
                kind=TimerKind.MOVE,
                what=after.move,
                key=f"move:{stamp}:{after.move}",
                due_at=wait_ends(start_at=at, span=after.wait, calendar=ENGLAND),
                of_state=state,
            )
        )
    return timers


def open_state_task(*, case: Case, kind: TaskKind, at: datetime) -> Task:
    """The task of a kind, for the team that the pack names, or else the case's own."""
    team = Team.objects.get(name=kind.team) if kind.team else case.team
    due_at = due(at, kind.within, ENGLAND) if kind.within else None
    return open_task(case=case, kind=kind.name, team=team, due_at=due_at, at=at)
