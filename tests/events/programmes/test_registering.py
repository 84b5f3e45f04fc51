"""A file says how teams come in, what both sides do together, and which strands there are."""

from typing import Any

from consortium.tenants.models import Tenant
from events.institutes.domain import REMINDER_DAYS, Intake, JointActKind
from events.institutes.domain.sections import Partnership, StrandLine, Together, Ways
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.programmes.domain.registering import Registration
from tests.events.programmes.files import as_bytes, faults, parsed
from tests.events.programmes.loads import load

SAID: dict[str, Any] = {
    "intake": "application",
    "partnerships": [{"state": "VT", "name": "Vermont", "url": "https://vt.example.org/"}],
    "joint_acts": ["submit", "substitute"],
    "reminder_days": {"confirm": [2, 14], "complete": []},
    "offer_hours": 24,
}
STRANDS = [{"code": "literacy", "label": "Early literacy"}, {"code": "trust", "label": "Trust"}]


def test_what_a_file_says_of_registration_is_kept_and_written_back(tenant: Tenant) -> None:
    programme = parsed(registration=SAID, strands=STRANDS)
    institute = load(programme)

    assert programmes.programme_of(institute).registration == Registration(
        ways=Ways(
            intake=Intake.APPLICATION,
            partnerships=(Partnership(state="VT", name="Vermont", url="https://vt.example.org/"),),
        ),
        together=Together(
            joint_acts=frozenset({JointActKind.SUBMIT, JointActKind.SUBSTITUTE}),
            reminder_days={**REMINDER_DAYS, "confirm": (14, 2), "complete": ()},
        ),
        offer_hours=24,
    )
    assert [strand.label for strand in institute.strands] == ["Early literacy", "Trust"]
    again = parse(as_bytes(programmes.export_programme(institute))).programme
    assert programmes.plan(again).changes == ()


def test_a_file_that_is_silent_on_registration_leaves_it_as_it_is(tenant: Tenant) -> None:
    load(parsed(registration=SAID, strands=STRANDS))
    institute = load(parsed())

    assert institute.intake is Intake.APPLICATION
    assert institute.offer_hours == 24
    assert [strand.code for strand in institute.strands] == ["literacy", "trust"]


def test_what_a_file_changes_of_registration_is_told_as_its_pages_say_it(tenant: Tenant) -> None:
    load(parsed(strands=STRANDS))
    plan = programmes.plan(parsed(registration=SAID, strands=STRANDS[:1]))

    assert [(change.what, change.before, change.after) for change in plan.changes] == [
        ("Strand “trust”", "Trust", ""),
        ("Teams", "Whoever may come registers", "Teams apply, and the host selects"),
        ("Vermont", "—", "Vermont"),
        (
            "Both leads agree to",
            "—",
            "Submit the team; Give a seat of the other side to someone else",
        ),
        ("To leads whose team still lacks a role", "14, 7 and 2 days before", "never"),
        ("To members who have not answered", "14, 7 and 2 days before", "14 and 2 days before"),
        ("Hours for which a place is held", "48", "24"),
    ]


def test_a_state_or_a_strand_stands_once() -> None:
    twice = [{"state": "VT", "name": "V", "url": "https://v.test"}] * 2

    assert faults(registration={"partnerships": twice}, strands=[*STRANDS, STRANDS[0]]) == [
        ("$.registration.partnerships[1].state", "“VT” stands here twice. Write it once."),
        ("$.strands[2].code", "“literacy” stands here twice. Write it once."),
    ]


def test_strands_keep_what_else_a_file_says_of_them(tenant: Tenant) -> None:
    institute = load(parsed(strands=[{**STRANDS[0], "colour": "teal"}]))

    assert programmes.programme_of(institute).strands == (
        StrandLine(code="literacy", label="Early literacy"),
    )
    assert b'"colour": "teal"' in as_bytes(programmes.export_programme(institute))
