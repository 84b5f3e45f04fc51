"""An institute's page says what its programme file says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from consortium.database import db
from consortium.tenants.models import Partner, Tenant
from events.institutes.domain import Status
from events.institutes.models import PEOPLE, Institute
from events.institutes.service import pools
from events.programmes import service as programmes
from events.programmes.domain import parse
from tests.browser import Browser
from tests.events.programmes.files import scenario
from tests.factories import make_institute, soon
from tests.queries import counting_queries


def load(number: str) -> Institute:
    programme = parse(scenario(number).read_bytes()).programme
    institute = programmes.load_programme(programme, by="coordinator@example.org")
    db.session.commit()
    return institute


def page_of(client: Browser, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def shown(client: Browser, number: str) -> str:
    return words_of(page_of(client, f"/lakeshore/institutes/{load(number).slug}"))


def words_of(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


FACTS = {
    "01": (
        "California Labor Management Initiative Summer Institute 2017",
        "Institute · Jun 19 – 21, 2017 · DoubleTree by Hilton San Diego - Mission Valley",
        "Pre-conference Monday, June 19, 2017 Optional For new districts and new members of teams.",
        "Day 2 Wednesday, June 21, 2017",
        "All times are in Pacific Time.",
        "Teams from California.",
        "Teams from other states may ask to come: hello@lakeshore.example.org",
        "County offices of education",
        "A team has 1 to 15 people.",
        "A team can register before all roles are filled.",
        "one team lead per LEA; superintendent or union leader may start it",
        "Superintendent Management 1 Expected",
        (
            "Classified school employees union or association leader Labor 1 to 2 Expected May be "
            "left out when: LEA has no classified unit."
        ),
        (
            "School board member Governance (board) 1 to 2 Expected Mind: stay below a majority of "
            "the board."
        ),
        "Principal or union building rep Either side up to 6 Optional, at an extra fee",
        "The first 5 people of each LEA come free. Each further person costs $150.00.",
        "Only the number of people counts",
        "Card Purchase order Check",
        "Registration closes Friday, May 26, 2017, 11:59 PM Pacific Time",
        "State Superintendent letter to all superintendents Monday, May 15, 2017",
        "Full refund of paid extras Friday, June 9, 2017, 5:00 PM Pacific Time",
        "People 300 of 300 left",
        "Teams 50 of 50 left",
        "Waitlist Form, event closed when full",
        "Californians Dedicated to Education Foundation (convener and fiscal agent)",
        "Up to 4 suggestions each.",
        "Exit: items: 2; scale: 1-5; report: percent at 4 or 5.",
    ),
    "02": (
        "Workshop · Mar 21, 2024 · central New Jersey conference centre, Trenton area",
        "Teams from New Jersey.",
        "Guests from Delaware.",
        "County technical school districts",
        (
            "Administrators association president Labor up to 1 If the LEA has this office Asked "
            "of "
            "teams from New Jersey."
        ),
        "Out-of-state visitor Either side up to 10 Optional Asked of teams from Delaware.",
        "Free of charge.",
        "Dietary and access needs Tuesday, March 12, 2024, 5:00 PM Eastern Time",
        "Seats for visitors 15 of 15 left",
        "National Education Association (sponsor and funder)",
        "NJSBA Board Member Academy credits: 4. For: Board president or member.",
        "NEA: aggregates only.",
    ),
    "04": (
        "Retreat · Oct 25 – 26, 2017",
        "WCI, visiting districts Wednesday, October 25, 2017 Optional",
        "Teams from California.",
        "Guests from New Jersey and South Africa.",
        "School sites",
        "A team has 2 to 4 people. There are 30 sites.",
        "ABCFT site representative Labor 1 to 2 Required",
        "The cost of $18,453.75 is shared: ABCFT 50% and ABC USD 50%.",
        "Visitors: $75.00 for each person, on October 25, 2017.",
        "Internal transfer Check Purchase order Card",
        "Each site names rep and counterpart Friday, October 6, 2017, 5:00 PM Pacific Time",
        "ABC Unified School District (co-host, pays a share)",
        "Site meeting Date to be set Weekly principal + site rep.",
        "Leaders' meeting Date to be set Monthly cabinet + union executive board.",
    ),
    "05": (
        "Learning cohort · Feb 9 – Apr 7, 2027 · virtual (video)",
        "Kickoff Tuesday, February 9, 2027",
        (
            "Teams from every state except California, Delaware, Illinois, Iowa, Maine, New "
            "Jersey, "
            "Rhode Island and Vermont."
        ),
        "A team can register once it has every role marked “Required”.",
        "“hard for the two leaders, ideal for the rest”",
        "$1,500.00 for each team.",
        "NEA pays $750.00 of it for each team (local affiliated to NEA).",
        "What is left is shared by district and local association, 50% each.",
        "Joint application Friday, January 8, 2027, 11:59 PM Eastern Time",
        "Alumni check-in Wednesday, October 6, 2027, 3:30 PM – 5:00 PM",
        (
            "Coaching visit Date to be set Virtual. 2 for each team. Within Feb 25 – Mar 12, 2027; "
            "Mar 25 – Apr 30, 2027."
        ),
        "Baseline: open January 25, 2027 to February 8, 2027.",
        "NEA Collaborating for Student Success online course and Collaborators Toolkit",
        "Funder: reports during and at the close; money depends on progress.",
    ),
    "07": (
        "Conference · Nov 14 – 15, 2019 · National Louis University-Lisle, 850 Warrenville Road",
        "Teams from Illinois, Indiana, Michigan, Minnesota, Ohio and Wisconsin.",
        "No role is checked: come with whom you like.",
        "“open: locals encouraged to bring partners”",
        "Community partner Neither side up to 2 Invited",
        (
            "$125.00 for each person. Included: continental breakfast both mornings; lunch on your "
            "own."
        ),
        "Purchase order Check",
        "Registration closes Tuesday, November 12, 2019, 11:59 PM Central Time",
        "Consortium for Educational Change (fiscal agent)",
        "ISBE professional development hours.",
    ),
    "08": (
        "Learning cohort · Mar 6, 2018",
        "Others: visitors by invitation",
        "President of the administrators association Labor 1 If the LEA has this office",
        "Free of charge.",
        "District joins with a signed statement from both sides Friday, September 29, 2017",
        "Teams 20 of 20 left",
        "Training day 1, cohort 2 Thursday, October 19, 2017, 9:00 AM – 3:00 PM For cohort 2.",
        "Inter-district network, both cohorts Wednesday, December 6, 2017, 4:00 PM – 6:30 PM",
        "Cohort 2: Atlantic County Technical, Teaneck Community Charter School",
        "Network: who: teachers and administrators; topics: student performance data",
    ),
}


@pytest.mark.parametrize("number", FACTS)
def test_the_page_says_what_the_file_says(client: Browser, tenant: Tenant, number: str) -> None:
    text = shown(client, number).replace("\u202f", " ").replace("\u2009", " ")
    assert [fact for fact in FACTS[number] if fact not in text] == []


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
            "Programme : Later Institute Edit : Later Institute"
        ),
        (
            "Summer Institute May 1 – 2, 2026 Published 0 of 10 7 of 60 Board : Summer Institute "
            "Programme : Summer Institute Edit : Summer Institute"
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
