"""Tables of workforce planning."""

from frontdoor.workforce.records.models.asked import Answerer, Leave, LeaveAnswer, LeaveKind, Swap, SwapAnswer
from frontdoor.workforce.records.models.foreseen import EventKind, ForecastDay, KnownEvent, PublishedForecast
from frontdoor.workforce.records.models.meetings import MEETINGS, Meeting
from frontdoor.workforce.records.models.rota import (
    AT_WORK,
    Doing,
    Feed,
    Part,
    PartKind,
    Presence,
    Rota,
    Shift,
)
from frontdoor.workforce.records.models.worked import Contract, LongWork, WorkKind

__all__ = [
    "AT_WORK",
    "MEETINGS",
    "Answerer",
    "Contract",
    "Doing",
    "EventKind",
    "Feed",
    "ForecastDay",
    "KnownEvent",
    "Leave",
    "LeaveAnswer",
    "LeaveKind",
    "LongWork",
    "Meeting",
    "Part",
    "PartKind",
    "Presence",
    "PublishedForecast",
    "Rota",
    "Shift",
    "Swap",
    "SwapAnswer",
    "WorkKind",
]
