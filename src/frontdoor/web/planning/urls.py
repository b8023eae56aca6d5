"""Addresses of planning."""

from __future__ import annotations

from django.urls import path, re_path

from frontdoor.web.planning import events, forecast, own

urlpatterns = [
    path("staff/plan/", forecast.forecast, name="plan"),
    re_path(r"^staff/plan/forecast\.(?P<kind>csv|xlsx)$", forecast.download, name="plan_download"),
    path("staff/plan/make/", forecast.make, name="plan_make"),
    path("staff/plan/work/<int:number>/", forecast.work, name="plan_work"),
    path("staff/plan/work/<int:number>/stop/", forecast.stop, name="plan_work_stop"),
    path("staff/plan/events/", events.events, name="plan_events"),
    path("staff/plan/events/note/", events.note, name="plan_event_note"),
    path("staff/plan/events/<int:number>/drop/", events.drop, name="plan_event_drop"),
    path("staff/my/", own.week, name="own_week"),
    path("staff/my/do/", own.do, name="own_week_do"),
    path("staff/my/doing/", own.doing, name="own_doing"),
    path("staff/my/figures/", own.figures, name="own_figures"),
    path("calendar/<str:token>.ics", own.feed, name="own_feed"),
]
