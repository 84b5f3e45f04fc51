"""Tell people what happened to their places in sessions."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.agenda.service import telling

EVERY = timedelta(seconds=10)


def init_app(app: Flask) -> None:
    """Let the worker look every few seconds."""
    jobs.register(app, jobs.every(EVERY, tell_of_places))


def tell_of_places(_app: Flask) -> int:
    """Promise one mail to each who is to be told something; return how many."""
    return jobs.one_by_one(telling.seats_to_tell, telling.tell_of_places)
