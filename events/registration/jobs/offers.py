"""Give freed places to those who wait: teams get an offer, members their day or strand."""

from datetime import timedelta

from flask import Flask

from consortium import jobs
from events.registration.domain import Waitable
from events.registration.service import choices, offers

EVERY = timedelta(seconds=10)
MOST_AT_ONCE = 500
"""Of one institute in one round, so that no other waits long; the next round goes on with it."""


def init_app(app: Flask) -> None:
    """Let the worker look for free places every few seconds."""
    for step in (take_offers_back, offer_freed_places, give_freed_choices):
        jobs.register(app, jobs.every(EVERY, step))


# Where someone else took the place at this moment (``Waitable``), the next round looks anew.


def take_offers_back(_app: Flask) -> int:
    """Free the places of offers that nobody answered; return how many offers."""
    return jobs.one_by_one(offers.offers_run_out, offers.let_offer_lapse, passing=Waitable)


def offer_freed_places(_app: Flask) -> int:
    """Offer what is free to those who wait for it, in order; return how many offers were made."""
    return jobs.one_by_one(
        offers.institutes_with_room, offers.offer_next, most=MOST_AT_ONCE, passing=Waitable
    )


def give_freed_choices(_app: Flask) -> int:
    """Give free places on optional days and in strands to those who wait; return how many."""
    return jobs.one_by_one(
        choices.institutes_with_waits, choices.give_next, most=MOST_AT_ONCE, passing=Waitable
    )
