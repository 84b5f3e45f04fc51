"""Inviting LEAs at the browser."""

from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Person
from events.institutes.domain import Intake
from events.institutes.models import Institute
from events.intake.models import InstituteInvitation
from events.registration.models import Team
from tests.browser import Browser
from tests.events.intake.season import HOST, address, letters, some_leas
from tests.events.registration.routes.pages import errors, words
from tests.factories import make_institute, make_lea
from tests.queries import counting_queries

SEASON = "/lakeshore/institutes/summer"
MANAGE = "/lakeshore/manage/institutes/summer"
INVITED_ONLY = (
    "Only LEAs that the host has invited can register for this institute. To ask for an "
    "invitation, write to hello@lakeshore.example.org."
)


def invited_institute() -> Institute:
    return make_institute(intake=Intake.INVITATION)


def test_only_an_invited_lea_starts_a_team(
    lead: Person, coordinator: Person, client: Browser
) -> None:
    invited_institute()
    oak, elm = make_lea("3400001", "Oak Park"), make_lea("3400002", "Elm Grove")
    start = {"name": "Lee", "side": "labor"}
    client.sign_in(HOST)
    client.post(
        f"{MANAGE}/invitations/new",
        data={"lea_id": oak.id, "name": "Chief", "email": "chief@oak.example.org", "note": "Hi!"},
    )
    twice = client.post(
        f"{MANAGE}/invitations/new", data={"lea_id": oak.id, "email": "x@oak.example.org"}
    )
    assert errors(twice) == ["Oak Park is invited already."]
    (mail,) = letters("chief@oak.example.org")
    token = mail.text.split("/invited/")[1].split()[0]

    client.sign_in("lead@example.org")
    refused = client.post(f"{SEASON}/register", data={**start, "lea_id": elm.id})
    assert errors(refused) == [INVITED_ONLY]
    page = client.get(f"/lakeshore/invited/{token}")
    link = BeautifulSoup(page.text, "html.parser").find("a", string="Start the team")["href"]
    chosen = BeautifulSoup(client.get(link).text, "html.parser").select_one(
        "input[checked][name=lea_id]"
    )
    assert chosen is not None
    assert chosen["value"] == oak.id
    started = client.post(f"{SEASON}/register", data={**start, "lea_id": oak.id})
    assert started.status_code == 302

    client.sign_in(HOST)
    team = db.session.scalars(select(Team)).one()
    assert f"teams/{team.id}" in client.get(f"{MANAGE}/invitations").text
    invitation = db.session.scalars(select(InstituteInvitation)).one()
    client.post(f"{MANAGE}/invitations/{invitation.id}/take-back")
    assert client.get(f"/lakeshore/invited/{token}").status_code == 404


def test_a_pasted_list_is_looked_at_before_anyone_is_invited(
    lead: Person, coordinator: Person, client: Browser
) -> None:
    invited_institute()
    make_lea("3400001", "Oak Park")
    make_lea("3400002", "Twin Lakes")
    make_lea("1000002", "Twin Lakes", "DE")
    make_lea("4200001", "Penn Hills", "PA")
    client.sign_in(HOST)
    path = f"{MANAGE}/invitations/paste"
    lines = (
        "3400001\tchief@oak.example.org\tChief Oak\n"
        "Twin Lakes, lead@twin.example.org\n"
        "oak park; again@oak.example.org\n"
        "9999999, nobody@example.org\n"
        "no address here\n"
        "4200001, chief@penn.example.org"
    )

    page = words(client.post(path, data={"lines": lines}))
    for sentence in (
        "Oak Park (NJ) chief@oak.example.org Chief Oak ready",
        "Several LEAs have this name: 1000002 (DE), 3400002 (NJ). Write the id.",
        "The directory lists no LEA “9999999”.",
        "Write the LEA, then the e-mail address: 3400001, chief@district.org.",
        "Oak Park (NJ) again@oak.example.org correct this This LEA stands in the list twice.",
        "Penn Hills could not start a team. This institute is open to",
    ):
        assert sentence in page
    refused = client.post(path, data={"lines": lines, "save": "1"})
    assert errors(refused) == ["Correct the lines that are marked; nobody was invited."]
    good = "3400001, chief@oak.example.org\n1000002; lead@twin.example.org"
    client.post(path, data={"lines": good, "save": "1"})

    invited = db.session.scalars(select(InstituteInvitation.lea_id))
    assert sorted(invited) == ["1000002", "3400001"]
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "invite_leas")).all()
    assert [one.after for one in acts] == [{"leas": ["3400001", "1000002"]}]


def test_the_list_of_invitations_asks_as_often_for_three_as_for_one(
    lead: Person, coordinator: Person, client: Browser
) -> None:
    invited_institute()
    client.sign_in(HOST)
    counts = []
    for lea in some_leas(urban=3):
        client.post(f"{MANAGE}/invitations/new", data={"lea_id": lea.id, "email": address(lea)})
        db.session.expire_all()
        with counting_queries() as count:
            client.get(f"{MANAGE}/invitations")
        counts.append(len(count))
    assert counts[0] == counts[2]
