"""The pages of registration."""

from events.registration.routes import (
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
