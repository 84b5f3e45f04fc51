"""Doors of the world: people checked in today, scans that do not count, kiosks, printings."""

from consortium import clock
from consortium.database import transaction
from events.checkin import service as checkin
from events.checkin.domain.batches import Batch, SaidScan, millis
from events.checkin.service import Wanted, Which
from events.institutes.models import Institute
from events.registration.service import badge_of
from tests.factories import NOON, make_institute, make_lea, make_session, make_team
from tests.whole.world import World

TODAY = "today"


def open_doors(world: World, institute: Institute) -> None:
    """Hold an institute today with ``size`` people in it, and open doors at the main one too."""
    held = make_institute(TODAY, days=[NOON.date()], deadlines=[])
    guests = [world.meet(f"guest{n}", "principal") for n in range(world.size)]
    members = {one.email: one.role for one in guests}
    team = make_team(held, make_lea("3490041", "Door District"), members)
    for seat, someone in zip(team.seats, guests, strict=True):
        seat.name = seat.person.name = someone.name
        make_session(held, f"now{seat.position}", "2026-03-02T07:30", "2026-03-02T08:00")
    codes = [badge_of(held.id, seat.person_id).code for seat in team.seats]
    at = millis(clock.now())
    with world.app.test_request_context():
        for where in (held, institute):
            _use(world, where, [*codes, *(f"NOSUCH{n}" for n in range(world.size))], at)
    world.teams[str(team.id)] = tuple(one.key for one in guests)
    world.parts += [{"slug": TODAY, "person_id": str(seat.person_id)} for seat in team.seats]


def _use(world: World, institute: Institute, codes: list[str], at: int) -> None:
    scans = tuple(
        SaidScan(id=f"scan-{institute.slug}-{n}", code=code, at=at) for n, code in enumerate(codes)
    )
    with transaction():
        checkin.take_in(institute, Batch(sent_at=at, scans=scans), by="test")
        for n in range(world.size):
            kiosk, _token = checkin.start_kiosk(institute, f"Lobby {n}", by="test")
            world.parts.append({"slug": institute.slug, "kiosk_id": str(kiosk.id)})
        for _ in range(world.size):
            row = checkin.print_badges(institute, Wanted(which=Which.ALL), by="test")
            world.parts.append({"slug": institute.slug, "print_id": str(row.id)})
