"""Follow the rules of time zones when a new release of them is installed."""

from datetime import timedelta
from uuid import UUID

from flask import Flask

from consortium import jobs
from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.schedule.service import clocks


def init_app(app: Flask) -> None:
    """Let the worker look as it starts, and once an hour."""
    jobs.register(app, jobs.every(timedelta(hours=1), follow_clocks))


def follow_clocks(_app: Flask) -> int:
    """Let sessions to come keep their time on the wall, and tell whom that concerns, once."""
    return jobs.one_by_one(clocks.institutes_by_other_rules, follow)


def follow(institute_id: UUID) -> int:
    """Derive an institute's sessions anew; return how many are at another instant now."""
    moved = clocks.derive_again(institute_id)
    if moved:
        notices.want_everyone(institute_id, why=Why.CLOCKS)
    return len(moved)
