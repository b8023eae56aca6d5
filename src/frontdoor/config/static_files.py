"""Static files from their source folders, whole: an asynchronous server cannot stream plain file objects."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class WholeFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise publishes no types
    """WhiteNoise that reads the file, all of them small, and lets go of it before answering."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """The file, or as much of it as the request asked for."""
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        return HttpResponse(content, status=int(found.status), headers=dict(found.headers))
