"""What was said on a case, both ways, with the fate of what we sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from frontdoor.cases.models import Update
from frontdoor.catalogue.published import our_council
from frontdoor.contacts.models import Delivery, DeliveryStatus, Direction, Message
from frontdoor.staff.queries import names_of
from frontdoor.web.office.words import customer_name

if TYPE_CHECKING:
    from uuid import UUID

    from frontdoor.web.office.case.opened import Opened


def thread_of(opened: Opened) -> list[dict[str, Any]]:
    """Every message, oldest first, as the component takes it."""
    said = Message.objects.filter(conversation_id=opened.case.conversation_id)
    messages = list(said.select_related("contact").prefetch_related("files").order_by("said_at", "pk"))
    names = names_of({message.sayer for message in messages if message.said_by == "staff"})
    fates = _fates(opened, messages)
    return [_shown(opened, message, names, fates) for message in messages]


def _shown(opened: Opened, message: Message, names: dict[str, str], fates: dict[UUID, str]) -> dict[str, Any]:
    ours = message.direction == Direction.OUT
    by = names.get(message.sayer, our_council().name) if ours else customer_name(opened.case)
    if message.said_by == "helper":
        by = _("%(name)s’s helper") % {"name": by}
    is_unread = not ours and message.read_at is None
    return {
        "by": by,
        "at": message.said_at,
        "text": message.words,
        "ours": ours,
        "channel": message.contact.get_channel_display() if message.contact else "",
        "status": fates.get(message.pk, "") if ours else _("Not read yet") if is_unread else "",
        "is_unread": is_unread,
        "files": [
            {"text": file.name, "href": opened.href("case_file", file=file.pk)}
            for file in message.files.all()
        ]
        if opened.can_handle
        else [],
    }


def _fates(opened: Opened, messages: list[Message]) -> dict[UUID, str]:
    told = Update.objects.filter(case=opened.case, message__in=messages).select_related("delivery")
    fates = {u.message_id: _fate(u.delivery) for u in told if u.message_id}
    keys = {f"message:{message.pk}": message.pk for message in messages}
    for delivery in Delivery.objects.filter(key__in=keys):
        fates[keys[delivery.key]] = _fate(delivery)
    return fates


def _fate(delivery: Delivery | None) -> str:
    if delivery is None:
        return _("On their page of the case")
    return f"{delivery.get_channel_display()}: {DeliveryStatus(delivery.status).label.lower()}"
