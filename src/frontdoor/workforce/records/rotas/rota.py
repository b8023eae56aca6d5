"""The rota: publish it, change a shift by hand, and who works when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from frontdoor.journal.actions import record
from frontdoor.kernel.clock import day_of
from frontdoor.staff.actions import actor_of
from frontdoor.staff.models import User
from frontdoor.staff.permissions import May, may
from frontdoor.workforce.records.models import Part, PartKind, Rota, Shift
from frontdoor.workforce.records.models.rota import LONGEST_SHIFT


class MayNotRoster(Exception):
    """Your role does not write the rota. A planner or a supervisor can; nothing was changed."""


class Overlaps(ValueError):
    """This person works another shift at that time, or two parts of the shift overlap. Change that one first; nothing was
    changed.
    """


class NotAShift(ValueError):
    """A shift begins before it ends, takes 13 hours at the most, and its parts lie within it. Nothing was changed."""


@dataclass(frozen=True)
class PlannedPart:
    """A part of a shift that is not work on contacts."""

    kind: PartKind
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class PlannedShift:
    """A shift of an account, to be written."""

    user: int
    starts_at: datetime
    ends_at: datetime
    parts: Sequence[PlannedPart] = ()
    is_in_office: bool = False


@transaction.atomic
def publish_rota(
    *, first_on: date, last_on: date, shifts: Iterable[PlannedShift], by: User | None, at: datetime
) -> Rota:
    """These shifts, and no others, from the first day to the last: what was published of these days before goes.

    Raises MayNotRoster, NotAShift (also outside these days), Overlaps.
    """
    require_rostering(by)
    wanted = list(shifts)
    if any(not first_on <= day_of(each.starts_at) <= last_on for each in wanted):
        raise NotAShift
    Shift.objects.filter(on__gte=first_on, on__lte=last_on).delete()
    rota = Rota.objects.create(first_on=first_on, last_on=last_on, published_at=at, published_by=by)
    for each in wanted:
        _require_whole(each)
    made = [
        Shift(user_id=each.user, rota=rota, on=day_of(each.starts_at), starts_at=each.starts_at,
              ends_at=each.ends_at, written_at=at, is_in_office=each.is_in_office)
        for each in wanted
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Shift.objects.bulk_create(made)
            Part.objects.bulk_create(
                Part(shift=shift, kind=part.kind, starts_at=part.starts_at, ends_at=part.ends_at)
                for shift, each in zip(made, wanted, strict=True)
                for part in each.parts
            )
    except IntegrityError as refused:
        raise Overlaps from refused
    facts = {"rota": rota.pk, "from": first_on.isoformat(), "to": last_on.isoformat(), "shifts": len(made)}
    record(at=at, by=actor_of(by), event="rota published", facts=facts)
    return rota


@transaction.atomic
def put_shift(*, wanted: PlannedShift, shift_id: int | None, by: User | None, at: datetime) -> Shift:
    """Write one shift by hand: a new one, or in place of `shift_id` (of whomever it was).

    Raises MayNotRoster, NotAShift, Overlaps.
    """
    require_rostering(by)
    _require_whole(wanted)
    shift = (
        Shift(rota=None, written_at=at)
        if shift_id is None
        else Shift.objects.select_for_update().get(pk=shift_id)
    )
    before = None if shift_id is None else shift.starts_at.isoformat()
    shift.user_id, shift.on = wanted.user, day_of(wanted.starts_at)
    write_times(shift, wanted, at)
    facts = {
        "shift": shift.pk,
        "staff": str(wanted.user),
        "before": before,
        "from": wanted.starts_at.isoformat(),
    }
    record(at=at, by=actor_of(by), event="shift written", facts={**facts, "to": wanted.ends_at.isoformat()})
    return shift


def write_times(shift: Shift, wanted: PlannedShift, at: datetime) -> None:
    """Give a shift these times and parts; its day follows. Raises Overlaps."""
    shift.on, shift.starts_at, shift.ends_at = day_of(wanted.starts_at), wanted.starts_at, wanted.ends_at
    shift.is_in_office = wanted.is_in_office
    shift.written_at, shift.sequence = at, shift.sequence + (shift.pk is not None)
    try:
        with transaction.atomic():
            shift.save()
            shift.parts.all().delete()
            Part.objects.bulk_create(
                Part(shift=shift, kind=part.kind, starts_at=part.starts_at, ends_at=part.ends_at)
                for part in wanted.parts
            )
    except IntegrityError as refused:
        raise Overlaps from refused


@transaction.atomic
def drop_shift(*, shift_id: int, by: User | None, at: datetime) -> None:
    """Somebody does not work this shift. Raises MayNotRoster."""
    require_rostering(by)
    shift = Shift.objects.select_for_update().get(pk=shift_id)
    facts = {"shift": shift.pk, "staff": str(shift.user_id), "from": shift.starts_at.isoformat()}
    shift.delete()
    record(at=at, by=actor_of(by), event="shift dropped", facts=facts)


def as_planned(shift: Shift) -> PlannedShift:
    """A shift as it stands, to be written again with something changed."""
    parts = [PlannedPart(PartKind(each.kind), each.starts_at, each.ends_at) for each in shift.parts.all()]
    return PlannedShift(shift.user_id, shift.starts_at, shift.ends_at, tuple(parts), shift.is_in_office)


def shifts_of(*, first_on: date, last_on: date, people: Collection[int] | None = None) -> QuerySet[Shift]:
    """Shifts of these days with their people and parts, by name and time; of these accounts or everybody."""
    found = Shift.objects.filter(on__gte=first_on, on__lte=last_on)
    found = found if people is None else found.filter(user__in=list(people))
    return (
        found.select_related("user")
        .prefetch_related("parts")
        .order_by("user__full_name", "user", "starts_at")
    )


def require_rostering(by: User | None) -> None:
    """Raise MayNotRoster unless this person writes the rota. None: a command."""
    if by is not None and not (may(by, May.PLAN) or may(by, May.SUPERVISE)):
        raise MayNotRoster


def _require_whole(each: PlannedShift) -> None:
    within = all(each.starts_at <= p.starts_at < p.ends_at <= each.ends_at for p in each.parts)
    if not (each.starts_at < each.ends_at <= each.starts_at + LONGEST_SHIFT and within):
        raise NotAShift
