"""What the demo council's manager aims at, this financial year and the last."""

from __future__ import annotations

from datetime import date, datetime

from frontdoor.insight.periods import Period, financial_year_to
from frontdoor.insight.targets import set_target
from frontdoor.kernel.clock import day_of
from frontdoor.staff.models import Role, User

AIMS = (
    ("answered-share", "", 92.0),
    ("service-level", "", 80.0),
    ("first-contact", "", 75.0),
    ("take-up", "", 80.0),
    ("on-time", "", 95.0),
    ("avoidable", "", 35.0),
    ("satisfaction", "", 85.0),
    ("days-median", "blue-badge", 20.0),
)


def set_targets(*, at: datetime) -> None:
    """Set them, for whole financial years."""
    manager = User.objects.filter(role=Role.MANAGER).order_by("pk").first()
    if manager is None:
        return
    this = financial_year_to(day_of(at)).first
    for first in (date(this.year - 1, this.month, 1), this):
        year = Period(first, date(first.year + 1, 3, 31))
        for measure, service, value in AIMS:
            set_target(measure=measure, service=service, period=year, value=value, by=manager, at=at)
