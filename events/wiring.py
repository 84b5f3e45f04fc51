"""What the application mounts of the events package."""

from collections.abc import Sequence

from flask import Blueprint

from events.agenda import routes as agenda
from events.board import routes as board
from events.institutes import routes as institutes
from events.programmes import routes as programmes
from events.registration import routes as registration
from events.schedule import routes as schedule


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of every feature of events."""
    return (institutes.bp, programmes.bp, registration.bp, board.bp, schedule.bp, agenda.bp)
