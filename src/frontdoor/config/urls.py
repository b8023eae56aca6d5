"""Every address of the installation: one line a room."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from frontdoor.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
if find_spec("frontdoor.web.urls"):
    urlpatterns.append(path("", include("frontdoor.web.urls")))
