"""The tables of the contacts room."""

from frontdoor.contacts.models.finding import FindCard, FindKey
from frontdoor.contacts.models.helping import Helper, MayTell, NewsTo, Relation, SafeContact, Say
from frontdoor.contacts.models.identity import AccessCode, Attempt
from frontdoor.contacts.models.merging import Merge
from frontdoor.contacts.models.outbox import Delivery, DeliveryChannel, DeliveryStatus
from frontdoor.contacts.models.people import ContactPoint, Customer, Likeness, PointKind, Settled
from frontdoor.contacts.models.talk import (
    AS_ARRANGED,
    WRITTEN,
    Channel,
    Contact,
    Conversation,
    Direction,
    Message,
    StoredFile,
)

__all__ = [
    "AS_ARRANGED",
    "WRITTEN",
    "AccessCode",
    "Attempt",
    "Channel",
    "Contact",
    "ContactPoint",
    "Conversation",
    "Customer",
    "Delivery",
    "DeliveryChannel",
    "DeliveryStatus",
    "Direction",
    "FindCard",
    "FindKey",
    "Helper",
    "Likeness",
    "MayTell",
    "Merge",
    "Message",
    "NewsTo",
    "PointKind",
    "Relation",
    "SafeContact",
    "Say",
    "Settled",
    "StoredFile",
]
