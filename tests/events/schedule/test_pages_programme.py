from icalendar import Calendar

from consortium.database import db
from consortium.people.models import Person
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from tests.browser import Browser
from tests.events.schedule.pages import PROGRAMME, SESSIONS
from tests.factories import NOON, make_session
from tests.queries import counting_queries
from tests.reading import main, words


def test_the_programme_shows_days_times_kinds_rooms_and_audiences(
    client: Browser, institute: Institute
) -> None:
    institute.days[0].optional = True
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", room="Ballroom")
    for code in ("a1", "a2"):
        make_session(
            institute,
            code,
            "2026-05-01T10:30",
            "2026-05-01T11:45",
            kind="role_alike",
            choice_group="A",
            capacity=40,
            audience_roles=["principal", "board_member"],
            audience_flags=["new_member"],
        )
    make_session(institute, "gone", "2026-05-02T09:00", "2026-05-02T10:00", cancelled_at=NOON)
    tbd = make_session(institute, "tbd", "2026-05-02T09:00", "2026-05-02T10:00", title="Visit")
    tbd.starts = tbd.ends = tbd.starts_at = tbd.ends_at = None
    db.session.commit()

    page = main(client.get(PROGRAMME).text)

    assert words(page.find("h1")) == "Programme: Summer Institute"
    assert "All times are in Eastern Time." in words(page)
    assert [words(heading) for heading in page.find_all("h2")] == [
        "Friday, May 1, 2026: Day 1",
        "Saturday, May 2, 2026: Day 2",
        "Date to be set",
    ]
    slots = [words(slot) for slot in page.select(".slot")]
    assert slots[0] == "9:00 AM to 10:15 AM Key Plenary · Ballroom Calendar file : Key"
    audience = "For: Principal, Board member, people who are new to their team"
    one = f"Role-alike group {audience} 40 places"
    one, other = (f"{code} {one} Calendar file : {code}" for code in ("A1", "A2"))
    assert slots[1] == f"10:30 AM to 11:45 AM Choose one of these: {one} {other}"
    assert slots[2].endswith("Gone Plenary Cancelled")
    assert words(page.find(id="undated").parent) == "Date to be set Visit Plenary"
    assert words(page.select_one(".day .tag")) == "Optional day"
    links = [link["href"] for link in page.select(".actions a")]
    assert links == [
        "webcal://localhost/lakeshore/institutes/summer/calendar.ics",
        "/lakeshore/institutes/summer/calendar.ics",
        "/lakeshore/institutes/summer/programme.pdf",
        "/lakeshore/institutes/summer/materials",
    ]


def test_each_dated_session_leads_to_its_own_calendar_file(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    make_session(institute, "gone", "2026-05-02T09:00", "2026-05-02T10:00", cancelled_at=NOON)

    page = main(client.get(PROGRAMME).text)

    links = [link["href"] for link in page.select(".session a")]
    assert links == ["/lakeshore/institutes/summer/sessions/key.ics"]
    assert "SUMMARY:Key" in client.get(links[0]).text


def test_an_empty_programme_says_so(client: Browser, institute: Institute) -> None:
    assert "The programme is not written yet." in words(main(client.get(PROGRAMME).text))


def test_who_writes_the_programme_is_led_to_writing_and_who_comes_to_the_own_agenda(
    client: Browser, institute: Institute, coordinator: Person, lead: Person
) -> None:
    def first_button() -> tuple[str, str]:
        link = main(client.get(PROGRAMME).text).select_one(".actions a")
        return words(link), link["href"]

    client.sign_in(coordinator.email)
    assert first_button() == ("Change the sessions", SESSIONS)
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    client.sign_in(lead.email)
    assert first_button() == ("My own agenda", "/lakeshore/institutes/summer/agenda")


def test_a_programme_page_asks_the_database_as_often_for_three_sessions_as_for_one(
    client: Browser, institute: Institute
) -> None:
    counts = []
    for n in range(3):
        make_session(institute, f"s{n}", f"2026-05-0{n + 1}T09:00", f"2026-05-0{n + 1}T10:00")
        with counting_queries() as count:
            client.get(PROGRAMME)
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]


def test_a_draft_is_shown_to_those_who_edit_it_only(
    client: Browser, institute: Institute, coordinator: Person
) -> None:
    institute.status = Status.DRAFT
    db.session.commit()
    addresses = (PROGRAMME, "/lakeshore/institutes/summer/calendar.ics")

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.sign_in(coordinator.email)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_a_long_description_is_shown_and_its_markup_is_inert(
    client: Browser, institute: Institute
) -> None:
    text = "<script>alert(1)</script> שלום 👩‍🎓 " + "long " * 2000
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", description=text)

    page = main(client.get(PROGRAMME).text)

    assert page.find("script") is None
    assert "<script>alert(1)</script> שלום 👩‍🎓" in words(page)
    file = client.get("/lakeshore/institutes/summer/calendar.ics").data
    assert text.strip() in Calendar.from_ical(file).events[0]["DESCRIPTION"]
    assert schedule.sessions_of(institute.id)[0].description == text


def test_a_session_in_another_zone_names_it_and_tells_our_time_too(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "early", "2026-05-01T10:30", "2026-05-01T10:45")
    make_session(institute, "late", "2026-05-01T12:00", "2026-05-01T13:00")
    make_session(
        institute,
        "video",
        "2026-05-01T09:00",
        "2026-05-01T10:00",
        time_zone="America/Denver",
        mode="virtual",
    )
    make_session(
        institute, "guam", "2026-05-02T08:00", "2026-05-02T09:00", time_zone="Pacific/Guam"
    )

    page = main(client.get(PROGRAMME).text)

    assert words(page.select_one(".page__head p")) == (
        "Times are in Eastern Time unless a session names another zone."
    )
    assert [words(heading) for heading in page.find_all("h2")] == ["Friday, May 1, 2026: Day 1"]
    assert [words(time) for time in page.select(".slot__time")] == [
        "10:30 AM to 10:45 AM",
        "9:00 AM to 10:00 AM Mountain Time (11:00 AM to 12:00 PM Eastern Time)",
        "12:00 PM to 1:00 PM",
        ("Sat, May 2, 8:00 AM to 9:00 AM Chamorro Standard Time (6:00 PM to 7:00 PM Eastern Time)"),
    ]
    assert [time["datetime"] for time in page.find_all("time")][1] == "2026-05-01T15:00+00:00"


def test_sessions_of_two_zones_side_by_side_name_their_own(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "here", "2026-05-01T11:00", "2026-05-01T12:00")
    make_session(
        institute, "there", "2026-05-01T09:00", "2026-05-01T10:00", time_zone="America/Denver"
    )

    page = main(client.get(PROGRAMME).text)

    assert [words(slot) for slot in page.select(".slot")] == [
        (
            "9:00 AM to 10:00 AM Mountain Time (11:00 AM to 12:00 PM Eastern Time) "
            "Here Plenary · Eastern Time Calendar file : Here "
            "There Plenary · Mountain Time Calendar file : There"
        )
    ]


def test_a_zone_of_the_same_name_is_not_another_zone(client: Browser, institute: Institute) -> None:
    make_session(institute, "here", "2026-05-01T09:00", "2026-05-01T10:00")
    make_session(
        institute, "motown", "2026-05-01T11:00", "2026-05-01T12:00", time_zone="America/Detroit"
    )

    page = main(client.get(PROGRAMME).text)

    assert words(page.select_one(".page__head p")) == "All times are in Eastern Time."
    assert [words(time) for time in page.select(".slot__time")] == [
        "9:00 AM to 10:00 AM",
        "11:00 AM to 12:00 PM",
    ]


def test_who_edits_reads_the_other_zone_in_the_list_and_before_cancelling(
    client: Browser, institute: Institute, coordinator: Person
) -> None:
    make_session(
        institute, "video", "2026-05-01T09:00", "2026-05-01T10:00", time_zone="America/Denver"
    )
    client.sign_in(coordinator.email)
    told = "9:00 AM to 10:00 AM Mountain Time (11:00 AM to 12:00 PM Eastern Time)"

    page = main(client.get(SESSIONS).text)

    assert words(page.select_one(".page__head p")) == (
        "Times are in Eastern Time unless a session names another zone. What you change waits "
        "until you publish it. Then agendas and calendars follow, and those whom it touches get "
        "one mail."
    )
    assert words(page.select_one("tbody td")) == told
    page = main(client.get(f"{SESSIONS}/video/cancel").text)
    assert words(page.select_one(".page__head p")) == f"Friday, May 1, 2026, {told}"
