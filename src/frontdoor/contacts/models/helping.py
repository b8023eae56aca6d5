"""Who speaks for a customer, by whose say, what they may be told, and how a customer may be reached safely."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from frontdoor.contacts.models.people import Customer
from frontdoor.staff.models import User


class Relation(models.TextChoices):
    """How a helper stands to the customer, on every channel."""

    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend or neighbour"
    CARER = "carer", "Carer"
    COUNCILLOR = "councillor", "Councillor or MP"
    ADVOCATE = "advocate", "Advocate or adviser"
    ORGANISATION = "organisation", "Works for an organisation that helps them"
    OTHER = "other", "Something else"


class Say(models.TextChoices):
    """By whose say a helper acts, on every channel."""

    TOLD_ME = "told me", "The customer asked for it, or agreed to it"
    PARENT = "parent", "The customer is under 16, and this is their parent or guardian"
    LEGAL_POWER = "legal power", "By law: a power of attorney, a deputy, an appointee"
    CANNOT_SAY = "cannot say", "The customer cannot say, and the helper acts in their interest"


class MayTell(models.TextChoices):
    """What a helper may be told."""

    EVERYTHING = "everything", "Everything about the customer"
    SOME = "some", "Only what is named here"
    NOTHING = "nothing", "Nothing: they only tell us things"


class NewsTo(models.TextChoices):
    """Who gets news."""

    CUSTOMER = "customer", "The customer"
    HELPER = "helper", "The helper"
    BOTH = "both", "Both"


class Helper(models.Model):
    """Somebody who speaks for a customer until `ended_at`. `evidence` says how we know that they may; `limits` what they
    may be told where that is only some of it.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="helpers")
    full_name = models.CharField(max_length=200)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    say = models.CharField(max_length=12, choices=Say.choices)
    evidence = models.CharField(max_length=400)
    may_tell = models.CharField(max_length=10, choices=MayTell.choices)
    limits = models.CharField(max_length=200, blank=True)
    news_to = models.CharField(max_length=8, choices=NewsTo.choices, default=NewsTo.CUSTOMER)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="helpers_noted")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="helpers_ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values)
                & Q(say__in=Say.values)
                & Q(may_tell__in=MayTell.values)
                & Q(news_to__in=NewsTo.values),
                name="contacts_helper_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(full_name="") & ~Q(evidence=""), name="contacts_helper_named_and_proved"
            ),
            models.CheckConstraint(
                condition=~Q(may_tell=MayTell.SOME) | ~Q(limits=""), name="contacts_helper_limits_named"
            ),
            models.CheckConstraint(
                condition=Q(news_to=NewsTo.CUSTOMER)
                | ~Q(may_tell=MayTell.NOTHING) & (~Q(phone="") | ~Q(email="")),
                name="contacts_helper_news_can_reach",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="contacts_helper_ended_by_somebody",
            ),
        ]


class SafeContact(models.Model):
    """How a customer may be reached safely, as they said; it stands until it is `replaced_at`.

    `no_messages`: nothing may be left with anybody or on any machine. `code_word`: what they say, so that we know it is
    them. Two records that were merged may have one each: then the stricter counts in everything.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="safe_contacts")
    may_ring = models.BooleanField(default=True)
    may_text = models.BooleanField(default=True)
    may_email = models.BooleanField(default=True)
    may_post = models.BooleanField(default=True)
    no_messages = models.BooleanField(default=False)
    times = models.CharField(max_length=200, blank=True)
    code_word = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=400, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="safe_contacts_set")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(may_ring=False)
                | Q(may_text=False)
                | Q(may_email=False)
                | Q(may_post=False)
                | Q(no_messages=True)
                | ~Q(times="")
                | ~Q(code_word="")
                | ~Q(words=""),
                name="contacts_safe_contact_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], condition=Q(replaced_at__isnull=True), name="contacts_safe_now")
        ]
