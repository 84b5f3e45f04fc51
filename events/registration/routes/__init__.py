"""The pages of registration."""

from events.registration.routes import guests, joint, leads, members, offers, seats, teams, visitors
from events.registration.routes.blueprint import bp

__all__ = ["bp", "guests", "joint", "leads", "members", "offers", "seats", "teams", "visitors"]
