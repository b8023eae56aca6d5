"""The index by which a customer is found: a card for each, and the keys under which the card is filed."""

from __future__ import annotations

from django.db import models

from frontdoor.contacts.models.people import Customer


class FindCard(models.Model):
    """A customer's place in the index. Its number is short, so that a key's row is: there are twenty for each."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="card")


class FindKey(models.Model):
    """A card can be found under this key (`findkeys.py` says how it is made)."""

    key = models.BigIntegerField()
    card = models.ForeignKey(FindCard, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "card"], name="contacts_findkey_once")]
