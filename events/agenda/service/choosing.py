"""What people do with their own agenda: choose a session, drop it, or swap it for another."""

from events.agenda.service.places import Place, hold_seat
from events.schedule import service as schedule
from events.schedule.models import Session


def choose(place: Place, code: str, *, by: str) -> Session:
    """Take a place in a session. Raises as ``schedule.choose_session`` does."""
    hold_seat(place)
    return schedule.choose_session(place.institute, place.attendee, code, by=by)


def drop(place: Place, code: str, *, by: str) -> Session:
    """Give a chosen session's place back. Raises as ``schedule.drop_session`` does."""
    hold_seat(place)
    return schedule.drop_session(place.institute, place.attendee, code, by=by)


def swap(place: Place, *, give_up: str, take: str, by: str) -> Session:
    """Take one session instead of another. Raises as ``schedule.swap_session`` does."""
    hold_seat(place)
    return schedule.swap_session(place.institute, place.attendee, give_up=give_up, take=take, by=by)
