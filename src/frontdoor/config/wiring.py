"""The one table that wires adapters to ports: who carries which message, who scans files, who takes payments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frontdoor.channels.console.adapter import ConsoleSender
from frontdoor.channels.console.config import ConsoleConfig
from frontdoor.channels.messages import MessageSender
from frontdoor.channels.notify.adapter import NotifySender
from frontdoor.channels.notify.config import NotifyConfig
from frontdoor.channels.settings import BadSetting
from frontdoor.channels.smtp.adapter import SmtpSender
from frontdoor.channels.smtp.config import SmtpConfig
from frontdoor.config.environment import BadEnvironment, Environment
from frontdoor.handling.ports import Ports

SENDERS: Mapping[str, Callable[[Mapping[str, str]], MessageSender]] = {
    "console": lambda values: ConsoleSender(ConsoleConfig.from_environment(values)),
    "smtp": lambda values: SmtpSender(SmtpConfig.from_environment(values)),
    "notify": lambda values: NotifySender(NotifyConfig.from_environment(values)),
}
CHANNELS = ("email", "text", "letter")


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
    except BadSetting as fault:
        raise BadEnvironment(str(fault)) from fault
    for channel, name in environment.carriers.items():
        if channel not in made[name].carries:
            raise BadEnvironment(
                f"FRONTDOOR_{channel.upper()}_BY is {name}, which cannot carry a {channel}. Use another."
            )
    return Ports(
        senders={channel: made[name] for channel, name in environment.carriers.items()},
        secret=environment.secret_key.encode(),
        public_url=environment.public_url,
        supplier_names=environment.carriers,
    )
