"""Files of other states become published pages that say what they say."""

from pathlib import Path

import pytest

from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.programmes.service import export_programme
from tests.browser import Browser
from tests.events.institutes.desk import words
from tests.events.programmes.files import OTHERS, as_bytes, other, parsed, small
from tests.events.programmes.loads import BY, load
from tests.queries import counting_queries

FACTS = {
    "alaska": [
        "Wrangell–St. Élias Union Retreat",
        "Retreat · Nov 5 – 7, 2027",
        "All times are in Alaska Time.",
        "NEA-Alaska (host)",
    ],
    "arizona": ["Retreat · Mar 13 – 14, 2027", "All times are in Mountain Standard Time."],
    "guam": [
        "Workshop · Jan 9, 2027",
        "All times are in Chamorro Standard Time.",
        "Guests from Hawaii and Northern Mariana Islands.",
    ],
    "hawaii": ["Complex area", "Friday, May 28, 2027", "HGEA unit 6 Labor up to 1 Invited"],
    "iowa": [
        "Teams from every state.",
        "Early bird: $100.00 for each person, until February 1, 2027.",
        "Refund policy: half until March 1.",
        "ISEA (co-host)",
        "ISEA (sponsor and funder)",
        "Lunch 140 of 140 left",
        "Workshop b 30 of 30 left",
    ],
    "kansas": ["Individuals", "Each person registers alone.", "Free of charge.", "40 of 40 left"],
    "maine": [
        "Monday, November 8, 2027 Optional",
        "Guests from Canada, New Hampshire and Vermont.",
        "A team can register once it has every role marked “Required”.",
        "May be left out when: the RSU has no unit of ed techs.",
        "$900.00 for each team. Included: meals, two nights.",
    ],
    "minnesota": [
        "Learning cohort · Jan 12, 2028; more dates to be set",
        "Kick-off Date to be set",
        "Wednesday, January 12, 2028, 3:30 PM to 5:00 PM",
        "In person.",
        "8 for each team.",
        "Apply by Date to be set",
        "Baseline survey Date to be set",
    ],
    "national": [
        "Teams from every state except American Samoa.",
        "Guests from Canada and Singapore.",
        "A team has 4 people or more.",
        "Vendor Neither side none Not admitted",
        "Late: $575.00 for each person, from June 15, 2027.",
        "Hotel rooms 250 of 250 left",
        "Consortium for Educational Change (fiscal agent)",
    ],
    "ohio": ["Ohio: “É” & <b>Co</b>", "Sep 1 – 2, 2027", "The host has not said yet."],
    "online": ["Teams from every state.", "A team has 2 people."],
    "prairie": ["30 of 30 left", "Apr 8 – 9, 2027"],
    "puerto_rico": [
        "Instituto de Colaboración Laboral–Patronal 2027 🇵🇷",
        "All times are in Atlantic Standard Time.",
        "Líder sindical Labor 1 to 3 Required",
        "Visitors: $25.00 for each person, on March 14, 2027.",
        "Seats for visitors 15 of 15 left",
    ],
    "rockies": ["Four Corners Virtual Cohort", "Learning cohort"],
    "vermont": [
        "Supervisory unions",
        "Day 2 Date to be set",
        "Vermont Superintendents Association (co-host, pays a share)",
        "Asked of teams from Vermont.",
        "$75.00 for each person.",
    ],
    "washington": [
        "Others: by invitation of the host — Oregon pairs: ask Jo.",
        "There are 25 sites.",
        "In the host’s words: “strict: both must come”.",
        "$600.00 for each site.",
    ],
}


def test_every_file_has_facts_to_look_for() -> None:
    assert [other(state) for state in FACTS] == OTHERS


@pytest.mark.parametrize("state", FACTS)
def test_the_page_says_what_the_file_says(client: Browser, tenant: Tenant, state: str) -> None:
    institute = load(parse(other(state).read_bytes()).programme)
    assert institute.status is Status.PUBLISHED
    page = words(client.get(f"/lakeshore/institutes/{institute.slug}"), "main")[0]
    page = page.translate({0x2009: " ", 0x202F: " "})
    assert [fact for fact in FACTS[state] if fact not in page] == []


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file.stem)
def test_an_export_loaded_again_changes_nothing(tenant: Tenant, file: Path) -> None:
    institute = load(parse(file.read_bytes()).programme)
    exported = export_programme(institute)
    programme = parse(as_bytes(exported)).programme
    assert programmes.plan(programme).changes == ()
    again = programmes.load_programme(programme, by=BY)
    assert (again.id, export_programme(again)) == (institute.id, exported)


def test_a_roster_of_four_hundred_sessions_takes_no_more_queries(
    client: Browser, tenant: Tenant
) -> None:
    one = {**small()["sessions"][0], "audience_roles": ["*"]}
    asked = []
    for n in (1, 400):
        sessions = [{**one, "id": f"s{k}", "room": f"Room {k}"} for k in range(n)]
        institute = load(parsed(title=f"Roster of {n}", sessions=sessions))
        with counting_queries() as count:
            page = client.get(f"/lakeshore/institutes/{institute.slug}/programme")
        asked.append(len(count))
        assert (page.status_code, page.text.count("Room ")) == (200, n)
    assert asked[0] == asked[1]
