"""An institute's page says what its programme file says."""

from datetime import UTC, datetime
from typing import Any

from consortium.database import db
from consortium.tenants.models import Partner, Tenant
from events.institutes.domain import Status
from events.institutes.models import PEOPLE
from events.institutes.service import pools
from tests.browser import Browser
from tests.events.institutes.desk import page_of, words_of
from tests.factories import make_institute, make_session, soon
from tests.queries import counting_queries


def test_the_page_leads_to_programme_calendar_and_registration(
    client: Browser, tenant: Tenant
) -> None:
    make_institute()
    page = page_of(client, "/lakeshore/institutes/summer")
    links = {link["href"]: words_of(link) for link in page.select("main .actions a")}
    assert links == {
        "/lakeshore/institutes/summer/register": "Register",
        "/lakeshore/institutes/summer/programme": "See the programme",
        "/lakeshore/institutes/summer/calendar.ics": "Download the calendar file",
        "/lakeshore/institutes/summer/materials": "Materials",
    }


def test_after_the_deadline_the_page_says_so_and_offers_the_waitlist(
    client: Browser, tenant: Tenant, frozen: Any
) -> None:
    make_institute()
    frozen(soon(31))
    page = page_of(client, "/lakeshore/institutes/summer")
    assert "It closed on Wednesday, April 1, 2026, 5:00 PM Eastern Time." in words_of(page)
    assert words_of(page.select_one("main .actions a")) == "Ask for a place"


def test_after_the_last_day_nobody_can_register(
    client: Browser, tenant: Tenant, frozen: Any
) -> None:
    make_institute()
    frozen(soon(62))
    page = page_of(client, "/lakeshore/institutes/summer")
    assert "This is over." in words_of(page)
    assert words_of(page.select_one("main .actions a")) == "See the programme"


def test_a_full_institute_says_that_it_is_full(client: Browser, tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 3})
    pools.take(institute.id, PEOPLE, 3)
    db.session.commit()
    text = words_of(page_of(client, "/lakeshore/institutes/summer"))
    assert "People Full: all 3 are taken" in text


def test_a_draft_is_shown_to_those_who_may_edit_and_to_nobody_else(
    client: Browser, tenant: Tenant, coordinator: Any, lead: Any
) -> None:
    make_institute(status=Status.DRAFT, published_at=None)
    assert client.get("/lakeshore/institutes/summer").status_code == 404
    client.sign_in("lead@example.org")
    assert client.get("/lakeshore/institutes/summer").status_code == 404
    client.sign_in("coordinator@example.org")
    assert "This is a draft" in words_of(page_of(client, "/lakeshore/institutes/summer"))


def test_an_address_that_is_none_is_not_found(client: Browser, tenant: Tenant) -> None:
    answer = client.get("/lakeshore/institutes/nothing")
    assert answer.status_code == 404
    assert "There is no institute at this address." in answer.text


def test_text_of_a_file_is_never_markup(client: Browser, tenant: Tenant) -> None:
    make_institute(title="<b>Bold</b>", venue="<script>x</script>")
    page = page_of(client, "/lakeshore/institutes/summer")
    assert words_of(page.h1) == "<b>Bold</b>"
    assert page.main.find("script") is None


def test_the_front_page_shows_what_is_ahead_first(client: Browser, tenant: Tenant) -> None:
    make_institute("spring", days=[soon(10).date()])
    make_institute("summer", days=[soon(90).date()])
    make_institute("winter", days=[soon(-40).date()])
    make_institute("secret", status=Status.DRAFT)
    db.session.add(Partner(name="NJEA", role="co-host", position=0))
    db.session.commit()
    page = page_of(client, "/lakeshore/")
    assert [words_of(tag) for tag in page.select(".panel h3")] == [
        "Spring Institute",
        "Summer Institute",
    ]
    assert [words_of(tag) for tag in page.select("main ul.plain-list li")] == [
        "Winter Institute , Jan 21, 2026"
    ]
    assert "NJEA (co-host)" in words_of(page)
    assert "For school districts and their unions in New Jersey." in words_of(page)
    assert "Secret" not in words_of(page)


def test_the_front_page_asks_as_often_for_three_institutes_as_for_one(
    client: Browser, tenant: Tenant
) -> None:
    make_institute("one")
    client.get("/lakeshore/")
    with counting_queries() as for_one:
        client.get("/lakeshore/")
    make_institute("two")
    make_institute("three", days=[soon(-9).date()])
    with counting_queries() as for_three:
        client.get("/lakeshore/")
    assert len(for_three) == len(for_one)


def test_managing_lists_every_institute_with_what_is_taken(
    client: Browser, tenant: Tenant, coordinator: Any
) -> None:
    institute = make_institute("summer")
    pools.take(institute.id, PEOPLE, 7)
    make_institute(
        "later", status=Status.DRAFT, pools={}, created_at=datetime(2026, 3, 3, tzinfo=UTC)
    )
    client.sign_in("coordinator@example.org")
    page = page_of(client, "/lakeshore/manage")
    assert [words_of(row) for row in page.select("tbody tr")] == [
        (
            "Later Institute May 1 – 2, 2026 Draft not limited not limited Board : Later Institute "
            "Programme : Later Institute Peers : Later Institute Edit : Later Institute"
        ),
        (
            "Summer Institute May 1 – 2, 2026 Published 0 of 10 7 of 60 Board : Summer Institute "
            "Programme : Summer Institute Peers : Summer Institute Edit : Summer Institute"
        ),
    ]


def test_managing_asks_as_often_for_three_institutes_as_for_one(
    client: Browser, tenant: Tenant, coordinator: Any
) -> None:
    client.sign_in("coordinator@example.org")
    make_institute("one")
    client.get("/lakeshore/manage")
    with counting_queries() as for_one:
        client.get("/lakeshore/manage")
    make_institute("two")
    make_institute("three")
    with counting_queries() as for_three:
        client.get("/lakeshore/manage")
    assert len(for_three) == len(for_one)


def test_managing_is_for_those_who_may_edit(client: Browser, tenant: Tenant, lead: Any) -> None:
    assert client.get("/lakeshore/manage").status_code == 302
    client.sign_in("lead@example.org")
    assert client.get("/lakeshore/manage").status_code == 403


def test_a_cohort_says_from_when_to_when_it_meets_and_how_often(
    client: Browser, tenant: Tenant, coordinator: Any
) -> None:
    cohort = make_institute("cohort", kind="cohort", days=[soon(30).date()], venue="Online")
    for n in range(3):
        day = soon(30 + 28 * n).date()
        make_session(cohort, f"m{n}", f"{day}T16:00", f"{day}T18:00", meeting=True)
    for code, values in {
        "gone": {"cancelled_at": soon(0)},
        "item": {"meeting": False},
        "visit": {"kind": "coaching_visit"},
        "reunion": {"kind": "alumni_checkin"},
    }.items():
        make_session(
            cohort, code, "2027-01-12T16:00", "2027-01-12T18:00", **{"meeting": True, **values}
        )
    make_institute("winter", kind="cohort", days=[soon(-40).date(), soon(-20).date()])
    make_institute("workshop", days=[soon(10).date()])
    held = "Apr 1 – May 27, 2026, 3 meetings"
    client.sign_in("coordinator@example.org")

    front = page_of(client, "/lakeshore/")

    assert [words_of(panel.find_all("p")[1]) for panel in front.select(".panel")] == [
        "Mar 12, 2026 Rutgers University, New Brunswick",
        f"{held} Online",
    ]
    assert [words_of(tag) for tag in front.select("main ul.plain-list li")] == [
        "Winter Institute , Jan 21 – Feb 10, 2026, 2 meetings"
    ]
    lead = words_of(page_of(client, "/lakeshore/institutes/cohort").select_one(".page__head p"))
    assert lead == f"Learning cohort · {held} · Online"
    manage = page_of(client, "/lakeshore/manage")
    assert f"Cohort Institute {held}" in [words_of(tag) for tag in manage.select("tbody th")]


def test_a_cohort_is_over_after_its_last_meeting_and_not_after_its_opening(
    client: Browser, tenant: Tenant
) -> None:
    cohort = make_institute("cohort", kind="cohort", days=[soon(-40).date()], title="A Year")
    last = soon(20).date()
    meeting = make_session(cohort, "m2", f"{last}T16:00", f"{last}T18:00", meeting=True)

    front = page_of(client, "/lakeshore/")
    assert "Past institutes" not in words_of(front)
    assert "This is over." not in words_of(page_of(client, "/lakeshore/institutes/cohort"))

    meeting.cancelled_at = soon(0)
    db.session.commit()
    assert "Past institutes A Year" in words_of(page_of(client, "/lakeshore/"))


def test_a_page_of_a_cohort_names_the_zone_of_a_meeting_held_elsewhere(
    client: Browser, tenant: Tenant
) -> None:
    cohort = make_institute("cohort", kind="cohort")
    make_session(cohort, "m1", "2026-05-01T09:00", "2026-05-01T10:00", meeting=True)
    facts = page_of(client, "/lakeshore/institutes/cohort").select_one("dl.facts")
    assert words_of(facts.find_all("dd")[-1]) == "All times are in Eastern Time."
    make_session(
        cohort,
        "m2",
        "2026-05-01T08:00",
        "2026-05-01T09:00",
        meeting=True,
        time_zone="America/Denver",
    )

    page = page_of(client, "/lakeshore/institutes/cohort")

    assert words_of(page.select_one("dl.facts").find_all("dd")[-1]) == (
        "Times are in Eastern Time unless a session names another zone."
    )
    assert [words_of(row) for row in page.select_one("main table").select("tbody tr")] == [
        "M1 Friday, May 1, 2026, 9:00 AM to 10:00 AM",
        (
            "M2 Friday, May 1, 2026, 8:00 AM to 9:00 AM Mountain Time "
            "(10:00 AM to 11:00 AM Eastern Time)"
        ),
    ]


def test_the_front_page_asks_as_often_for_three_cohorts_as_for_one(
    client: Browser, tenant: Tenant
) -> None:
    counts = []
    for slugs in (("one",), ("two", "three")):
        for slug in slugs:
            cohort = make_institute(slug, kind="cohort")
            make_session(cohort, "m1", "2026-05-09T09:00", "2026-05-09T10:00", meeting=True)
        db.session.expire_all()
        with counting_queries() as count:
            page = page_of(client, "/lakeshore/")
        counts.append((words_of(page.main).count(", 3 meetings"), len(count)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert few == many
