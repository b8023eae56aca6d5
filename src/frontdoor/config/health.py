"""`/healthz`: is this process able to serve? For load balancers; it says nothing about people."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"database": "not reachable"}, status=503)
    return JsonResponse({"database": "ready"})
