"""People rank, the host drafts and gives the places, and everyone is told once, with the reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.errors import Refusal
from consortium.outbox.models import OutboxEmail
from events.agenda import service as agendas
from events.agenda.jobs.notices import tell_of_changes
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.ranking import PlacesByRanking, RankingRefused
from events.schedule.models import (
    PlaceNews,
    PlacesDraft,
    RankedRound,
    Ranking,
    Session,
    SessionChoice,
)
from tests.acts import acts
from tests.consortium.verify.breaking import everything
from tests.events.agenda.ranking.conftest import (
    Rank,
    accept,
    draft_of,
    let_rank,
    place_of,
    who_is_where,
)
from tests.factories import make_session


def test_nobody_takes_a_place_while_people_rank(institute: Institute, ranked: RankedRound) -> None:
    ana = place_of(institute, "ana")
    with pytest.raises(PlacesByRanking, match="people rank the sessions first"):
        agendas.choose(ana, "a1", by="ana")
    schedule.place_person(institute, ana.attendee, into="a1", reason="She leads it.", by="host")
    with pytest.raises(PlacesByRanking):
        agendas.swap(ana, give_up="a1", take="a2", by="ana")
    agendas.drop(ana, "a1", by="ana")
    with pytest.raises(PlacesByRanking):
        agendas.wait(ana, "a1", by="ana")


def test_places_are_given_by_what_people_rank_and_told_once(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    for name in ("ana", "bo", "cy", "di"):
        rank(name, "a1", "a2")
    rank("eve", "a3")
    time_is_over()
    draft = draft_of(institute, ranked)
    assert who_is_where(institute) == {"a1": set(), "a2": set(), "a3": set()}
    counts = agendas.counts_of(agendas.told_by(draft))
    assert (counts["first"], counts["second"], counts["unasked"], counts["short"]) == (3, 2, 1, 0)

    assert accept(institute, draft) == 6

    there = who_is_where(institute)
    assert there["a3"] == {"eve", "flo"}
    assert len(there["a1"] & {"ana", "bo"}) == len(there["a1"] & {"cy", "di"}) == 1
    (loser,) = there["a2"] & {"ana", "bo"}
    place = place_of(institute, loser)
    given = schedule.choices_of(place.attendee.seat_ids)
    assert [one.allotted for one in given.values()] == [True]
    assert next(iter(given.values())).reason == (
        "Your first choice was full; you have your second. “Story a1” takes 2, and 4 put it "
        "first. Nobody got a place there who wanted it less than you. A colleague from your "
        "team is in it."
    )
    news = db.session.scalars(select(PlaceNews)).all()
    assert len({row.seat_id for row in news}) == len(news) == 6
    assert acts()[-2:] == ["draft_places", "give_places"]


def test_the_mail_says_the_place_and_why(
    app: Flask,
    institute: Institute,
    ranked: RankedRound,
    rank: Rank,
    time_is_over: Callable[[], None],
) -> None:
    rank("ana", "a1")
    time_is_over()
    accept(institute, draft_of(institute, ranked))
    tell_of_changes(app)
    mails = select(OutboxEmail).where(OutboxEmail.to == "ana@x.org")
    (mail,) = [one for one in db.session.scalars(mails) if "Story a1" in one.subject]
    assert mail.subject == "You have a place in “Story a1”."
    assert "You have your first choice." in mail.text


def test_afterwards_people_take_what_is_free_and_wait_for_what_is_full(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    rank("ana", "a1")
    rank("bo", "a1")
    row = let_rank(institute, any_free=False)
    time_is_over()
    accept(institute, draft_of(institute, row))
    agendas.choose(place_of(institute, "cy"), "a2", by="cy")
    agendas.wait(place_of(institute, "di"), "a1", by="di")
    agendas.drop(place_of(institute, "ana"), "a1", by="ana")
    db.session.commit()
    assert who_is_where(institute) == {"a1": {"bo", "di"}, "a2": {"cy"}, "a3": set()}
    with pytest.raises(RankingRefused, match="have been given"):
        agendas.rank(place_of(institute, "eve"), row.id, ["a1"], by="eve")


def test_who_ranks_late_gets_what_is_left_and_is_told_so(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    for name in ("ana", "bo"):
        rank(name, "a1")
    time_is_over()
    rank("cy", "a1", "a2")
    draft = draft_of(institute, ranked)
    cy = place_of(institute, "cy").attendee.seat_id
    (told,) = [one for one in agendas.told_by(draft) if one.seat_id == cy]
    assert told.because[0] == "You ranked after the time was over, so you got what was left."
    accept(institute, draft)
    there = who_is_where(institute)
    assert there["a1"] == {"ana", "bo"}
    assert "cy" in there["a2"]


def test_a_new_draft_keeps_places_unless_they_are_dealt_anew(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    rank("ana", "a1")
    rank("bo", "a1")
    rank("cy", "a1", "a2")
    row = let_rank(institute, any_free=False)
    time_is_over()
    accept(institute, draft_of(institute, row))
    assert who_is_where(institute)["a2"] == {"cy"}

    schedule.get_session(institute, "a1").capacity = 3
    db.session.commit()
    again = draft_of(institute, row)
    assert not any(one.given for one in agendas.told_by(again))
    anew = draft_of(institute, row, keep=False)
    assert agendas.draft_view(institute, anew.id).differ == 1
    accept(institute, anew)
    assert who_is_where(institute) == {"a1": {"ana", "bo", "cy"}, "a2": set(), "a3": set()}


def test_the_same_content_is_given_once_over_rounds(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    schedule.get_session(institute, "a1").same_content = "oak"
    for code, content in (("b1", "oak"), ("b2", "elm")):
        make_session(
            institute,
            code,
            "2026-05-01T14:00",
            "2026-05-01T15:00",
            choice_group="B",
            capacity=9,
            same_content=content,
        )
    later = let_rank(institute, "B")
    rank("ana", "a1", "a2")
    rank("ana", "b1", "b2", group="B")
    time_is_over()
    accept(institute, draft_of(institute, ranked, later))
    there = who_is_where(institute)
    assert ("ana" in there["a1"]) != ("ana" in there["b1"])
    assert sum("ana" in names for names in there.values()) == 2


def test_nobody_is_placed_beside_a_session_that_the_person_presents(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    stage = make_session(
        institute, "talk", "2026-05-01T10:30", "2026-05-01T11:30", presenters=["Ana"]
    )
    (presenter,) = schedule.presenters_of(institute.id)
    presenter.email = "ana@x.org"
    db.session.commit()
    assert stage.presenters == ["Ana"]
    rank("ana", "a1")
    time_is_over()
    accept(institute, draft_of(institute, ranked))
    assert not any("ana" in names for names in who_is_where(institute).values())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("capacity", "counts on 2 places in “Story a1”, and there are 1 now"),
        ("cancel", "Sessions were added to these rounds, or taken out"),
        ("rank", "Someone ranked anew"),
        ("place", "Someone chose or dropped"),
        ("twice", "have been given already"),
        ("early", "People can still rank"),
        ("stopped", "people no longer rank"),
    ],
)
def test_a_draft_is_not_given_once_something_has_changed(
    institute: Institute,
    ranked: RankedRound,
    rank: Rank,
    time_is_over: Callable[[], None],
    change: str,
    told: str,
) -> None:
    rank("ana", "a1")
    if change != "early":
        time_is_over()
    draft = draft_of(institute, ranked)
    if change == "capacity":
        schedule.get_session(institute, "a1").capacity = 1
    elif change == "cancel":
        session = schedule.get_session(institute, "a3")
        session.cancelled_at = session.changed_at
    elif change == "rank":
        rank("ana", "a2")
    elif change == "place":
        ana = place_of(institute, "ana").attendee
        schedule.place_person(institute, ana, into="a3", reason="So.", by="host")
    elif change == "twice":
        accept(institute, draft)
    elif change == "stopped":
        schedule.stop_ranking(institute, ranked.id, by="host")
    db.session.commit()
    before = db.session.scalars(select(SessionChoice.id)).all()
    with pytest.raises(Refusal, match=told):
        agendas.accept_draft(institute, draft.id, by="host")
    db.session.rollback()
    assert db.session.scalars(select(SessionChoice.id)).all() == before


def test_a_draft_that_supposes_places_is_given_once_they_are_there(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    for name in ("ana", "bo", "cy"):
        rank(name, "a1")
    time_is_over()
    draft = draft_of(institute, ranked, extra={"a1": 1})
    assert agendas.counts_of(agendas.told_by(draft))["first"] == 3
    with pytest.raises(RankingRefused, match="counts on 3 places"):
        agendas.accept_draft(institute, draft.id, by="host")
    schedule.get_session(institute, "a1").capacity = 3
    db.session.commit()
    accept(institute, draft)
    assert who_is_where(institute)["a1"] == {"ana", "bo", "cy"}


def test_a_seat_that_ends_takes_its_ranking_along(
    institute: Institute, ranked: RankedRound, rank: Rank
) -> None:
    rank("ana", "a1")
    ana = place_of(institute, "ana").attendee.seat_id
    assert schedule.who_ranked(institute.id) == {"A": {ana}}
    schedule.release_seat(institute.id, ana)
    assert schedule.who_ranked(institute.id) == {"A": frozenset()}


def test_until_when_people_rank_is_ahead_and_before_the_round(
    institute: Institute,
    stories: list[Session],
    people: None,
) -> None:
    starts = stories[0].starts_at
    assert starts is not None
    for until in (starts, starts - timedelta(days=400)):
        with pytest.raises(RankingRefused):
            schedule.let_rank(institute, "A", until=until, any_free=True, by="host")
    with pytest.raises(Refusal, match="no such round"):
        schedule.let_rank(institute, "Z", until=starts, any_free=True, by="host")


def test_verify_finds_what_must_not_be(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    rank("ana", "a1")
    time_is_over()
    accept(institute, draft_of(institute, ranked))
    mine = {"I34-rankings", "I2-rankings", "I34", "I6-sessions"}
    assert not mine & everything().keys()
    ranking = db.session.scalars(select(Ranking)).one()
    ranking.wanted = ranking.wanted * 2
    db.session.scalars(select(PlacesDraft)).one().accepted_at = None
    db.session.commit()
    assert mine & everything().keys() == {"I34-rankings", "I2-rankings"}
