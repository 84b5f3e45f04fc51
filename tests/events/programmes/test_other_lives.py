"""Programmes of other hosts, from the file through invitations and changes to what people hear."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from icalendar import Calendar

from consortium.calendar import service as feeds
from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.institutes.service import get_by_slug
from events.programmes.commands import programme as command
from events.registration.models import Team
from tests.browser import Browser
from tests.calendars import deliver, sent_to, told
from tests.events.programmes.files import other
from tests.factories import make_lea, make_person, make_team

SECRET = "only-for-tests-" + "x" * 32
PAM, SUE = "pam@x.org", "sue@x.org"
BEFORE = "2027-08-01T12:00+00:00"


class Host:
    """A host who loads a file again and again, and the people who hear of it."""

    def __init__(self, app: Flask, mailer: Any, folder: Path, state: str) -> None:
        self.app, self.mailer = app, mailer
        self.file: dict[str, Any] = json.loads(other(state).read_text())
        self.path = folder / "programme.json"
        self.slug = "their-institute"

    def load(self) -> None:
        """Load the file as it is now, and let everyone be told."""
        self.path.write_text(json.dumps(self.file))
        words = ["load", str(self.path), "--consortium", "lakeshore", "--slug", self.slug]
        result: Result = CliRunner().invoke(command, words)
        assert result.exit_code == 0, result.output
        db.session.expire_all()
        tell_of_changes(self.app)
        deliver(self.app)

    def invite(self, members: dict[str, str], **values: Any) -> Team:
        """Seat people who confirmed, and send them their calendars."""
        team = make_team(self.institute, make_lea("0200001", "Denali Borough"), members, **values)
        with transaction():
            notices.want_everyone(self.institute.id, why=Why.SEAT)
        tell_of_changes(self.app)
        deliver(self.app)
        return team

    @property
    def institute(self) -> Institute:
        return get_by_slug(self.slug)

    def item(self, code: str) -> dict[str, Any]:
        items = (*self.file.get("sessions", ()), *self.file.get("cohort_meetings", ()))
        found: dict[str, Any] = next(one for one in items if one.get("id") == code)
        return found

    def hear(self, who: str) -> list[tuple[str, str]]:
        """Return what someone's calendar was told since this was last asked."""
        heard = [(method, title) for method, title, _ in told(self.mailer, who)]
        self.mailer.sent.clear()
        return heard


@pytest.fixture
def host(app: Flask, mailer: Any, tenant: Tenant, frozen: Any, tmp_path: Path) -> Any:
    frozen(BEFORE)
    return lambda state: Host(app, mailer, tmp_path, state)


def feed_of(client: Browser, person: Person) -> dict[str, tuple[str, str]]:
    """Return state and beginning of each session in someone's feed, by title."""
    with transaction():
        feed = feeds.feed_of(person, secret=SECRET, by=person.email)
    content = client.get(f"/lakeshore/calendar/{feeds.find_token(feed, secret=SECRET)}.ics").data
    return {
        str(event["SUMMARY"]): (str(event["STATUS"]), event.start.isoformat())
        for event in Calendar.from_ical(content).events
    }


def test_a_retreat_at_two_hotels_moves_a_dinner_and_drops_a_brunch(
    host: Any, client: Browser
) -> None:
    retreat: Host = host("alaska")
    retreat.load()
    retreat.invite({PAM: "president", SUE: "superintendent"})
    late, owls = "Late caucus", "Night owls"
    assert (("REQUEST", late) in retreat.hear(PAM), ("REQUEST", late) in retreat.hear(SUE)) == (
        True,
        False,
    )
    feed = feed_of(client, make_person(PAM))
    assert feed[owls] == ("CONFIRMED", "2027-11-06T22:00:00-08:00")  # clocks go back that night
    assert feed["Brunch"] == ("CONFIRMED", "2027-11-07T10:00:00-09:00")

    retreat.item("fri-dinner")["room"] = "Endeavor"
    retreat.file["sessions"].remove(retreat.item("sun-brunch"))
    retreat.load()

    mail = sent_to(retreat.mailer, PAM)[0].text
    assert "Endeavor, Hotel Captain Cook. Before: Columbia Ballroom, Alyeska Résort." in mail
    assert retreat.hear(PAM)[1:] == [("CANCEL", "Brunch")]
    assert feed_of(client, make_person(PAM))["Brunch"][0] == "CANCELLED"


def test_a_virtual_cohort_tells_each_group_of_its_own_meetings_and_of_dates_as_they_are_set(
    host: Any, client: Browser
) -> None:
    cohort: Host = host("rockies")
    cohort.load()
    cohort.invite({PAM: "president"}, cohort="east")
    assert [title for _, title in cohort.hear(PAM)] == ["Kick-off", "East group", "Hawaii group"]
    begins = {title: at for title, (_, at) in feed_of(client, make_person(PAM)).items()}
    assert begins["Hawaii group"] == "2028-01-12T15:00:00-10:00"
    assert "Spring share-out" not in begins

    del cohort.item("m1")["at"]
    cohort.item("m5")["at"] = "2028-03-08T15:00/2028-03-08T16:30"
    cohort.load()
    assert "Its date is to be set anew." in sent_to(cohort.mailer, PAM)[0].text
    assert cohort.hear(PAM) == [("REQUEST", "Spring share-out"), ("CANCEL", "Kick-off")]

    cohort.item("m1")["at"] = "2027-09-15T15:00/2027-09-15T16:30"
    cohort.load()
    assert cohort.hear(PAM) == [("REQUEST", "Kick-off")]


def test_a_conference_of_strands_and_repeated_stories_follows_what_people_take(
    host: Any, client: Browser, frozen: Any
) -> None:
    frozen("2027-03-01T12:00+00:00")
    conference: Host = host("prairie")
    conference.load()
    team = conference.invite({PAM: "teacher", SUE: "teacher"})
    for seat, strand in zip(team.seats, ("s1", "s2"), strict=True):
        seat.choices = [f"strand:{strand}"]
    db.session.commit()
    conference.load()
    conference.hear(PAM)
    agenda = f"/lakeshore/institutes/{conference.slug}/agenda"
    for who, act in ((PAM, "choose"), (SUE, "choose"), (SUE, "wait")):
        client.sign_in(who)
        code = "story-4-1" if (who, act) == (SUE, "choose") else "story-2-1"
        assert client.post(f"{agenda}/{act}", data={"session": code}).status_code == 302
    refused = client.post(f"{agenda}/choose", data={"session": "strand-1"}).text
    assert "belongs to the strand “Strand 1”. Choose that strand" in refused

    conference.item("story-2-1").update(
        start="2027-04-08T15:00", end="2027-04-08T15:45", capacity=2
    )
    conference.load()

    moved = "You have a place in “District story 2” now, instead of “District story 4”."
    assert sent_to(conference.mailer, SUE)[0].subject == moved
    assert told(conference.mailer, SUE)[0][:2] == ("REQUEST", "District story 2")
    assert conference.hear(PAM) == [("REQUEST", "District story 2")]
