"""The acceptance tests of the scenarios about agendas and calendars, as the files expect it."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from bs4 import BeautifulSoup
from icalendar import Calendar
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.programmes.domain import parse
from events.programmes.service import load_programme
from events.registration.models import Team, TeamKind
from events.schedule.models import Session, SessionChoice
from tests.browser import Browser
from tests.factories import make_institute, make_lea, make_team

PROGRAMMES = Path(__file__).parent / "programmes"
CALMI = "01_calmi_summer_institute_2017"
NEW_JERSEY = "02_nj_daylong_workshop_2024_with_delaware"
PAL = "04_abc_pal_and_west_coast_institute_2017"
CATALYST = "05_nea_catalyst_cohort_2027"
RUTGERS = "08_nj_rutgers_yearlong_cohorts_2017_18"
ANA = "ana@district.example.org"


def scenario(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PROGRAMMES / f"{name}.json").read_text())
    return content


class Stage:
    """A scenario's institute, at the moment of one of its acceptance tests."""

    def __init__(self, name: str, test: str, frozen: Any, client: Browser) -> None:
        self.client = client
        given = next(one for one in scenario(name)["acceptance_tests"] if one["id"] == test)
        self.then: dict[str, Any] = given["then"]
        self.institute = load(name)
        self.path = f"/lakeshore/institutes/{self.institute.slug}"
        frozen(given["clock"])

    def seat(self, role: str, lea: dict[str, Any] | None = None, **values: Any) -> Team:
        """Give Ana a seat in a registered team, and sign her in."""
        home = make_lea(**{"id": "0600001", "name": "Her district", "state": "CA", **(lea or {})})
        team = make_team(self.institute, home, {ANA: role}, **values)
        self.client.sign_in(ANA)
        return team

    def agenda(self) -> str:
        page = BeautifulSoup(self.client.get(f"{self.path}/agenda").text, "html.parser")
        return words(page.find("main"))

    def titles(self) -> set[str]:
        page = BeautifulSoup(self.client.get(f"{self.path}/agenda").text, "html.parser")
        return {words(title) for title in page.select(".day .session__title")}

    def title(self, code: str) -> str:
        return self.session(code).title

    def session(self, code: str) -> Session:
        return db.session.scalars(
            select(Session).where(Session.institute_id == self.institute.id, Session.code == code)
        ).one()

    def choose(self, code: str) -> tuple[int, str]:
        answer = self.client.post(f"{self.path}/agenda/choose", data={"session": code})
        page = BeautifulSoup(answer.text, "html.parser")
        return answer.status_code, words(page.find(id="error-summary"))

    def chosen(self) -> list[str]:
        return list(
            db.session.scalars(
                select(Session.code).join(SessionChoice, SessionChoice.session_id == Session.id)
            )
        )

    def calendar(self) -> bytes:
        content: bytes = self.client.get(f"{self.path}/agenda.ics").data
        return content

    def starts(self, code: str) -> list[datetime]:
        """Return when a session of the own calendar begins, as two parsers read it."""
        uid, content = self.session(code).uid, self.calendar()
        return [
            next(e.start for e in Calendar.from_ical(content).events if e["UID"] == uid),
            next(
                e.dtstart.value
                for e in vobject.readOne(content.decode()).vevent_list
                if e.uid.value == uid
            ),
        ]


def load(name: str) -> Institute:
    content = (PROGRAMMES / f"{name}.json").read_bytes()
    with transaction():
        return load_programme(parse(content).programme, by="command:programme load")


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").split()).replace("\u202f", " ") if part else ""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture
def stage(tenant: Tenant, frozen: Any, client: Browser) -> Any:
    def of(name: str, test: str) -> Stage:
        return Stage(name, test, frozen, client)

    return of


def came_before(lea_id: str) -> None:
    """Let the district have had a team at an earlier institute."""
    earlier = make_institute("earlier")
    make_team(
        earlier,
        make_lea(lea_id, "Returning district", "CA"),
        created_at=datetime(2016, 5, 1, tzinfo=UTC),
    )


def seat_of_a_returning_district(stage: Stage, *, new_member: bool) -> None:
    came_before("0600009")
    team = stage.seat("superintendent")
    team.lea_id = "0600009"
    team.seats[0].new_member = new_member
    db.session.commit()


def test_CA9_a_returning_member_does_not_see_sessions_for_newcomers(stage: Any) -> None:
    ca9 = stage(CALMI, "CA9")
    seat_of_a_returning_district(ca9, new_member=False)

    flagged = {one["title"] for one in scenario(CALMI)["sessions"] if "audience_flags" in one}
    assert len(flagged) == 4
    assert bool(flagged & ca9.titles()) is ca9.then["sees_sessions_with_flags"]
    assert ca9.title("d1-key") in ca9.titles()


def test_CA10_a_new_member_of_a_returning_district_can_join_the_first_day(stage: Any) -> None:
    ca10 = stage(CALMI, "CA10")
    seat_of_a_returning_district(ca10, new_member=True)

    assert ca10.choose(ca10.then["can_join"]) == (302, "")
    assert ca10.title("pre-plen") in ca10.titles()


def test_CA11_a_board_member_cannot_add_the_group_of_union_leaders(stage: Any) -> None:
    ca11 = stage(CALMI, "CA11")
    ca11.seat("board_member")

    status, said = ca11.choose("d1-ra-cert")

    assert (status, ca11.then) == (422, {"result": "refused", "reason": "audience_roles"})
    assert said == (
        "Please mend this first “Certificated union leaders” (Day 1) is for: Teachers "
        "(certificated) union or association leader(s). You are registered as: School board member."
    )
    assert ca11.title("d1-ra-cert") not in ca11.titles()
    assert ca11.title("d1-ra-board") in ca11.titles()


def test_CA12_a_second_breakout_of_the_round_is_offered_as_a_swap(stage: Any) -> None:
    ca12 = stage(CALMI, "CA12")
    ca12.seat("superintendent")
    assert ca12.choose("brk-A1") == (302, "")

    status, said = ca12.choose("brk-A2")

    assert (status, ca12.then["result"]) == (422, "swap offered, never both")
    assert "You already have “District story: a partnership three years in” in this round." in said
    assert ca12.chosen() == ["brk-A1"]
    assert "Swap for “District story: a partnership three years in”" in ca12.agenda()

    answer = ca12.client.post(
        f"{ca12.path}/agenda/swap", data={"give_up": "brk-A1", "session": "brk-A2"}
    )
    assert answer.status_code == 302
    assert ca12.chosen() == ["brk-A2"]


def test_CA13_the_downloaded_calendar_has_wall_time_zone_and_instant(stage: Any) -> None:
    ca13 = stage(CALMI, "CA13")
    ca13.seat("superintendent")
    code = ca13.then["event"]

    assert f"DTSTART;{ca13.then['dtstart_local']}\r\n" in ca13.calendar().decode()
    assert [moment.astimezone(UTC) for moment in ca13.starts(code)] == [utc(ca13.then["utc"])] * 2


def test_NJ9_a_principal_adds_the_group_of_administrators(stage: Any) -> None:
    nj9 = stage(NEW_JERSEY, "NJ9")
    nj9.seat("principal")

    assert nj9.then == {"result": "accepted"}
    assert nj9.choose("ra-admin_assoc_president") == (302, "")
    assert nj9.title("ra-admin_assoc_president") in nj9.titles()


def test_PAL5_a_visitor_cannot_join_the_site_pairs_of_the_second_day(stage: Any) -> None:
    pal5 = stage(PAL, "PAL5")
    pal5.seat("visitor", {"state": "NJ"}, state="NJ", kind=TeamKind.VISITORS)

    status, said = pal5.choose("pal-plan")

    assert (status, pal5.then["result"]) == (422, "refused: PAL day is for ABC sites")
    assert "(PAL, ABC sites only) is for: ABCFT site representative" in said
    assert said.endswith("You are registered as: Visiting district member (WCI day).")


def test_PAL6_a_visitor_from_south_africa_downloads_the_right_moment(stage: Any) -> None:
    pal6 = stage(PAL, "PAL6")
    pal6.seat("visitor", state="foreign:ZA", kind=TeamKind.VISITORS)

    moments = pal6.starts(pal6.then["utc_event"])

    assert [moment.astimezone(UTC) for moment in moments] == [utc(pal6.then["dtstart_utc"])] * 2


def test_NC5_an_attendee_in_phoenix_sees_and_downloads_local_times(stage: Any) -> None:
    nc5 = stage(CATALYST, "NC5")
    nc5.seat("superintendent", {"state": "AZ", "time_zone": "America/Phoenix"})
    phoenix = ZoneInfo("America/Phoenix")

    for code in ("s5", "s6"):
        for moment in nc5.starts(code):
            assert moment.astimezone(UTC) == utc(nc5.then["utc"][code])
            local = moment.astimezone(phoenix)
            assert local.isoformat(timespec="minutes") == nc5.then[f"{code}_local"]
    page = nc5.agenda()
    assert f"{nc5.title('s5')} Cohort meeting · Online Your time: 1:30 PM MST" in page
    assert f"{nc5.title('s6')} Cohort meeting · Online Your time: 12:30 PM MST" in page


def test_NC6_an_attendee_in_seattle_sees_the_same_local_time_all_spring(stage: Any) -> None:
    nc6 = stage(CATALYST, "NC6")
    nc6.seat("superintendent", {"state": "WA", "time_zone": "America/Los_Angeles"})
    seattle = ZoneInfo("America/Los_Angeles")

    for code in ("s5", "s6"):
        for moment in nc6.starts(code):
            assert f"{moment.astimezone(seattle):%H:%M}" == nc6.then[f"{code}_local"]
    page = nc6.agenda()
    assert f"{nc6.title('s5')} Cohort meeting · Online Your time: 12:30 PM PST" in page
    assert f"{nc6.title('s6')} Cohort meeting · Online Your time: 12:30 PM PDT" in page


def test_NC7_the_week_without_a_session_is_shown_with_the_next_date(stage: Any) -> None:
    nc7 = stage(CATALYST, "NC7")
    nc7.seat("superintendent", {"state": "AZ"})
    note = "No session on Wednesday, March 31, 2027. The next one is on Wednesday, April 7, 2027."

    assert nc7.then["gap_shown"].endswith("next is 2027-04-07")
    assert nc7.agenda().count("No session on") == 1
    assert note in nc7.agenda()
    public = BeautifulSoup(nc7.client.get(f"{nc7.path}/programme").text, "html.parser")
    assert note in words(public.find("main"))


def test_RU1_a_district_of_the_first_cohort_sees_its_own_and_common_meetings(stage: Any) -> None:
    ru1 = stage(RUTGERS, "RU1")
    ru1.seat("superintendent", {"name": "Secaucus", "state": "NJ"}, cohort="cohort_1")

    titles = ru1.titles()

    assert {ru1.title(code) for code in ru1.then["sees"]} <= titles
    assert {ru1.title(code) for code in ru1.then["not"]} & titles == set()


def test_RU7_a_winter_afternoon_is_the_right_moment(stage: Any) -> None:
    ru7 = stage(RUTGERS, "RU7")
    ru7.seat("superintendent", {"state": "NJ"}, cohort="cohort_1")

    moments = ru7.starts("net-dec")

    assert [moment.astimezone(UTC) for moment in moments] == [utc(ru7.then["dtstart_utc"])] * 2


@pytest.mark.parametrize("name", sorted(path.stem for path in PROGRAMMES.glob("*.json")))
def test_every_session_in_the_calendar_file_is_at_the_instants_of_the_scenario(
    tenant: Tenant, client: Browser, name: str
) -> None:
    institute = load(name)
    content = scenario(name)
    said = {
        one["id"]: (utc(one["start_utc"]), utc(one["end_utc"]))
        for one in (*content["sessions"], *content.get("cohort_meetings", ()))
        if "start_utc" in one
    }
    uids = {
        session.code: session.uid
        for session in db.session.scalars(
            select(Session).where(Session.institute_id == institute.id)
        )
    }

    file = client.get(f"/lakeshore/institutes/{institute.slug}/calendar.ics").data

    one = {
        str(event["UID"]): (event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in Calendar.from_ical(file).events
    }
    other = {
        event.uid.value: (
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
        )
        for event in vobject.readOne(file.decode()).vevent_list
    }
    assert one == other
    assert len(said) >= 9
    assert {code: one[uids[code]] for code in said} == said
