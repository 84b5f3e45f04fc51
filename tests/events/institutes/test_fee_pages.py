"""Fee rules are written one at a time, with examples of what teams would pay."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain.fees import read_rules
from events.institutes.domain.fees.kinds import Told
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, draft, parsed, send, words, words_of
from tests.queries import counting_queries

CALIFORNIA = {"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000}
ODD = {"code": "lodging", "night_cents": 9900}
FEES = f"{ROOT}/summer/fees"


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def stored() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = again().fees["rules"]
    return found


def examples(page: BeautifulSoup) -> dict[str, list[str]]:
    """Return the worked examples of a page: title, then each line and the total."""
    return {
        words_of(panel.h3): [
            f"{words_of(term)}: {words_of(term.find_next('dd'))}" for term in panel.find_all("dt")
        ]
        for panel in page.select(".panels .panel")
    }


def test_rules_are_told_with_a_way_to_change_each(desk: Browser) -> None:
    draft(fees={"rules": [CALIFORNIA, ODD]})

    page = parsed(desk.get(FEES))

    told = [words_of(row.td) for row in page.select("tbody tr")]
    assert told == [
        "The first 5 people of each LEA come free. Each additional person costs $150.00.",
        "Lodging: night $99.00.",
    ]
    assert len(page.select(f"a[href^='{FEES}/1']")) == 1
    assert page.select(f"a[href^='{FEES}/2']") == []
    assert desk.get(f"{FEES}/2").status_code == 404


def test_the_page_shows_what_teams_of_several_sizes_pay(desk: Browser) -> None:
    draft(fees={"rules": [CALIFORNIA]})

    shown = examples(parsed(desk.get(FEES)))

    assert shown["A team of 5 people"] == [
        "Person who comes free, 5 at no charge: $0.00",
        "Total: $0.00",
    ]
    assert shown["A team of 7 people"] == [
        "Person who comes free, 5 at no charge: $0.00",
        "Additional person, 2 at $150.00: $300.00",
        "Total: $300.00",
    ]


def test_the_page_sends_as_many_queries_for_three_rules_as_for_one(desk: Browser) -> None:
    institute = draft(fees={"rules": [CALIFORNIA]})
    desk.get(FEES)
    with counting_queries() as one:
        desk.get(FEES)
    institute.fees = {"rules": [CALIFORNIA, ODD, {"code": "cap", "most_cents": 1}]}
    db.session.commit()
    with counting_queries() as three:
        desk.get(FEES)

    assert len(three) == len(one)


def test_a_preview_shows_what_is_typed_and_keeps_nothing(desk: Browser) -> None:
    draft(fees={"rules": [CALIFORNIA]})

    answer = send(desk, FEES, model="flat", each="1,200", preview="1")

    assert answer.status_code == 200
    assert examples(parsed(answer))["A team of 3 people"][-1] == "Total: $3,600.00"
    assert "not saved yet" in answer.text
    assert stored() == [CALIFORNIA]


@pytest.mark.parametrize(
    ("kind", "typed", "rule"),
    [
        (
            "early_rate",
            {"each": "$100", "per": "person", "ends": "2026-05-01"},
            {"code": "early_rate", "each_cents": 10000, "per": "person", "until": "2026-05-01"},
        ),
        (
            "early_rate",
            {"each": "200", "begins": "2026-05-02"},
            {"code": "late_rate", "each_cents": 20000, "per": "person", "from": "2026-05-02"},
        ),
        (
            "team_size",
            {"n": "25", "each": "1,400", "then_each": "50.00"},
            {"code": "team_size", "n": 25, "each_cents": 140000, "then_each_cents": 5000},
        ),
        (
            "role_price",
            {"roles": ["principal"], "each": "40"},
            {"code": "role_price", "roles": ["principal"], "each_cents": 4000},
        ),
        (
            "visitor_fee",
            {"each": "75", "day": ""},
            {"code": "visitor_fee", "each_cents": 7500},
        ),
        (
            "guest_fee",
            {"states": "Delaware, PA", "each": "500", "per": "team"},
            {"code": "guest_fee", "states": ["DE", "PA"], "each_cents": 50000, "per": "team"},
        ),
        (
            "affiliate_rate",
            {"affiliation": "NEA, AFT", "each": "90"},
            {"code": "affiliate_rate", "affiliation": ["AFT", "NEA"], "each_cents": 9000,
             "per": "person"},
        ),
        (
            "sponsor_credit",
            {"by": "NEA", "each": "750", "affiliation": "NEA"},
            {"code": "sponsor_credit", "by": "NEA", "each_cents": -75000, "per": "team",
             "affiliation": ["NEA"]},
        ),
        (
            "discount",
            {"name": "SPRING27", "percent": "12.5", "limit": "20"},
            {"code": "discount", "name": "SPRING27", "basis_points": 1250, "per": "team",
             "limit": 20},
        ),
        (
            "cap",
            {"most": "2000", "per": "LEA"},
            {"code": "cap", "most_cents": 200000, "per": "LEA"},
        ),
        ("purchase_order_fee", {"each": "25"}, {"code": "purchase_order_fee", "each_cents": 2500}),
        (
            "split_rest",
            {"rows-0-who": "district", "rows-0-share": "50", "rows-2-who": "local association",
             "rows-2-share": "50 %"},
            {"code": "split_rest", "between": [
                {"name": "district", "basis_points": 5000},
                {"name": "local association", "basis_points": 5000},
            ]},
        ),
    ],
)  # fmt: skip
def test_a_rule_is_added_shown_in_its_form_and_saved_as_it_was(
    desk: Browser, kind: str, typed: dict[str, Any], rule: dict[str, Any]
) -> None:
    draft(fees={"model": "free", "rules": []})

    send(desk, f"{FEES}/add/{kind}", **typed)

    assert again().fees == {"currency": "USD", "rules": [rule]}
    assert not [one for one in read_rules(again().fees) if isinstance(one, Told)]
    version = again().version
    assert send(desk, f"{FEES}/1").status_code == 302
    assert (stored(), again().version) == ([rule], version)


def test_a_rule_keeps_its_place_and_what_its_form_does_not_show(desk: Browser) -> None:
    first = {**CALIFORNIA, "note": "since 2017"}
    draft(fees={"rules": [first, ODD]})

    send(desk, f"{FEES}/1", then_each="175")

    assert stored() == [{**first, "then_each_cents": 17500}, ODD]


def test_a_rule_is_removed(desk: Browser) -> None:
    draft(fees={"rules": [CALIFORNIA, ODD]})

    desk.post(f"{FEES}/1/remove", data={"version": again().version})

    assert stored() == [ODD]
    assert desk.get(f"{FEES}/2/remove").headers["Location"] == FEES
    assert desk.post(f"{FEES}/2/remove", data={"version": again().version}).status_code == 404


def test_what_someone_else_changed_meanwhile_is_not_overwritten(desk: Browser) -> None:
    draft(fees={"rules": [CALIFORNIA]})
    opened = again().version
    send(desk, f"{FEES}/add/purchase_order_fee", each="25")

    late = desk.post(f"{FEES}/1/remove", data={"version": opened})

    assert late.status_code == 409
    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("flat", {"each": "1_000"}, "Write a price in dollars, like 150 or 150.00."),
        ("flat", {"each": "١٥٠"}, "Write a price in dollars, like 150 or 150.00."),
        ("team_size", {"n": "1_0", "each": "1", "then_each": "1"},
         "Write a whole number, such as 40."),
        ("discount", {"name": "A", "percent": "10", "each": "5"},
         "Write either percent or dollars."),
        ("discount", {"name": "spring 27", "percent": "10"},
         "Another rule has this code. Choose another one."),
        ("discount", {"name": "A", "percent": "101"},
         "Write a share from 1 to 100, such as 10 or 12.5."),
        ("discount", {"name": "A", "percent": "10", "limit": "0"}, "Write 1 or more."),
        ("early_rate", {"each": "100"}, "Write until which day it holds, or from which day."),
        ("guest_fee", {"states": "Narnia", "each": "1"},
         "“Narnia” is no state. Write states like NJ, DE; for another country, its name."),
        ("role_price", {"each": "40"}, "Choose at least one role."),
        ("flat", {"each": "1", "begins": "2026-05-02", "ends": "2026-05-01"},
         "The last day is before the first."),
        ("split_rest", {"rows-1-share": "60"}, "Row 2: Name this payer, or empty the row."),
        ("split_rest", {}, "Name at least one payer."),
        ("split_rest", {"rows-0-who": "district", "rows-0-share": "60"},
         "The shares must come to 100 percent together."),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_beside_its_field(
    desk: Browser, kind: str, typed: dict[str, Any], sentence: str
) -> None:
    code = {"code": "discount", "name": "SPRING27", "basis_points": 1000}
    draft(fees={"rules": [code]})

    answer = send(desk, f"{FEES}/add/{kind}", **typed)

    assert answer.status_code == 422
    assert sentence in words(answer, ".error-summary li")
    assert stored() == [code]


@pytest.mark.parametrize("page", ["fees", "fees/add/flat", "fees/add/split_rest", "terms"])
def test_enter_in_a_field_saves(desk: Browser, page: str) -> None:
    draft(fees={"rules": [CALIFORNIA]})

    form = parsed(desk.get(f"{ROOT}/summer/{page}")).select_one("main form.form")

    assert form is not None
    assert words_of(form.select_one("button[type=submit]")) == "Save"


def test_only_staff_read_the_words_of_a_discount_code(desk: Browser) -> None:
    draft(fees={"rules": [{"code": "discount", "name": "SPRING27", "basis_points": 1000}]})

    assert "SPRING27" in desk.get(FEES).text
    shown = desk.get("/lakeshore/institutes/summer").text
    assert "With a discount code: 10% off." in shown
    assert "SPRING27" not in shown


def test_every_kind_of_rule_can_be_chosen_and_no_other(desk: Browser) -> None:
    draft()
    page = parsed(desk.get(f"{FEES}/add"))

    for link in page.select("main dl a"):
        assert desk.get(str(link["href"])).status_code == 200
    assert desk.get(f"{FEES}/add/barter").status_code == 404
