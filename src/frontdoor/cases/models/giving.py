"""What is given to a customer, and what is paid."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import Customer
from frontdoor.staff.models import User


class IssuedItem(models.Model):
    """Something given: a badge, an award. `amount_pence` is for awards of money or vouchers."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="issued_items")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="issued_items")
    service = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40, null=True, unique=True)
    facts = models.JSONField(default=dict)
    amount_pence = models.PositiveIntegerField(null=True)
    starts_on = models.DateField()
    expires_on = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="items_issued")
    redeemed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("starts_on")),
                name="cases_item_expires_after_start",
            )
        ]
        indexes = [models.Index(fields=["customer", "kind", "starts_on"], name="cases_item_customer")]


class PaymentStatus(models.TextChoices):
    """Where a payment stands."""

    DUE = "due", "To be paid"
    STARTED = "started", "Being paid"
    PAID = "paid", "Paid"
    REFUND_DUE = "refund due", "To be refunded"
    REFUNDED = "refunded", "Refunded"
    DROPPED = "dropped", "No longer asked for"


class Payment(models.Model):
    """Money asked of a customer on a case. One running payment for each purpose."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    purpose = models.CharField(max_length=60)
    amount_pence = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=PaymentStatus.choices, default=PaymentStatus.DUE)
    method = models.CharField(max_length=20, blank=True)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=PaymentStatus.values), name="cases_payment_status"
            ),
            models.UniqueConstraint(
                fields=["case", "purpose"], condition=~models.Q(status="dropped"), name="cases_payment_once"
            ),
        ]
