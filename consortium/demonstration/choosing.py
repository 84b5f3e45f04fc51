"""What the story's people choose: one session is full, and some wait for it."""

from collections.abc import Iterator

from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.people import service as people
from events.agenda import service as agendas
from events.agenda.service import Place
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team, TeamStatus

STORY, SOLVE, READ = "d1-story", "d1-solve", "d1-read"
WAITING = 2
"""How many wait for the full session before the participant does."""
FIRST_COME = 6
"""As many places as the full session has."""


def choose_all(institute: Institute) -> None:
    """Fill the district story; let others wait for it, and one team see how it spreads."""
    for n, (place, email) in enumerate(everyone_free(institute)):
        if n < FIRST_COME:
            agendas.choose(place, STORY, by=email)
            _says(place, email, STORY, "ACCEPTED")
        elif n < FIRST_COME + WAITING:
            agendas.choose(place, SOLVE, by=email)
            agendas.wait(place, STORY, instead_of=SOLVE, by=email)
        elif n % 2:
            agendas.choose(place, READ, by=email)
    agendas.choose(_of(institute, cast.MANAGEMENT_LEAD.email), READ, by=cast.MANAGEMENT_LEAD.email)
    mine, email = _of(institute, cast.PARTICIPANT.email), cast.PARTICIPANT.email
    agendas.choose(mine, SOLVE, by=email)
    agendas.wait(mine, STORY, instead_of=SOLVE, by=email)


def everyone_free(institute: Institute) -> list[tuple[Place, str]]:
    """Return everyone whom no visitor plays, each with the address, by team."""
    return [place for place in _places(institute) if _is_free(place)]


def _places(institute: Institute) -> Iterator[tuple[Place, str]]:
    statement = (
        select(Seat)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == institute.id,
            Seat.status == SeatStatus.CONFIRMED,
            Team.status == TeamStatus.REGISTERED,
        )
        .order_by(Team.name, Seat.position)
    )
    for seat in db.session.scalars(statement).all():
        yield agendas.get_place(institute, seat.person), seat.person.email


def _is_free(one: tuple[Place, str]) -> bool:
    """Leave those alone whom visitors of the demonstration play: they choose for themselves."""
    return one[1] not in {character.email for character in cast.CAST}


def _of(institute: Institute, email: str) -> Place:
    return next(place for place, address in _places(institute) if address == email)


def _says(place: agendas.Place, email: str, code: str, says: str) -> None:
    """Let someone say whether they come; the hosts read it under “Who comes”."""
    person = people.person_for(people.identity_for(email))
    agendas.answer(place, person, code, says, by=email)
