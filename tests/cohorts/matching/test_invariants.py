"""What ``verify`` finds in peers, locks, searches and tables that were broken by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.grouping import Terms
from cohorts.matching.domain.searching import SearchState, Wish
from cohorts.matching.models import (
    ONE_PLACE,
    Disclosure,
    GroupedTeam,
    Grouping,
    GroupingKind,
    MatchLock,
    MatchRun,
    PeerMatch,
    PeerSearch,
)
from cohorts.matching.service import Limit
from cohorts.matching.service.grouping_acts import publish_grouping
from cohorts.matching.service.groupings import group_teams
from cohorts.matching.service.team_searches import ask_team_search
from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import SeatStatus, Team
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    person,
    published,
    seat_of,
    sit_too,
    three_superintendents,
)
from tests.cohorts.matching.test_groups import come
from tests.consortium.verify.breaking import violations, without
from tests.factories import make_institute, make_person

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))
CODES = ("I36", "I36-declined", "I38", "I38-apart", "I38-locks", "I38-places", "I48-searches")


@pytest.fixture
def lively(app: Flask, institute: Institute) -> Institute:
    """Return an institute with peers, a contact that was seen, a lock, a limit and a search."""
    three_superintendents(institute)
    with app.test_request_context():
        matching.change_limit(person(CY), Limit(most=2), by=CY)
        published(institute)
        matching.forbid_pair(institute.id, person(ANA), person(BEN), reason="Why.", by=COORDINATOR)
        matching.ask_search(institute.id, Wish(), by=COORDINATOR)
    contacts = matching.contacts_of(institute.id, person(ANA))
    fresh = matching.fresh_disclosures(
        institute.id, contacts.peers, to=person(ANA), form=matching.Form.PAGE
    )
    matching.record_disclosures(fresh)
    assert [line for code in CODES for line in violations(code)] == []
    return institute


def pair_of(one: str, other: str) -> PeerMatch:
    first, second = sorted((person(one), person(other)))
    found = select(PeerMatch).where(PeerMatch.first_id == first, PeerMatch.second_id == second)
    return db.session.scalars(found).first() or pytest.fail("no such pair")


def meet_again(_: Institute) -> str:
    run = MatchRun(
        institute_id=make_institute("winter").id,
        ran_at=clock.now(),
        ran_by="x",
        published_at=clock.now(),
        each=3,
        people=2,
        matches=[
            PeerMatch(
                first_id=(old := pair_of(ANA, BEN)).first_id, second_id=old.second_id, score=1
            )
        ],
    )
    db.session.add(run)
    return f"person:{old.first_id} and person:{old.second_id} were made peers 2 times."


def meet_again_after_declining(institute: Institute) -> str:
    said = meet_again(institute)
    pair_of(ANA, BEN).ended_at = clock.now()
    both = said.partition(" were")[0]
    return f"{said} {both} are peers although one declined the other."


def be_colleagues(_: Institute) -> str:
    teams = {team.seats[0].name: team for team in db.session.scalars(select(Team))}
    teams["Ana"].lea_id, teams["Ana"].site = teams["Ben"].lea_id, "Elsewhere"
    return f"peer_match:{pair_of(ANA, BEN).id} is of two who work together."


def give_more_than_anyone_gets(_: Institute) -> str:
    run = db.session.scalars(select(MatchRun)).one()
    run.each = 1
    return " ".join(
        f"match_run:{run.id} gave person:{id_} 2 peers, who takes 1."
        for id_ in sorted(person(email) for email in (ANA, BEN, CY))
    )


def give_more_than_one_takes(most: int | None, *, mentor: bool, paused: bool) -> Any:
    def give(_: Institute) -> str:
        matching.change_limit(
            person(CY), Limit(most=most, mentor=mentor, paused=paused), by=COORDINATOR
        )
        run = db.session.scalars(select(MatchRun)).one()
        assert run.published_at is not None
        run.published_at += timedelta(hours=1)
        takes = 0 if paused else most
        return f"match_run:{run.id} gave person:{person(CY)} 2 peers, who takes {takes}."

    return give


def show_to_a_stranger(institute: Institute) -> str:
    stranger = make_person("stranger@example.org")
    shown = Disclosure(
        of_person_id=person(ANA),
        to_person_id=stranger.id,
        institute_id=institute.id,
        fields=["email"],
        form="page",
        at=clock.now(),
    )
    db.session.add(shown)
    db.session.flush()
    return f"disclosure:{shown.id} is of someone who was no peer there."


def show_after_declining(_: Institute) -> str:
    match = pair_of(ANA, BEN)
    match.ended_at = clock.now() - timedelta(hours=1)
    shown = db.session.scalars(
        select(Disclosure).where(Disclosure.of_person_id == person(BEN))
    ).one()
    return f"disclosure:{shown.id} is later than the end of peer_match:{match.id}."


def lock_a_stranger(_: Institute) -> str:
    lock = db.session.scalars(select(MatchLock)).one()
    lock.institute_id = make_institute("winter").id
    return f"match_lock:{lock.id} is of someone who was never to come there."


def end_at_no_time(_: Institute) -> str:
    search = db.session.scalars(select(PeerSearch)).one()
    search.state = SearchState.DONE
    return f"peer_search:{search.id} is done, and the time of its end says otherwise."


def end_tables_at_no_time(institute: Institute) -> str:
    come(institute, 50, "Reading")
    search = ask_team_search(institute.id, GroupingKind.TABLES, Terms(), by=COORDINATOR)
    search.ended_at = clock.now()
    return f"team_search:{search.id} is waiting, and the time of its end says otherwise."


@pytest.mark.parametrize(
    ("code", "break_it"),
    [
        ("I38", meet_again),
        ("I38", meet_again_after_declining),
        ("I38-apart", be_colleagues),
        ("I38-places", give_more_than_anyone_gets),
        ("I38-places", give_more_than_one_takes(1, mentor=False, paused=False)),
        ("I38-places", give_more_than_one_takes(1, mentor=True, paused=False)),
        ("I38-places", give_more_than_one_takes(None, mentor=False, paused=True)),
        ("I36", show_to_a_stranger),
        ("I36-declined", show_after_declining),
        ("I38-locks", lock_a_stranger),
        ("I48-searches", end_at_no_time),
        ("I48-searches", end_tables_at_no_time),
    ],
)
def test_what_is_broken_is_named(
    lively: Institute, code: str, break_it: Callable[[Institute], str]
) -> None:
    told = break_it(lively)

    assert " ".join(violations(code)) == told


def test_who_takes_a_seat_beside_a_former_peer_is_no_fault(lively: Institute) -> None:
    be_colleagues(lively)
    old = seat_of(ANA)
    old.status = SeatStatus.WITHDRAWN
    db.session.flush()
    sit_too(old.team, old)

    assert violations("I38-apart") == []


def test_tables_that_are_broken_are_named(institute: Institute) -> None:
    for n in range(5):
        come(institute, n, "Reading")
    grouping = group_teams(institute.id, GroupingKind.TABLES, COORDINATOR)
    publish_grouping(institute.id, grouping.id, COORDINATOR)
    assert violations("I38-tables") == violations("I38-mended") == []
    place = db.session.scalars(select(GroupedTeam)).first() or pytest.fail("nobody sits")
    other = Grouping(
        institute_id=institute.id,
        kind=GroupingKind.TABLES,
        made_at=clock.now(),
        made_by="x",
        published_at=clock.now(),
        smallest=4,
        largest=6,
        mends_id=grouping.id,
    )
    db.session.add(other)
    db.session.flush()
    place.grouping_id = other.id

    assert violations("I38-mended") == [
        f"grouping:{grouping.id} was mended 1 times; it says otherwise."
    ]
    assert violations("I38-tables") == [
        f"grouped_team:{place.id} is at a table of another grouping."
    ]
    if db.session.get_bind().dialect.name == "postgresql":
        with without("grouped_team", ONE_PLACE):
            place.grouping_id = grouping.id
            db.session.add(
                GroupedTeam(grouping_id=grouping.id, group_id=place.group_id, team_id=place.team_id)
            )
        assert violations("I38-tables") == [
            f"team:{place.team_id} has two places in grouping:{grouping.id}."
        ]
