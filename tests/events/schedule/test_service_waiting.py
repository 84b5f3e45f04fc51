"""Waiting for a place in a full session: who may, until when, and what looks after it."""

from typing import Any

import pytest

from consortium.database import db
from consortium.errors import NotFound
from events.institutes.models import Deadline, Institute
from events.schedule import jobs
from events.schedule import service as schedule
from events.schedule.domain import ChoiceRefused, ChoosingClosed, NotForYou
from events.schedule.models import SessionChoice, SessionWait
from events.schedule.service import invariants
from tests.acts import acts
from tests.events.schedule.queue import choose, standing, wait
from tests.factories import soon

pytestmark = pytest.mark.usefixtures("people")


def test_one_waits_once_and_can_stop(institute: Institute, sessions: Any, who: Any) -> None:
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")

    with pytest.raises(ChoiceRefused, match="You wait for “A1” already"):
        wait(institute, who(1), "a1")
    with pytest.raises(ChoiceRefused, match="You have “A1” already"):
        wait(institute, who(0), "a1")
    schedule.stop_waiting(institute, who(1), "a1", by="p1")
    with pytest.raises(NotFound):
        schedule.stop_waiting(institute, who(1), "a1", by="p1")

    assert acts() == ["choose_session", "wait_for_session", "stop_waiting"]


def test_nobody_waits_for_what_is_for_others(institute: Institute, sessions: Any, who: Any) -> None:
    sessions["a1"].audience_roles = ["principal"]
    choose(institute, who(1), "a1")

    with pytest.raises(NotForYou):
        wait(institute, who(0), "a1")


def test_outside_of_the_days_for_choosing_people_only_stop_waiting(
    institute: Institute, sessions: Any, who: Any, frozen: Any
) -> None:
    institute.deadlines.append(
        Deadline(code="choose_by", what="", on=soon(10).date(), at=None, position=7)
    )
    institute.deadlines.append(
        Deadline(code="choose_from", what="", on=soon(1).date(), at=None, position=8)
    )
    db.session.flush()
    with pytest.raises(ChoosingClosed, match="You can choose from Tue, Mar 3, 2026 on"):
        choose(institute, who(0), "a1")
    frozen("2026-03-03T00:00-05:00")
    choose(institute, who(0), "a1")
    wait(institute, who(1), "a1")
    frozen("2026-03-13T00:00-04:00")

    for act in (
        lambda: choose(institute, who(2), "a2"),
        lambda: wait(institute, who(2), "a1"),
        lambda: schedule.drop_session(institute, who(0), "a1", by="p0"),
        lambda: schedule.swap_session(institute, who(0), give_up="a1", take="a2", by="p0"),
    ):
        with pytest.raises(ChoosingClosed, match="You could choose until Thu, Mar 12, 2026"):
            act()
    schedule.stop_waiting(institute, who(1), "a1", by="p1")


def test_the_worker_gives_what_was_left_free_and_ends_what_has_begun(
    app: Any, institute: Institute, sessions: Any, who: Any, frozen: Any
) -> None:
    choose(institute, who(0), "a1", "b1")
    wait(institute, who(1), "a1", "b1")
    sessions["a1"].capacity = 2
    db.session.commit()
    frozen("2026-03-02T13:00+00:00")
    assert len(list(invariants.passed_over())) == 1

    assert jobs.promote_waiters(app) == 1
    assert standing() == ({"a1": ["P0", "P1"], "b1": ["P0"]}, {"b1": ["P1"]})
    assert list(invariants.passed_over()) == []
    frozen("2026-05-01T14:00-04:00")
    assert jobs.promote_waiters(app) == 1
    assert standing()[1] == {}
    assert jobs.promote_waiters(app) == 0


def test_verify_finds_waits_for_nothing_and_people_in_two_places(
    institute: Institute, sessions: Any, who: Any
) -> None:
    choose(institute, who(0), "a1")
    assert [*invariants.waiting_for_nothing(), *invariants.in_two_places()] == []
    seat_id = who(0).seat_id
    for model in (SessionWait, SessionChoice):
        db.session.add(
            model(
                session_id=sessions["a2"].id,
                seat_id=seat_id,
                **{"since" if model is SessionWait else "chosen_at": soon()},
            )
        )
    db.session.flush()

    assert len(list(invariants.waiting_for_nothing())) == 1
    assert len(list(invariants.in_two_places())) == 1
    sessions["a2"].cancelled_at = soon()
    db.session.flush()
    assert len(list(invariants.waiting_for_nothing())) == 2
    assert list(invariants.in_two_places()) == []
