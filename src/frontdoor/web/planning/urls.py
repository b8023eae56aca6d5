"""Addresses of planning."""

from __future__ import annotations

from django.urls import path, re_path

from frontdoor.web.planning import (
    contracts,
    editing,
    events,
    feed,
    forecast,
    meetings,
    own,
    own_figures,
    replanning,
    rota,
    today,
    what_ifs,
    within_day,
)

urlpatterns = [
    path("staff/plan/", forecast.forecast, name="plan"),
    re_path(r"^staff/plan/forecast\.(?P<kind>csv|xlsx)$", forecast.download, name="plan_download"),
    path("staff/plan/make/", forecast.make, name="plan_make"),
    path("staff/plan/work/<int:number>/", forecast.work, name="plan_work"),
    path("staff/plan/work/<int:number>/stop/", forecast.stop, name="plan_work_stop"),
    path("staff/plan/events/", events.events, name="plan_events"),
    re_path(r"^staff/plan/events\.(?P<kind>csv|xlsx)$", events.download, name="plan_events_download"),
    path("staff/plan/events/hand-in/", events.hand_in, name="plan_events_hand_in"),
    path("staff/plan/events/note/", events.note, name="plan_event_note"),
    path("staff/plan/events/<int:number>/drop/", events.drop, name="plan_event_drop"),
    path("staff/plan/rota/", rota.rota, name="plan_rota"),
    re_path(r"^staff/plan/rota\.(?P<kind>csv|xlsx)$", rota.download, name="plan_rota_download"),
    path("staff/plan/rota/make/", rota.make, name="plan_rota_make"),
    path("staff/plan/rota/<int:person>/<str:day>/", editing.edit, name="plan_rota_edit"),
    path("staff/plan/contracts/", contracts.contracts, name="plan_contracts"),
    re_path(
        r"^staff/plan/contracts\.(?P<kind>csv|xlsx)$", contracts.download, name="plan_contracts_download"
    ),
    path("staff/plan/contracts/<int:person>/", contracts.contract, name="plan_contract"),
    path("staff/plan/meetings/", meetings.meetings_page, name="plan_meetings"),
    re_path(r"^staff/plan/meetings\.(?P<kind>csv|xlsx)$", meetings.download, name="plan_meetings_download"),
    path("staff/plan/meetings/<int:number>/drop/", meetings.drop, name="plan_meeting_drop"),
    path("staff/plan/what-ifs/", what_ifs.what_ifs, name="plan_what_ifs"),
    re_path(r"^staff/plan/what-ifs\.(?P<kind>csv|xlsx)$", what_ifs.download, name="plan_what_ifs_download"),
    path("staff/plan/what-ifs/ask/", what_ifs.ask, name="plan_what_ifs_ask"),
    path("staff/plan/today/", today.today, name="plan_today"),
    re_path(r"^staff/plan/today/rest\.(?P<kind>csv|xlsx)$", within_day.download, name="plan_rest_download"),
    path("staff/plan/today/anew/", replanning.replan, name="plan_replan"),
    path("staff/plan/answer/", today.answer, name="plan_answer"),
    path("staff/my/", own.week, name="own_week"),
    path("staff/my/do/", own.do, name="own_week_do"),
    path("staff/my/doing/", own.doing, name="own_doing"),
    path("staff/my/figures/", own_figures.figures, name="own_figures"),
    path("calendar/<str:token>.ics", feed.feed, name="own_feed"),
]
