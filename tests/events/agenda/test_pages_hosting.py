"""The host sees rounds in numbers, reminds, and moves people with a reason."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from events.agenda import service as agendas
from events.agenda.jobs.notices import tell_of_changes
from events.institutes.models import Deadline, Institute
from events.registration.models import Seat, Team
from events.schedule.models import Session, SessionChoice
from tests.acts import acts
from tests.browser import Browser
from tests.factories import make_lea, make_person, make_session, make_team, soon
from tests.reading import main, words

HOME = "/lakeshore/manage/institutes/summer/choices"


@pytest.fixture
def team(institute: Institute) -> Team:
    members = {"ana@x.org": "superintendent", "bo@x.org": "principal", "cy@x.org": "principal"}
    return make_team(institute, make_lea("3400001", "Great Meadow"), members)


@pytest.fixture
def host(client: Browser, coordinator: Person, breakouts: list[Session], team: Team) -> Browser:
    """Return the host's browser; the first breakout has one place, which Ana has; Bo waits."""
    breakouts[0].capacity = 1
    db.session.commit()
    for email, act in (("ana@x.org", agendas.choose), ("bo@x.org", agendas.wait)):
        act(agendas.get_place(team.institute, make_person(email)), "a1", by=email)
    db.session.commit()
    client.sign_in(coordinator.email)
    return client


def holders(code: str) -> list[tuple[str, str]]:
    db.session.expire_all()
    rows = (
        select(Seat.name, SessionChoice.reason)
        .join(SessionChoice, SessionChoice.seat_id == Seat.id)
        .join(Session, Session.id == SessionChoice.session_id)
        .where(Session.code == code)
    )
    return sorted((row.name, row.reason) for row in db.session.execute(rows))


def test_a_host_sees_places_takers_waiters_and_who_has_not_chosen(host: Browser) -> None:
    said = words(main(host.get(HOME).text))

    assert "Round “A”: 3 people pick 1 each. 2 have not chosen yet." in said
    assert "Story a1 Full 1 1 1" in said
    assert "Story a2 2 0 0" in said
    assert "Not chosen yet: 2" in said
    crowd = words(main(host.get(f"{HOME}/sessions/a1").text))
    assert "Has a place: 1 of 1" in crowd
    assert "Ana Great Meadow" in crowd
    assert "Waiting, in order: 1" in crowd
    assert host.get(f"{HOME}/sessions/nope").status_code == 404


def test_a_host_reminds_everyone_who_has_not_chosen(host: Browser) -> None:
    assert host.post(f"{HOME}/remind", data={"action_key": "1"}).status_code == 302

    asked = select(OutboxEmail.to).where(OutboxEmail.subject.like("Please choose%"))
    assert sorted(db.session.scalars(asked)) == ["bo@x.org", "cy@x.org"]
    assert host.post(f"{HOME}/remind", data={"action_key": "2"}).status_code == 422
    assert acts().count("remind_to_choose") == 1


def test_after_the_date_the_host_moves_someone_who_is_told_and_the_next_moves_up(
    app: Any, host: Browser, institute: Institute, team: Team, frozen: Any
) -> None:
    institute.deadlines.append(
        Deadline(code="choose_by", what="", on=soon(-1).date(), at=None, position=9)
    )
    db.session.commit()
    page = f"{HOME}/people/{team.seats[0].id}"

    refused = host.post(page, data={"out_of": "a1", "into": "a2", "reason": " "})
    assert "Write down why. The person reads it." in words(main(refused.text))
    answer = host.post(page, data={"out_of": "a1", "into": "a2", "reason": "The panel needs you."})

    assert answer.status_code == 302
    assert (holders("a1"), holders("a2")) == ([("Bo", "")], [("Ana", "The panel needs you.")])
    assert acts()[-2:] == ["place_person", "promote_waiter"]
    history = words(main(host.get(f"/lakeshore/teams/{team.id}/history").text))
    assert "moved Ana between sessions." in history
    tell_of_changes(app)
    told = {mail.to: mail for mail in db.session.scalars(select(OutboxEmail))}
    assert told["ana@x.org"].subject == "The host moved you from “Story a1” to “Story a2”."
    assert "The reason: The panel needs you." in told["ana@x.org"].text
    assert told["bo@x.org"].subject == "You have a place in “Story a1” now."
    host.sign_in("ana@x.org")
    own = words(main(host.get("/lakeshore/institutes/summer/agenda").text))
    assert "Given to you by the host The panel needs you." in own


def test_a_full_session_takes_one_more_only_when_the_host_gives_it_a_place(
    host: Browser, team: Team, breakouts: list[Session]
) -> None:
    page = f"{HOME}/people/{team.seats[2].id}"

    refused = host.post(page, data={"into": "a1", "reason": "She presents."})
    assert refused.status_code == 422
    assert "“Story a1” is full. Tick that it gets one more place" in words(main(refused.text))
    assert (
        host.post(page, data={"into": "a1", "reason": "She presents.", "one_more": "y"}).status_code
        == 302
    )

    assert holders("a1") == [("Ana", ""), ("Cy", "She presents.")]
    assert (breakouts[0].capacity, breakouts[0].taken) == (2, 2)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": "x"}, "Say into which session, or out of which one."),
        ({"into": "zz", "reason": "x"}, "Choose one of the sessions in the list."),
    ],
)
def test_what_cannot_be_done_is_said(
    host: Browser, team: Team, sent: dict[str, str], sentence: str
) -> None:
    answer = host.post(f"{HOME}/people/{team.seats[0].id}", data=sent)

    assert answer.status_code == 422
    assert sentence in words(main(answer.text))
    assert holders("a1") == [("Ana", "")]


def test_who_has_the_one_of_a_round_leaves_it_without_a_word(host: Browser, team: Team) -> None:
    page = f"{HOME}/people/{team.seats[0].id}"

    assert host.post(page, data={"into": "a3", "reason": "Room."}).status_code == 302

    assert (holders("a1"), holders("a3")) == ([("Bo", "")], [("Ana", "Room.")])


def test_of_a_round_of_two_the_host_says_which_is_given_up(
    host: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    for n, code in enumerate(("c1", "c2", "c3")):
        make_session(
            institute,
            code,
            f"2026-05-02T{9 + n:02}:00",
            f"2026-05-02T{9 + n:02}:50",
            choice_group="C",
            pick=2,
        )
    for code in ("c1", "c2"):
        agendas.choose(agendas.get_place(institute, make_person("cy@x.org")), code, by="cy@x.org")
    db.session.commit()
    page = f"{HOME}/people/{team.seats[2].id}"

    refused = host.post(page, data={"into": "c3", "reason": "x"})
    assert "This person has “C1”, “C2” in that round. Say which" in words(main(refused.text))
    assert host.post(page, data={"into": "c3", "out_of": "c1", "reason": "x"}).status_code == 302

    assert (holders("c1"), holders("c3")) == ([], [("Cy", "x")])


def test_a_host_takes_someone_out(host: Browser, team: Team) -> None:
    page = f"{HOME}/people/{team.seats[0].id}"

    assert host.post(page, data={"out_of": "a1", "reason": "Ill."}).status_code == 302

    assert holders("a1") == [("Bo", "")]
