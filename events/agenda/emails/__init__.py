"""Mails about people's own agendas."""

from events.agenda.emails.changes import agenda_changed
from events.agenda.emails.places import News, places_changed

__all__ = ["News", "agenda_changed", "places_changed"]
