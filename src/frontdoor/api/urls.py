"""Addresses that machines call."""

from __future__ import annotations

from django.urls import path

from frontdoor.api.hooks import notify_receipt

urlpatterns = [path("hooks/notify/receipts", notify_receipt, name="notify_receipt")]
