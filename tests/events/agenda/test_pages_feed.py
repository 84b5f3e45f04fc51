from typing import Any

import vobject
from icalendar import Calendar

from consortium.calendar import service as feeds
from consortium.database import db
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.agenda.service import stamps
from events.institutes.models import Institute
from events.registration.models import SeatStatus, Team
from events.schedule import service as schedule
from tests.browser import Browser
from tests.events.agenda.pages import FEED_PAGE, buttons
from tests.factories import make_institute, make_lea, make_session, make_team, make_tenant
from tests.queries import counting_queries
from tests.reading import main, words


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


def test_what_a_feed_depends_on_is_asked_of_its_own_consortium_alone() -> None:
    """The statement is text, which nothing narrows; without it every row is gone through."""
    asked = str(stamps._written(db.engine.dialect))

    assert asked.count("FROM ") == asked.count("tenant_id = (:tenant)") > 20
