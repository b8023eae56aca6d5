"""May it be done in THIS STATE?"""

from __future__ import annotations

from frontdoor.cases.models import Case


class CaseChanged(Exception):
    """Somebody else changed this case after you opened it. Your change was not made; look at the case as it
    is now and decide again.
    """

    def __init__(self, *, shown: int, now: int) -> None:
        super().__init__(self.__class__.__doc__)
        self.shown, self.now = shown, now


class CaseClosed(Exception):
    """This case has ended, so this cannot be done any more. Reopen it first where the service allows it."""


def require_unchanged(case: Case, revision: int) -> None:
    """Raise CaseChanged unless the case still is as the person saw it."""
    if case.revision != revision:
        raise CaseChanged(shown=revision, now=case.revision)


def require_open(case: Case) -> None:
    """Raise CaseClosed where the case has ended."""
    if not case.is_open:
        raise CaseClosed
