"""Settled need as `need.csv`, which the rota reads, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frontdoor.workforce.files import shown, write_rows
from frontdoor.workforce.settling.settling import Settled
from frontdoor.workforce.simulation.changing import Calendar


def write_need(settled: Settled, calendar: Calendar, path: Path) -> None:
    """People by quarter hour and skill, where any are needed."""
    write_rows(path, ("begins", "skill", "people"), _rows(settled, calendar))


def _rows(settled: Settled, calendar: Calendar) -> Iterator[tuple[str, str, str]]:
    for place, start in enumerate(calendar.starts):
        for number, skill in enumerate(settled.skills):
            if settled.need[place, number] > 0:
                yield f"{start:%Y-%m-%d %H:%M}", skill, shown(float(settled.need[place, number]), 2)


def told_need(settled: Settled) -> str:
    """Each service’s share in time before and after, and the hours of people at work."""
    before, after = settled.before, settled.after
    width = max([len(name) for name in before.services] + [len("Answered in time")])
    lines = [f"{'Answered in time':{width}}  pooled  settled"]
    lines += [
        f"{name:{width}}  {100 * one:5.1f}%  {100 * other:6.1f}%"
        for name, one, other in zip(before.services, before.shares, after.shares, strict=True)
    ]
    lines.append(f"{'Hours at work':{width}}  {before.hours:6,.0f}  {after.hours:7,.0f}")
    if settled.is_held:
        lines.append(f"Every service keeps its target, after {settled.rounds} rounds.")
    elif settled.nobody_for:
        lines.append(
            f"Nobody has the skill for {', '.join(settled.nobody_for)}: train somebody, or take the service out."
        )
    else:
        lines.append(
            f"After {settled.rounds} rounds some service still misses its target: allow more with --rounds."
        )
    return "\n".join(lines)
