"""The pages of programmes: read by everyone, written by coordinators."""

from events.schedule.routes import editing, grid, programme, publishing, rooms
from events.schedule.routes.blueprint import bp

__all__ = ["bp", "editing", "grid", "programme", "publishing", "rooms"]
