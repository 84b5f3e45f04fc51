"""Who may come, deadlines, places, fees, hosts and roles, each on a page of its own."""

from datetime import date, time
from typing import Any

import pytest

from consortium.database import db
from consortium.people.models import Person, Role
from consortium.tenants.models import Tenant
from events.institutes.domain.sections import Coming, Costs, Deadlines, Hosts, Places, Roles
from events.institutes.models import PEOPLE
from events.institutes.service import pools
from events.institutes.service.sections import section_of
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, draft, send, words
from tests.factories import make_institute, soon


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def test_who_may_come_is_written_in_names_and_codes(desk: Browser) -> None:
    draft()
    send(
        desk,
        f"{ROOT}/summer/admission",
        home="nj, Pennsylvania",
        guests="DE, South Africa, foreign:CA",
        by_request="y",
        unit_types=["district", "charter_school"],
    )
    stored: Coming = section_of(again(), Coming)
    assert stored.admission.home == {"NJ", "PA"}
    assert stored.admission.guests == {"DE", "foreign:ZA", "foreign:CA"}
    assert stored.admission.by_request
    assert stored.unit_types == ("district", "charter_school")


def test_a_state_that_is_none_is_named(desk: Browser) -> None:
    draft()
    answer = send(desk, f"{ROOT}/summer/admission", home="NJ, Narnia")
    assert words(answer, ".error-summary li") == [
        "“Narnia” is no state. Write states like NJ, DE; for another country, its name."
    ]


def test_deadlines_are_added(desk: Browser) -> None:
    draft()
    send(
        desk,
        f"{ROOT}/summer/deadlines",
        **{
            "rows-1-code": "other",
            "rows-1-what": "Hotel list goes out",
            "rows-1-on": "2026-03-20",
            "rows-1-at": "12:00",
        },
    )
    assert [
        (due.code, due.what, due.on, due.at) for due in section_of(again(), Deadlines).dues
    ] == [
        ("register_by", "register_by", soon(30).date(), time(17, 0)),
        ("hotel_list_goes_out", "Hotel list goes out", date(2026, 3, 20), time(12, 0)),
    ]


def test_places_below_what_is_taken_are_refused_beside_their_field(desk: Browser) -> None:
    institute = make_institute()
    pools.take(institute.id, PEOPLE, 20)
    db.session.commit()
    answer = send(desk, f"{ROOT}/summer/places", people="19")
    assert answer.status_code == 422
    assert words(answer, "#people-error") == [
        "Error: Places taken already: 20. So the limit cannot be 19. Choose 20 or more."
    ]
    send(desk, f"{ROOT}/summer/places", people="25", waitlist="We call you")
    assert section_of(again(), Places) == Places(
        limits={"people": 25, "teams": 10}, waitlist="We call you"
    )


@pytest.mark.parametrize(
    ("filled", "fees"),
    [
        ({"model": "free"}, {"model": "free", "currency": "USD", "rules": []}),
        (
            {"model": "free_first_n", "n": "5", "then_each": "$150"},
            {
                "currency": "USD",
                "rules": [{"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000}],
            },
        ),
        (
            {"model": "flat", "each": "1,125.50", "includes": "breakfast"},
            {
                "currency": "USD",
                "rules": [
                    {
                        "code": "flat",
                        "per": "person",
                        "each_cents": 112550,
                        "includes": "breakfast",
                    }
                ],
            },
        ),
    ],
)
def test_fees_are_stored_in_the_shape_of_programme_files(
    desk: Browser, filled: dict[str, str], fees: dict[str, Any]
) -> None:
    draft()
    send(desk, f"{ROOT}/summer/fees", **filled, payment_methods=["check", "purchase_order"])
    stored: Costs = section_of(again(), Costs)
    assert stored.fees == fees
    assert set(stored.payment_methods) == {"check", "purchase_order"}


@pytest.mark.parametrize(
    "price",
    [
        "", "free", "12.345", "-5", "1e5", "99999999", "1_000", "١٥٠", "１５０", "NaN", "Infinity",
        "1,00", "1.5", "150.", "150 000", "€150", "1000000.01",
    ],
)  # fmt: skip
def test_a_price_that_is_none_is_refused(desk: Browser, price: str) -> None:
    draft()
    answer = send(desk, f"{ROOT}/summer/fees", model="flat", each=price)
    assert words(answer, ".error-summary li") == ["Write a price in dollars, like 150 or 150.00."]


@pytest.mark.parametrize(
    ("price", "cents"),
    [("150", 15000), ("150.00", 15000), ("$1,200", 120000), ("1000000", 100000000), ("0", 0)],
)
def test_a_price_is_written_as_people_write_it(desk: Browser, price: str, cents: int) -> None:
    draft()
    send(desk, f"{ROOT}/summer/fees", model="flat", each=price)
    assert again().fees["rules"][0]["each_cents"] == cents


def test_hosts_are_written_with_their_parts(desk: Browser) -> None:
    draft()
    send(
        desk,
        f"{ROOT}/summer/hosts",
        **{"rows-0-name": "NJEA", "rows-0-role": "co-host", "rows-2-name": "NJSBA"},
    )
    assert [(host.name, host.role) for host in section_of(again(), Hosts).hosts] == [
        ("NJEA", "co-host"),
        ("NJSBA", ""),
    ]


def test_a_role_of_the_catalogue_is_added_where_it_belongs(desk: Browser) -> None:
    draft()
    db.session.add(Role(code="teacher", label="Teacher", side="labor", position=0))
    db.session.commit()
    answer = send(
        desk,
        f"{ROOT}/summer/add-role",
        code="teacher",
        side="labor",
        strength="optional",
        min="0",
        max="3",
        applies_to="NJ",
        position="2",
    )
    assert answer.status_code == 302
    roles: Roles = section_of(again(), Roles)
    assert [role.code for role in roles.roles][:3] == ["superintendent", "teacher", "union_leader"]
    assert (roles.roles[1].label, roles.roles[1].max, roles.roles[1].applies_to) == (
        "Teacher",
        3,
        ("NJ",),
    )


def test_a_role_of_ones_own_needs_a_name(desk: Browser) -> None:
    draft()
    answer = send(desk, f"{ROOT}/summer/add-role", code="", label="")
    assert words(answer, ".error-summary li") == ["Give this role a name."]
    send(desk, f"{ROOT}/summer/add-role", code="", label="School nurse", side="labor")
    assert section_of(again(), Roles).roles[-1].code == "school_nurse"


def test_a_role_is_changed_moved_and_removed(desk: Browser) -> None:
    draft()
    path = f"{ROOT}/summer/roles/board_member"
    send(desk, path, label="Trustee", position="1", max="")
    first = section_of(again(), Roles).roles[0]
    assert (first.label, first.max) == ("Trustee", None)
    answer = send(desk, path, min="5", max="2")
    assert words(answer, "#max-error") == ["Error: The most is below the least."]
    desk.post(f"{path}/remove", data={"version": again().version})
    assert "board_member" not in [role.code for role in again().roles]
    assert desk.get(path).status_code == 404
    assert desk.get(f"{path}/remove").headers["Location"] == f"{ROOT}/summer/roles"


def test_a_role_of_a_published_institute_is_not_removed(desk: Browser) -> None:
    institute = make_institute()
    answer = desk.post(
        f"{ROOT}/summer/roles/board_member/remove", data={"version": institute.version}
    )
    assert answer.status_code == 422
    assert "board_member" in [role.code for role in again().roles]
