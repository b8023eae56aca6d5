"""The one table that wires adapters to ports: who carries which message, who scans files, who takes payments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frontdoor.channels.console.adapter import ConsoleSender
from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.messages import MessageSender
from frontdoor.channels.payments.provider import PaymentProvider
from frontdoor.channels.settings import BadSetting
from frontdoor.channels.smtp.adapter import SmtpSender
from frontdoor.channels.smtp.config import SmtpConfig
from frontdoor.channels.virus.clamav.adapter import ClamavScanner
from frontdoor.channels.virus.clamav.config import ClamavConfig
from frontdoor.channels.virus.scanner import Unscanned, VirusScanner
from frontdoor.config.environment import BadEnvironment, Environment
from frontdoor.config.practice_payments import PracticePayments
from frontdoor.handling.ports import Ports


def _notify(values: Mapping[str, str]) -> MessageSender:
    from frontdoor.channels.notify.adapter import (
        NotifySender,
    )  # half a second that other installations need not wait
    from frontdoor.channels.notify.config import NotifyConfig

    return NotifySender(NotifyConfig.from_environment(values))


def _govuk_pay(values: Mapping[str, str]) -> PaymentProvider:
    from frontdoor.channels.payments.govuk_pay.adapter import GovukPay  # as above
    from frontdoor.channels.payments.govuk_pay.config import PayConfig

    return GovukPay(PayConfig.from_environment(values))


SENDERS: Mapping[str, Callable[[Mapping[str, str]], MessageSender]] = {
    "console": lambda values: ConsoleSender(ConsoleConfig.from_environment(values)),
    "smtp": lambda values: SmtpSender(SmtpConfig.from_environment(values)),
    "notify": _notify,
}
SCANNERS: Mapping[str, Callable[[Mapping[str, str]], VirusScanner]] = {
    "none": lambda values: Unscanned(),
    "clamav": lambda values: ClamavScanner(ClamavConfig.from_environment(values)),
}
PAYMENTS: Mapping[str, Callable[[Mapping[str, str]], PaymentProvider | None]] = {
    "none": lambda values: None,
    "practice": lambda values: PracticePayments(),
    "govuk_pay": _govuk_pay,
}


def ports_for(environment: Environment, *, council_name: str, council_email: str) -> Ports:
    """The adapters this installation asked for. Raises BadEnvironment where one lacks a setting or cannot do the job."""
    values = {
        "FRONTDOOR_SENT_FOLDER": str(environment.home / "sent"),
        "FRONTDOOR_FROM_NAME": council_name,
        "FRONTDOOR_FROM_ADDRESS": council_email,
        **environment.raw,
    }
    try:
        made = {name: SENDERS[name](values) for name in set(environment.carriers.values())}
        scanner = SCANNERS[environment.scanned_by](values)
        payments = PAYMENTS[environment.payments_by](values)
    except BadSetting as fault:
        raise BadEnvironment(str(fault)) from fault
    for channel, name in environment.carriers.items():
        if channel not in made[name].carries:
            raise BadEnvironment(
                f"FRONTDOOR_{channel.upper()}_BY is {name}, which cannot carry a {channel}. Use another."
            )
    return Ports(
        senders={channel: made[name] for channel, name in environment.carriers.items()},
        scanner=scanner,
        payments=payments,
        secret=environment.secret_key.encode(),
        public_url=environment.public_url,
        supplier_names=environment.carriers,
    )
