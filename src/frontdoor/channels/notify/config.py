"""Settings of the GOV.UK Notify adapter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.channels.settings import BadSetting, needed, one_of, web_address, whole_number

NOTIFY_URL = "https://api.notifications.service.gov.uk"

_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_KEY = re.compile(rf".*{_UUID}-{_UUID}")


@dataclass(frozen=True, kw_only=True)
class NotifyConfig:
    """The key, and one generic template for each channel with ((subject)) and ((body)), or ((body)) alone for
    texts.

    `email_with_file_template` also has ((file)). `callback_tokens` are the bearer tokens Notify may call us
    with: two at a time while one replaces the other. `timeout` is in seconds.
    """

    api_key: str = field(repr=False)
    email_template: str
    text_template: str
    letter_template: str = ""
    email_with_file_template: str = ""
    url: str = NOTIFY_URL
    postage: str = "second"
    callback_tokens: tuple[str, ...] = field(default=(), repr=False)
    timeout: int = 20

    @property
    def service_id(self) -> str:
        """The Notify service the key belongs to: the key ends in service id and secret, 36 characters
        each.
        """
        return self.api_key[-73:-37]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> NotifyConfig:
        """Reads FRONTDOOR_NOTIFY_API_KEY, _EMAIL_TEMPLATE, _TEXT_TEMPLATE, and optionally _LETTER_TEMPLATE,
        _EMAIL_WITH_FILE_TEMPLATE, _URL, _POSTAGE, _CALLBACK_TOKENS (separated by commas), _TIMEOUT. Raises
        BadSetting.
        """
        return cls(
            api_key=_api_key(environ),
            email_template=_template(environ, "EMAIL_TEMPLATE", is_needed=True),
            text_template=_template(environ, "TEXT_TEMPLATE", is_needed=True),
            letter_template=_template(environ, "LETTER_TEMPLATE"),
            email_with_file_template=_template(environ, "EMAIL_WITH_FILE_TEMPLATE"),
            url=web_address(environ, "FRONTDOOR_NOTIFY_URL", default=NOTIFY_URL),
            postage=one_of(
                environ, "FRONTDOOR_NOTIFY_POSTAGE", default="second", choices=("first", "second", "economy")
            ),
            callback_tokens=_tokens(environ),
            timeout=whole_number(environ, "FRONTDOOR_NOTIFY_TIMEOUT", default=20, least=1, most=120),
        )


def _api_key(environ: Mapping[str, str]) -> str:
    name = "FRONTDOOR_NOTIFY_API_KEY"
    key = needed(environ, name, remedy="Make a key in GOV.UK Notify under API integration and give it here.")
    if not _KEY.fullmatch(key):
        raise BadSetting(
            name, "is not a whole Notify key", "Copy it again: name, service id and secret, with dashes."
        )
    return key


def _template(environ: Mapping[str, str], last_word: str, *, is_needed: bool = False) -> str:
    name = f"FRONTDOOR_NOTIFY_{last_word}"
    value = environ.get(name, "").strip()
    if is_needed and not value:
        raise BadSetting(name, "is not set", "Make the template in GOV.UK Notify and give its id here.")
    if value and not re.fullmatch(_UUID, value):
        raise BadSetting(
            name, "is not a template id", "Copy the id from the template's page in GOV.UK Notify."
        )
    return value


def _tokens(environ: Mapping[str, str]) -> tuple[str, ...]:
    name = "FRONTDOOR_NOTIFY_CALLBACK_TOKENS"
    tokens = tuple(filter(None, (token.strip() for token in environ.get(name, "").split(","))))
    if any(len(token) < 10 for token in tokens):
        raise BadSetting(
            name, "holds a token of under ten characters", "Choose longer ones; Notify asks for ten or more."
        )
    return tokens
