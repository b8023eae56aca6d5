"""What an error answer of GOV.UK Notify means for the message: try again, or never."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from notifications_python_client.errors import HTTPError

from frontdoor.channels.messages import CannotSend, CannotSendEver, CannotSendNow

_A_MINUTE = timedelta(minutes=1)
_UNTIL_REPAIRED = timedelta(minutes=15)


def why_not(error: HTTPError, at: datetime | None = None) -> CannotSend:
    """CannotSendNow for everything but a refusal of this very message. Names no person: Notify's own words
    may.

    Too many in a minute waits a minute; too many in a day waits until midnight UTC, when Notify counts anew.
    A wrong key or a missing template is the operator's to repair, so the message is kept.
    """
    code = int(error.status_code)
    if code == 429:
        return _too_many(error, at)
    if code in {401, 403}:
        return CannotSendNow(
            "GOV.UK Notify refused our key. Check the key and this machine's clock.",
            retry_after=_UNTIL_REPAIRED,
        )
    if code == 400 and not _is_about_template(error):
        return CannotSendEver(f"GOV.UK Notify refused this message ({', '.join(_kinds(error))}).")
    if code in {400, 404}:
        return CannotSendNow(
            "GOV.UK Notify does not know the template. Check its id.", retry_after=_UNTIL_REPAIRED
        )
    return CannotSendNow(f"GOV.UK Notify is not answering properly (code {code}).")


def _too_many(error: HTTPError, at: datetime | None) -> CannotSendNow:
    if at is None or "TooManyRequestsError" not in _kinds(error):
        return CannotSendNow("GOV.UK Notify takes no more messages this minute.", retry_after=_A_MINUTE)
    now = at.astimezone(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=UTC)
    return CannotSendNow("GOV.UK Notify takes no more messages today.", retry_after=midnight - now)


def _errors(error: HTTPError) -> list[dict[str, Any]]:
    found = error.message
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _kinds(error: HTTPError) -> list[str]:
    return [str(entry.get("error", "error")) for entry in _errors(error)] or ["no reason given"]


def _is_about_template(error: HTTPError) -> bool:
    words = " ".join(str(entry.get("message", "")).lower() for entry in _errors(error))
    return "template" in words and (
        "not found" in words or "missing personalisation" in words or "deleted" in words
    )
