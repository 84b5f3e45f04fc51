"""Mails about people's own agendas."""

from events.agenda.emails.changes import News, agenda_changed
from events.agenda.emails.declines import Decline, declined
from events.agenda.emails.reminders import choose_now

__all__ = ["Decline", "News", "agenda_changed", "choose_now", "declined"]
