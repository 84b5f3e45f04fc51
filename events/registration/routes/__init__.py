"""The pages of registration."""

from events.registration.routes import (
    choices,
    guests,
    history,
    joint,
    keeping,
    leads,
    members,
    offers,
    offices,
    questions,
    seats,
    substitutions,
    teams,
    visitors,
)
from events.registration.routes.blueprint import bp

__all__ = [
    "bp",
    "choices",
    "guests",
    "history",
    "joint",
    "keeping",
    "leads",
    "members",
    "offers",
    "offices",
    "questions",
    "seats",
    "substitutions",
    "teams",
    "visitors",
]
