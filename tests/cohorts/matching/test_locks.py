"""Pairs that are pinned or forbidden, and drafts that are found again around them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.models import MatchLock, MatchRun
from cohorts.matching.service import Limit
from consortium.database import db
from consortium.errors import Conflict, NotFound, Refusal
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from tests.acts import acts
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    agree,
    bring,
    person,
    published,
    seat_of,
    three_superintendents,
)
from tests.factories import make_institute

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, tenant: Any):
    with app.test_request_context():
        yield


def names_of(run: MatchRun) -> set[frozenset[str]]:
    page = matching.run_page(run.institute_id, run.id)
    return {frozenset((line.first.view.name, line.second.view.name)) for line in page.lines}


def pin(institute: Institute, one: str, other: str) -> MatchLock:
    return matching.pin_pair(institute.id, person(one), person(other), by=COORDINATOR)


def ten_superintendents(institute: Institute) -> None:
    for number in range(1, 11):
        bring(institute, number, {f"p{number}@example.org": "superintendent"})


def test_a_pinned_pair_is_in_the_next_draft_and_the_rest_stays(institute: Institute) -> None:
    ten_superintendents(institute)
    first = names_of(matching.run_matching(institute.id, by=COORDINATOR, each=1))
    with_p1 = next(pair for pair in first if "P1" in pair)
    other = "p2" if "P2" not in with_p1 else "p3"

    pin(institute, "p1@example.org", f"{other}@example.org")
    run = matching.match_again(institute.id, by=COORDINATOR)

    again = names_of(run)
    assert frozenset({"P1", other.upper()}) in again
    assert len(again) == 5
    assert len(first & again) == 3
    changes = matching.run_page(institute.id, run.id).changes
    assert (changes.again, changes.kept, len(changes.gone), len(changes.new)) == (True, 3, 2, 2)
    assert acts() == ["run_matching", "lock_pair", "run_matching"]


def test_a_forbidden_pair_is_never_matched_at_any_institute(institute: Institute) -> None:
    three_superintendents(institute)
    matching.run_matching(institute.id, by=COORDINATOR)

    matching.forbid_pair(
        institute.id, person(ANA), person(BEN), reason="A dispute.", by=COORDINATOR
    )
    again = matching.match_again(institute.id, by=COORDINATOR)
    winter = make_institute("winter")
    for number, email in ((11, ANA), (12, BEN)):
        bring(winter, number, {email: "superintendent"})

    assert names_of(again) == {frozenset({"Ana", "Cy"}), frozenset({"Ben", "Cy"})}
    assert matching.run_matching(winter.id, by=COORDINATOR).matches == []


def test_a_lock_that_is_removed_lets_the_matching_decide(institute: Institute) -> None:
    three_superintendents(institute)
    matching.forbid_pair(institute.id, person(ANA), person(BEN), reason="Why.", by=COORDINATOR)
    (lock,) = matching.locks_of(institute.id)
    assert (lock.pinned, lock.reason, lock.made_by) == (False, "Why.", COORDINATOR)

    matching.unlock_pair(institute.id, lock.id, by=COORDINATOR)

    assert len(matching.run_matching(institute.id, by=COORDINATOR).matches) == 3
    with pytest.raises(NotFound):
        matching.unlock_pair(institute.id, lock.id, by=COORDINATOR)


def test_a_pin_that_a_rule_forbids_is_refused_with_the_rule(institute: Institute) -> None:
    three_superintendents(institute)
    bring(institute, 4, {"di@example.org": "superintendent", "ed@example.org": "parent"})
    silent = bring(institute, 5, {"si@example.org": "superintendent"}).seats[0]
    silent.wants_peers = False
    bring(institute, 6, {"pa@example.org": "superintendent"})
    matching.change_limit(person("pa@example.org"), Limit(paused=True), by=COORDINATOR)
    published(institute, each=2)

    for one, other, rule in (
        (ANA, ANA, "two different people"),
        ("di@example.org", "ed@example.org", "of one team or one LEA"),
        (ANA, "si@example.org", "Si has not agreed to be matched"),
        (ANA, "pa@example.org", "Pa takes no new peers for now"),
        (ANA, "ed@example.org", "share no goal"),
    ):
        with pytest.raises(Refusal, match=rule):
            pin(institute, one, other)
    met = matching.run_page(institute.id, db.session.scalars(select(MatchRun.id)).one()).lines[0]
    with pytest.raises(Refusal, match="were matched before"):
        matching.pin_pair(
            institute.id, met.first.view.person_id, met.second.view.person_id, by=COORDINATOR
        )


def test_roles_that_may_not_meet_and_places_that_are_taken_forbid_a_pin(
    institute: Institute,
) -> None:
    three_superintendents(institute)
    bring(institute, 4, {"pa@example.org": "parent"})
    own = matching.own_weights()
    matching.change_weights({**own.said, "role_other": None}, version=0, by=COORDINATOR)
    matching.change_limit(person(ANA), Limit(most=1), by=COORDINATOR)

    with pytest.raises(Refusal, match="roles of Ana and Pa may not meet"):
        pin(institute, ANA, "pa@example.org")
    pin(institute, ANA, BEN)
    with pytest.raises(Refusal, match="Ana has no place left"):
        pin(institute, ANA, CY)
    with pytest.raises(Conflict, match="said of these two already"):
        matching.forbid_pair(institute.id, person(ANA), person(BEN), reason="x", by=COORDINATOR)


def test_a_pinned_pair_that_cannot_be_any_more_is_named_and_not_found(
    institute: Institute,
) -> None:
    three_superintendents(institute)
    pin(institute, ANA, BEN)
    matching.change_limit(person(BEN), Limit(paused=True), by=COORDINATOR)

    run = matching.run_matching(institute.id, by=COORDINATOR)

    assert names_of(run) == {frozenset({"Ana", "Cy"})}
    (unkept,) = matching.run_page(institute.id, run.id).changes.unkept
    assert {each.view.name for each in unkept} == {"Ana", "Ben"}


def test_late_joiners_get_peers_and_published_pairs_stay(institute: Institute) -> None:
    three_superintendents(institute)
    first = published(institute, each=3)
    before = names_of(first)
    bring(institute, 4, {"di@example.org": "superintendent"})

    late = matching.match_late(institute.id, by=COORDINATOR)
    db.session.commit()

    assert late.late
    assert names_of(late) == {frozenset({"Di", name}) for name in ("Ana", "Ben", "Cy")}
    assert late.left_out == []
    assert matching.publish_run(late.id, by=COORDINATOR).published_at is not None
    assert names_of(first) == before
    contacts = matching.contacts_of(institute.id, person(ANA))
    assert {peer.name for peer in contacts.peers} == {"Di", "Ben", "Cy"}


def test_late_joiners_get_only_free_places_and_only_those_concerned_are_told(
    institute: Institute,
) -> None:
    ten_superintendents(institute)
    published(institute, each=1)
    bring(institute, 11, {"late1@example.org": "superintendent"})
    bring(institute, 12, {"late2@example.org": "superintendent"})

    run = matching.match_late(institute.id, by=COORDINATOR, each=1)
    mails = db.session.scalar(select(func.count(OutboxEmail.id))) or 0
    matching.publish_run(run.id, by=COORDINATOR)

    assert names_of(run) == {frozenset({"Late1", "Late2"})}
    assert db.session.scalar(select(func.count(OutboxEmail.id))) == mails + 2


def test_there_is_nothing_to_find_again_or_to_add_to_at_first(institute: Institute) -> None:
    three_superintendents(institute)

    with pytest.raises(Refusal, match="There is no draft to find again"):
        matching.match_again(institute.id, by=COORDINATOR)
    with pytest.raises(Refusal, match="Nothing is published yet"):
        matching.match_late(institute.id, by=COORDINATOR)


def test_who_withdrew_is_gone_when_the_draft_is_found_again(institute: Institute) -> None:
    three_superintendents(institute)
    matching.run_matching(institute.id, by=COORDINATOR)
    seat_of(BEN).wants_peers = False
    db.session.commit()

    run = matching.match_again(institute.id, by=COORDINATOR)

    assert names_of(run) == {frozenset({"Ana", "Cy"})}
    agree(seat_of(BEN))
