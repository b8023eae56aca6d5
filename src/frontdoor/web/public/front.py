"""The front page, the start page of a service, articles, and how decisions are made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from frontdoor.catalogue.pack import Article, Pack
from frontdoor.catalogue.published import our_catalogue, our_council
from frontdoor.catalogue.schema.service import Channel
from frontdoor.catalogue.schema.texts import Reader
from frontdoor.decisions.weighing import rules_for, values_on
from frontdoor.handling.appointments.times import offers_calls
from frontdoor.kernel.clock import day_of, now_utc
from frontdoor.web.look import hours_words
from frontdoor.web.public.applying.visit import frame, pack_or_404
from frontdoor.web.public.markdown import filled, to_html


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what you need, pick a service, track, or reach us another way."""
    packs = sorted(our_catalogue(), key=lambda pack: pack.service.name.casefold())
    council = our_council()
    context = {
        "packs": packs,
        "hubs": council.hubs,
        "emergencies": council.emergencies,
        "hours_words": hours_words,
    }
    return render(request, "public/home.html", context)


@require_safe
def service(request: HttpRequest, service: str) -> HttpResponse:
    """What one has to know before starting."""
    pack = pack_or_404(service)
    context = {
        **frame(pack),
        "service_name": "",
        "start": pack.service.start,
        "lead": to_html(pack.service.start.lead),
        "cannot_go_online": to_html(pack.service.start.cannot_go_online),
        "is_online": Channel.WEB in pack.service.channels,
        "offers_calls": offers_calls(pack.id),
        "articles": customer_articles(pack),
    }
    return render(request, "public/service.html", context)


def customer_articles(pack: Pack) -> list[Article]:
    """The articles of a service that are for customers."""
    return [article for article in pack.articles.values() if article.reader is Reader.CUSTOMERS]


@require_safe
def article(request: HttpRequest, service: str, article: str) -> HttpResponse:
    """Something to read."""
    pack = pack_or_404(service)
    found = pack.articles.get(article)
    if found is None or found.reader is not Reader.CUSTOMERS:
        raise Http404
    others = [each for each in customer_articles(pack) if each.name != article]
    body = filled(found.body, _values_today(pack))
    return render(
        request, "public/article.html", {**frame(pack), "article": found, "body": body, "others": others}
    )


def _values_today(pack: Pack) -> dict[str, str]:
    """The dated values of the rules, such as a phone line or a limit, as an article says them today."""
    today = day_of(now_utc())
    values = values_on(rules=rules_for(rule_sets=pack.rules, on=today), on=today)
    return {name: str(value) for name, value in values.items()}


AUTOMATION = {
    "prepare only": gettext_noop("Software prepares. An officer decides every case."),
    "automatic with consent": gettext_noop(
        "Software may decide in your favour at once, if you agree to it. Otherwise an officer decides."
    ),
    "automatic": gettext_noop(
        "Software may decide in your favour at once. Everything else goes to an officer."
    ),
}


@require_safe
def decisions(request: HttpRequest, service: str) -> HttpResponse:
    """How decisions are made, from the rules themselves: the public record of the service's software."""
    pack = pack_or_404(service)
    rules = rules_for(rule_sets=pack.rules, on=day_of(now_utc()))
    context = {
        **frame(pack),
        "rules": rules,
        "automation": gettext(AUTOMATION[rules.automation.value]),
        "record": [(name.replace("_", " ").capitalize(), value) for name, value in pack.transparency.items()],
        "version": pack.version[:12],
        "back": {"href": reverse("service", kwargs={"service": pack.id})},
    }
    return render(request, "public/decisions.html", context)
