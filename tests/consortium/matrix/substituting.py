"""A seat that is kept for someone in a team of the matrix, and a substitution to decide."""

from collections.abc import Mapping
from typing import Any

from consortium.database import db
from events.registration.models import Seat, SeatStatus, SubstitutionRequest, Team
from tests.factories import NOON


def substituting_things(team: Team, slug: str) -> Mapping[str, Any]:
    """Store them; return them by the names the table of policies uses."""
    member = team.seats[1]
    kept = Seat(
        institute_id=team.institute_id,
        name="",
        role_code="principal",
        status=SeatStatus.UNCLAIMED,
        position=len(team.seats),
    )
    wish = SubstitutionRequest(
        seat_id=member.id,
        institute_id=team.institute_id,
        name="Kim Day",
        email=f"kim@{slug}.example.org",
        role_codes=[member.role_code],
        asked_by="test",
        asked_at=NOON,
    )
    team.seats.append(kept)
    db.session.add(wish)
    db.session.commit()
    return {"kept_id": kept.id, "request_id": wish.id}
