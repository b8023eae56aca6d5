"""Counting the requests of this process. Apart from `metrics`, because settings load this before any room is."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_PAGE = "(no page)"
REGISTRY = CollectorRegistry()
REQUESTS = Histogram(
    "frontdoor_request_seconds",
    "Requests of this process by route, and how long they took.",
    ("method", "route", "status"),
    registry=REGISTRY,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10),
)


def observe(*, method: str | None, route: str | None, status: int, seconds: float) -> None:
    """Count one request. The route is the pattern of the address, never the address itself."""
    known = method if method in METHODS else "other"
    REQUESTS.labels(known, NO_PAGE if route is None else f"/{route}", str(status)).observe(seconds)
