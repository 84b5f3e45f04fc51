"""Verify each night, and say loudly what must not be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from flask import Flask

from consortium import clock, jobs
from consortium.database import transaction
from consortium.verify import service
from consortium.verify.domain import Check

NIGHT = 8
"""UTC: between midnight and four o'clock everywhere in the country."""

log = structlog.get_logger()


def init_app(app: Flask, checks: Sequence[Check]) -> None:
    """Let the worker verify once a night, and the command line at any time."""
    app.extensions["checks"] = tuple(checks)
    jobs.register(app, jobs.every(timedelta(minutes=10), Nightly()))


class Nightly:
    """Verifies when the next night has come; a worker that starts by day waits for it."""

    __name__ = "verify"

    def __init__(self) -> None:
        """Wait for the coming night."""
        self._due: datetime | None = None

    def __call__(self, app: Flask) -> int:
        """Verify if it is time; return how many checks were made."""
        now = clock.now()
        if self._due is None or now < self._due:
            self._due = self._due or _next_night(now)
            return 0
        self._due = _next_night(now)
        findings = service.verify(app.extensions["checks"])
        for each in findings:
            for violation in each.violations:
                log.error("invariant violated", check=each.code, violation=violation)
        with transaction():
            service.remember(findings, by="job:verify")
        log.info(
            "verified", checks=len(findings), violated=sum(bool(f.violations) for f in findings)
        )
        return len(findings)


def _next_night(now: datetime) -> datetime:
    tonight = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if now < tonight else tonight + timedelta(days=1)
