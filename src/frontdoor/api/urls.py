"""Addresses that machines call."""

from __future__ import annotations

from django.urls import path

from frontdoor.api.hooks import notify_receipt, payment_news

urlpatterns = [
    path("hooks/notify/receipts", notify_receipt, name="notify_receipt"),
    path("hooks/pay", payment_news, name="payment_news"),
]
