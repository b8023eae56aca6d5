"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.office import (
    call_times,
    copies,
    deliveries,
    emergency,
    home,
    journal,
    retention,
    search,
    services,
    upkeep,
    work,
)
from frontdoor.web.office.case import acting, allotting, files, letters, money, pages, talking, timing

CASE = "staff/cases/<str:reference>/"

urlpatterns = [
    path("staff/", home.staff_home, name="staff_home"),
    path("staff/work/", work.work, name="work"),
    path("staff/work/next/", work.take, name="work_next"),
    path("staff/work/allot/", work.allot, name="work_allot"),
    path("staff/work/version/", work.version, name="work_version"),
    path("staff/work/<str:part>.<str:kind>", work.download, name="work_download"),
    path("staff/search/", search.search, name="search"),
    path("staff/journal/", journal.journal, name="journal"),
    path("staff/journal/verify/", journal.verify_now, name="journal_verify"),
    path("staff/journal/entries.csv", journal.download, name="journal_csv"),
    path("staff/services/", services.services, name="office_services"),
    path("staff/services/<slug:service>/", services.service, name="office_service"),
    path("staff/call-times/", call_times.call_times, name="call_times"),
    path("staff/call-times/close/", call_times.close, name="call_times_close"),
    path("staff/call-times/closed/<int:number>/", call_times.closed, name="call_times_closed"),
    path("staff/copies/", copies.copies, name="copies"),
    path("staff/emergency/", emergency.emergency, name="emergency"),
    path("staff/emergency/<int:number>/end/", emergency.end, name="emergency_end"),
    path("staff/emergency/<int:number>/review/", emergency.review, name="emergency_review"),
    path("staff/retention/", retention.retention, name="retention"),
    path("staff/upkeep/", upkeep.upkeep, name="upkeep"),
    path("staff/deliveries/", deliveries.deliveries, name="deliveries"),
    path(CASE, pages.decide, name="case"),
    path(CASE + "answers/", pages.answers, name="case_answers"),
    path(CASE + "messages/", pages.messages, name="case_messages"),
    path(CASE + "history/", pages.history, name="case_history"),
    path(CASE + "record/", pages.record, name="case_record"),
    path(CASE + "version/", pages.version, name="case_version"),
    path(CASE + "files/<uuid:file>/", files.file, name="case_file"),
    path(CASE + "letters/<uuid:delivery>/", letters.letter, name="case_letter"),
    path(CASE + "evidence/<uuid:evidence>/", files.judge, name="case_judge"),
    path(CASE + "do/<slug:move>/", acting.do, name="case_do"),
    path(CASE + "allot/", allotting.allot, name="case_allot"),
    path(CASE + "team/", allotting.team, name="case_team"),
    path(CASE + "interest/", allotting.interest, name="case_interest"),
    path(CASE + "note/", talking.note, name="case_note"),
    path(CASE + "write/", talking.write, name="case_write"),
    path(CASE + "read/", talking.read, name="case_read"),
    path(CASE + "promise/<slug:name>/", timing.promise, name="case_promise"),
    path(CASE + "link/", timing.link, name="case_link"),
    path(CASE + "payment/<uuid:payment>/", money.payment, name="case_payment"),
]
