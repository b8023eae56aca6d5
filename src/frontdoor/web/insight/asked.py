"""What is asked of the figures: a period, a service and a channel, read from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from frontdoor.catalogue.published import our_catalogue
from frontdoor.contacts.models import Channel
from frontdoor.insight.periods import NotAPeriod, Period, financial_year_to, month_of
from frontdoor.insight.summing import Scope
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.web.words import date_words


@dataclass(frozen=True)
class Asked:
    """A period and what it is narrowed to; `fault` in words where the dates make no period."""

    period: Period
    service: str = ""
    channel: str = ""
    fault: str = ""

    @cached_property
    def scope(self) -> Scope:
        """The same, as the insight room wants it."""
        return Scope(
            services=frozenset({self.service}) if self.service else None,
            channels=frozenset({self.channel}) if self.channel else None,
            restricted=frozenset(each.id for each in our_catalogue().services.values() if each.is_restricted),
        )

    @property
    def words(self) -> str:
        """The period as a person says it."""
        return f"{date_words(self.period.first)} to {date_words(self.period.last)}"

    def address(self, page: str, **changes: str) -> str:
        """The address of a page for the same question, with some of it changed."""
        said = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "service": self.service,
            "channel": self.channel,
            **changes,
        }
        return f"{page}?{urlencode({name: value for name, value in said.items() if value})}"

    def filters(self) -> list[dict[str, Any]]:
        """The fields of the bar above the figures."""
        services = [{"value": each.id, "text": each.name} for each in our_catalogue().by_name()]
        channels = [{"value": value, "text": text} for value, text in Channel.choices]
        every_service = {"value": "", "text": _("All services")}
        every_channel = {"value": "", "text": _("All channels")}
        return [
            {"name": "from", "label": _("From"), "type": "date", "value": self.period.first.isoformat()},
            {"name": "to", "label": _("To"), "type": "date", "value": self.period.last.isoformat()},
            {
                "name": "service",
                "label": _("Service"),
                "type": "select",
                "value": self.service,
                "options": [every_service, *services],
            },
            {
                "name": "channel",
                "label": _("Channel"),
                "type": "select",
                "value": self.channel,
                "options": [every_channel, *channels],
            },
        ]

    def shortcuts(self, page: str) -> list[dict[str, str]]:
        """Periods that are often wanted, as links."""
        today = day_of(now_utc())
        last_month = month_of(month_of(today).first - _DAY)
        wanted = [
            (_("Last month"), last_month),
            (_("This financial year"), financial_year_to(today)),
            (_("Last financial year"), financial_year_to(date(_year(today), 3, 31))),
        ]
        return [
            {
                "text": text,
                "href": self.address(page, **{"from": each.first.isoformat(), "to": each.last.isoformat()}),
            }
            for text, each in wanted
        ]


_DAY = date(2000, 1, 2) - date(2000, 1, 1)


def _year(today: date) -> int:
    """The calendar year in which the last whole financial year ended."""
    return today.year if today.month >= 4 else today.year - 1


def asked_of(request: HttpRequest) -> Asked:
    """Read the address, or the form; without dates it is the financial year so far. What cannot be read is told."""
    said = request.POST if request.method == "POST" else request.GET
    service, channel = said.get("service", ""), said.get("channel", "")
    service = service if service in our_catalogue().services else ""
    channel = channel if channel in Channel.values else ""
    usual = financial_year_to(day_of(now_utc()))
    try:
        first = _date(said.get("from", ""), usual.first)
        last = _date(said.get("to", ""), usual.last)
        return Asked(Period(first, last), service, channel)
    except NotAPeriod as fault:
        return Asked(usual, service, channel, str(fault))
    except ValueError:
        return Asked(
            usual,
            service,
            channel,
            _("Enter both dates, like 01/04/2026. These are this year’s."),
        )


def _date(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise
