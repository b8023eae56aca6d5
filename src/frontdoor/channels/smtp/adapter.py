"""Sends email by SMTP.

SMTP cannot say whether a message was sent before. A repeat therefore carries the same Message-ID, by which
mail stores and people recognise it; the outbox row sees to it that repeats happen only when a process dies
between the server's "250" and its own commit.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTPUTF8
from functools import cache

from frontdoor.channels.emails import From, build_email, message_id
from frontdoor.channels.messages import (
    CALENDAR,
    PDF,
    CannotSend,
    CannotSendEver,
    CannotSendNow,
    Channel,
    OutgoingMessage,
    Sent,
    Status,
    sendable,
)
from frontdoor.channels.smtp.config import SmtpConfig

_MISCONFIGURED_WAIT = timedelta(minutes=15)


class SmtpSender:
    """Carries email. One connection for each message: simple, and no state to break."""

    carries: frozenset[Channel] = frozenset({"email"})
    attaches: frozenset[str] = frozenset({CALENDAR, PDF})

    def __init__(self, config: SmtpConfig, *, tls: ssl.SSLContext | None = None) -> None:
        self._config = config
        self._tls = tls

    def send(self, message: OutgoingMessage, at: datetime) -> Sent:
        """Hands the email to the mail server. 4xx and silence: CannotSendNow; 5xx to this message:
        CannotSendEver.
        """
        message = sendable(message, carries=self.carries)
        sender = From(name=self._config.from_name, address=self._config.from_address)
        email = build_email(message, sender=sender, at=at)
        try:
            session = open_session(self._config, self._tls)
            try:
                _hand_over(session, email, to=message.to, sender=sender)
            finally:
                _part(session)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(error.recipients[message.to][0], "the address") from None  # it quotes the address
        except smtplib.SMTPNotSupportedError as error:
            raise CannotSendEver("The mail server does not take an address with these letters.") from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refusal(error.smtp_code, "the message") from None
        except (OSError, smtplib.SMTPException) as error:
            raise _unreachable(error) from error
        supplier_id = message_id(message.id, sender.domain)
        return Sent(supplier_id=supplier_id, status=Status.SENDING, at=at)

    def status(self, supplier_id: str) -> Status:
        """Always 'sending': a mail server tells no more, and a bounce comes back as an email."""
        return Status.SENDING


def _hand_over(session: smtplib.SMTP, email: EmailMessage, *, to: str, sender: From) -> None:
    """Sends the bytes as they are: the library's own way puts ">" before a line that begins with "From"."""
    if to.isascii():
        session.sendmail(sender.address, [to], email.as_bytes())
        return
    session.ehlo_or_helo_if_needed()
    if not session.has_extn("smtputf8"):
        raise smtplib.SMTPNotSupportedError
    content = email.as_bytes(policy=SMTPUTF8)
    session.sendmail(sender.address, [to], content, mail_options=["SMTPUTF8", "BODY=8BITMIME"])


def _part(session: smtplib.SMTP) -> None:
    """Say goodbye and do not wait for the answer: whatever it is, it says nothing of the message, and meanwhile a
    worker that is killed would not have noted that the message was taken.
    """
    with suppress(OSError, smtplib.SMTPException):
        session.putcmd("quit")
    session.close()


@cache
def whom_we_trust() -> ssl.SSLContext:
    """The authorities of this machine, read once a process: reading them takes longer than sending an email."""
    return ssl.create_default_context()


def open_session(config: SmtpConfig, tls: ssl.SSLContext | None = None) -> smtplib.SMTP:
    """A session with the mail server, made private and signed in as the settings say. Raises OSError,
    SMTPException.
    """
    context = tls or whom_we_trust()
    session: smtplib.SMTP
    if config.security == "tls":
        session = smtplib.SMTP_SSL(config.host, config.port, timeout=config.timeout, context=context)
    else:
        session = smtplib.SMTP(config.host, config.port, timeout=config.timeout)
    try:
        if config.security == "starttls":
            session.starttls(context=context)
        if config.user:
            session.login(config.user, config.password)
    except (OSError, smtplib.SMTPException):
        session.close()
        raise
    return session


def _refusal(code: int, what: str) -> CannotSend:
    if 500 <= code < 600:
        return CannotSendEver(f"The mail server refused {what} for good (code {code}).")
    return CannotSendNow(f"The mail server did not take {what} for now (code {code}).")


def _unreachable(error: Exception) -> CannotSendNow:
    if isinstance(error, smtplib.SMTPAuthenticationError | ssl.SSLError | smtplib.SMTPNotSupportedError):
        # The fault is in the settings, not in the message: it is kept until an operator has put them right.
        return CannotSendNow(
            "The mail server refused our sign-in or security.", retry_after=_MISCONFIGURED_WAIT
        )
    return CannotSendNow(f"The mail server cannot be reached ({type(error).__name__}).")
