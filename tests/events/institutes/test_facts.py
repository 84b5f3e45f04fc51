"""An institute's page says what its programme file says."""

import pytest

from consortium.tenants.models import Tenant
from events.programmes.domain import parse
from tests.browser import Browser
from tests.events.institutes.desk import page_of, words_of
from tests.events.programmes.files import scenario
from tests.events.programmes.loads import load


def shown(client: Browser, number: str) -> str:
    return words_of(
        page_of(
            client,
            f"/lakeshore/institutes/{load(parse(scenario(number).read_bytes()).programme).slug}",
        )
    )


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
        "The first 5 people of each LEA come free. Each additional person costs $150.00.",
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
        "NJSBA Board Member Academy credits. 4 credits for whoever attends at least 90%",
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
        "Learning cohort · Feb 9 – Apr 7, 2027, 9 meetings · virtual (video)",
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
        "Alumni check-in Wednesday, October 6, 2027, 3:30 PM to 5:00 PM",
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
        "Learning cohort · Oct 17, 2017 – Jun 20, 2018, 7 meetings",
        "Others: visitors by invitation",
        "President of the administrators association Labor 1 If the LEA has this office",
        "Free of charge.",
        "District joins with a signed statement from both sides Friday, September 29, 2017",
        "Teams 20 of 20 left",
        "Training day 1, cohort 2 Thursday, October 19, 2017, 9:00 AM to 3:00 PM For cohort 2.",
        "Inter-district network, both cohorts Wednesday, December 6, 2017, 4:00 PM to 6:30 PM",
        "Cohort 2: Atlantic County Technical, Teaneck Community Charter School",
        "Network: who: teachers and administrators; topics: student performance data",
    ),
}


@pytest.mark.parametrize("number", FACTS)
def test_the_page_says_what_the_file_says(client: Browser, tenant: Tenant, number: str) -> None:
    text = shown(client, number).replace("\u202f", " ").replace("\u2009", " ")
    assert [fact for fact in FACTS[number] if fact not in text] == []
