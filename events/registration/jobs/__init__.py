"""What the worker does for registration."""

from flask import Flask

from events.registration.jobs import drafts, forgetting, offers


def init_app(app: Flask) -> None:
    """Let the worker do each of these now and then."""
    for part in (drafts, forgetting, offers):
        part.init_app(app)
