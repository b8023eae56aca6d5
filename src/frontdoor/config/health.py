"""`/healthz`: is this process able to serve, does anybody work, what waits? It says nothing about people."""

from __future__ import annotations

from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from frontdoor.catalogue.published import our_catalogue
from frontdoor.jobs.signs import backlog, seconds_since_a_sign, workers_alive
from frontdoor.jobs.table import JOBS
from frontdoor.journal.queries import last_of, unsealed_now
from frontdoor.kernel.clock import now_utc


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not. A silent worker or a faulty pack is told, and is no reason
    to stop serving.
    """
    try:
        return JsonResponse(
            {"database": "ready", **work_in_hand(), **kept_safe(), "services": services_offered()}
        )
    except Error:
        return JsonResponse({"database": "not reachable"}, status=503)


def services_offered() -> dict[str, list[str]]:
    """The services offered, and the packs that are left out because of their faults, by name."""
    catalogue = our_catalogue()
    return {"offered": sorted(catalogue.packs), "left_out": sorted(catalogue.left_out)}


def kept_safe() -> dict[str, Any]:
    """The journal's entries that wait for their seal, and how many seconds ago a backup was made; null: none known."""
    last = last_of(event="backup made")
    ago = None if last is None else max(0, int((now_utc() - last).total_seconds()))
    return {"journal": {"unsealed": unsealed_now()}, "backup": {"seconds_ago": ago}}


def work_in_hand() -> dict[str, Any]:
    """Workers and backlog: `{"workers": {...}, "backlog": {job: {...}}}`, times in whole seconds."""
    at = now_utc()
    return {
        "workers": {"alive": workers_alive(at=at), "seconds_since_a_sign": seconds_since_a_sign(at=at)},
        "backlog": {
            each.job: {"rows": each.rows, "longest_seconds": each.longest_seconds}
            for each in backlog(JOBS, at=at)
        },
    }
