"""Does GOV.UK Notify know our key and our templates?"""

from __future__ import annotations

from typing import Any

from notifications_python_client.errors import HTTPError, InvalidResponse

from frontdoor.channels.checks import Check
from frontdoor.channels.notify.client import client_for
from frontdoor.channels.notify.config import NotifyConfig

_OF = "GOV.UK Notify"
_NEEDED = {
    "EMAIL_TEMPLATE": ("subject", "body"),
    "TEXT_TEMPLATE": ("body",),
    "LETTER_TEMPLATE": ("subject", "body"),
}


def check_notify(config: NotifyConfig) -> Check:
    """Reads each template and sees that it has the places we fill. Sends nothing."""
    client = client_for(config)
    templates = {
        "EMAIL_TEMPLATE": config.email_template,
        "TEXT_TEMPLATE": config.text_template,
        "LETTER_TEMPLATE": config.letter_template,
    }
    for setting, template in templates.items():
        fault = (
            _fault_of(client, f"FRONTDOOR_NOTIFY_{setting}", template, _NEEDED[setting]) if template else None
        )
        if fault is not None:
            return fault
    return Check(of=_OF, found="ready", words="GOV.UK Notify answers and has the templates.")


def _fault_of(client: Any, setting: str, template: str, places: tuple[str, ...]) -> Check | None:
    try:
        found = client.get_template(template)
    except HTTPError as error:
        return _from_error(error, setting)
    except InvalidResponse:
        return Check(
            of=_OF, found="not reachable", words="What answers at FRONTDOOR_NOTIFY_URL is not Notify."
        )
    whole = f"{found.get('subject') or ''} {found['body']}"
    missing = [place for place in places if f"(({place}))" not in whole]
    if not missing:
        return None
    words = f"The template in {setting} has no (({')), (('.join(missing)})). Add it in GOV.UK Notify."
    return Check(of=_OF, found="wrong", words=words)


def _from_error(error: HTTPError, setting: str) -> Check:
    if error.status_code in {401, 403}:
        words = (
            "GOV.UK Notify refused our key. "
            "Check FRONTDOOR_NOTIFY_API_KEY, and that this machine's clock is right to 30 seconds."
        )
        return Check(of=_OF, found="wrong", words=words)
    if error.status_code in {400, 404}:
        return Check(of=_OF, found="wrong", words=f"GOV.UK Notify has no template under the id in {setting}.")
    words = (
        f"GOV.UK Notify does not answer (code {error.status_code}). Messages are kept and sent when it does."
    )
    return Check(of=_OF, found="not reachable", words=words)
