from icalendar import Calendar

from events.institutes.models import Institute
from events.schedule.models import Session
from tests.browser import Browser
from tests.events.agenda.pages import AGENDA, FEED_PAGE, told
from tests.factories import make_person, make_session
from tests.queries import counting_queries
from tests.reading import main, words


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
    assert [told(slot) for slot in page.select(".slot")] == [
        "9:00 AM to 10:00 AM Key Plenary · Ballroom",
        (
            "9:00 AM to 10:00 AM Trust Plenary · Online Same time “Ra” is at the same time. "
            "Join online : Trust"
        ),
        "9:30 AM to 10:30 AM Ra Plenary Same time “Trust” is at the same time.",
    ]
    assert page.find("a", href="https://video.example.org/s2") is not None


def test_many_sessions_at_the_same_time_are_told_in_one_line(
    signed_in: Browser, institute: Institute
) -> None:
    for code in "abcde":
        make_session(institute, code, "2026-05-01T09:00", "2026-05-01T10:00")

    first = main(signed_in.get(AGENDA).text).select_one(".session")

    assert told(first) == ("A Plenary Same time “B”, “C”, “D” and 1 more are at the same time.")


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


def test_a_session_in_another_zone_names_it_and_tells_our_time_too(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(institute, "late", "2026-05-01T11:30", "2026-05-01T12:30")
    assert words(main(signed_in.get(AGENDA).text).select_one(".page__head p")) == (
        "All times are in Eastern Time."
    )
    make_session(
        institute,
        "video",
        "2026-05-01T09:00",
        "2026-05-01T10:00",
        time_zone="America/Denver",
        mode="virtual",
    )

    page = main(signed_in.get(AGENDA).text)

    assert words(page.select_one(".page__head p")) == (
        "Times are in Eastern Time unless a session names another zone."
    )
    assert [told(slot) for slot in page.select(".slot")] == [
        (
            "9:00 AM to 10:00 AM Mountain Time (11:00 AM to 12:00 PM Eastern Time) "
            "Video Plenary · Online Same time “Late” is at the same time."
        ),
        "11:30 AM to 12:30 PM Late Plenary Same time “Video” is at the same time.",
    ]


def test_a_round_in_another_zone_names_it_where_people_choose(
    signed_in: Browser, institute: Institute
) -> None:
    for code, day in (("a1", "01"), ("a2", "02")):
        make_session(
            institute,
            code,
            f"2026-05-{day}T09:00",
            f"2026-05-{day}T10:00",
            time_zone="America/Denver",
            choice_group="A",
        )

    panel = main(signed_in.get(AGENDA).text).select_one(".panel")

    told = "9:00 AM to 10:00 AM Mountain Time (11:00 AM to 12:00 PM Eastern Time)"
    assert words(panel.h3) == f"Fri, May 1, {told}"
    assert f"Sat, May 2, {told}" in words(panel)


def test_calendars_list_sessions_of_several_zones_in_order_of_instants(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(
        institute, "denver", "2026-05-01T09:00", "2026-05-01T10:00", time_zone="America/Denver"
    )
    make_session(institute, "early", "2026-05-01T10:30", "2026-05-01T11:00")

    events = Calendar.from_ical(signed_in.get(f"{AGENDA}.ics").data).events

    assert [event["SUMMARY"] for event in events] == ["Early", "Denver"]
