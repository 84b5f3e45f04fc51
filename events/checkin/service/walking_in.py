"""Someone without a seat comes to the desk: registered, given a badge and checked in at once."""

from uuid import uuid4

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.checkin.domain import Direction, Way, day_of, problem_of_time
from events.checkin.models import Scan
from events.checkin.service.arriving import attendances, hold_people, write_check_ins
from events.checkin.service.days import days_of
from events.checkin.service.desks import CheckInRefused, check_walk_ins
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Seat
from events.registration.service import Editor, WalkIn


def walk_in(institute: Institute, who: WalkIn, *, desk: str, by: str) -> Seat:
    """Register someone at the door and check the person in; returns the seat.

    Raises ``CheckInRefused`` where the host takes no walk-ins or the institute is not held
    today, and ``RegistrationRefused`` when there is no place for the person.
    """
    check_walk_ins(institute)
    now = clock.now()
    if problem_of_time(now, now, days_of(institute), institute.zone) is not None:
        raise CheckInRefused(say("This is not a day of the institute. Nobody is checked in."))
    seat = registration.seat_walk_in(institute, who, Editor(email=by, coordinates=True))
    hold_people([seat.person_id])
    on = day_of(now, institute.zone)
    badge = registration.badge_of(institute.id, seat.person_id)
    scan = Scan(
        institute_id=institute.id,
        client_id=f"walk-in-{uuid4().hex}",
        code=badge.code,
        person_id=seat.person_id,
        on=on,
        at=now,
        device_at=now,
        received_at=now,
        direction=Direction.IN,
        way=Way.WALK_IN,
        desk=desk,
        by=by,
    )
    db.session.add(scan)
    db.session.flush()
    write_check_ins(institute.id, attendances(institute.id, [(seat.person_id, on)]))
    audit.record(
        "walk_in",
        f"seat:{seat.id}",
        by=by,
        after={
            "institute": institute.slug,
            "team": str(seat.team_id),
            "role": seat.role_code,
            "desk": desk,
        },
    )
    return seat
