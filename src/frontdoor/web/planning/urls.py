"""Addresses of planning."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.planning import own

urlpatterns = [
    path("staff/my/", own.week, name="own_week"),
    path("staff/my/do/", own.do, name="own_week_do"),
    path("staff/my/doing/", own.doing, name="own_doing"),
    path("staff/my/figures/", own.figures, name="own_figures"),
    path("calendar/<str:token>.ics", own.feed, name="own_feed"),
]
