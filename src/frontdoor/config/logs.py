"""Log lines: one event, its ids, no personal data. For people on a terminal, or as JSON for machines."""

from __future__ import annotations

from typing import Any

import structlog
from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(style: str) -> dict[str, Any]:
    """Django's LOGGING for `style` "console" or "json"; structlog and the standard library end in one stream."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_last_steps(style),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stream"], "level": "WARNING"},
        "loggers": {
            "frontdoor": {"level": "INFO"},
            # Their lines carry addresses, form fields or message bodies; `frontdoor.web.request` says what is needed.
            "uvicorn.access": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }


def _last_steps(style: str) -> list[Processor]:
    """Tracebacks are shown without the values of local variables: those hold what people wrote."""
    if style == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain, pad_event_to=28)]
