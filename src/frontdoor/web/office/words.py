"""Words of the office for services, states and who a case waits for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from frontdoor.cases.models import Case
from frontdoor.catalogue.pack import Pack
from frontdoor.catalogue.published import our_catalogue, pack_of
from frontdoor.journeys.definition import Mover, State
from frontdoor.kernel.clock import now_utc
from frontdoor.web.promises import PromiseShown, PromiseState, promise_shown

WAITS = {
    "officer": "An officer",
    "customer": "The customer",
    "someone else": "Somebody else",
    "nobody": "Nobody",
}
TONES = {"officer": "active", "customer": "waiting", "someone else": "neutral", "nobody": "neutral"}


def services() -> list[tuple[str, str]]:
    """The services offered, as id and name, by name."""
    return sorted(((pack.id, pack.service.name) for pack in our_catalogue()), key=lambda each: each[1])


def service_name(service: str) -> str:
    """The name of a service; its id where it is offered no more."""
    offered = our_catalogue().services.get(service)
    return offered.name if offered else service


def state_of(case: Case) -> State:
    """The state of a case, as its own version of the pack describes it."""
    return pack_of(case.pack).journey.states[case.state]


def state_tag(case: Case) -> dict[str, str]:
    """The state as a coloured tag."""
    tone = "neutral" if not case.is_open else TONES.get(case.waits_for, "neutral")
    return {"text": state_of(case).staff, "tone": tone}


def waits_words(case: Case) -> str:
    """Whom a case waits for."""
    return _("Nobody, it has ended") if not case.is_open else _(WAITS.get(case.waits_for, case.waits_for))


def customer_name(case: Case) -> str:
    """Whose case it is; a report may bear no name."""
    return (case.customer.full_name if case.customer else "") or _("No name given")


def promise_of(case: Case) -> PromiseShown:
    """How the promise of a case stands now."""
    if not case.is_open:
        return PromiseShown(state=PromiseState.NONE, words=_("Ended"))
    if case.clock_stopped_at is not None:
        return PromiseShown(state=PromiseState.STOPPED, words=_("Clock stopped"))
    return promise_shown(due_at=case.due_at, at=now_utc())


def second_looks() -> list[tuple[str, str]]:
    """The states in which somebody who did not decide has to look, as (service, state), of every service offered."""
    return [(pack.id, state) for pack in our_catalogue() for state in _looked_at_again(pack)]


def _looked_at_again(pack: Pack) -> set[str]:
    moves = pack.journey.moves.values()
    return {state for move in moves if Mover.SOMEONE_ELSE in move.by for state in move.sources}


def moves_named(pack: Pack) -> dict[str, str]:
    """The names of a pack's moves by the form they have in an address."""
    return {slug(name): name for name in pack.journey.moves}


def slug(name: str) -> str:
    """A name as it stands in an address: `ask for evidence` is `ask-for-evidence`."""
    return "-".join("".join(c if c.isalnum() else " " for c in name).split())
