"""Addresses of the desk. They hold ids, never a name or a number."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.desk import (
    acting,
    booking,
    careful,
    causes,
    filling,
    handed,
    pages,
    ringing,
    sameness,
)

CONTACT = "staff/desk/<uuid:contact>/"
CALL = "staff/desk/calls/<uuid:call>/"
ENQUIRY = CONTACT + "enquiries/<uuid:enquiry>/"

urlpatterns = [
    path("staff/desk/", pages.desk, name="desk"),
    path("staff/desk/begin/", acting.begin, name="desk_begin"),
    path("staff/desk/handed-on/", handed.handed, name="handed_on"),
    path("staff/desk/handed-on/<uuid:enquiry>/", handed.settled, name="desk_settle"),
    path("staff/desk/handed-on/<uuid:enquiry>/take/", handed.take, name="handed_take"),
    path("staff/desk/causes/", causes.causes, name="desk_causes"),
    path("staff/desk/causes/<uuid:enquiry>/", causes.confirm, name="desk_confirm"),
    path("staff/desk/same/", sameness.pairs, name="desk_pairs"),
    path("staff/desk/same/<int:likeness>/", sameness.pair, name="desk_pair"),
    path("staff/desk/same/<int:likeness>/settle/", sameness.settle, name="desk_pair_settle"),
    path("staff/desk/parted/<uuid:merge>/", sameness.part, name="desk_parted"),
    path("staff/desk/calls/", ringing.calls, name="desk_calls"),
    path(CALL, ringing.ring, name="desk_ring"),
    path(CALL + "answered/", ringing.answered, name="desk_ring_answered"),
    path(CALL + "unanswered/", ringing.unanswered, name="desk_ring_unanswered"),
    path(CALL + "change/", ringing.change, name="desk_ring_change"),
    path(CONTACT, pages.contact, name="desk_contact"),
    path(CONTACT + "find/", pages.find, name="desk_find"),
    path(CONTACT + "who/", acting.who, name="desk_who"),
    path(CONTACT + "new/", acting.new, name="desk_new"),
    path(CONTACT + "same/<int:likeness>/", acting.same, name="desk_same"),
    path(CONTACT + "apart/<uuid:merge>/", acting.apart, name="desk_apart"),
    path(CONTACT + "safe/", careful.safe, name="desk_safe"),
    path(CONTACT + "helper/", careful.helper, name="desk_helper"),
    path(CONTACT + "speaks/", careful.speaks, name="desk_speaks"),
    path(CONTACT + "helper/<int:number>/end/", careful.end_help, name="desk_end_help"),
    path(CONTACT + "told/", acting.told, name="desk_told"),
    path(CONTACT + "about/", pages.about, name="desk_about"),
    path(CONTACT + "whose/", acting.whose, name="desk_whose"),
    path(CONTACT + "enquiries/", acting.add, name="desk_add"),
    path(CONTACT + "end/", acting.end, name="desk_end"),
    path(ENQUIRY + "close/", acting.close, name="desk_close"),
    path(ENQUIRY + "hand-on/", acting.hand, name="desk_hand_on"),
    path(ENQUIRY + "book/", booking.book, name="desk_book"),
    path(ENQUIRY + "form/", filling.form, name="desk_form"),
    path(ENQUIRY + "follow/", filling.follow, name="desk_follow"),
    path(CONTACT + "forms/<uuid:draft>/", filling.take_up, name="desk_take_up"),
]
