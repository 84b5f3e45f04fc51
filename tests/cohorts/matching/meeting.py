"""An institute with people who agreed to be matched, for the tests that need rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.engine.asking import answer
from cohorts.matching.engine.question import Question
from cohorts.matching.engine.teams.asking import Question as TeamsQuestion
from cohorts.matching.engine.teams.asking import answer_to
from cohorts.matching.jobs import Searches, TeamSearches
from cohorts.matching.models import MatchRun
from consortium.database import db
from consortium.people.service import consents
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from tests.factories import make_lea, make_team

COORDINATOR = "coordinator@example.org"
PHONE = "+16095550142"
PAGE = "/lakeshore/institutes/summer/peers"


def bring(institute: Institute, number: int, members: dict[str, str], **values: Any) -> Team:
    """Store a team of LEA ``number`` whose members all agreed and share everything."""
    lea = make_lea(f"340{number:04d}", f"District {number}", enrollment=2000, locale="41")
    team = make_team(institute, lea, members, **values)
    for n, seat in enumerate(team.seats):
        agree(seat, phone=f"+1609555{number:02d}{n:02d}")
    return team


def agree(
    seat: Seat, *, shares_email: bool = True, shares_phone: bool = True, phone: str = PHONE
) -> None:
    """Let a member agree, as the seat's page would."""
    seat.phone = phone
    seat.wants_peers = True
    consents.give_consent(
        seat.person_id,
        seat.institute_id,
        shares_email=shares_email,
        shares_phone=shares_phone,
        wording="Yes.",
    )
    db.session.commit()


def seat_of(email: str) -> Seat:
    """Return the seat of a member by the address."""
    seats = db.session.scalars(select(Seat)).all()
    return next(seat for seat in seats if seat.person.email == email)


def sit_too(team: Team, seat: Seat) -> Seat:
    """Give someone who has a seat another one, in this team."""
    also = Seat(
        institute_id=team.institute_id,
        person_id=seat.person_id,
        name=seat.name,
        role_code=seat.role_code,
        status=SeatStatus.CONFIRMED,
        shared=True,
        position=9,
    )
    team.seats.append(also)
    db.session.commit()
    return also


def three_superintendents(institute: Institute) -> None:
    """Store three LEAs, each with its superintendent: everyone fits everyone."""
    for number, name in enumerate(("ana", "ben", "cy"), start=1):
        bring(institute, number, {f"{name}@example.org": "superintendent"})


def published(institute: Institute, *, each: int = 3) -> MatchRun:
    """Run the matching and publish it."""
    run = matching.run_matching(institute.id, by=COORDINATOR, each=each)
    matching.publish_run(run.id, by=COORDINATOR)
    db.session.commit()
    return run


def work() -> None:
    """Do every search that was asked for, as the worker would, in this process."""
    searches = Searches(Here)
    while searches.step():
        pass


class Here:
    """A search in this process, ended before anybody asks for it."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._said: list[tuple[Any, ...]] = [("step", "pairs", 0.5)]
        self._said.append(("done", [answer(question) for question in questions]))

    def heard(self) -> Sequence[tuple[Any, ...]]:
        """Return what it said, once."""
        said, self._said = self._said, []
        return said

    def gone(self) -> bool:
        """Tell that nothing more is to be heard."""
        return not self._said

    def kill(self) -> None:
        """Do nothing: it has ended."""


class TeamsHere(Here):
    """A search for tables or partners in this process, ended before anybody asks for it."""

    def __init__(self, question: TeamsQuestion) -> None:
        self._said = [("step", "tables", 0.5), answer_to(question)]


def bring_together(launch: Any = TeamsHere, **limits: float) -> None:
    """Do every search for tables and partners that was asked for, as the worker would."""
    searches = TeamSearches(launch, **limits)
    while searches.step():
        pass


def person(email: str) -> UUID:
    """Return the id of the person with this address."""
    return seat_of(email).person_id


def cards(html: str) -> dict[str, str]:
    """Return what the page says of each peer."""
    page = BeautifulSoup(html, "html.parser")
    return {
        panel.find(["h2", "h3"]).get_text(): " ".join(panel.get_text(" ").split())
        for panel in page.select(".panel")
    }
