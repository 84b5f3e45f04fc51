"""A lead, a member and a visitor at their browsers, as the acceptance tests need them."""

from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.database import db
from consortium.directory.models import Lea
from consortium.outbox.models import OutboxEmail
from events.institutes.models import PEOPLE, Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.factories import make_lea
from tests.scenarios.programme_of import acceptance, load

LEAD = "lea.lead@district.example.org"


class Scene:
    """A scenario's institute at the moment of one acceptance test, and someone who registers."""

    def __init__(self, client: Browser, frozen: Any, name: str, test: str) -> None:
        given = acceptance(name, test)
        self.then: dict[str, Any] = given["then"]
        self.clock: str = given["clock"]
        self._frozen = frozen
        self._who = ""
        self.client = client
        self.institute: Institute = load(name)
        self.slug, self.title = self.institute.slug, self.institute.title
        self.go_to(self.clock)

    def go_to(self, moment: str) -> None:
        """Let it be another moment; whoever was signed in signs in again."""
        self._frozen(moment)
        if self._who:
            self.client.sign_in(self._who)

    def sign_in(self, email: str) -> None:
        self._who = email
        self.client.sign_in(email)

    # What a lead does.

    def open_registration(self) -> str:
        return words(self.client.get(f"/lakeshore/institutes/{self.slug}/register"))

    def start(self, lea: Lea, **said: Any) -> TestResponse:
        """Sign in and start the LEA's team; the form is sent as the page shows it."""
        self.sign_in(LEAD)
        path = f"/lakeshore/institutes/{self.slug}/register"
        page = BeautifulSoup(self.client.get(path).text, "html.parser")
        waits = page.find("input", attrs={"name": "for_waitlist"})
        return self.client.post(
            path,
            data={
                "lea_id": lea.id,
                "name": "Lea Lead",
                "side": "labor",
                "for_waitlist": waits["value"] if waits else "",
                **said,
            },
        )

    def draft(self, lea: Lea, *roles: str, **said: Any) -> None:
        """Start the team and paste its people, one for each role."""
        response = self.start(lea, **said)
        assert response.status_code == 302, words(response)
        self.name(*roles)

    def name(self, *roles: str) -> TestResponse:
        known = len(self.team.seats)
        lines = "\n".join(
            f"Person {known + n}\tp{known + n}@district.example.org\t{role}"
            for n, role in enumerate(roles)
        )
        return self.client.post(f"{self.path}/members/paste", data={"lines": lines, "save": "1"})

    def submit(self) -> TestResponse:
        return self.client.post(f"{self.path}/submit")

    def answer_office(self, code: str, *, exists: bool) -> TestResponse:
        answer = "yes" if exists else "no"
        return self.client.post(f"{self.path}/offices/{code}", data={"exists": answer})

    # What is there afterwards.

    @property
    def path(self) -> str:
        return f"/lakeshore/teams/{self.team.id}"

    @property
    def team(self) -> Team:
        """The newest team, read anew."""
        db.session.expire_all()
        statement = select(Team).order_by(Team.created_at.desc(), Team.name)
        team = db.session.scalars(statement).first()
        assert team is not None
        return team

    @property
    def waiting(self) -> list[Team]:
        """Everyone on the waitlist, in order."""
        statement = select(Team).where(Team.waitlist_position.is_not(None))
        return list(db.session.scalars(statement.order_by(Team.waitlist_position)))

    def page(self) -> str:
        return words(self.client.get(self.path))

    def taken(self, code: str = PEOPLE) -> int:
        db.session.expire_all()
        pool = db.session.get_one(Institute, self.institute.id).pool(code)
        assert pool is not None
        return pool.taken

    def letters(self, to: str) -> list[OutboxEmail]:
        statement = select(OutboxEmail).where(OutboxEmail.to == to)
        return list(db.session.scalars(statement.order_by(OutboxEmail.promised_at, OutboxEmail.id)))


def words(response: TestResponse) -> str:
    """Return what the main part of a page says, spaces made single."""
    main = BeautifulSoup(response.text, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()).replace("\u202f", " ") if main else ""


def district(name: str, state: str, number: int = 1, **values: Any) -> Lea:
    """Return an LEA of the directory."""
    digits = {
        "AZ": "04",
        "CA": "06",
        "NJ": "34",
        "DE": "10",
        "PA": "42",
        "NY": "36",
        "HI": "15",
        "IL": "17",
    }
    return make_lea(f"{digits[state]}{number:05}", name, state, **values)
