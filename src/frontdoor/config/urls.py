"""Every address of the installation: one line a room."""

from __future__ import annotations

from django.urls import include, path

from frontdoor.config.health import healthz
from frontdoor.config.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("", include("frontdoor.web.look_urls")),
    path("", include("frontdoor.api.urls")),
    path("", include("frontdoor.web.urls")),
]

handler400 = "frontdoor.web.errors.bad_request"
handler403 = "frontdoor.web.errors.forbidden"
handler404 = "frontdoor.web.errors.not_found"
handler500 = "frontdoor.web.errors.broken"
