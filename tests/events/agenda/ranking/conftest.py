"""Six people of three teams who rank a round of three sessions, and a host who gives the places."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from consortium import clock
from consortium.database import db
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked
from events.agenda.service.members import members_at
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import PlacesDraft, RankedRound, Session, SessionChoice
from tests.factories import make_lea, make_person, make_session, make_team

TEAMS = (("ana", "bo"), ("cy", "di"), ("eve", "flo"))
Rank = Callable[..., None]


@pytest.fixture
def stories(institute: Institute) -> list[Session]:
    return [
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            title=f"Story {code}",
            kind="breakout",
            choice_group="A",
            capacity=2,
        )
        for code in ("a1", "a2", "a3")
    ]


@pytest.fixture
def people(institute: Institute) -> None:
    for n, names in enumerate(TEAMS):
        members = {f"{name}@x.org": "principal" for name in names}
        make_team(institute, make_lea(f"340000{n}", f"District {n}"), members)


@pytest.fixture
def ranked(institute: Institute, stories: list[Session], people: None) -> RankedRound:
    return let_rank(institute)


@pytest.fixture
def rank(institute: Institute) -> Rank:
    def rank(name: str, *codes: str, group: str = "A") -> None:
        round_id = schedule.ranked_rounds_of(institute.id)[group].id
        agendas.rank(place_of(institute, name), round_id, codes, by=f"{name}@x.org")
        db.session.commit()

    return rank


@pytest.fixture
def time_is_over(ranked: RankedRound, frozen: Callable[[datetime], datetime]) -> Callable[[], None]:
    until = ranked.until

    def go_on() -> None:
        frozen(until + timedelta(minutes=1))

    return go_on


def let_rank(institute: Institute, group: str = "A", *, any_free: bool = True) -> RankedRound:
    until = clock.now() + timedelta(days=1)
    row = schedule.let_rank(institute, group, until=until, any_free=any_free, by="host")
    db.session.commit()
    return row


def place_of(institute: Institute, name: str) -> agendas.Place:
    return agendas.get_place(institute, make_person(f"{name}@x.org"))


def draft_of(
    institute: Institute,
    *rows: RankedRound,
    keep: bool = True,
    seed: int = 1,
    extra: dict[str, int] | None = None,
) -> PlacesDraft:
    more = {schedule.get_session(institute, code).id: n for code, n in (extra or {}).items()}
    asked = Asked(rounds=tuple(row.id for row in rows), keep=keep, extra=more, seed=seed)
    draft = agendas.ask_draft(institute, asked, by="host")
    agendas.find_now(draft)
    db.session.commit()
    return draft


def accept(institute: Institute, draft: PlacesDraft) -> int:
    told = agendas.accept_draft(institute, draft.id, by="host")
    db.session.commit()
    return told


def who_is_where(institute: Institute) -> dict[str, set[str]]:
    """Return who has a place in which session; the counters are right."""
    db.session.expire_all()
    people = {
        seat: member.name.lower()
        for member in members_at(institute.id)
        for seat in member.attendee.seat_ids
    }
    found: dict[str, set[str]] = {}
    for session in schedule.sessions_of(institute.id):
        rows = db.session.query(SessionChoice).filter_by(session_id=session.id).all()
        assert session.taken == len(rows)
        found[session.code] = {people[row.seat_id] for row in rows}
    return found
