"""What the application mounts of the cohorts package."""

from collections.abc import Sequence

from flask import Blueprint

from cohorts.matching import routes as matching
from cohorts.matching.service.introductions import take_back
from consortium.people.service import consents


def blueprints() -> Sequence[Blueprint]:
    """Return the pages of peer matching, which also hears of consents that are withdrawn."""
    consents.tell_of_withdrawals(take_back)
    return (matching.bp,)
