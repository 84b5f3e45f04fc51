"""What only some acts need: a draft, teams that wait, a role that is given no more."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from consortium import clock
from consortium.people.service import roles
from events.institutes.domain import AdmittedAs, Status
from events.institutes.models import PEOPLE, TEAMS
from events.registration.models import SeatStatus, TeamStatus
from tests.consortium.matrix.of_proposals import proposals_at
from tests.consortium.matrix.of_reports import reported
from tests.factories import make_institute, make_lea, make_passkey, make_team


def further_things(slug: str, number: int) -> Mapping[str, Any]:
    """Store them in the current consortium; return them by the names the table of acts uses."""
    draft = make_institute(f"{slug}-draft", status=Status.DRAFT, published_at=None)
    empty = make_institute(f"{slug}-empty")
    full = make_institute(f"{slug}-full", pools={PEOPLE: 1, TEAMS: 0}, gate="none")
    begun, waiting = (
        make_team(
            institute,
            make_lea(f"34{number}{place:04d}", f"District {place} of {slug}"),
            {f"begun{place}@{slug}.example.org": "superintendent"},
            seats_held=0,
            registered_at=None,
            **values,
        )
        for place, institute, values in (
            (5, empty, {"status": TeamStatus.DRAFT}),
            (
                6,
                make_institute(f"{slug}-waited"),
                {"status": TeamStatus.WAITLISTED, "waitlist_position": 1},
            ),
        )
    )
    asked = make_team(
        empty,
        make_lea(f"34{number}0008", f"District 8 of {slug}"),
        {f"asked@{slug}.example.org": "superintendent"},
    )
    asked.seats[0].status = SeatStatus.INVITED
    late = make_team(
        full,
        make_lea(f"34{number}0007", f"District 7 of {slug}"),
        {f"late@{slug}.example.org": "superintendent"},
        status=TeamStatus.DRAFT,
        seats_held=0,
        registered_at=None,
    )
    guests = make_team(
        empty,
        make_lea(f"42{number}0009", f"District 9 of {slug}", "PA"),
        {f"guest@{slug}.example.org": "superintendent"},
        status=TeamStatus.ASKING,
        admitted_as=AdmittedAs.BY_REQUEST,
        seats_held=0,
        registered_at=None,
    )
    offered = make_team(
        make_institute(f"{slug}-offered"),
        make_lea(f"34{number}0019", f"District 19 of {slug}"),
        {f"offered@{slug}.example.org": "superintendent"},
        status=TeamStatus.OFFERED,
        waitlist_position=1,
        offer_expires_at=clock.now() + timedelta(days=2),
        seats_held=0,
    )
    retired = roles.roles()[-1]
    roles.retire_role(retired.id, by="test")
    return {
        **reported(slug),
        "draft": draft.slug,
        "empty": empty.slug,
        "unused": make_institute(f"{slug}-unused").slug,
        "begun_id": begun.id,
        "unanswered_id": asked.id,
        "asked_seat_id": asked.seats[0].id,
        "waiting_id": waiting.id,
        "late_id": late.id,
        "guests_id": guests.id,
        "offered_id": offered.id,
        "retired_id": retired.id,
        **proposals_at(slug),
        "passkey_id": make_passkey(f"member@{slug}.example.org").id,
    }
