"""Figures from what was sent, and the table that shows them beside the peer's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil

from bench.load import Sent

HEAD = ("", "sent", "failed", "a second", "p50 ms", "p95 ms", "p99 ms", "mail p50 ms", "mail p95 ms")


@dataclass(frozen=True)
class Figures:
    """How one side did in one test. Milliseconds; `mail_*` from when it was due until the mail server had it."""

    sent: int
    failed: int
    per_second: float
    p50: float
    p95: float
    p99: float
    mail_p50: float | None
    mail_p95: float | None
    without_mail: int

    def as_json(self) -> dict[str, object]:
        """For a file."""
        return asdict(self)


def figures_of(sent: Sequence[Sent], mail: Mapping[str, float]) -> Figures:
    """The figures of one test; `mail` is when each recipient's message reached the mail server."""
    taken = [each for each in sent if each.is_taken]
    waits = sorted(each.seconds * 1000 for each in taken)
    lags = sorted((mail[each.recipient] - each.planned) * 1000 for each in taken if each.recipient in mail)
    span = max(each.done for each in sent) - min(each.planned for each in sent) if sent else 0.0
    return Figures(
        sent=len(sent),
        failed=len(sent) - len(taken),
        per_second=len(taken) / span if span else 0.0,
        p50=percentile(waits, 50),
        p95=percentile(waits, 95),
        p99=percentile(waits, 99),
        mail_p50=percentile(lags, 50) if lags else None,
        mail_p95=percentile(lags, 95) if lags else None,
        without_mail=len(taken) - len(lags),
    )


def percentile(ordered: Sequence[float], rank: int) -> float:
    """The smallest value that at least `rank` per cent are no greater than; 0 of nothing."""
    return ordered[max(0, ceil(len(ordered) * rank / 100) - 1)] if ordered else 0.0


def table_of(title: str, ours: Figures, peer: Figures) -> str:
    """Both sides and their ratio."""
    rows = [HEAD, ("Front Door", *_cells(ours)), ("django-helpdesk", *_cells(peer)), _ratios(ours, peer)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([title, *lines, ""])


def _cells(figures: Figures) -> tuple[str, ...]:
    mail = [figures.mail_p50, figures.mail_p95]
    return (
        str(figures.sent),
        str(figures.failed),
        f"{figures.per_second:.1f}",
        *(f"{value:.0f}" for value in (figures.p50, figures.p95, figures.p99)),
        *("-" if value is None else f"{value:.0f}" for value in mail),
    )


def _ratios(ours: Figures, peer: Figures) -> tuple[str, ...]:
    """Ours to the peer's: more is better for the rate, less for the waits."""
    pairs = [
        (ours.per_second, peer.per_second),
        (ours.p50, peer.p50),
        (ours.p95, peer.p95),
        (ours.p99, peer.p99),
        (ours.mail_p50, peer.mail_p50),
        (ours.mail_p95, peer.mail_p95),
    ]
    return ("ours : peer", "", "", *(f"{one / two:.2f}" if one and two else "-" for one, two in pairs))
