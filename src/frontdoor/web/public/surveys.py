"""The page behind the link of a survey: five points and words. The link is the key, and works once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontdoor.cases.actions.surveying import LONGEST_WORDS, RATINGS
from frontdoor.forms.answers import FieldFault
from frontdoor.handling.surveys import (
    NotARating,
    SurveyClosed,
    answer_survey,
    decline_surveys,
    survey_of_link,
)
from frontdoor.kernel.clock import now_utc
from frontdoor.web.public.fields import summary_of

POINTS = {str(rating): rating for rating in RATINGS}


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and keep what is answered."""
    try:
        if request.method == "POST":
            return _answer(request, token)
        survey_of_link(token=token, at=now_utc())
        return render(request, "public/survey.html", _asked(token))
    except SurveyClosed:
        return _closed(request)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    rating, words = request.POST.get("rating", ""), request.POST.get("words", "")
    try:
        answer_survey(token=token, rating=POINTS.get(rating, 0), words=words, at=now_utc())
    except NotARating:
        errors = summary_of([FieldFault("rating", _("Select how we did"))])
        context = {**_asked(token), "words": words, "errors": errors}
        return render(request, "public/survey.html", context, status=400)
    return render(request, "public/survey_thanks.html", {"declined": False})


@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Do not ask again."""
    try:
        decline_surveys(token=token, at=now_utc())
    except SurveyClosed:
        return _closed(request)
    return render(request, "public/survey_thanks.html", {"declined": True})


def _asked(token: str) -> dict[str, object]:
    return {"token": token, "words": "", "longest": LONGEST_WORDS}


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "public/survey_closed.html", status=410)
