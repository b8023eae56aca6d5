"""Pages of a list that may be millions long: it is counted, and turned over, only so far."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

MOST_PAGES = 40


class BoundedPaginator(_Paginator):
    """The first pages of a query, at most `MOST_PAGES`; `goes_on` where there is more. Whoever looks for something
    further on narrows the list: to count and to pass over millions of rows would take seconds.
    """

    object_list: QuerySet[Any]

    @cached_property
    def _found(self) -> int:
        """How many there are, counted no further than one beyond the last page."""
        return self.object_list.order_by()[: self._most + 1].count()

    @property
    def _most(self) -> int:
        return MOST_PAGES * self.per_page

    @cached_property
    def count(self) -> int:
        """How many are shown."""
        return min(self._found, self._most)

    @property
    def goes_on(self) -> bool:
        """Whether there are more than are shown."""
        return self._found > self._most
