"""What people do with their own agenda: choose, drop, swap, wait for a place, stop waiting."""

from events.agenda.service.places import Place, hold_seat
from events.agenda.service.reminding import stop_reminding
from events.schedule import service as schedule
from events.schedule.models import Session


def choose(place: Place, code: str, *, twice: bool = False, by: str) -> Session:
    """Take a place in a session. Raises as ``schedule.choose_session`` does."""
    _begin(place)
    return schedule.choose_session(place.institute, place.attendee, code, twice=twice, by=by)


def drop(place: Place, code: str, *, by: str) -> Session:
    """Give a chosen session's place back. Raises as ``schedule.drop_session`` does."""
    _begin(place)
    return schedule.drop_session(place.institute, place.attendee, code, by=by)


def swap(place: Place, *, give_up: str, take: str, twice: bool = False, by: str) -> Session:
    """Take one session instead of another. Raises as ``schedule.swap_session`` does."""
    _begin(place)
    return schedule.swap_session(
        place.institute, place.attendee, give_up=give_up, take=take, twice=twice, by=by
    )


def wait(place: Place, code: str, *, instead_of: str = "", twice: bool = False, by: str) -> Session:
    """Wait for a place in a full session. Raises as ``schedule.wait_for_session`` does."""
    _begin(place)
    return schedule.wait_for_session(
        place.institute, place.attendee, code, instead_of=instead_of, twice=twice, by=by
    )


def stop_waiting(place: Place, code: str, *, by: str) -> Session:
    """Wait for a session no longer. Raises as ``schedule.stop_waiting`` does."""
    _begin(place)
    return schedule.stop_waiting(place.institute, place.attendee, code, by=by)


def _begin(place: Place) -> None:
    """Hold the seat, and remind nobody who is choosing."""
    hold_seat(place)
    stop_reminding(place.attendee.seat_id)
