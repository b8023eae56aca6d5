"""The ports that adapters are plugged into at start-up; `config.wiring` is the one place that plugs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.channels.messages import MessageSender
from frontdoor.channels.payments.provider import PaymentProvider
from frontdoor.channels.virus.scanner import VirusScanner


class NotPlugged(RuntimeError):
    """No adapters are plugged in: `handling.ports.plug` was not called at start-up. This is a fault of the
    installation.
    """


@dataclass(frozen=True)
class Ports:
    """What this installation reaches the outside with. `senders` by channel: email, text, letter."""

    senders: Mapping[str, MessageSender]
    scanner: VirusScanner | None = None
    payments: PaymentProvider | None = None
    secret: bytes = field(default=b"", repr=False)
    public_url: str = ""
    supplier_names: Mapping[str, str] = field(default_factory=dict)


_plugged: list[Ports] = []


def plug(ports: Ports) -> None:
    """Use these adapters from now on."""
    _plugged[:] = [ports]


def ports() -> Ports:
    """The adapters in use. Raises NotPlugged."""
    if not _plugged:
        raise NotPlugged
    return _plugged[0]
