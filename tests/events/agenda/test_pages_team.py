"""A team sees how its members spread over the breakouts; its lead reminds who has not chosen."""

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.registration.models import Team, TeamStatus
from events.schedule.models import Session
from tests.acts import acts
from tests.browser import Browser
from tests.factories import make_lea, make_person, make_team
from tests.reading import main, words


@pytest.fixture
def team(institute: Institute) -> Team:
    """Ana leads; Bo and Cy come with her."""
    members = {"ana@x.org": "superintendent", "bo@x.org": "principal", "cy@x.org": "principal"}
    return make_team(institute, make_lea("3400001", "Great Meadow"), members)


def choose(institute: Institute, email: str, code: str) -> None:
    agendas.choose(agendas.get_place(institute, make_person(email)), code, by=email)
    db.session.commit()


def reminders() -> list[str]:
    subject = "Please choose your sessions at Summer Institute"
    rows = select(OutboxEmail.to).where(
        OutboxEmail.subject == subject, OutboxEmail.outcome != "superseded"
    )
    return sorted(db.session.scalars(rows))


def test_everyone_of_the_team_sees_who_goes_where(
    client: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    choose(institute, "ana@x.org", "a1")
    page = f"/lakeshore/teams/{team.id}/sessions"

    for email in ("ana@x.org", "bo@x.org"):
        client.sign_in(email)
        said = words(main(client.get(page).text))
        assert "2 of you can still choose: Bo, Cy." in said
        assert "Each of you picks 1 of 3. Not chosen yet: Bo, Cy." in said
        assert "Nobody of you hears 2 of them." in said
        assert "Story a1 Breakout Ana" in said
        assert ("Remind them" in said) is (email == "ana@x.org")
    agenda = client.get("/lakeshore/institutes/summer/agenda").text
    assert page in agenda


def test_a_lead_reminds_each_once_a_day_and_nobody_who_has_chosen_since(
    client: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    client.sign_in("ana@x.org")
    choose(institute, "ana@x.org", "a1")
    remind = f"/lakeshore/teams/{team.id}/sessions/remind"

    assert client.post(remind, data={"action_key": "1"}).status_code == 302
    assert reminders() == ["bo@x.org", "cy@x.org"]
    again = client.post(remind, data={"action_key": "2"})
    assert again.status_code == 422
    assert "all have chosen, or had it today" in words(main(again.text))
    choose(institute, "bo@x.org", "a2")

    assert reminders() == ["cy@x.org"]
    assert acts().count("remind_to_choose") == 1


def test_members_do_not_remind_and_others_see_nothing(
    client: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    make_team(institute, make_lea("3400002", "Small Brook"), {"di@x.org": "principal"})
    page = f"/lakeshore/teams/{team.id}/sessions"
    client.sign_in("bo@x.org")
    assert client.post(f"{page}/remind", data={}).status_code == 422
    assert reminders() == []
    client.sign_in("di@x.org")
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/remind", data={}).status_code == 404
    team.status = TeamStatus.WAITLISTED
    db.session.commit()
    client.sign_in("ana@x.org")

    assert client.get(page).status_code == 404


def test_who_sits_in_two_teams_has_chosen_in_both(
    client: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    team.seats[0].shared = True
    second = make_team(institute, make_lea("3400002", "Small Brook"), {"ed@x.org": "principal"})
    seat = team.seats[0]
    second.seats.append(
        type(seat)(
            institute_id=institute.id,
            person_id=seat.person_id,
            name=seat.name,
            role_code="superintendent",
            status=seat.status,
            shared=True,
            position=5,
        )
    )
    db.session.commit()
    choose(institute, "ana@x.org", "a1")
    client.sign_in("ed@x.org")

    said = words(main(client.get(f"/lakeshore/teams/{second.id}/sessions").text))

    assert "Not chosen yet: Ed." in said
    assert "Story a1 Breakout Ana" in said
