"""The pages of credit."""

from events.credit.routes import asking, certificates, keeping, own, people, rules, verifying
from events.credit.routes.blueprint import bp

__all__ = ["asking", "bp", "certificates", "keeping", "own", "people", "rules", "verifying"]
