"""Does the virus scanner answer?"""

from __future__ import annotations

from frontdoor.channels.checks import Check
from frontdoor.channels.virus.clamav.adapter import ClamavScanner
from frontdoor.channels.virus.clamav.config import ClamavConfig
from frontdoor.channels.virus.scanner import CannotScanNow


def check_clamav(config: ClamavConfig) -> Check:
    """Asks clamd for its version."""
    of = "virus scanning by ClamAV"
    try:
        version = ClamavScanner(config).version()
    except CannotScanNow as error:
        words = f"{error.reason} Uploads are kept back until it does. Start clamd, or check FRONTDOOR_CLAMAV."
        return Check(of=of, found="not reachable", words=words)
    if not version.startswith("ClamAV"):
        return Check(
            of=of, found="wrong", words="What answers at FRONTDOOR_CLAMAV is not ClamAV. Check the address."
        )
    return Check(of=of, found="ready", words=f"{version} answers.")
