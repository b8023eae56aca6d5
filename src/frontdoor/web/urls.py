"""Every page: one line for each part of the site that is installed."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

PARTS = ("public", "office", "accounts")


def _is_installed(part: str) -> bool:
    return (
        find_spec(f"frontdoor.web.{part}") is not None and find_spec(f"frontdoor.web.{part}.urls") is not None
    )


urlpatterns = [path("", include(f"frontdoor.web.{part}.urls")) for part in PARTS if _is_installed(part)]
