"""Who acts: a customer (or their helper), a member of staff, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from frontdoor.kernel.entries import Actor
from frontdoor.staff.models import User


@dataclass(frozen=True)
class Person:
    """Somebody who acts. `user` is set for staff; the actor is what the journal keeps."""

    actor: Actor
    user: User | None = None


SYSTEM = Person(Actor("system", "clock"))


def staff(user: User) -> Person:
    """A member of staff."""
    return Person(Actor("staff", str(user.pk)), user)


def customer(customer_id: UUID | None, *, is_helper: bool = False) -> Person:
    """A customer, or the helper who acts for them. A customer who gave no name is `unnamed`."""
    return Person(Actor("helper" if is_helper else "customer", str(customer_id or "unnamed")))
