"""The style sheet and logo of this installation's council, and, for developers, every component on one page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from frontdoor.web import brand
from frontdoor.web.look import council_look
from frontdoor.web.samples import sample_parts

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


@require_safe
@cache_control(public=True, max_age=3600)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The council's colours and typeface as custom properties."""
    look = council_look()
    sheet = brand.style_sheet(look.colours, typeface=look.typeface)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def brand_logo(request: HttpRequest) -> HttpResponse:
    """The council's logo file; 404 when it has none, or one that browsers do not show as a picture."""
    logo = council_look().logo
    if logo is None or logo.suffix not in LOGO_TYPES or not logo.is_file():
        raise Http404
    response = HttpResponse(logo.read_bytes(), content_type=LOGO_TYPES[logo.suffix])
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _places_version(request: HttpRequest) -> str | None:
    places = council_look().places
    return f'"{places.stat().st_mtime_ns:x}"' if places else None


@require_safe
@gzip_page
@cache_control(public=True, max_age=3600)
@condition(etag_func=_places_version)
def map_places(request: HttpRequest) -> HttpResponse:
    """The council's own map as GeoJSON; 404 where it has none, and pages then ask for a place in words only."""
    places = council_look().places
    if places is None:
        raise Http404
    return HttpResponse(places.read_bytes(), content_type="application/geo+json")


@require_safe
def components(request: HttpRequest, side: str) -> HttpResponse:
    """Every component with made-up content, on a customer's page or a staff page. For development only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, f"dev/{side}.html", sample_parts(at=timezone.now()))
