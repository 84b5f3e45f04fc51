"""On the agenda: wait for a full session, hear the same twice only knowingly, choose in time."""

from datetime import date
from typing import Any

import pytest

from consortium.database import db
from events.agenda import service as agendas
from events.institutes.models import Deadline, Institute, Pool
from events.registration.models import Seat, Team
from events.schedule.models import Session
from tests.browser import Browser
from tests.events.agenda.pages import AGENDA, buttons
from tests.factories import make_lea, make_person, make_session, make_team, soon
from tests.reading import main, words


@pytest.fixture
def full(institute: Institute, breakouts: list[Session]) -> Session:
    """Fill the first breakout with someone else."""
    first = breakouts[0]
    first.capacity = 1
    make_team(institute, make_lea("3400002", "Small Brook"), {"bo@x.org": "principal"})
    agendas.choose(agendas.get_place(institute, make_person("bo@x.org")), "a1", by="bo@x.org")
    db.session.commit()
    return first


def test_one_waits_for_a_full_session_keeps_another_and_moves_by_itself(
    signed_in: Browser, institute: Institute, full: Session
) -> None:
    signed_in.post(f"{AGENDA}/choose", data={"session": "a2"})
    page = signed_in.get(AGENDA).text
    assert buttons(page)[0] == "Wait for a place: Story a1"
    assert "keep “Story a2” until one comes free; then you move by itself" in words(main(page))

    answer = signed_in.post(f"{AGENDA}/wait", data={"session": "a1", "give_up": "a2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, AGENDA)
    page = signed_in.get(AGENDA).text
    assert "As soon as a place comes free for you, it is yours" in words(main(page))
    assert (
        "You wait: number 1 If a place comes free, you move from “Story a2” to it by itself."
        in words(main(page))
    )
    assert buttons(page)[0] == "Stop waiting: Story a1"

    agendas.drop(agendas.get_place(institute, make_person("bo@x.org")), "a1", by="bo@x.org")
    db.session.commit()
    page = signed_in.get(AGENDA).text
    assert buttons(page)[:2] == ["Drop: Story a1", "Swap for “Story a1”: Story a2"]


def test_one_stops_waiting(signed_in: Browser, full: Session) -> None:
    signed_in.post(f"{AGENDA}/wait", data={"session": "a1"})

    signed_in.post(f"{AGENDA}/stop-waiting", data={"session": "a1"})

    page = signed_in.get(AGENDA).text
    assert "You no longer wait for “Story a1”." in words(main(page))
    assert buttons(page)[0] == "Wait for a place: Story a1"


def test_several_waits_of_a_round_say_that_the_first_place_ends_them(
    signed_in: Browser, institute: Institute, breakouts: list[Session], full: Session
) -> None:
    breakouts[1].capacity = 1
    make_team(institute, make_lea("3400003", "Far Hill"), {"cy@x.org": "principal"})
    agendas.choose(agendas.get_place(institute, make_person("cy@x.org")), "a2", by="cy@x.org")
    db.session.commit()
    for code in ("a1", "a2"):
        signed_in.post(f"{AGENDA}/wait", data={"session": code})

    said = words(main(signed_in.get(AGENDA).text))

    assert "You wait for 2 sessions of this round." in said


@pytest.mark.parametrize(
    ("act", "sends"), [("choose", {}), ("swap", {"give_up": "b2"})], ids=["choose", "swap"]
)
def test_the_same_content_is_taken_twice_only_after_a_question(
    signed_in: Browser,
    institute: Institute,
    breakouts: list[Session],
    act: str,
    sends: dict[str, str],
) -> None:
    """DN: the same twelve district stories in two rounds."""
    breakouts[0].same_content = "story 1"
    for code, content in (("b1", "story 1"), ("b2", "story 2")):
        make_session(
            institute,
            code,
            "2026-05-01T14:00",
            "2026-05-01T15:00",
            choice_group="B",
            same_content=content,
        )
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    if sends:
        signed_in.post(f"{AGENDA}/choose", data={"session": "b2"})

    answer = signed_in.post(f"{AGENDA}/{act}", data={"session": "b1", **sends})

    page = main(answer.text)
    assert answer.status_code == 422
    assert "You would hear the same content twice: you have “Story a1” already." in words(
        page.find(id="error-summary")
    )
    [form] = [
        form for form in page.select("form.act") if "Take it anyway" in words(form.find("button"))
    ]
    filled = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert signed_in.post(form["action"], data=filled).status_code == 302
    said = words(main(signed_in.get(AGENDA).text))
    assert "Same content You have it already on Fri, May 1, 10:00 AM to 11:00 AM." in said


def test_a_session_of_an_optional_day_leads_to_the_day(
    signed_in: Browser, institute: Institute, team: Team
) -> None:
    """Where places are counted on an optional day, its sessions are for who has one."""
    day = institute.days[0]
    day.optional = True
    institute.pools.append(Pool(code=f"day:{day.on.isoformat()}", capacity=5))
    make_session(institute, "early", f"{day.on}T09:00", f"{day.on}T10:00")
    db.session.commit()
    seat = team.seats[0]

    page = main(signed_in.get(AGENDA).text)
    assert "What else is offered" in words(page)
    assert "Early" not in words(page)
    refused = signed_in.post(f"{AGENDA}/choose", data={"session": "early"})
    summary = main(refused.text).find(id="error-summary")
    assert refused.status_code == 422
    assert "Choose that day in your registration first." in words(summary)
    link = summary.find("a")["href"]
    assert link.endswith(f"/seats/{seat.id}/choices")
    signed_in.post(link, data={"choices": [f"day:{day.on.isoformat()}"]})

    page = words(main(signed_in.get(AGENDA).text))
    assert "Early" in page
    assert "What else is offered" not in page


def test_a_day_that_is_given_up_leaves_its_sessions_to_who_waits(
    signed_in: Browser, institute: Institute, team: Team, breakouts: list[Session]
) -> None:
    day = institute.days[0]
    day.on, day.optional = date(2026, 5, 1), True
    code = f"day:{day.on.isoformat()}"
    institute.pools.append(Pool(code=code, capacity=5))
    db.session.commit()
    seat = team.seats[0]
    signed_in.post(f"/lakeshore/seats/{seat.id}/choices", data={"choices": [code]})
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    db.session.expire_all()
    assert breakouts[0].taken == 1

    signed_in.post(f"/lakeshore/seats/{seat.id}/choices", data={})

    db.session.expire_all()
    assert breakouts[0].taken == 0
    assert db.session.get_one(Seat, seat.id).choices == []


def test_after_the_date_for_choosing_the_page_says_so_and_has_no_buttons(
    signed_in: Browser, institute: Institute, breakouts: list[Session], frozen: Any
) -> None:
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    institute.deadlines.append(
        Deadline(code="choose_by", what="", on=soon(2).date(), at=None, position=9)
    )
    db.session.commit()
    assert "You can choose until Wed, Mar 4, 2026." in words(main(signed_in.get(AGENDA).text))
    frozen("2026-03-05T00:00-05:00")
    signed_in.sign_in("ana@x.org")

    page = signed_in.get(AGENDA).text

    assert buttons(page) == []
    assert (
        "You could choose until Wed, Mar 4, 2026. If something has to change, write to "
        "hello@lakeshore.example.org." in words(main(page))
    )
    refused = signed_in.post(f"{AGENDA}/drop", data={"session": "a1"})
    assert refused.status_code == 422
