"""Someone with a seat, before her agenda and her calendar, as the acceptance tests need her."""

import json
from datetime import UTC, datetime
from typing import Any

import vobject
from bs4 import BeautifulSoup
from icalendar import Calendar
from sqlalchemy import select

from consortium.database import db
from events.registration.models import Team
from events.schedule.models import Session, SessionChoice
from tests.browser import Browser
from tests.factories import make_lea, make_team
from tests.scenarios.programme_of import PROGRAMMES, acceptance, load

ANA = "ana@district.example.org"


def scenario(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PROGRAMMES / f"{name}.json").read_text())
    return content


class Stage:
    """A scenario's institute, at the moment of one of its acceptance tests."""

    def __init__(self, name: str, test: str, frozen: Any, client: Browser) -> None:
        self.client = client
        given = acceptance(name, test)
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


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").split()).replace("\u202f", " ") if part else ""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
