"""Peers, mails, locks, limits and searches when two records of a person become one."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import OPEN_STATES
from cohorts.matching.models import (
    Disclosure,
    LockKind,
    MatchLock,
    MatchRun,
    PeerLimit,
    PeerMatch,
    PeerRequest,
    PeerSearch,
)
from cohorts.matching.service import Limit, invariants, invariants_of_talking
from cohorts.matching.service.asking import ask_for_match
from consortium import clock
from consortium.database import db, transaction
from consortium.merging import service as merging
from consortium.merging.models import Merge
from consortium.people.models import Person
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    bring,
    person,
    published,
    seat_of,
    three_superintendents,
)
from tests.consortium.merging.acting import part
from tests.consortium.merging.worlds import stored
from tests.consortium.verify.breaking import violations
from tests.events.registration.builders import letters
from tests.factories import make_institute, make_lea, make_person, make_team

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))
HOME = "ana@home.org"


def merge(kept: Person, gone: Person) -> Merge:
    with transaction():
        return merging.merge_people(kept.id, gone.id, by=COORDINATOR, may_choose_staff=False)


def test_who_said_no_under_the_other_address_is_introduced_to_nobody(met: Institute) -> None:
    make_team(
        met,
        make_lea("3409999", "Elm Park"),
        {"zoe@example.org": "superintendent", "ana@home.org": "principal"},
    )

    merge(seat_of("ana@example.org").person, make_person("ana@home.org"))

    assert letters("ana@example.org") == []
    for peer in ("ben@example.org", "cy@example.org"):
        (mail,) = letters(peer)
        assert "Ana" not in mail.text


def test_the_mail_goes_to_the_address_that_stays(met: Institute) -> None:
    kept = make_person("ana@home.org", "Ana")

    merge(kept, seat_of("ana@example.org").person)

    assert letters("ana@example.org") == []
    (mail,) = letters("ana@home.org")
    assert "Ben" in mail.text
    (told,) = letters("ben@example.org")
    assert "Ana" in told.text


@pytest.fixture
def winter(met: Institute) -> Institute:
    """Return another institute, to which Ana comes by her address at home."""
    winter = make_institute("winter")
    for number, email in ((21, HOME), (22, BEN), (23, CY)):
        bring(winter, number, {email: "superintendent"})
    return winter


def with_a_colleague(institute: Institute) -> None:
    """Let Ana come by her address at home too, in a team that is not empty without her."""
    bring(institute, 31, {HOME: "superintendent", "zed@example.org": "parent"})


def ours() -> dict[str, Any]:
    """Return every row of peer matching."""
    kinds = (Disclosure, MatchLock, MatchRun, PeerLimit, PeerMatch, PeerSearch)
    everything = stored()
    return {kind.__tablename__: everything[kind.__tablename__] for kind in kinds}


def faults() -> list[str]:
    """Return what must not be of peers, and of who was merged."""
    codes = [check.code for check in (*invariants.CHECKS, *invariants_of_talking.CHECKS)]
    return [line for code in ("I13", *codes) for line in violations(code)]


def locks() -> dict[frozenset[str], LockKind]:
    """Return what is said of pairs, by whom they are."""
    emails = {each.id: each.email for each in db.session.scalars(select(Person))}
    return {
        frozenset((emails[lock.first_id], emails[lock.second_id])): lock.kind
        for lock in db.session.scalars(select(MatchLock))
    }


def test_who_declined_one_record_is_no_peer_of_the_other(
    app: Flask, met: Institute, winter: Institute
) -> None:
    with app.test_request_context():
        published(winter)
    with transaction():
        matching.decline_peer(met.id, person(BEN), person(ANA), by=BEN)
    before = ours()
    assert HOME in {peer.email for peer in matching.contacts_of(winter.id, person(BEN)).peers}

    done = merge(seat_of(HOME).person, seat_of(ANA).person)

    for institute, peers in ((met, ["Cy"]), (winter, [])):
        contacts = matching.contacts_of(institute.id, person(BEN))
        assert [peer.name for peer in contacts.peers] == peers
    assert faults() == []
    part(done)
    assert ours() == before


def test_a_pair_of_both_records_in_one_run_stands_once_and_declined(
    app: Flask, institute: Institute
) -> None:
    three_superintendents(institute)
    with_a_colleague(institute)
    with app.test_request_context():
        published(institute, each=4)
    with transaction():
        matching.decline_peer(institute.id, person(BEN), person(HOME), by=BEN)
    before = ours()

    done = merge(seat_of(ANA).person, seat_of(HOME).person)

    peers = {peer.name for peer in matching.contacts_of(institute.id, person(BEN)).peers}
    assert "Cy" in peers
    assert "Ana" not in peers
    assert faults() == []
    part(done)
    assert ours() == before


def test_locks_and_limits_follow_the_person_and_the_stricter_holds(
    app: Flask, met: Institute, winter: Institute
) -> None:
    with app.test_request_context(), transaction():
        run = matching.run_matching(winter.id, by=COORDINATOR)
        matching.pin_pair(winter.id, person(HOME), person(BEN), by=COORDINATOR)
        matching.change_limit(person(HOME), Limit(most=1), by=HOME)
    ana, home = seat_of(ANA), seat_of(HOME)
    with transaction():
        for reason, one, other in (("A.", ANA, BEN), ("B.", ANA, CY)):
            matching.forbid_pair(met.id, person(one), person(other), reason=reason, by="x")
        matching.change_limit(person(ANA), Limit(most=3, paused=True), by=ANA)
        for lock in db.session.scalars(select(MatchLock).where(MatchLock.reason == "A.")):
            lock.institute_id = winter.id  # the same pair will be locked twice there
    before = ours()

    done = merge(home.person, ana.person)

    never = LockKind.FORBID
    assert locks() == {frozenset((HOME, BEN)): never, frozenset((HOME, CY)): never}
    assert matching.limit_of(home.person_id) == Limit(most=1, paused=True)
    assert faults() == []
    assert {home.person_id} <= {id_ for m in run.matches for id_ in (m.first_id, m.second_id)}
    part(done)
    assert ours() == before


def test_a_lock_of_two_records_of_one_person_goes(met: Institute) -> None:
    with_a_colleague(met)
    with transaction():
        matching.forbid_pair(met.id, person(ANA), person(HOME), reason="Why.", by=COORDINATOR)
    before = ours()

    done = merge(seat_of(ANA).person, seat_of(HOME).person)

    assert locks() == {}
    part(done)
    assert ours() == before


def test_a_limit_that_moves_does_not_judge_what_was_published(
    met: Institute,
) -> None:
    """Ben has two peers; the other record said earlier that it takes one."""
    other = make_person("ben@home.org")
    with transaction():
        matching.change_limit(other.id, Limit(most=1), by=other.email)
        for run in db.session.scalars(select(MatchRun)):
            run.published_at = clock.now() + timedelta(hours=1)

    merge(seat_of(BEN).person, other)

    assert matching.limit_of(person(BEN)) == Limit(most=1)
    assert faults() == []


def test_requests_of_both_records_are_one_persons_and_come_back_when_parted(
    met: Institute,
) -> None:
    bring(met, 8, {HOME: "superintendent", "ed@example.org": "principal"})
    bring(met, 9, {"mo@example.org": "superintendent"})
    home, ana, mo = make_person(HOME), seat_of(ANA).person, seat_of("mo@example.org").person
    for one in (home, ana, mo):
        matching.change_limit(one.id, Limit(listed=True), by=COORDINATOR)
    before = [
        ask_for_match(met.id, one.id, other.id, words="", by=COORDINATOR).id
        for one, other in ((home, mo), (ana, mo), (home, ana))
    ]
    db.session.commit()

    done = merge(ana, home)
    rows = {row.id: row for row in db.session.scalars(select(PeerRequest))}
    open_ones = [row for row in rows.values() if row.state in OPEN_STATES]

    assert before[2] not in rows
    assert [(row.from_id, row.to_id) for row in open_ones] == [(ana.id, mo.id)]
    assert violations("I36") == []
    part(done)
    again = {row.id: row for row in db.session.scalars(select(PeerRequest))}
    assert set(again) == set(before)
    assert again[before[0]].from_id == home.id
