"""Ending what is past its time: the rows go with all that hangs on them, the journal stays whole.

The journal holds ids and facts, never a name or a word of anybody, so that its chain goes on holding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import SET_NULL, Model, Q

from frontdoor.cases.models import Case, DraftFile, Evidence
from frontdoor.contacts.models import Conversation, Customer, Delivery, Message, StoredFile
from frontdoor.handling.rights.keeping import KEEPER, Past, past_their_time
from frontdoor.journal.actions import record

AT_ONCE = 50
log = structlog.get_logger("frontdoor.handling.rights")


class StillNeeded(Exception):
    """A row that is to go still belongs to one that stays. This is a fault of the platform; nothing was removed."""


def erase_past(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Erase up to `limit` cases, contacts and customers that are past their time; how many were erased.

    Each is one transaction with its own journal entry, so that a stop in between loses nothing and leaves no half.
    """
    erased = 0
    for past in past_their_time(at=at):
        for row in list(past.rows[: limit - erased]):
            try:
                _erase_one(past, row, at)
            except StillNeeded as fault:
                log.error("not erased", what=past.what, row=str(row.pk), fault=type(fault).__name__)
            else:
                erased += 1
    return erased


@transaction.atomic
def _erase_one(past: Past, row: Any, at: datetime) -> None:
    subject: dict[str, Any] = {}
    if isinstance(row, Case):
        subject = {"case": row.pk, "customer": row.customer_id}
    elif isinstance(row, Customer):
        subject = {"customer": row.pk}
    facts: dict[str, object] = {"kept": past.span, "id": str(row.pk)}
    facts["rows"] = ERASE[past.what](row)
    event = f"{past.what} erased"
    record(at=at, by=KEEPER, event=event, service=past.service or None, facts=facts, **subject)


def _erase_case(case: Case) -> int:
    files = _files_of(case.conversation_id, case)
    conversation, draft = case.conversation, case.draft
    count = _remove([case]) + _remove([conversation]) + (_remove([draft]) if draft else 0)
    return count + _remove_files(files)


def _erase_conversation(conversation: Conversation) -> int:
    files = _files_of(conversation.pk, None)
    return _remove([conversation]) + _remove_files(files)


def _remove(rows: Iterable[Model]) -> int:
    """Remove rows and everything that points at them, the farthest first. Raises StillNeeded at a case or customer."""
    kept = list(rows)
    if not kept:
        return 0
    count = 0
    for relation in kept[0]._meta.related_objects:
        if relation.many_to_many or relation.on_delete is SET_NULL:
            continue
        pointing = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": kept})
        children = list(pointing)
        if children and _is_kept_for_itself(relation.related_model, relation.model):
            raise StillNeeded
        count += _remove(children)
    for row in kept:
        row.delete()
    return count + len(kept)


def _is_kept_for_itself(model: type[Model], of: type[Model]) -> bool:
    """Cases and customers go when their own time is over; a record that was merged goes with the one it went into."""
    return model is Case or (model is Customer and of is not Customer)


def _files_of(conversation: UUID, case: Case | None) -> set[UUID]:
    """The files that came with a conversation, its letters, and the papers of its case."""
    found = set(Message.objects.filter(conversation=conversation).values_list("files", flat=True))
    found |= set(Delivery.objects.filter(conversation=conversation).values_list("letter", flat=True))
    if case is not None:
        found |= set(Evidence.objects.filter(case=case).values_list("file", flat=True))
        found |= set(DraftFile.objects.filter(draft__case=case).values_list("file", flat=True))
    return {file for file in found if file is not None}


def _remove_files(files: set[UUID]) -> int:
    """Those that nothing else points at."""
    free = StoredFile.objects.filter(pk__in=files)
    for relation in StoredFile._meta.related_objects:
        free = free.filter(Q(**{f"{relation.name}__isnull": True}))
    removed, _ = free.delete()
    return removed


ERASE: Mapping[str, Callable[[Any], int]] = {
    "cases": _erase_case,
    "contacts": _erase_conversation,
    "messages to staff": lambda row: _remove([row]),
    "customers": lambda row: _remove([row]),
}
