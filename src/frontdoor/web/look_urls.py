"""The addresses of the council's own style sheet and logo; included at the root by `config.urls`."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from frontdoor.web import look_pages

urlpatterns = [
    path("brand.css", look_pages.brand_css, name="brand_css"),
    path("brand-logo", look_pages.brand_logo, name="brand_logo"),
    path("map/places.geojson", look_pages.map_places, name="map_places"),
]

if settings.DEBUG:
    urlpatterns += [
        path("dev/components", look_pages.components, {"side": "public"}, name="dev_components"),
        path("dev/components/map", look_pages.components, {"side": "map"}, name="dev_components_map"),
        path("dev/components/staff", look_pages.components, {"side": "staff"}, name="dev_components_staff"),
    ]
