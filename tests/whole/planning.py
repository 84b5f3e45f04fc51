"""What the world's hosts plan and have not published, and who holds its sessions."""

from dataclasses import replace

from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PresenterSpec, RoomSpec, VenueSpec
from tests.factories import make_session
from tests.whole.world import INSTITUTE, World

UNPUBLISHED = "Unpublishedcanary"
BY = "coordinator@example.org"


def plan_programme(world: World, institute: Institute) -> None:
    """Keep ``size`` rooms, venues and presenters; plan and publish as many changes."""
    for n in range(world.size):
        venue = schedule.put_venue(institute, VenueSpec(name=f"Annex {n}"), by=BY)
        room = schedule.put_room(institute, RoomSpec(name=f"Room {n}", capacity=5), by=BY)
        presenter = schedule.put_presenter(
            institute,
            PresenterSpec(name=f"Presenter {n}", email=f"presentermail{n}canary@example.org"),
            by=BY,
        )
        session = make_session(
            institute, f"planned{n}", "2026-05-01T20:00", "2026-05-01T21:00", room=room.name
        )
        for title in (f"Public {n}", f"{UNPUBLISHED} {n}"):
            spec = replace(session.spec, title=title, presenters=(presenter.name,))
            schedule.edit_session(institute, session, spec, version=session.version, by=BY)
            if title.startswith("Public"):
                seen = schedule.pending(institute).seen
                schedule.publish_programme(institute, seen=seen, accept=True, by=BY)
        world.parts.append(
            {
                "slug": INSTITUTE,
                "code": session.code,
                "room_id": str(room.id),
                "venue_id": str(venue.id),
                "presenter_id": str(presenter.id),
            }
        )
    db.session.commit()
