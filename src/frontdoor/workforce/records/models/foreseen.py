"""What is known of days to come, and what was forecast and came."""

from __future__ import annotations

from django.db import models

from frontdoor.staff.models import User


class EventKind(models.TextChoices):
    """What sort of thing is known beforehand."""

    OFFER_DAY = "offer day", "Offer day or deadline"
    MAIL_OUT = "mail-out", "Letters or texts we send"
    WEATHER = "weather", "Gritting, snow or flood"
    CLOSED = "closed", "Closed day"
    OTHER = "other", "Something else"


class KnownEvent(models.Model):
    """Something known that changes what comes, on days `first_on` to `last_on`, for some services (empty: all).

    Of `sent` letters the share `will_call` (0 to 1) will be in touch; or what is usual comes `times` as often; with
    neither, the days are only kept apart from what is learned, until there are others of the same name to learn from.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=EventKind.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    services = models.JSONField(default=list)
    sent = models.PositiveIntegerField(null=True)
    will_call = models.FloatField(null=True)
    times = models.FloatField(null=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="events_noted")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="workforce_event_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(sent__isnull=True, will_call__isnull=True)
                | models.Q(sent__isnull=False, will_call__gte=0, will_call__lte=1, times__isnull=True),
                name="workforce_event_share_of_what_is_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=EventKind.values), name="workforce_event_kind"
            ),
        ]


class PublishedForecast(models.Model):
    """A forecast as it was published, kept for ever so that it can be held against what came."""

    first_on = models.DateField()
    last_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="forecasts_published"
    )
    notes = models.JSONField(default=list)


class ForecastDay(models.Model):
    """One service on one channel on one London day: a list for each figure, a number for each quarter of an hour from
    midnight by the clock. `came` is filled in when the day is over: contacts, 0 where none. `workings` are what the rest
    of the day is updated from, and go when it is over.
    """

    forecast = models.ForeignKey(PublishedForecast, on_delete=models.CASCADE, related_name="days")
    service = models.CharField(max_length=60)
    channel = models.CharField(max_length=8)
    on = models.DateField()
    mean = models.JSONField()
    median = models.JSONField()
    low80 = models.JSONField()
    high80 = models.JSONField()
    low95 = models.JSONField()
    high95 = models.JSONField()
    came = models.JSONField(null=True)
    workings = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "service", "channel", "on"], name="workforce_forecast_day_once"
            )
        ]
        indexes = [models.Index(fields=["on"], name="workforce_forecast_on")]
