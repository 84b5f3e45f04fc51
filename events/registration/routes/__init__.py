"""The pages of registration."""

from events.registration.routes import members, seats, teams, visitors
from events.registration.routes.blueprint import bp

__all__ = ["bp", "members", "seats", "teams", "visitors"]
