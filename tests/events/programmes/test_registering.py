"""A file says how teams come in, what both sides do together, and which strands there are."""

from typing import Any

from consortium.tenants.models import Tenant
from events.institutes.domain import REMINDER_DAYS, Intake, JointActKind
from events.institutes.domain.sections import Partnership, StrandLine, Together, Ways
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.programmes.domain.registering import Registration
from events.questions.service import questions_of
from tests.events.programmes.files import as_bytes, faults, parsed
from tests.events.programmes.loads import load

SAID: dict[str, Any] = {
    "intake": "application",
    "partnerships": [{"state": "VT", "name": "Vermont", "url": "https://vt.example.org/"}],
    "joint_acts": ["submit", "substitute"],
    "reminder_days": {"confirm": [2, 14], "complete": [], "answer": [3]},
    "offer_hours": 24,
}
USABLE = "You can use: {name}, {lea}, {institute}, {deadline}, {contact}."
QUESTIONS = [
    {
        "code": "meal",
        "label": "Which meal?",
        "scope": "person",
        "kind": "choice",
        "options": ["Meat", "None"],
        "required": True,
    },
    {
        "code": "why",
        "label": "Why none?",
        "scope": "person",
        "kind": "text",
        "shown_if_code": "meal",
        "shown_if_values": ["None"],
    },
]
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
            reminder_days={**REMINDER_DAYS, "confirm": (14, 2), "complete": (), "answer": (3,)},
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
        (
            "To members who have not answered the invitation",
            "14, 7 and 2 days before",
            "14 and 2 days before",
        ),
        (
            "To leads and members who owe an answer to a question",
            "7 and 2 days before",
            "3 days before",
        ),
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


def test_selection_letters_and_questions_travel_with_the_file(tenant: Tenant) -> None:
    said = {
        **SAID,
        "selection": {"shares": {"urban": 33, "rural": 67}, "pledges": {"roles": ["union_leader"]}},
        "letters": {"selected": {"subject": "Welcome", "text": "Hello {name}"}},
    }
    institute = load(parsed(registration=said, questions=QUESTIONS))

    assert institute.selection == {
        "by": "urbanicity",
        "shares": {"urban": 33, "rural": 67},
        "pledges": {"roles": ["union_leader"], "wording": ""},
    }
    assert institute.letters == {"selected": {"subject": "Welcome", "text": "Hello {name}"}}
    asked = questions_of(institute.id)
    assert [(one.code, one.shown_if_code) for one in asked] == [("meal", None), ("why", "meal")]
    again = parse(as_bytes(programmes.export_programme(institute))).programme
    assert programmes.plan(again).changes == ()


def test_a_question_that_goes_is_asked_no_more_and_a_file_without_any_leaves_them(
    tenant: Tenant,
) -> None:
    institute = load(parsed(questions=QUESTIONS))
    load(parsed())
    assert [one.code for one in questions_of(institute.id)] == ["meal", "why"]
    load(parsed(questions=QUESTIONS[:1]))
    assert [one.code for one in questions_of(institute.id)] == ["meal"]


def test_questions_and_letters_that_make_no_sense_are_told_with_their_place() -> None:
    letters = {"selected": {"subject": "Hi {nobody}", "text": "Hello"}}

    assert faults(
        registration={"letters": letters},
        questions=[{**QUESTIONS[0], "options": ["Meat"]}, QUESTIONS[0]],
    ) == [
        ("$.registration.letters.selected.subject", f"Nothing fills {{nobody}}. {USABLE}"),
        ("$.questions[0].options", "Write two to 60 options, one on each line."),
        ("$.questions[1].code", "“meal” stands here twice. Write it once."),
    ]
