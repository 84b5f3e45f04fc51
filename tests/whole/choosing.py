"""What the world's people choose: rounds of ``size`` sessions, full ones, waits, news."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat
from events.schedule import service as schedule
from tests.factories import make_session
from tests.whole.world import INSTITUTE, World


def rank_rounds(world: World, institute: Institute, seats: Sequence[Seat]) -> None:
    """Let ``size`` people rank ``size`` rounds of ``size`` sessions, whose time is over."""
    rows = []
    for round_ in range(world.size):
        for n in range(world.size):
            make_session(
                institute,
                f"rank-{round_}-{n}",
                f"2026-05-01T{8 + 2 * round_:02}:30",
                f"2026-05-01T{9 + 2 * round_:02}:00",
                choice_group=f"rank-{round_}",
                capacity=world.size + 9,
            )
        with transaction():
            until = clock.now() + timedelta(days=1)
            row = schedule.let_rank(
                institute, f"rank-{round_}", until=until, any_free=False, by="x"
            )
            rows.append(row)
            for seat in seats[: world.size]:
                place = agendas.get_place(institute, seat.person)
                codes = [f"rank-{round_}-{n}" for n in range(world.size)]
                agendas.rank(place, row.id, codes, by=seat.person.email)
    for _ in range(world.size):
        with transaction():
            asked = Asked(rounds=tuple(row.id for row in rows))
            draft = agendas.ask_draft(institute, asked, by="x")
            agendas.find_now(draft)
    world.parts.append(
        {
            "slug": INSTITUTE,
            "round_id": str(rows[0].id),
            "group": "rank-0",
            "draft_id": str(draft.id),
            "seat_id": str(seats[0].id),
        }
    )


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
    rank_rounds(world, institute, seats)
    world.parts += [
        {"slug": INSTITUTE, "seat_id": str(world.seats[keys[0]])},
        {"slug": INSTITUTE, "code": "pick-0-0"},
    ]
