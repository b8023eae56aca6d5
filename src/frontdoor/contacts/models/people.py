"""Customers and how to reach them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CustomerKind(models.TextChoices):
    """A person or an organisation."""

    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"


class Customer(models.Model):
    """A person or organisation who contacts us. `name_key` is the name as it is compared (case, accents and
    spacing folded). `merged_into`: a person found that this is another record of that customer.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=CustomerKind.choices, default=CustomerKind.PERSON)
    full_name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True, db_index=True)
    born_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    prefers = models.CharField(max_length=8, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="contacts_customer_not_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=CustomerKind.values), name="contacts_customer_kind"
            ),
        ]


class PointKind(models.TextChoices):
    """The kinds of contact point."""

    EMAIL = "email", "Email"
    PHONE = "phone", "Phone"
    ADDRESS = "address", "Address"


class ContactPoint(models.Model):
    """One way to reach a customer. `value_key` is the value as it is compared; `is_safe` false: never write
    or ring there.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    value = models.CharField(max_length=400)
    value_key = models.CharField(max_length=400)
    address = models.JSONField(null=True, blank=True)
    is_safe = models.BooleanField(default=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "value_key"], name="contacts_point_once"),
            models.CheckConstraint(condition=models.Q(kind__in=PointKind.values), name="contacts_point_kind"),
        ]
        indexes = [models.Index(fields=["kind", "value_key"], name="contacts_point_value")]


class Settled(models.TextChoices):
    """What somebody said of two customers who may be the same."""

    SAME = "same", "The same person"
    DIFFERENT = "different", "Different people"


class Likeness(models.Model):
    """Two customers who may be the same person. A doubt is never merged: it waits here for somebody to say."""

    one = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="likenesses_as_other")
    because = models.JSONField(default=list)
    noticed_at = models.DateTimeField()
    settled_as = models.CharField(max_length=9, blank=True, choices=Settled.choices)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="likenesses_settled"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["noticed_at"], condition=models.Q(settled_as=""), name="contacts_likeness_open"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_as__in=["", *Settled.values]), name="contacts_likeness_settled"
            ),
            models.UniqueConstraint(fields=["one", "other"], name="contacts_likeness_once"),
            models.CheckConstraint(
                condition=~models.Q(one=models.F("other")), name="contacts_likeness_of_two"
            ),
        ]
