"""The pages of programmes: read by everyone, written by coordinators."""

from events.schedule.routes import cards, editing, grid, programme, proposing, publishing, rooms
from events.schedule.routes.blueprint import bp

__all__ = ["bp", "cards", "editing", "grid", "programme", "proposing", "publishing", "rooms"]
