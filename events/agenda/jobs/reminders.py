"""Ask people to choose their sessions, on the days that hosts have set."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.agenda.service import reminding

MOST_ROUNDS = 20
"""Of mails to one institute, so that thousands are asked in one go."""


def init_app(app: Flask) -> None:
    """Let the worker look every quarter of an hour."""
    jobs.register(app, jobs.every(timedelta(minutes=15), ask_to_choose))


def ask_to_choose(_app: Flask) -> int:
    """Promise what is due, institute by institute; return how many mails."""
    return jobs.one_by_one(
        reminding.institutes_with_rounds, reminding.remind_by_rule, most=MOST_ROUNDS
    )
