"""Settings of the SMTP adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from frontdoor.channels.settings import BadSetting, needed, one_of, whole_number

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, kw_only=True)
class SmtpConfig:
    """The mail server and how to speak to it. `timeout` is in seconds."""

    host: str
    port: int
    from_name: str
    from_address: str
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: int = 20

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> SmtpConfig:
        """Reads FRONTDOOR_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD, _TIMEOUT and FRONTDOOR_FROM_NAME,
        _ADDRESS.

        Security is 'starttls' (the default), 'tls' or 'none'. Raises BadSetting.
        """
        security = one_of(
            environ, "FRONTDOOR_SMTP_SECURITY", default="starttls", choices=("starttls", "tls", "none")
        )
        usual_port = {"starttls": 587, "tls": 465, "none": 25}[security]
        user = environ.get("FRONTDOOR_SMTP_USER", "").strip()
        if user and security == "none":
            raise BadSetting(
                "FRONTDOOR_SMTP_USER",
                "would send its password in clear",
                "Use starttls or tls in FRONTDOOR_SMTP_SECURITY.",
            )
        return cls(
            host=needed(environ, "FRONTDOOR_SMTP_HOST", remedy="Give the name of the mail server."),
            port=whole_number(environ, "FRONTDOOR_SMTP_PORT", default=usual_port, least=1, most=65535),
            from_name=needed(
                environ, "FRONTDOOR_FROM_NAME", remedy="Give the council's name as readers should see it."
            ),
            from_address=_from_address(environ),
            security=security,  # type: ignore[arg-type]  # one_of has just checked it
            user=user,
            password=environ.get("FRONTDOOR_SMTP_PASSWORD", ""),
            timeout=whole_number(environ, "FRONTDOOR_SMTP_TIMEOUT", default=20, least=1, most=300),
        )


def _from_address(environ: Mapping[str, str]) -> str:
    name = "FRONTDOOR_FROM_ADDRESS"
    address = needed(environ, name, remedy="Give the address mail comes from.")
    if address.count("@") != 1 or any(letter.isspace() for letter in address):
        raise BadSetting(name, "is not an email address", "Write it like no-reply@council.example.")
    return address
