"""The tables of the cases room."""

from frontdoor.cases.models.appointment import (
    MOST_PLACES,
    PHONE,
    Appointment,
    AppointmentPlace,
    CallReminder,
    Cancelled,
    ClosedDay,
    Outcome,
    Places,
    ReminderKind,
)
from frontdoor.cases.models.case import Case, CaseKind, CaseLink, Follower, Interest, Note
from frontdoor.cases.models.deciding import DecisionRecord, RecordedFact
from frontdoor.cases.models.draft import Draft, DraftFile
from frontdoor.cases.models.enquiry import Cause, DemandType, Enquiry, EnquiryOutcome, ToldHow
from frontdoor.cases.models.evidence import Evidence, EvidenceStatus
from frontdoor.cases.models.giving import IssuedItem, Payment, PaymentStatus
from frontdoor.cases.models.rights import CopyMade, EmergencyAccess, Hold
from frontdoor.cases.models.survey import NotAsked, Survey
from frontdoor.cases.models.time import Promise, Task, Timer, TimerKind
from frontdoor.cases.models.updates import Update

__all__ = [
    "MOST_PLACES",
    "PHONE",
    "Appointment",
    "AppointmentPlace",
    "CallReminder",
    "Cancelled",
    "Case",
    "CaseKind",
    "CaseLink",
    "Cause",
    "ClosedDay",
    "CopyMade",
    "DecisionRecord",
    "DemandType",
    "Draft",
    "DraftFile",
    "EmergencyAccess",
    "Enquiry",
    "EnquiryOutcome",
    "Evidence",
    "EvidenceStatus",
    "Follower",
    "Hold",
    "Interest",
    "IssuedItem",
    "NotAsked",
    "Note",
    "Outcome",
    "Payment",
    "PaymentStatus",
    "Places",
    "Promise",
    "RecordedFact",
    "ReminderKind",
    "Survey",
    "Task",
    "Timer",
    "TimerKind",
    "ToldHow",
    "Update",
]
