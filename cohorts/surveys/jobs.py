"""Open surveys on their day, ask and remind, and forget names when their time is over."""

from datetime import timedelta

from flask import Flask

from cohorts.surveys.service import forgetting, opening
from consortium import jobs

MOST_ROUNDS = 50
"""Of mails of one wave, so that thousands are asked in one go."""


def init_app(app: Flask) -> None:
    """Let the worker look every five minutes, and for names to forget every hour."""
    jobs.register(app, jobs.every(timedelta(minutes=5), run_surveys))
    jobs.register(app, jobs.every(timedelta(hours=1), forget_names))


def run_surveys(_app: Flask) -> int:
    """Open what is due and promise the mails that are due; return how much was done."""
    opened = jobs.one_by_one(opening.waves_to_open, opening.open_wave)
    return opened + jobs.one_by_one(opening.waves_to_mail, opening.mail_due, most=MOST_ROUNDS)


def forget_names(_app: Flask) -> int:
    """Forget the names of waves whose time is over; return of how many."""
    return jobs.one_by_one(forgetting.waves_to_forget, forgetting.forget_when_due)
