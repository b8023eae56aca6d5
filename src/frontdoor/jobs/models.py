"""Signs of life of workers: what an operator asks when nothing is being sent."""

from __future__ import annotations

from django.db import models


class WorkerSign(models.Model):
    """One run of a worker, and when it was last heard of. A worker that stops by itself takes its sign down."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
