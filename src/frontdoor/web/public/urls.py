"""The addresses of the customer's pages. None carries personal data or an id that opens anything."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.public import finding, front, reports, standing_pages, surveys
from frontdoor.web.public.applying import beginning, calling, ending, notes, papers, question, returning
from frontdoor.web.public.tracking import acting, calls, case, paying, sign_in

BEFORE = [
    path("", front.home, name="home"),
    path("find", finding.find, name="find"),
    path("services/<slug:service>/", front.service, name="service"),
    path("services/<slug:service>/decisions", front.decisions, name="service_decisions"),
    path("articles/<slug:service>/<slug:article>", front.article, name="article"),
    path("elsewhere/<slug:listing>", finding.elsewhere, name="elsewhere"),
]
APPLYING = [
    path("apply/<slug:service>/begin", beginning.start, name="apply_begin"),
    path("apply/<slug:service>/", beginning.go_on, name="apply_start"),
    path("apply/<slug:service>/who", beginning.who, name="apply_who"),
    path("apply/<slug:service>/helper", beginning.helper, name="apply_helper"),
    path("apply/<slug:service>/question/<slug:question>", question.question, name="apply_question"),
    path("apply/<slug:service>/call", calling.when, name="apply_call"),
    path("apply/<slug:service>/call/number", calling.number, name="apply_call_number"),
    path("apply/<slug:service>/note", notes.note, name="apply_note"),
    path("apply/<slug:service>/stopped", notes.stopped, name="apply_stopped"),
    path("apply/<slug:service>/nearby", notes.nearby, name="apply_nearby"),
    path("apply/<slug:service>/follow", notes.follow, name="apply_follow"),
    path("apply/<slug:service>/following", notes.following, name="apply_following"),
    path("apply/<slug:service>/tasks", ending.tasks, name="apply_tasks"),
    path("apply/<slug:service>/papers", papers.papers, name="apply_papers"),
    path("apply/<slug:service>/papers/<slug:slug>", papers.paper, name="apply_paper"),
    path("apply/<slug:service>/remove/<int:file>", papers.remove, name="apply_remove"),
    path("apply/<slug:service>/check", ending.check, name="apply_check"),
    path("apply/<slug:service>/sent", ending.sent, name="apply_sent"),
    path("apply/<slug:service>/save", ending.save, name="apply_save"),
    path("apply/<slug:service>/saved", ending.saved, name="apply_saved"),
    path("apply/<slug:service>/leave", ending.leave, name="apply_leave"),
    path("apply/<slug:service>/still-here", ending.keep_open, name="apply_keep"),
    path("apply/<slug:service>/ended", ending.ended, name="apply_ended"),
    path("return/<str:token>", returning.come_back, name="return"),
]
TRACKING = [
    path("track", sign_in.track, name="track"),
    path("track/code", sign_in.choose, name="track_code"),
    path("track/enter", sign_in.enter, name="track_enter"),
    path("track/report", case.report, name="track_report"),
    path("track/case", case.case, name="track_case"),
    path("track/case/reply", acting.reply, name="track_reply"),
    path("track/case/papers/<slug:slug>", acting.papers, name="track_papers"),
    path("track/case/letters/<int:number>", case.letter, name="track_letter"),
    path("track/case/do/<slug:slug>", acting.move, name="track_move"),
    path("track/case/pay", paying.pay, name="track_pay"),
    path("track/case/call/<int:number>", calls.of_case, name="track_case_call"),
    path("track/call", calls.call, name="track_call"),
    path("track/call/change", calls.change, name="track_call_change"),
    path("track/call/cancel", calls.cancel, name="track_call_cancel"),
    path("track/call/appointment.ics", calls.calendar, name="track_call_calendar"),
    path("track/call/still-here", calls.keep_open, name="track_call_keep"),
    path("track/call/code", calls.choose, name="track_call_code"),
    path("track/call/enter", calls.enter, name="track_call_enter"),
    path("track/paid", paying.came_back, name="track_paid"),
    path("track/still-here", sign_in.keep_open, name="track_keep"),
    path("track/ended", sign_in.ended, name="track_ended"),
    path("track/sign-out", sign_in.sign_out, name="track_sign_out"),
    path("track/<str:reference>", sign_in.by_link, name="track_reference"),
]
STANDING = [
    path("cleared", standing_pages.cleared, name="cleared"),
    path("clear", standing_pages.clear, name="clear"),
    path("help", standing_pages.help_page, name="help"),
    path("contact", standing_pages.contact, name="contact"),
    path("accessibility", standing_pages.accessibility, name="accessibility"),
    path("privacy", standing_pages.privacy, name="privacy"),
    path("cookies", standing_pages.cookies, name="cookies"),
    path("complain", standing_pages.complain, name="complain"),
    path("hide-your-visit", standing_pages.hide, name="hide"),
    path("survey/<str:token>", surveys.survey, name="survey"),
    path("survey/<str:token>/no-more", surveys.decline, name="survey_decline"),
    path("feedback", standing_pages.feedback, name="feedback"),
    path("feedback/thanks", standing_pages.thanks, name="feedback_thanks"),
    path("reports", reports.reports, name="reports"),
    path("robots.txt", standing_pages.robots, name="robots"),
]

urlpatterns = [*BEFORE, *APPLYING, *TRACKING, *STANDING]
