"""Schedules of conferences, as other programs write them, become programme files."""

from events.programmes.domain.conferences.finding import is_conference
from events.programmes.domain.conferences.translating import Choices, translated_schedule

__all__ = ["Choices", "is_conference", "translated_schedule"]
