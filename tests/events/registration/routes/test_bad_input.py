"""Bad input, at the pages: a sentence that says what to do, the input kept, nothing half saved."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Identity, Person
from events.institutes.models import PEOPLE, Institute
from events.registration.models import Seat, Team, TeamStatus
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, name, taken
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, soon

REGISTER = "/lakeshore/institutes/summer/register"
GOOD = "Ada\tada@x.org\tSuperintendent"
TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return draft(institute, make_lea("3400001", "Oak Park"))


@pytest.fixture
def paste(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}/members/paste"


@pytest.fixture
def own(client: Browser, team: Team) -> Browser:
    client.sign_in(LEAD)
    return client


def stored() -> Mapping[str, int]:
    """Count what a half saved form would leave behind."""
    db.session.expire_all()
    kinds: tuple[Any, ...] = (Team, Seat, Person, Identity)
    return {
        kind.__name__: db.session.scalars(select(func.count()).select_from(kind)).one()
        for kind in kinds
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            "bo@x.org\tPark, Bo\tSomewhere",
            "“Somewhere” is not a role of this institute. Write one of the roles listed below.",
            id="wrong_column",
        ),
        pytest.param(
            "Fran\u00c3\u00a7ois\tbo@x.org\tprincipal",
            "It may be “François”; type it again.",
            id="wrong_encoding",
        ),
        pytest.param(
            "Bo\tbo@x.org\tMascot",
            "“Mascot” is not a role of this institute. Write one of the roles listed below.",
            id="unknown_role",
        ),
        pytest.param(
            "Ada again\tADA@X.ORG\tprincipal",
            "The same address stands in line 1.",
            id="member_twice_in_the_list",
        ),
        pytest.param(
            "Cy again\tcy@x.org\tprincipal", "Cy is in this team already.", id="member_twice"
        ),
        pytest.param(
            "Di\tdi@x.org\tprincipal",
            "Di comes with Elm City already. If this person serves both LEAs, name the person "
            "alone and tick “Serves another LEA's team too”.",
            id="e_mail_in_two_teams",
        ),
    ],
)
def test_a_wrong_line_is_told_and_the_whole_list_kept(
    own: Browser, institute: Institute, team: Team, paste: str, line: str, said: str
) -> None:
    name(team, "cy@x.org principal")
    name(draft(institute, make_lea("3400002", "Elm City")), "di@x.org principal")
    lines = f"{GOOD}\n{line}"
    before = stored()

    page = own.post(paste, data={"lines": lines, "save": "1"})

    assert page.status_code == 422
    assert errors(page) == ["Nothing was saved. Mend these lines first: 2."]
    assert said in words(page)
    assert value(page, "lines").splitlines() == lines.splitlines()
    assert stored() == before


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(
            "Ada\x00\tada@x.org\tSuperintendent",
            "Hidden control characters stand in these lines: 1. Type them again.",
            id="control_characters",
        ),
        pytest.param("x" * 1_000_000, "Use at most 100,000 characters.", id="a_megabyte"),
        pytest.param("a@b.org\n" * 600, "That is 600 lines; 500 fit at once.", id="too_many_lines"),
        pytest.param(
            "Name\tE-mail\tRole",
            "Paste at least one line: name, e-mail address and role.",
            id="headings_alone",
        ),
    ],
)
def test_a_text_that_cannot_be_taken_is_kept_too(
    own: Browser, paste: str, lines: str, said: str
) -> None:
    before = stored()

    page = own.post(paste, data={"lines": lines, "save": "1"})

    assert (page.status_code, errors(page)) == (422, [said])
    assert value(page, "lines").splitlines() == lines.splitlines()
    assert stored() == before


def test_ten_megabytes_are_refused_and_stay_in_the_browser(own: Browser, paste: str) -> None:
    before = stored()

    page = own.post(paste, data={"lines": "x" * TEN_MEGABYTES, "save": "1"})

    assert page.status_code == 413
    assert "back button (what you typed is still there), shorten it" in words(page)
    assert stored() == before


def test_bytes_of_another_encoding_are_not_stored_as_a_name(own: Browser, paste: str) -> None:
    before = stored()

    page = own.post(
        paste,
        data="save=1&lines=Fran%E7ois%09f@x.org%09principal",
        content_type="application/x-www-form-urlencoded",
    )

    assert "Letters of the name were lost on the way. Type the name again." in words(page)
    assert stored() == before


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("cy@x.org", "Cy is in this team already."),
        ("di@x.org", "Di comes with Elm City already."),
        ("\u0441y@x.org", "before the @ stands “\u0441” (cyrillic small letter es)."),
        ('"cy cy"@x.org', "is not an e-mail address. Write it like name@district.org."),
    ],
)
def test_one_person_who_cannot_be_named_is_told_beside_the_form(
    own: Browser, institute: Institute, team: Team, email: str, said: str
) -> None:
    name(team, "cy@x.org principal")
    name(draft(institute, make_lea("3400002", "Elm City")), "di@x.org principal")
    before = stored()

    page = own.post(
        f"/lakeshore/teams/{team.id}/members/new",
        data={"name": "Someone", "email": email, "role": "principal"},
    )

    assert page.status_code == 422
    assert said in errors(page)[0]
    assert (value(page, "name"), value(page, "email")) == ("Someone", email)
    assert stored() == before


def test_the_deadline_passes_between_opening_and_submitting(
    own: Browser, institute: Institute, team: Team, frozen: Any
) -> None:
    name(team, "ada superintendent")
    path = f"/lakeshore/teams/{team.id}"
    assert "Submit the team" in words(own.get(path))
    frozen(soon(31))
    own.sign_in(LEAD)
    before = stored()

    page = own.post(f"{path}/submit")

    assert page.status_code == 422
    assert errors(page)[0].endswith("You can still join the waitlist.")
    assert "Join the waitlist" in words(page)
    assert (stored(), taken(institute, PEOPLE)) == (before, 0)
    assert db.session.get_one(Team, team.id).status is TeamStatus.DRAFT


@pytest.mark.parametrize(
    ("lea", "said"),
    [
        (
            ("4200001", "Erie City", "PA"),
            (
                "This institute is open to New Jersey and Delaware only; Pennsylvania is not "
                "among them. To ask whether you may come, write to hello@lakeshore.example.org."
            ),
        ),
        (
            ("3400001", "Oak Park", "NJ"),
            (
                "Oak Park has a team for this institute already, led by l…@example.org. Ask to be "
                "named there, or write to hello@lakeshore.example.org."
            ),
        ),
    ],
    ids=["state_not_admitted", "two_leads_of_one_lea"],
)
def test_a_team_that_cannot_be_started_leaves_nothing_behind(
    own: Browser, lea: tuple[str, str, str], said: str
) -> None:
    chosen = db.session.get(Lea, lea[0]) or make_lea(*lea)
    own.sign_in("second@example.org")
    own.get(REGISTER)
    before = stored()

    page = own.post(REGISTER, data={"lea_id": chosen.id, "name": "Zoë \u202eSam", "side": "labor"})

    assert (page.status_code, errors(page)) == (422, [said])
    assert (value(page, "name"), value(page, "lea_id")) == ("Zoë Sam", chosen.id)
    assert stored() == before


@pytest.mark.parametrize(
    "who",
    [
        "שרה כהן",
        "محمد علي",
        "👩\u200d🏫 Ann",
        "Nguyễn Thị Ánh",
        "李小龍",
        "O'Brien-Łącki",
        "W" * 200,
    ],
)
def test_names_of_every_script_come_through_every_page(own: Browser, team: Team, who: str) -> None:
    path = f"/lakeshore/teams/{team.id}"
    own.post(
        f"{path}/members/new", data={"name": who, "email": "a@x.org", "role": "superintendent"}
    )
    own.post(f"{path}/submit")

    seat = db.session.scalars(select(Seat)).one()
    assert seat.name == who
    for page in (path, f"{path}/members/{seat.id}", f"{path}/members/{seat.id}/remove"):
        assert who.replace("'", "&#39;") in own.get(page).text
