"""Does the mail server answer?"""

from __future__ import annotations

import smtplib
import ssl

from frontdoor.channels.checks import Check
from frontdoor.channels.smtp.adapter import open_session
from frontdoor.channels.smtp.config import SmtpConfig


def check_smtp(config: SmtpConfig, *, tls: ssl.SSLContext | None = None) -> Check:
    """Opens a session as for a message, sends nothing and closes it again."""
    of = "email by SMTP"
    try:
        with open_session(config, tls) as session:
            session.noop()
    except smtplib.SMTPAuthenticationError:
        words = "The mail server refused the sign-in. Check FRONTDOOR_SMTP_USER and FRONTDOOR_SMTP_PASSWORD."
        return Check(of=of, found="wrong", words=words)
    except (smtplib.SMTPNotSupportedError, ssl.SSLError):
        words = (
            "We and the mail server do not agree on security. "
            "Check FRONTDOOR_SMTP_SECURITY and the server's certificate."
        )
        return Check(of=of, found="wrong", words=words)
    except (OSError, smtplib.SMTPException) as error:
        words = (
            f"The mail server {config.host}:{config.port} does not answer ({type(error).__name__}). "
            "Messages are kept and sent when it does. Check FRONTDOOR_SMTP_HOST and FRONTDOOR_SMTP_PORT."
        )
        return Check(of=of, found="not reachable", words=words)
    return Check(of=of, found="ready", words=f"The mail server {config.host}:{config.port} answers.")
