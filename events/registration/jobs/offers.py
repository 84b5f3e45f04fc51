"""Give freed places to those who wait: teams get an offer, members their day or strand."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog
from flask import Flask

from consortium import jobs
from consortium.database import end_reading, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from events.registration.domain import Waitable
from events.registration.service import choices, offers

EVERY = timedelta(seconds=10)
MOST_AT_ONCE = 500
"""Of one institute in one round, so that no other waits long; the next round goes on with it."""

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker look for free places every few seconds."""
    for step in (take_offers_back, offer_freed_places, give_freed_choices):
        jobs.register(app, jobs.every(EVERY, step))


def take_offers_back(_app: Flask) -> int:
    """Free the places of offers that nobody answered; return how many offers."""
    return sum(_each(offers.offers_run_out, offers.let_offer_lapse, often=False))


def offer_freed_places(_app: Flask) -> int:
    """Offer what is free to those who wait for it, in order; return how many offers were made."""
    return sum(_each(offers.institutes_with_room, offers.offer_next, often=True))


def give_freed_choices(_app: Flask) -> int:
    """Give free places on optional days and in strands to those who wait; return how many."""
    return sum(_each(choices.institutes_with_waits, choices.give_next, often=True))


def _each(
    find: Callable[[], Iterable[tuple[UUID, UUID]]], act: Callable[[UUID], bool], *, often: bool
) -> Iterable[int]:
    """Do the act for each that is found, ``often`` until nothing is left of it.

    Each time is a transaction of its own, so that no two workers wait for each other long, and
    what fails for one does not stop the others.
    """
    with for_every_tenant():
        found = find()
    end_reading()
    for tenant_id, subject in found:
        for _ in range(MOST_AT_ONCE if often else 1):
            try:
                with as_tenant(tenant_id), transaction():
                    done = act(subject)
            except Waitable:
                break  # someone else took the place at this moment; the next round looks anew
            except Exception:
                log.exception("waitlist not served", step=act.__name__, subject=str(subject))
                break
            if not done:
                break
            yield 1
