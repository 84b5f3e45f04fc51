"""A seat kept for someone, and a substitution to decide, for the pages about them."""

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from events.registration.models import Seat, SeatStatus, SubstitutionRequest, Team


def keep_and_ask(draft: Team, registered: Team) -> tuple[str, str]:
    """Keep a seat in one team and ask to replace a member of the other; once.

    Returns the address where the seat's person is named, and where the host decides.
    """
    wish = db.session.scalar(select(SubstitutionRequest))
    if wish is None:
        with transaction():
            wish = _store(draft, registered.active_seats[1])
    kept = next(seat for seat in draft.seats if seat.status is SeatStatus.UNCLAIMED)
    return (
        f"/garden-coast/teams/{draft.id}/seats/{kept.id}/name",
        f"/garden-coast/manage/substitutions/{wish.id}",
    )


def _store(draft: Team, seat: Seat) -> SubstitutionRequest:
    draft.seats.append(
        Seat(
            institute_id=draft.institute_id,
            name="",
            role_code="principal",
            status=SeatStatus.UNCLAIMED,
            position=len(draft.seats),
        )
    )
    wish = SubstitutionRequest(
        seat_id=seat.id,
        institute_id=seat.institute_id,
        name="Kim Day",
        email="kim.day@example.org",
        role_codes=[seat.role_code],
        reason="Called to a hearing that day.",
        asked_by="raymond.okafor@example.org",
        asked_at=clock.now(),
    )
    db.session.add(wish)
    return wish
