"""What the worker does for people's calendars."""

from flask import Flask

from events.agenda.jobs import files


def init_app(app: Flask) -> None:
    """Let the worker do each of these."""
    for part in (files,):
        part.init_app(app)
