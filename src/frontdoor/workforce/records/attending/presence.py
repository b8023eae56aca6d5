"""What people do just now, and how well what was planned was kept to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.workforce.records.attending.adhering import Kept, Stretch, kept
from frontdoor.workforce.records.models import AT_WORK, Doing, PartKind, Presence, Shift
from frontdoor.workforce.records.rotas.rota import shifts_of

WORK = "work"
KINDS: dict[str, str] = {
    PartKind.BREAK: "break",
    PartKind.LUNCH: "lunch",
    PartKind.TRAINING: "training",
    PartKind.BRIEFING: "meeting",
    PartKind.ONE_TO_ONE: "meeting",
    **{doing: WORK if doing in AT_WORK else doing.value for doing in Doing},
}
"""Parts of shifts and what people do, in the same words."""


@transaction.atomic
def now_doing(*, user: User, doing: Doing | None, at: datetime) -> Presence | None:
    """From now on this person does this, and what they did before ends; None: they signed off. The same again changes
    nothing.
    """
    User.objects.select_for_update().get(pk=user.pk)  # pressed twice at once, it is one presence
    before = Presence.objects.filter(user=user, ends_at__isnull=True).first()
    if (before.doing if before else None) == doing:
        return before
    if before is not None and before.starts_at < at:
        before.ends_at = at
        before.save(update_fields=["ends_at"])
    elif before is not None:
        before.delete()
    now = Presence.objects.create(user=user, doing=doing, starts_at=at) if doing else None
    facts = {"staff": str(user.pk), "doing": doing.value if doing else "away"}
    record(at=at, by=actor_of(user), event="presence changed", facts=facts)
    return now


def takes_contacts(*, user: User, at: datetime) -> None:
    """Whoever takes a contact is at work on contacts: on a day on which they have a shift that is said for them, unless
    they said themselves that they are at work.
    """
    present = Presence.objects.filter(user=user, ends_at__isnull=True).first()
    if present is not None and present.doing in AT_WORK:
        return
    if Shift.objects.filter(user=user, on=day_of(at)).exists():
        now_doing(user=user, doing=Doing.CONTACTS, at=at)


def present_now(*, people: Collection[int] | None = None) -> dict[int, Presence]:
    """What each who is signed on does, by account."""
    found = Presence.objects.filter(ends_at__isnull=True)
    found = found if people is None else found.filter(user__in=list(people))
    return {each.user_id: each for each in found}


def kept_to(*, since: datetime, until: datetime, people: Collection[int] | None = None) -> dict[int, Kept]:
    """Adherence and conformance of everybody with a shift in a span, by account. What goes on counts up to `until`."""
    planned: dict[int, list[Stretch]] = {}
    for shift in shifts_of(first_on=day_of(since), last_on=day_of(until), people=people):
        planned.setdefault(shift.user_id, []).extend(stretches_of(shift))
    done: dict[int, list[Stretch]] = {}
    for each in _done(since, until, planned):
        done.setdefault(each.user_id, []).append(
            Stretch(KINDS[each.doing], each.starts_at, each.ends_at or until)
        )
    return {
        user: kept(planned=every, done=done.get(user, []), work=WORK, since=since, until=until)
        for user, every in planned.items()
    }


def _done(since: datetime, until: datetime, people: Iterable[int]) -> list[Presence]:
    began = Presence.objects.filter(user__in=list(people), starts_at__lt=until)
    return [each for each in began.exclude(ends_at__lte=since) if (each.ends_at or until) > each.starts_at]


def stretches_of(shift: Shift) -> list[Stretch]:
    """A shift as its parts and the work between them, in order."""
    found, begins = [], shift.starts_at
    for part in sorted(shift.parts.all(), key=lambda each: each.starts_at):
        if begins < part.starts_at:
            found.append(Stretch(WORK, begins, part.starts_at))
        found.append(Stretch(KINDS[part.kind], part.starts_at, part.ends_at))
        begins = part.ends_at
    if begins < shift.ends_at:
        found.append(Stretch(WORK, begins, shift.ends_at))
    return found
