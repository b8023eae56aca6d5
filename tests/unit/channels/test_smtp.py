"""SMTP: codes, sign-in, encryption and the operator's check."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from frontdoor.channels.messages import CannotSend, CannotSendEver, CannotSendNow, OutgoingMessage, Status
from frontdoor.channels.settings import BadSetting
from frontdoor.channels.smtp.adapter import SmtpSender
from frontdoor.channels.smtp.checks import check_smtp
from frontdoor.channels.smtp.config import Security, SmtpConfig
from tests.spec.channels.senders import free_port

AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
MESSAGE = OutgoingMessage(
    id="delivery-1", channel="email", to="alice@example.org", subject="Hello", body="Words"
)


class Server:
    """Answers as it is told to, at the step it is told to."""

    def __init__(self, *, sender: str = "250 OK", recipient: str = "250 OK", content: str = "250 OK") -> None:
        self.answers = {"sender": sender, "recipient": recipient, "content": content}
        self.taken: list[Envelope] = []

    async def handle_MAIL(  # noqa: N802  # the library's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers["sender"]

    async def handle_RCPT(  # noqa: N802  # the library's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers["recipient"]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return self.answers["content"]


class Unwilling(Server):
    """Takes the message and then has nobody left to say goodbye to."""

    async def handle_QUIT(  # noqa: N802  # the library's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return "451 4.3.0 Too busy to part"


def config_for(controller: Controller, *, security: Security = "none", password: str = "") -> SmtpConfig:
    return SmtpConfig(
        host="127.0.0.1",
        port=controller.port,
        from_name="Wealdmoor",
        from_address="no-reply@council.example",
        security=security,
        user="frontdoor" if password else "",
        password=password,
        timeout=5,
    )


def outcome_with(
    server: Server, message: OutgoingMessage = MESSAGE, *, takes_utf8: bool = True
) -> CannotSend | Status:
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=takes_utf8)
    controller.start()
    try:
        return SmtpSender(config_for(controller)).send(message, AT).status
    except CannotSend as error:
        return error
    finally:
        controller.stop()


@pytest.mark.parametrize("step", ["sender", "recipient", "content"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("421 4.3.2 Closing", CannotSendNow),
        ("450 4.2.1 Mailbox busy", CannotSendNow),
        ("452 4.2.2 Mailbox full", CannotSendNow),
        ("550 5.1.1 No such person", CannotSendEver),
        ("554 5.7.1 Not wanted", CannotSendEver),
    ],
)
def test_code_says_whether_trying_again_helps(step: str, answer: str, kind: type[CannotSend]) -> None:
    outcome = outcome_with(Server(**{step: answer}))
    assert type(outcome) is kind
    assert "alice" not in f"{outcome!r}"


def test_server_that_will_not_part_has_the_message_all_the_same() -> None:
    server = Unwilling()
    assert outcome_with(server) == Status.SENDING
    assert len(server.taken) == 1


def test_address_in_another_script_needs_a_server_that_takes_it() -> None:
    message = OutgoingMessage(
        id="d-1", channel="email", to="δοκιμή@example.org", subject="Hello", body="Words"
    )
    assert outcome_with(Server(), message) == Status.SENDING
    assert isinstance(outcome_with(Server(), message, takes_utf8=False), CannotSendEver)


def sign_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data.password == b"right password", handled=False)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "server.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def private_server(certificate: Path) -> Iterator[tuple[Server, Controller]]:
    """A server that takes mail only in private and after sign-in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = Server()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=sign_in,
    )
    controller.start()
    yield server, controller
    controller.stop()


def test_mail_goes_in_private_after_sign_in(
    private_server: tuple[Server, Controller], certificate: Path
) -> None:
    server, controller = private_server
    trusting = ssl.create_default_context(cafile=certificate)
    config = config_for(controller, security="starttls", password="right password")

    assert SmtpSender(config, tls=trusting).send(MESSAGE, AT).status == Status.SENDING
    assert len(server.taken) == 1
    assert check_smtp(config, tls=trusting).found == "ready"


def test_wrong_password_keeps_the_message_for_later(
    private_server: tuple[Server, Controller], certificate: Path
) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    config = config_for(private_server[1], security="starttls", password="wrong")

    with pytest.raises(CannotSendNow, match="sign-in"):
        SmtpSender(config, tls=trusting).send(MESSAGE, AT)
    assert "FRONTDOOR_SMTP_PASSWORD" in check_smtp(config, tls=trusting).words


def test_certificate_nobody_vouches_for_is_not_trusted(private_server: tuple[Server, Controller]) -> None:
    config = config_for(private_server[1], security="starttls", password="right password")
    with pytest.raises(CannotSendNow):
        SmtpSender(config).send(MESSAGE, AT)
    assert check_smtp(config).found == "wrong"
    assert private_server[0].taken == []


def test_operator_is_told_that_nothing_answers() -> None:
    config = SmtpConfig(
        host="127.0.0.1", port=1, from_name="W", from_address="a@council.example", security="none"
    )
    assert check_smtp(config).found == "not reachable"


GOOD = {
    "FRONTDOOR_SMTP_HOST": "mail.example",
    "FRONTDOOR_FROM_NAME": "Wealdmoor",
    "FRONTDOOR_FROM_ADDRESS": "no-reply@council.example",
}


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_port_follows_security(security: str, port: int) -> None:
    assert SmtpConfig.from_environment({**GOOD, "FRONTDOOR_SMTP_SECURITY": security}).port == port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDOOR_SMTP_HOST", ""),
        ("FRONTDOOR_FROM_NAME", " "),
        ("FRONTDOOR_FROM_ADDRESS", "council"),
        ("FRONTDOOR_SMTP_PORT", "65536"),
        ("FRONTDOOR_SMTP_PORT", "²"),
        ("FRONTDOOR_SMTP_SECURITY", "ssl"),
        ("FRONTDOOR_SMTP_TIMEOUT", "soon"),
    ],
)
def test_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        SmtpConfig.from_environment({**GOOD, name: value})


def test_password_is_never_sent_in_clear_and_never_shown() -> None:
    with pytest.raises(BadSetting, match="in clear"):
        SmtpConfig.from_environment({**GOOD, "FRONTDOOR_SMTP_SECURITY": "none", "FRONTDOOR_SMTP_USER": "u"})
    config = SmtpConfig.from_environment(
        {**GOOD, "FRONTDOOR_SMTP_USER": "u", "FRONTDOOR_SMTP_PASSWORD": "hush"}
    )
    assert "hush" not in repr(config)
