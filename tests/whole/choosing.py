"""What the world's people choose: rounds of ``size`` sessions, full ones, waits, news."""

from sqlalchemy import select

from consortium.database import db, transaction
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat
from tests.factories import make_session
from tests.whole.world import INSTITUTE, World


def choose_and_wait(world: World, institute: Institute) -> None:
    """Make ``size`` rounds of ``size`` + 1 sessions; some choose, some wait, some do neither."""
    for round_ in range(world.size):
        for n in range(world.size + 1):
            make_session(
                institute,
                f"pick-{round_}-{n}",
                f"2026-05-02T{8 + 2 * round_:02}:00",
                f"2026-05-02T{9 + 2 * round_:02}:00",
                choice_group=f"pick-{round_}",
                capacity=1 if n == 0 else None,
            )
    keys = next(iter(world.teams.values()))
    theirs = select(Seat).where(
        Seat.id.in_([world.seats[key] for key in keys]), Seat.status.in_(ACTIVE_SEATS)
    )
    seats = db.session.scalars(theirs.order_by(Seat.position)).all()
    for n, seat in enumerate(seats[: world.size + 1]):
        for round_ in range(world.size):
            with transaction():
                act = agendas.wait if n else agendas.choose
                place = agendas.get_place(institute, seat.person)
                act(place, f"pick-{round_}-0", by=seat.person.email)
                if not n and not round_:
                    says = ("pick-0-0", "DECLINED")
                    agendas.answer(place, seat.person, *says, by=seat.person.email)
    world.parts += [
        {"slug": INSTITUTE, "seat_id": str(world.seats[keys[0]])},
        {"slug": INSTITUTE, "code": "pick-0-0"},
    ]
