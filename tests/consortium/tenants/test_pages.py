import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.tenants.domain.consortia import RESERVED_SLUGS, PartnerRole
from consortium.tenants.models import Partner, Tenant
from consortium.tenants.service import partners, staff
from tests.browser import Browser
from tests.factories import make_person
from tests.queries import counting_queries

SETTINGS = {
    "name": "Lakeshore Partnership",
    "states": "NJ, DE",
    "time_zone": "America/New_York",
    "brand_colour": "#7a1f3d",
    "reply_address": "hello@lakeshore.example.org",
    "version": "1",
}


@pytest.fixture
def owner(tenant: Tenant) -> Person:
    return make_person("owner@example.org", "Olive Owner", staff="owner")


@pytest.fixture
def at_desk(client: Browser, coordinator: Person) -> Browser:
    """A browser at which the coordinator is signed in."""
    client.sign_in(coordinator.email)
    return client


@pytest.fixture
def as_owner(client: Browser, owner: Person) -> Browser:
    client.sign_in(owner.email)
    return client


def words(text: str) -> str:
    return " ".join(BeautifulSoup(text, "html.parser").get_text(" ").split())


def rows(text: str) -> list[list[str]]:
    page = BeautifulSoup(text, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody tr")
    ]


def test_the_brand_stylesheet_is_public_and_kept_as_long_as_its_address(
    client: Browser, tenant: Tenant
) -> None:
    current = client.get(f"/lakeshore/brand.css?v={tenant.brand_colour[1:]}")
    stale = client.get("/lakeshore/brand.css?v=aabbcc")

    assert current.mimetype == "text/css"
    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert stale.headers["Cache-Control"] == "public, max-age=300"
    assert current.text == stale.text
    assert ":root {\n  --brand: #1f4e79;\n  --brand-ink: #ffffff;" in current.text
    assert "@media (prefers-color-scheme: dark)" in current.text
    assert "Set-Cookie" not in current.headers


def test_settings_show_what_is_stored(at_desk: Browser) -> None:
    page = BeautifulSoup(at_desk.get("/lakeshore/settings").text, "html.parser")

    assert page.find(id="states")["value"] == "NJ"
    assert page.find(id="brand_colour")["value"] == "#1f4e79"
    chosen = page.select_one("#time_zone option[selected]")
    assert (chosen["value"], chosen.text) == ("America/New_York", "Eastern Time")


def test_settings_are_saved(at_desk: Browser, tenant: Tenant) -> None:
    answer = at_desk.post("/lakeshore/settings", data=SETTINGS)

    assert answer.location == "/lakeshore/settings"
    db.session.expire_all()
    assert (tenant.states, tenant.brand_colour, tenant.version) == (["NJ", "DE"], "#7a1f3d", 2)
    page = at_desk.get("/lakeshore/settings").text
    assert "The settings are saved." in page
    assert "/lakeshore/brand.css?v=7a1f3d" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter the consortium's name."),
        ("name", "NJ", "Give the consortium a name of 3 to 120 letters."),
        ("name", "A\x00B Partnership", "Remove the hidden control characters"),
        ("states", "NJ, Atlantis", "“Atlantis” is not a state."),
        ("time_zone", "Mars/Olympus", "“Mars/Olympus” is not a time zone."),
        ("brand_colour", "#ffd400", "The nearest darker shade that works is #8c7500."),
        ("reply_address", "nobody", "“nobody” is not an e-mail address."),
    ],
)
def test_settings_say_what_is_wrong_beside_the_field_and_keep_the_input(
    at_desk: Browser, tenant: Tenant, field: str, value: str, sentence: str
) -> None:
    answer = at_desk.post("/lakeshore/settings", data={**SETTINGS, "name": "Renamed", field: value})

    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.title.text.startswith("Error: Settings")
    assert sentence in words(str(page.find(id=f"{field}-error")))
    assert sentence in words(str(page.find(id="error-summary")))
    assert page.find(id="states")["value"] == (value if field == "states" else "NJ, DE")
    db.session.expire_all()
    assert tenant.name == "Lakeshore Partnership"


def test_settings_show_both_versions_to_the_one_who_came_second(
    at_desk: Browser, tenant: Tenant
) -> None:
    at_desk.post("/lakeshore/settings", data={**SETTINGS, "name": "First of Two"})

    answer = at_desk.post("/lakeshore/settings", data={**SETTINGS, "name": "Second of Two"})

    assert answer.status_code == 409
    assert rows(answer.text) == [["Name", "First of Two", "Second of Two"]]
    db.session.expire_all()
    assert tenant.name == "First of Two"


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 30])
def test_settings_take_an_unreadable_version_for_a_stale_one(
    at_desk: Browser, version: str
) -> None:
    answer = at_desk.post("/lakeshore/settings", data={**SETTINGS, "version": version})

    assert answer.status_code == 409


def test_goals_are_saved_one_for_each_line(at_desk: Browser, tenant: Tenant) -> None:
    answer = at_desk.post(
        "/lakeshore/settings/goals", data={"goals": "Attendance\r\n\r\nLiteracy", "version": "1"}
    )

    assert answer.location == "/lakeshore/settings/goals"
    db.session.expire_all()
    assert tenant.goals == ["Attendance", "Literacy"]
    refused = at_desk.post("/lakeshore/settings/goals", data={"goals": "A1\nA1", "version": "2"})
    assert refused.status_code == 422
    assert "A1\nA1" in refused.text.replace("\r", "")


def test_partners_are_added_moved_and_removed_on_their_page(at_desk: Browser) -> None:
    for name, role in (("NJEA", "co-host"), ("Marsh Foundation", "sponsor_funder")):
        answer = at_desk.post("/lakeshore/settings/partners", data={"name": name, "role": role})
        assert answer.location == "/lakeshore/settings/partners"
    page = at_desk.get("/lakeshore/settings/partners").text
    assert [row[:2] for row in rows(page)] == [["NJEA", "Co-host"], ["Marsh Foundation", "Funder"]]
    assert [row[2] for row in rows(page)] == [
        "Move down : NJEA Remove : NJEA",
        "Move up : Marsh Foundation Remove : Marsh Foundation",
    ]

    njea, marsh = db.session.scalars(select(Partner.id).order_by(Partner.position)).all()
    at_desk.post(f"/lakeshore/settings/partners/{marsh}/move", data={"to": "earlier"})
    page = at_desk.get("/lakeshore/settings/partners").text
    assert [row[0] for row in rows(page)] == ["Marsh Foundation", "NJEA"]
    at_desk.post(f"/lakeshore/settings/partners/{njea}/remove")
    page = at_desk.get("/lakeshore/settings/partners").text
    assert [row[0] for row in rows(page)] == ["Marsh Foundation"]


def test_the_same_partner_form_sent_twice_adds_one(at_desk: Browser) -> None:
    data = {"name": "NJEA", "role": "co-host", "action_key": "a-key-of-its-own"}

    first = at_desk.post("/lakeshore/settings/partners", data=data)
    second = at_desk.post("/lakeshore/settings/partners", data=data)

    assert first.location == second.location == "/lakeshore/settings/partners"
    assert db.session.scalars(select(Partner.name)).all() == ["NJEA"]


def test_an_unknown_partner_role_of_a_programme_file_is_shown_in_words(
    at_desk: Browser, tenant: Tenant
) -> None:
    with transaction():
        partners.add_partner("CDE", PartnerRole.PARTNER, by="x").role = "convener_and_fiscal_agent"

    page = at_desk.get("/lakeshore/settings/partners").text

    assert rows(page)[0][:2] == ["CDE", "Convener and fiscal agent"]


def test_an_owner_appoints_someone_who_is_told_by_mail(as_owner: Browser) -> None:
    answer = as_owner.post(
        "/lakeshore/settings/staff",
        data={"email": "Desk@example.org", "name": "Dee Desk", "role": "desk"},
    )

    assert answer.location == "/lakeshore/settings/staff"
    page = as_owner.get("/lakeshore/settings/staff").text
    assert "We write to desk@example.org now." in page
    assert [row[:2] for row in rows(page)] == [
        ["Dee Desk desk@example.org", "Desk helper"],
        ["Olive Owner owner@example.org", "Owner"],
    ]
    mail = db.session.scalars(select(OutboxEmail)).one()
    assert (mail.to, mail.reply_to) == ("desk@example.org", "hello@lakeshore.example.org")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"email": "", "role": "desk"}, "Enter the person's e-mail address."),
        ({"email": "nobody", "role": "desk"}, "is not an e-mail address"),
        ({"email": "a@example.org"}, "Choose a role."),
        ({"email": "a@example.org", "role": "emperor"}, "Not a valid choice."),
        ({"email": "owner@example.org", "role": "owner"}, "already has the role “Owner”"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_explained(
    as_owner: Browser, data: dict[str, str], sentence: str
) -> None:
    answer = as_owner.post("/lakeshore/settings/staff", data=data)

    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert len(rows(answer.text)) == 1


def test_an_owner_ends_a_role_but_not_the_last_owners(as_owner: Browser) -> None:
    make_person("desk@example.org", "Dee Desk", staff="desk")
    desk, owner = staff.staff()

    ended = as_owner.post(f"/lakeshore/settings/staff/{desk.id}/end")
    refused = as_owner.post(f"/lakeshore/settings/staff/{owner.id}/end")

    assert ended.location == "/lakeshore/settings/staff"
    assert refused.status_code == 422
    assert "This is the last owner." in refused.text
    assert [member.person.email for member in staff.staff()] == ["owner@example.org"]
    assert as_owner.post(f"/lakeshore/settings/staff/{desk.id}/end").status_code == 404


def test_a_coordinator_keeps_settings_and_does_not_appoint(at_desk: Browser) -> None:
    page = at_desk.get("/lakeshore/settings").text

    assert "/lakeshore/settings/staff" not in page
    assert at_desk.get("/lakeshore/settings/staff").status_code == 403


@pytest.mark.parametrize(
    "path", ["settings", "settings/goals", "settings/partners", "settings/roles", "settings/staff"]
)
@pytest.mark.parametrize("role", ["finance", "facilitator", "desk", "viewer"])
def test_other_staff_change_no_settings(
    client: Browser, tenant: Tenant, path: str, role: str
) -> None:
    client.sign_in(make_person(f"{role}@example.org", staff=role).email)

    assert client.get(f"/lakeshore/{path}").status_code == 403


def test_lists_ask_the_same_number_of_questions_for_three_rows_as_for_one(
    as_owner: Browser,
) -> None:
    def questions(path: str) -> int:
        with counting_queries() as count:
            as_owner.get(path)
        return len(count)

    with transaction():
        partners.add_partner("One", PartnerRole.PARTNER, by="x")
    for path in ("/lakeshore/settings/partners", "/lakeshore/settings/staff"):
        as_owner.get(path)
    one = [questions("/lakeshore/settings/partners"), questions("/lakeshore/settings/staff")]
    with transaction():
        for name in ("Two", "Three"):
            partners.add_partner(name, PartnerRole.PARTNER, by="x")
    make_person("two@example.org", staff="desk")
    make_person("three@example.org", staff="viewer")

    assert [
        questions("/lakeshore/settings/partners"),
        questions("/lakeshore/settings/staff"),
    ] == one


def test_no_consortium_can_stand_where_the_installation_has_a_page_of_its_own(app: Flask) -> None:
    first_parts = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}

    assert first_parts - {"", "<consortium>"} <= RESERVED_SLUGS
