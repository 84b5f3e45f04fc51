"""The pages of registration."""

from events.registration.routes import guests, members, seats, teams, visitors
from events.registration.routes.blueprint import bp

__all__ = ["bp", "guests", "members", "seats", "teams", "visitors"]
