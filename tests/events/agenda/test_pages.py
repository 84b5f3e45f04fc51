from typing import Any

import pytest
import vobject
from bs4 import BeautifulSoup
from icalendar import Calendar

from consortium.calendar import service as feeds
from consortium.database import db
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import SeatStatus, Team
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.browser import Browser
from tests.factories import (
    make_institute,
    make_lea,
    make_person,
    make_session,
    make_team,
    make_tenant,
)
from tests.queries import counting_queries

AGENDA = "/lakeshore/institutes/summer/agenda"
FEED_PAGE = "/lakeshore/calendar"


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return make_team(institute, make_lea("3400001", "Great Meadow"), {"ana@x.org": "principal"})


@pytest.fixture
def ana(team: Team) -> Person:
    return make_person("ana@x.org")


@pytest.fixture
def signed_in(client: Browser, ana: Person) -> Browser:
    client.sign_in("ana@x.org")
    return client


@pytest.fixture
def breakouts(institute: Institute) -> list[Session]:
    return [
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            title=f"Story {code}",
            kind="breakout",
            choice_group="A",
            capacity=2,
        )
        for code in ("a1", "a2", "a3")
    ]


def main(html: str) -> BeautifulSoup:
    part = BeautifulSoup(html, "html.parser").find("main")
    assert part is not None
    return part


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").replace("\u202f", " ").split())


def buttons(html: str) -> list[str]:
    return [words(button).replace(" :", ":") for button in main(html).select(".act button")]


def test_the_agenda_shows_ones_own_sessions_by_day(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00", room="Ballroom")
    make_session(
        institute,
        "s2",
        "2026-05-02T09:00",
        "2026-05-02T10:00",
        title="Trust",
        mode="virtual",
        online_link="https://video.example.org/s2",
    )
    make_session(
        institute, "ra", "2026-05-02T09:30", "2026-05-02T10:30", audience_roles=["principal"]
    )
    make_session(
        institute, "no", "2026-05-02T11:00", "2026-05-02T12:00", audience_roles=["board_member"]
    )

    page = main(signed_in.get(AGENDA).text)

    assert words(page.find("h1")) == "My agenda: Summer Institute"
    assert [words(day) for day in page.find_all("h2")] == [
        "Friday, May 1, 2026: Day 1",
        "Saturday, May 2, 2026: Day 2",
    ]
    assert [words(slot) for slot in page.select(".slot")] == [
        "9:00 AM to 10:00 AM Key Plenary · Ballroom",
        (
            "9:00 AM to 10:00 AM Trust Plenary · Online Same time “Ra” is at the same time. "
            "Join online : Trust"
        ),
        "9:30 AM to 10:30 AM Ra Plenary Same time “Trust” is at the same time.",
    ]
    assert page.find("a", href="https://video.example.org/s2") is not None


def test_an_open_round_can_be_chosen_from_swapped_and_dropped(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    page = signed_in.get(AGENDA).text
    assert "In 1 round you can still choose." in words(main(page))
    assert "Pick 1 of 3." in words(main(page))
    assert "2 places left" in words(main(page))
    slot = main(page).select_one(".slot")
    assert words(slot) == "10:00 AM to 11:00 AM Still open Pick 1 of 3."
    assert slot.find("a")["href"] == "#round-1"
    assert buttons(page) == ["Choose: Story a1", "Choose: Story a2", "Choose: Story a3"]

    answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1", "action_key": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, AGENDA)
    page = signed_in.get(AGENDA).text
    assert "“Story a1” is on your agenda." in words(main(page))
    assert "You have picked 1 of 3." in words(main(page))
    assert buttons(page) == [
        "Drop: Story a1",
        "Swap for “Story a1”: Story a2",
        "Swap for “Story a1”: Story a3",
    ]

    signed_in.post(f"{AGENDA}/swap", data={"give_up": "a1", "session": "a2", "action_key": "2"})
    page = signed_in.get(AGENDA).text
    assert buttons(page)[1] == "Drop: Story a2"

    signed_in.post(f"{AGENDA}/drop", data={"session": "a2", "action_key": "3"})
    page = signed_in.get(AGENDA).text
    assert "“Story a2” is no longer on your agenda." in words(main(page))
    assert buttons(page) == ["Choose: Story a1", "Choose: Story a2", "Choose: Story a3"]


def test_the_same_button_pressed_twice_is_one_act(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    for _ in range(2):
        answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1", "action_key": "1"})
        assert answer.headers["Location"] == AGENDA

    db.session.expire_all()
    assert breakouts[0].taken == 1


def test_a_full_session_has_no_button_and_is_refused_with_a_sentence(
    signed_in: Browser, breakouts: list[Session]
) -> None:
    breakouts[0].taken = 2
    db.session.commit()

    assert buttons(signed_in.get(AGENDA).text) == ["Choose: Story a2", "Choose: Story a3"]
    answer = signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})
    page = main(answer.text)
    assert answer.status_code == 422
    assert "“Story a1” is full. Choose another." in words(page.find(id="error-summary"))
    assert [words(tag) for tag in page.select("#round-1 ~ div .tag--warn")] == ["Full"]


def test_a_round_that_has_begun_has_no_buttons(
    signed_in: Browser, breakouts: list[Session], frozen: Any
) -> None:
    frozen("2026-05-01T10:00-04:00")
    signed_in.sign_in("ana@x.org")  # the session of March is over

    page = signed_in.get(AGENDA).text

    assert buttons(page) == []
    assert words(main(page)).count("This session has begun.") == 3
    assert "you can still choose" not in words(main(page))


def test_repeated_content_is_pointed_out(
    signed_in: Browser, institute: Institute, breakouts: list[Session]
) -> None:
    breakouts[0].same_content = "topic-1"
    make_session(
        institute,
        "b1",
        "2026-05-01T14:00",
        "2026-05-01T15:00",
        choice_group="B",
        same_content="topic-1",
    )
    signed_in.post(f"{AGENDA}/choose", data={"session": "a1"})

    page = words(main(signed_in.get(AGENDA).text))

    assert "You have it already on Fri, May 1, 10:00 AM to 11:00 AM." in page


def test_who_has_no_seat_has_no_agenda(client: Browser, institute: Institute) -> None:
    make_person("stranger@x.org")
    client.sign_in("stranger@x.org")

    assert client.get(AGENDA).status_code == 404
    assert client.get(f"{AGENDA}.ics").status_code == 404
    assert client.post(f"{AGENDA}/choose", data={"session": "a1"}).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: Browser, institute: Institute) -> None:
    for address in (AGENDA, f"{AGENDA}.ics", FEED_PAGE):
        answer = client.get(address)
        assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (302, True)


def test_an_agenda_page_asks_the_database_as_often_for_three_sessions_as_for_one(
    signed_in: Browser, institute: Institute
) -> None:
    counts = []
    for n in range(1, 4):
        make_session(
            institute, f"s{n}", f"2026-05-0{n}T09:00", f"2026-05-0{n}T10:00", choice_group=f"{n}"
        )
        with counting_queries() as count:
            signed_in.get(AGENDA)
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]


def test_the_own_calendar_has_chosen_sessions_and_links(
    signed_in: Browser, institute: Institute, breakouts: list[Session]
) -> None:
    link = "https://video.example.org/key"
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00", online_link=link)
    signed_in.post(f"{AGENDA}/choose", data={"session": "a2"})

    answer = signed_in.get(f"{AGENDA}.ics")

    events = Calendar.from_ical(answer.data).events
    assert [event["SUMMARY"] for event in events] == ["Key", "Story a2"]
    assert f"Join online: {link}" in events[0]["DESCRIPTION"]
    assert events[0]["URL"] == f"http://localhost{AGENDA}"
    assert answer.headers["Cache-Control"] == "no-cache, private"


# The feed


def make_feed(client: Browser) -> tuple[str, str]:
    """Make the feed by its button; return the path to it and its address as shown."""
    client.post(FEED_PAGE, data={"action_key": "make"})
    shown = [words(code) for code in main(client.get(FEED_PAGE).text).find_all("code")]
    assert shown[1] == shown[0].replace("http://", "webcal://")
    return shown[0].removeprefix("http://localhost"), shown[0]


def test_a_feed_is_made_on_request_and_read_without_signing_in(
    signed_in: Browser, client: Browser, app: Any, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    assert buttons(signed_in.get(FEED_PAGE).text) == ["Make my calendar address"]
    path, _ = make_feed(signed_in)

    answer = app.test_client().get(path)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-cache, private"
    assert answer.headers["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert "ATTENDEE" not in answer.text
    calendar = Calendar.from_ical(answer.data)
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Lakeshore Partnership")
    assert [event["SUMMARY"] for event in calendar.events] == ["Key"]
    assert len(vobject.readOne(answer.text).vevent_list) == 1


def test_a_rotated_address_works_and_the_old_one_is_gone_without_a_hint(
    signed_in: Browser, institute: Institute
) -> None:
    old, _ = make_feed(signed_in)

    signed_in.post(f"{FEED_PAGE}/rotate", data={"action_key": "rotate"})

    page = main(signed_in.get(FEED_PAGE).text)
    new = words(page.find("code")).removeprefix("http://localhost")
    assert signed_in.get(new).status_code == 200
    gone, wrong = signed_in.get(old), signed_in.get(f"{FEED_PAGE}/{'a' * 32}.ics")
    assert (gone.status_code, wrong.status_code) == (404, 404)
    assert words(main(gone.text)) == words(main(wrong.text))
    assert "There is no calendar at this address." in words(main(gone.text))


def test_nobody_rotates_what_was_never_made(signed_in: Browser) -> None:
    assert signed_in.post(f"{FEED_PAGE}/rotate").status_code == 404


def test_an_address_that_cannot_be_shown_any_more_can_be_replaced(
    signed_in: Browser, ana: Person, tenant: Tenant
) -> None:
    feeds.feed_of(ana, secret="the secret before", by=ana.email)
    db.session.commit()

    page = signed_in.get(FEED_PAGE).text

    assert "We cannot show it again." in words(main(page))
    assert buttons(page) == ["Make a new address"]


def test_a_feed_of_another_consortium_is_not_found(
    signed_in: Browser, institute: Institute
) -> None:
    path, _ = make_feed(signed_in)
    with as_tenant(make_tenant("hillside").id):
        answer = signed_in.get(path.replace("/lakeshore/", "/hillside/"))

    assert answer.status_code == 404


def test_a_feed_follows_every_change_and_says_when_there_is_none(
    signed_in: Browser, institute: Institute, team: Team
) -> None:
    session = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    path, _ = make_feed(signed_in)
    first = signed_in.get(path)
    tag = first.headers["ETag"]
    again = signed_in.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["X-Robots-Tag"]) == (304, b"", "noindex")

    schedule.cancel_session(session, by="coordinator@example.org")
    db.session.commit()
    cancelled = signed_in.get(path, headers={"If-None-Match": tag})
    event = Calendar.from_ical(cancelled.data).events[0]
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, session.uid)

    team.seats[0].status = SeatStatus.WITHDRAWN
    db.session.commit()
    left = signed_in.get(path, headers={"If-None-Match": cancelled.headers["ETag"]})
    assert (left.status_code, Calendar.from_ical(left.data).events) == (200, [])


def test_a_program_that_only_knows_a_date_gets_the_calendar_anew(
    signed_in: Browser, institute: Institute
) -> None:
    """What left the calendar leaves no later date, so the date alone must not say unchanged."""
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    path, _ = make_feed(signed_in)
    modified = signed_in.get(path).headers["Last-Modified"]

    assert signed_in.get(path, headers={"If-Modified-Since": modified}).status_code == 200


def test_a_feed_asks_the_database_as_often_for_three_institutes_as_for_one(
    signed_in: Browser, institute: Institute
) -> None:
    path, _ = make_feed(signed_in)
    counts = []
    for n in range(1, 4):
        other = make_institute(f"other-{n}")
        make_team(other, make_lea(f"350000{n}", f"LEA {n}"), {"ana@x.org": "principal"})
        make_session(other, "s1", f"2026-06-0{n}T09:00", f"2026-06-0{n}T10:00")
        with counting_queries() as count:
            file = signed_in.get(path)
        assert len(Calendar.from_ical(file.data).events) == n
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]


def test_the_address_of_a_feed_is_in_no_log(
    signed_in: Browser, institute: Institute, capfd: Any, caplog: Any
) -> None:
    path, _ = make_feed(signed_in)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")

    signed_in.get(path)
    signed_in.get(path.replace(token[:5], "aaaaa"))

    written = capfd.readouterr()
    assert token not in written.out + written.err + caplog.text
