"""Mails about people's own agendas."""

from events.agenda.emails.changes import News, agenda_changed
from events.agenda.emails.reminders import choose_now

__all__ = ["News", "agenda_changed", "choose_now"]
