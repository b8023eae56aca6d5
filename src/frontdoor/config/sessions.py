"""Sessions in the database, kept with one statement: what Django loads by the name of this module (`SESSION_ENGINE`)."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError


class SessionStore(db.SessionStore):
    """Django's own, but for one thing: nearly every page keeps its session, so that must not take a transaction of three
    statements.
    """

    def save(self, must_create: bool = False) -> None:
        """Keep the session as it is. Raises CreateError where it must be new and is not, UpdateError where it has been
        deleted meanwhile.
        """
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._session)  # type: ignore[attr-defined]  # published types lack it
        kept = self.model.objects.filter(pk=row.pk)
        if not kept.update(session_data=row.session_data, expire_date=row.expire_date):
            raise UpdateError
