"""A worker finds the places: one draft at a time, and one that dies or takes too long says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from consortium import clock, errands
from consortium.database import db
from consortium.errors import Conflict, NotFound
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked, Pin
from events.agenda.jobs.places import PlacesDrafts
from events.agenda.service import finding
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.ranking import DraftState, RankingRefused
from events.schedule.models import PlacesDraft, RankedRound
from tests.acts import acts
from tests.events.agenda.ranking.conftest import (
    Rank,
    accept,
    draft_of,
    place_of,
    who_is_where,
)
from tests.events.agenda.ranking.working import Dead, Here, Slow, work


def _asked(institute: Institute, row: RankedRound) -> PlacesDraft:
    draft = agendas.ask_draft(institute, Asked(rounds=(row.id,), seed=1), by="host")
    db.session.commit()
    return draft


def test_one_draft_at_a_time_is_found_by_a_worker_and_failures_are_repeated(
    institute: Institute, ranked: RankedRound, rank: Rank
) -> None:
    rank("ana", "a1")
    first = _asked(institute, ranked)
    with pytest.raises(Conflict, match="is being found"):
        _asked(institute, ranked)
    db.session.rollback()
    work(Dead)
    db.session.refresh(first)
    assert (first.state, first.answers) == (DraftState.FAILED, [])
    assert "Try again" in str(first.trouble)
    with pytest.raises(RankingRefused, match="no places to give"):
        agendas.accept_draft(institute, first.id, by="host")
    db.session.rollback()

    again = agendas.ask_again(institute, first.id, by="host")
    db.session.commit()
    work(Slow, limit=-1.0)
    db.session.refresh(again)
    assert "took too long" in str(again.trouble)
    assert Slow.killed == 1

    third = agendas.ask_again(institute, again.id, by="host")
    db.session.commit()
    work(Here)
    db.session.refresh(third)
    assert (third.number, third.state) == (3, DraftState.DONE)
    assert agendas.counts_of(agendas.told_by(third))["first"] == 1
    assert acts()[-3:] == ["draft_places"] * 3


def test_a_draft_that_is_stopped_keeps_nothing_and_its_process_is_ended(
    institute: Institute, ranked: RankedRound
) -> None:
    draft, before = _asked(institute, ranked), Slow.killed
    drafts = PlacesDrafts(Slow)
    assert drafts.step() == 1
    drafts.step()
    agendas.stop_draft(institute, draft.id, by="host")
    db.session.commit()
    drafts._running[0].told_at = 0.0
    drafts.step()
    assert (Slow.killed, drafts._running) == (before + 1, [])
    finding.settle_draft(draft.id, None, None)  # type: ignore[arg-type]  # what comes too late
    db.session.refresh(draft)
    assert draft.state is DraftState.FAILED
    with pytest.raises(RankingRefused, match="found already"):
        agendas.stop_draft(institute, draft.id, by="host")


def test_what_a_dead_worker_left_is_found_once_more_and_then_has_failed(
    institute: Institute,
    ranked: RankedRound,
    frozen: Callable[..., object],
) -> None:
    draft = _asked(institute, ranked)
    for _ in range(errands.MOST_TRIES):
        assert finding.take_draft(draft.id) is not None
        db.session.commit()
        assert finding.take_draft(draft.id) is None, "the lease holds"
        frozen(clock.now() + errands.LEASE + timedelta(seconds=1))
    assert finding.take_draft(draft.id) is None
    db.session.commit()
    db.session.refresh(draft)
    assert "twice" in str(draft.trouble)


def test_a_host_decides_for_one_person_and_the_rest_is_found_again(
    institute: Institute, ranked: RankedRound, rank: Rank, time_is_over: Callable[[], None]
) -> None:
    for name in ("ana", "bo", "cy", "di"):
        rank(name, "a1", "a2")
    rank("eve", "a3")
    time_is_over()
    first = draft_of(institute, ranked)
    a1 = schedule.get_session(institute, "a1").id
    given = {one.seat_id: set(one.given) for one in agendas.told_by(first)}
    seats = {name: place_of(institute, name).attendee.seat_id for name in ("ana", "bo", "cy")}
    loser = next(seat for seat in seats.values() if a1 not in given[seat])
    pin = Pin(seat_id=loser, session_id=a1, inside=True)
    second = agendas.decide(institute, first.id, loser, "A", pin, by="host")
    db.session.commit()
    work()
    db.session.refresh(second)
    now = {one.seat_id: set(one.given) for one in agendas.told_by(second)}
    assert now[loser] == {a1}
    assert sum(now[seat] != given[seat] for seat in now) == 2, "who moves, and who makes room"
    assert agendas.draft_view(institute, second.id).pins[0].member.seat_id == loser

    accept(institute, second)
    name = next(name for name, seat in seats.items() if seat == loser)
    assert name in who_is_where(institute)["a1"]
    held = schedule.choices_of({loser})[a1]
    assert (held.allotted, held.reason) == (False, "The host gave you a place in “Story a1”.")
    with pytest.raises(NotFound):
        agendas.decide(institute, first.id, loser, "Z", pin, by="host")
    with pytest.raises(RankingRefused, match="another place"):
        agendas.decide(institute, first.id, loser, "A", pin, by="host")
