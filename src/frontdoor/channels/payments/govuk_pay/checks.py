"""Does GOV.UK Pay know our key?"""

from __future__ import annotations

from frontdoor.channels.checks import Check
from frontdoor.channels.payments.govuk_pay.adapter import GovukPay
from frontdoor.channels.payments.govuk_pay.config import PayConfig
from frontdoor.channels.payments.provider import CannotPayEver, CannotPayNow

_NOBODY = "0" * 26


def check_pay(config: PayConfig) -> Check:
    """Asks for a payment that cannot exist: a good key is told so."""
    of = "card payments by GOV.UK Pay"
    try:
        GovukPay(config).status(_NOBODY)
    except LookupError:
        money = "takes real money" if config.takes_money else "is a test key: no money is taken"
        return Check(of=of, found="ready", words=f"GOV.UK Pay answers. The key {money}.")
    except CannotPayNow as error:
        return Check(of=of, found="wrong" if "key" in error.reason else "not reachable", words=error.reason)
    except CannotPayEver as error:
        return Check(of=of, found="wrong", words=str(error))
    return Check(
        of=of, found="wrong", words="What answers at FRONTDOOR_PAY_URL is not GOV.UK Pay. Check the address."
    )
