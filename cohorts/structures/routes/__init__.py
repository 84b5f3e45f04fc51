"""The pages of a partnership: who it is, its bodies and their log, its offices, its years."""

from cohorts.structures.routes import bodies, meetings, offices, partnership
from cohorts.structures.routes.blueprint import bp

__all__ = ["bodies", "bp", "meetings", "offices", "partnership"]
