"""What the process says about itself: JSON lines in production, short lines in a demonstration."""

import logging
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask.signals import request_started
from structlog.typing import EventDict, Processor, WrappedLogger

from consortium.context import current_request_id

PROBES = frozenset({"front.alive", "front.ready"})

log = structlog.get_logger("consortium.requests")


def configure(*, demonstration: bool) -> None:
    """Send every line, ours and the libraries', to standard error in one form."""
    first: Sequence[Processor] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _name_request,
        structlog.processors.TimeStamper(
            fmt="%H:%M:%S" if demonstration else "iso", utc=not demonstration
        ),
        structlog.processors.format_exc_info,
    )
    last: Processor = _short_line if demonstration else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(
        level=logging.WARNING if demonstration else logging.INFO, handlers=[handler], force=True
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Write one line for each request: which view, how it ended, how long it took.

    The address itself is left out: some carry a person's secret.
    """
    request_started.connect(_note_start, app)
    app.after_request(_log_request)


def _note_start(_app: Flask, **_: Any) -> None:
    g.began = perf_counter()


def _log_request(response: Response) -> Response:
    if request.endpoint not in PROBES:
        about = g.get("about", {})  # a row would be read anew here, in a transaction of its own
        log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round((perf_counter() - g.began) * 1000),
            tenant=about.get("tenant"),
            actor=about.get("actor"),
        )
    return response


def _name_request(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if current_request_id():
        event.setdefault("request_id", current_request_id())
    return event


def _short_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    at, level, what = event.pop("timestamp"), event.pop("level"), event.pop("event")
    trace = event.pop("exception", None)
    facts = " ".join(f"{name}={value}" for name, value in event.items() if value is not None)
    line = f"{at} {level}: {what} {facts}".rstrip()
    return f"{line}\n{trace}" if trace else line
