"""Rules of credit are written in the browser and in programme files, and stay one."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from consortium.database import db, transaction
from consortium.people.models import Person
from events.credit.domain.presets import preset
from events.credit.domain.rules import OpenStays, Signer
from events.credit.service import plan_of
from events.institutes.models import Institute
from events.programmes.domain import FaultyProgramme, parse
from events.programmes.service import export_programme, load_programme
from tests.browser import Browser
from tests.events.credit.stage import ACADEMY, give
from tests.factories import make_institute
from tests.scenarios.programme_of import GREAT_LAKES, NEW_JERSEY, PROGRAMMES, load
from tests.scenarios.registering import words

MANAGED = "/lakeshore/manage/institutes/summer/credit"


@pytest.fixture
def summer(tenant: Any, coordinator: Person, client: Browser) -> Institute:
    client.sign_in(coordinator.email)
    return make_institute()


def shown(client: Browser, path: str) -> dict[str, Any]:
    """Return what the form on a page would send as it stands."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    form = next(one for one in page.main.find_all("form") if not one.get("action"))
    sent: dict[str, Any] = {}
    for one in form.find_all(["input", "textarea", "select"]):
        if one.get("type") in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        value = one.find("option", selected=True) if one.name == "select" else one
        sent.setdefault(one["name"], []).append(
            value.get_text() if one.name == "textarea" else value.get("value", "y")
        )
    return sent


def test_a_states_usual_rule_is_added_as_it_stands(summer: Institute, client: Browser) -> None:
    form = shown(client, f"{MANAGED}/add/illinois")

    answer = client.post(f"{MANAGED}/add/illinois", data=form)

    assert answer.status_code == 302
    assert plan_of(summer).rules == (preset("illinois").rule,)
    page = words(client.get(MANAGED))
    assert "from arrival to departure, each stay to the nearest 15 minutes" in page
    assert "Kept for 6 full years." in page


def test_examples_follow_what_is_typed_and_nothing_is_saved(
    summer: Institute, client: Browser
) -> None:
    form = shown(client, f"{MANAGED}/add/clock")
    typed = {**form, "counted": "stay", "rounding": "60", "cap": "3", "preview": "1"}

    page = words(client.post(f"{MANAGED}/add/clock", data=typed))

    assert "By what is typed now; it is not saved yet." in page
    assert "225 minutes = 4 hours" in page
    assert "comes to 6, and a day gives 3 hours at most." in page
    assert plan_of(summer).rules == ()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"name": ""}, "Enter the name of the credit."), ({"amount": "x"}, "Write a number such as"),
     ({"amount": "0"}, "Write a number such as"), ({"amount": "1e9"}, "Write a number such as"),
     ({"share": "101"}, "from 1 to 100"), ({"keep_years": ""}, "from 1 to 100"),
     ({"licence": "ID", "licence_least": "9", "licence_most": "3"}, "The most is below"),
     ({"name": "a\x00b"}, "control characters"), ({"counting": "magic"}, "")],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_beside_its_field(
    summer: Institute, client: Browser, wrong: dict[str, str], told: str
) -> None:
    form = shown(client, f"{MANAGED}/add/njsba")

    answer = client.post(f"{MANAGED}/add/njsba", data={**form, **wrong})

    assert answer.status_code == 422
    assert told in words(answer)
    assert plan_of(summer).rules == ()


def test_two_coordinators_do_not_overwrite_each_other(summer: Institute, client: Browser) -> None:
    give(summer, ACADEMY)
    form = shown(client, f"{MANAGED}/1")
    assert client.post(f"{MANAGED}/1", data={**form, "amount": "5"}).status_code == 302

    late = client.post(f"{MANAGED}/1", data={**form, "amount": "6"})

    assert late.status_code == 409
    assert [int(rule.amount) for rule in plan_of(summer).rules] == [5]


def test_settings_hold_for_all_kinds(summer: Institute, client: Browser) -> None:
    give(summer, ACADEMY)
    form = shown(client, f"{MANAGED}/settings")
    form |= {"open_stays": "last_scan", "signers": "Ada Lake, Director\nBo Lee"}
    del form["agenda"]

    client.post(f"{MANAGED}/settings", data=form)

    db.session.expire_all()
    plan = plan_of(summer)
    assert (plan.open_stays, plan.attendance, plan.agenda) == (OpenStays.LAST_SCAN, True, False)
    assert plan.signers == (Signer(name="Ada Lake", title="Director"), Signer(name="Bo Lee"))
    assert [rule.name for rule in plan.rules] == [ACADEMY["type"]]


@pytest.mark.parametrize("name", [GREAT_LAKES, NEW_JERSEY])
def test_an_export_brings_the_same_rules_again(tenant: Any, name: str) -> None:
    institute = load(name)
    before = plan_of(institute)

    file = export_programme(institute)

    read = parse(json.dumps(file).encode())
    assert read.warnings == ()
    with transaction():
        load_programme(read.programme, by="test")
    assert plan_of(institute) == before


def test_a_file_that_is_silent_about_credit_leaves_it(tenant: Any) -> None:
    institute = load(NEW_JERSEY)
    before = plan_of(institute)
    file = json.loads((PROGRAMMES / f"{NEW_JERSEY}.json").read_text())
    del file["pd_credit"]

    with transaction():
        load_programme(parse(json.dumps(file).encode()).programme, by="test")
    assert plan_of(institute) == before

    file["pd_credit"] = []
    with transaction():
        load_programme(parse(json.dumps(file).encode()).programme, by="test")
    assert plan_of(institute).rules == ()


def test_faults_and_warnings_name_their_place_in_the_file() -> None:
    file = json.loads((PROGRAMMES / f"{NEW_JERSEY}.json").read_text())
    file["pd_credit"] = [{"type": "Hours", "amount": -4}, {"type": "X", "rule": "as ever"}]
    with pytest.raises(FaultyProgramme) as faulty:
        parse(json.dumps(file).encode())
    file["pd_credit"][0] = {"type": "Hours", "amount": 4, "roles": ["nobody"]}
    warned = parse(json.dumps(file).encode()).warnings

    assert [fault.path for fault in faulty.value.faults] == ["$.pd_credit[0].amount"]
    assert [one.path for one in warned if "pd_credit" in one.path] == [
        "$.pd_credit[1].rule", "$.pd_credit[1]", "$.pd_credit",
    ]  # fmt: skip
