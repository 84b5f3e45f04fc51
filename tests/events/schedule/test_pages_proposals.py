"""A host asks for a programme, watches it being made, compares it and takes a part of it."""

from typing import Any

import pytest

from consortium import errands
from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.models import ProgrammeProposal
from events.schedule.service import proposals as making
from tests.browser import Browser
from tests.events.schedule.pages import SESSIONS
from tests.events.schedule.proposing import work
from tests.events.schedule.sessions import BY
from tests.factories import make_session
from tests.reading import main, words

PAGE = "/lakeshore/manage/institutes/summer/propose"


@pytest.fixture
def crowded(institute: Institute) -> Institute:
    """Two sessions of one room at the same time, and another room that nobody uses."""
    for name in "Blue", "Green":
        schedule.put_room(institute, RoomSpec(name=name, capacity=30), by=BY)
    for code in "one", "two":
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            kind="breakout",
            choice_group="stories",
            capacity=20,
            room="Blue",
        )
    db.session.commit()
    return institute


def test_ask_watch_compare_and_take(signed_in: Browser, crowded: Institute) -> None:
    answer = signed_in.post(PAGE, data={"reason": "better"})
    assert answer.headers["Location"] == PAGE
    assert "begins as soon as the worker is free" in words(main(signed_in.get(PAGE).text))
    proposal = schedule.last_proposal(crowded.id)
    assert proposal
    making.take_proposal(proposal.id)
    errands.tell_progress(ProgrammeProposal, proposal.id, "search", 0.4)
    db.session.commit()
    assert "Looking for better times: 40 %" in words(main(signed_in.get(PAGE).text))
    proposal.state = making.ProposalState.WAITING
    db.session.commit()
    work()
    page = main(signed_in.get(PAGE).text)
    assert "Clashes 1 0" in words(page)
    assert "Blue is used twice at the same time: for “One” and for “Two”." in words(page)
    moved = [box["value"] for box in page.select("input[name=sessions]")]
    target = f"{PAGE}/{proposal.id}/accept"
    assert "Tick at least one session" in words(
        main(signed_in.post(target, data={"action_key": "none"}).text)
    )
    assert signed_in.post(target, data={"sessions": moved}).headers["Location"] == SESSIONS
    rooms = {one.drafted.room for one in schedule.every_session_of(crowded.id)}
    assert rooms == {"Blue", "Green"}
    assert "took it over" in words(main(signed_in.get(PAGE).text))


@pytest.mark.parametrize(
    "asked",
    [
        {"reason": "lost_room", "room": "Elsewhere"},
        {"reason": "ill", "presenter": "Nobody", "on": "2026-02-30"},
        {"reason": "cancelled", "code": "\u2603"},
    ],
)
def test_what_is_not_on_the_list_is_refused_on_the_page(
    signed_in: Browser, crowded: Institute, asked: dict[str, Any]
) -> None:
    assert "Choose one from the list" in words(main(signed_in.post(PAGE, data=asked).text))
    assert schedule.last_proposal(crowded.id) is None


def test_two_locks_in_one_room_are_named_as_the_clash(
    signed_in: Browser, crowded: Institute
) -> None:
    for code in "one", "two":
        lock = f"/lakeshore/manage/institutes/summer/sessions/{code}/lock"
        assert signed_in.post(lock, data={"time": "y", "room": "y"}).headers["Location"] == PAGE
    assert "One : time and room" in words(main(signed_in.get(PAGE).text))
    signed_in.post(PAGE, data={"reason": "better"})
    work()
    said = words(main(signed_in.get(PAGE).text))
    assert "The last proposal has no result" in said
    assert "“One”" in said
    assert "“Two”" in said
