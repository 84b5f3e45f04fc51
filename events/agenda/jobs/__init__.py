"""What the worker does for people's agendas and calendars."""

from flask import Flask

from events.agenda.jobs import clocks, declines, files, notices, places, reminders


def init_app(app: Flask) -> None:
    """Let the worker do each of these."""
    for part in (clocks, declines, files, notices, places, reminders):
        part.init_app(app)
