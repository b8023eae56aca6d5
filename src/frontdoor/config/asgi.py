"""The web application as a server sees it: Django behind the limit on request bodies."""

from __future__ import annotations

import gc
import os

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import resolve

from frontdoor.catalogue.published import our_catalogue
from frontdoor.config.body_limit import BodyLimit
from frontdoor.config.one_thread import OneThread

REQUEST_THREADS = 8


@sync_to_async
def _too_large_page() -> bytes:
    return render_to_string("errors/413.html").encode()


def build_application() -> BodyLimit:
    """Start Django and put the limit in front of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
    django.setup(set_prefix=False)
    keep_what_stays()
    return BodyLimit(OneThread(threads=REQUEST_THREADS), limit=settings.REQUEST_BYTES, page=_too_large_page)


def keep_what_stays() -> None:
    """Read packs and addresses now, and never again look through what stays as long as the process for rings of objects:
    that took a tenth of a second every few pages, while somebody waited.
    """
    our_catalogue()
    resolve("/")
    gc.collect()
    gc.freeze()


application = build_application()
