"""A person's own agenda: where someone has a place, what is on for them, and choosing it."""

from events.agenda.service.choosing import choose, drop, stop_waiting, swap, wait
from events.agenda.service.own_agenda import OwnAgenda, own_agenda, own_events
from events.agenda.service.places import Place, find_places, get_place

__all__ = [
    "OwnAgenda",
    "Place",
    "choose",
    "drop",
    "find_places",
    "get_place",
    "own_agenda",
    "own_events",
    "stop_waiting",
    "swap",
    "wait",
]
