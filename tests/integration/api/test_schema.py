"""Whatever a caller sends, the API answers as docs/api.yaml says: schemathesis makes up the requests."""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import missing_required_header, negative_data_rejection

from frontdoor.api.urls import urlpatterns
from frontdoor.config.environment import CHECKOUT
from frontdoor.contacts.models import Delivery

TOKEN, SECRET = "notify-says-so", "pay-says-so"
LEFT_OUT = [
    missing_required_header,  # whose proof is missing and whose proof is wrong are told the same: 403
    negative_data_rejection,  # a supplier may change what we do not read
]
Environment = dict[str, Any]
Begin = Callable[..., Any]


class Proving:
    """The application, with the proof of a supplier on the requests of those who ask for it."""

    def __call__(self, environ: Environment, start_response: Begin) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        if environ.get("HTTP_PAY_SIGNATURE") == SECRET:
            environ["HTTP_PAY_SIGNATURE"] = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        answer: Iterable[bytes] = get_wsgi_application()(environ, start_response)
        return answer


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """As Django's own test client does: a request does not close the connection that the test's transaction is on."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_path(CHECKOUT / "docs" / "api.yaml")
schema.app = Proving()


@pytest.mark.parametrize("is_proved", [True, False])
@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.usefixtures("kept_connection")
def test_api_answers_as_its_description_says(case: schemathesis.Case[Any], is_proved: bool) -> None:
    proof = {"Authorization": f"Bearer {TOKEN}", "Pay-Signature": SECRET} if is_proved else {}
    with override_settings(NOTIFY_CALLBACK_TOKENS=(TOKEN,), PAY_SIGNING_SECRETS=(SECRET,)):
        case.call_and_validate(headers=proof, excluded_checks=LEFT_OUT)
    assert not Delivery.objects.exists()


def test_every_hook_is_described() -> None:
    described = {path.lstrip("/") for path in schema.raw_schema["paths"]}
    assert {str(each.pattern) for each in urlpatterns if isinstance(each, URLPattern)} <= described
    assert get_resolver().resolve("/healthz")
