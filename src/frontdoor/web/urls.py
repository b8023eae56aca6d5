"""Every page: one line for each part of the site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("frontdoor.web.public.urls")),
    path("", include("frontdoor.web.office.urls")),
    path("", include("frontdoor.web.desk.urls")),
    path("", include("frontdoor.web.insight.urls")),
    path("", include("frontdoor.web.skills.urls")),
    path("", include("frontdoor.web.planning.urls")),
    path("", include("frontdoor.web.accounts.urls")),
]
