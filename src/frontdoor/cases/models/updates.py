"""Updates: news to the customer."""

from __future__ import annotations

from django.db import models

from frontdoor.cases.models.case import Case
from frontdoor.contacts.models import Customer, Delivery, Message


class Update(models.Model):
    """One piece of news of a case to one customer. `occasion` makes it happen once, whatever is retried or
    sent twice.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="updates")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="updates")
    words_name = models.CharField(max_length=80)
    occasion = models.CharField(max_length=120)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="updates")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="updates")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "customer", "occasion"], name="cases_update_once")
        ]
