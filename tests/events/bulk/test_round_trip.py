"""What is exported and read again is what it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.forms import clean_text, unsafe_characters
from consortium.people.domain import Side
from consortium.spreadsheets import csv_file, xlsx_file
from events.bulk import exports, imports
from events.bulk.domain.columns import NOTHING
from events.bulk.domain.ground import Details, Ground, KnownLea, StoredSeat, StoredTeam
from events.bulk.domain.planning import plan_list
from events.institutes.domain import Gate, RoleRule, Strength, TeamTerms
from events.questions.domain import AnswerKind, QuestionRule, Scope, Value
from events.registration.domain import lost_letters

pytestmark = pytest.mark.pure

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TERMS = TeamTerms(
    gate=Gate.IDEAL,
    min_people=1,
    max_people=None,
    roles=tuple(
        RoleRule(code=code, label=label, side=Side.LABOR, strength=Strength.OPTIONAL)
        for code, label in (
            ("teacher", "Teacher; any level"),
            ("principal", "Principal"),
            ("principal_2", "Principal"),
        )
    ),
)
OPTIONS = ("yes; of course", "no", "back\\slash")
QUESTIONS = (
    QuestionRule(code="note", label="Note", scope=Scope.PERSON, kind=AnswerKind.TEXT),
    QuestionRule(
        code="pick", label="Pick", scope=Scope.PERSON, kind=AnswerKind.CHOICES, options=OPTIONS
    ),
    QuestionRule(code="name", label="Team's word", scope=Scope.TEAM, kind=AnswerKind.TEXT),
)
GOALS = ("Literacy", "Staff; retention")


def stored(text: st.SearchStrategy[str], *, lines: bool) -> st.SearchStrategy[str]:
    """Return texts as the application stores them."""
    return text.map(lambda said: clean_text(said) or "").filter(
        lambda said: not unsafe_characters(said, lines=lines)
    )


TRICKY = st.sampled_from(
    ["=1+1", "+1 609 555", "-x", "@SUM(A1)", "'quoted", "'=x", "007", "1E10", "TRUE", 'O"B,r;t',
     NOTHING, "李小龍", "محمد", "Zoë 🎓", "_x0041_", "Nguyễn Văn", "2026-01-01"]
)  # fmt: skip
LINE = stored(TRICKY | st.text(max_size=20), lines=False)
NAME = LINE.filter(lambda name: name not in {"", NOTHING} and lost_letters(name) is None)
LINES = stored(st.tuples(LINE, LINE).map("\n".join) | LINE, lines=True)


@st.composite
def seats(draw: st.DrawFn, number: int) -> StoredSeat:
    answers: dict[str, Value] = {}
    if note := draw(LINES):
        answers["note"] = note
    if picked := tuple(draw(st.lists(st.sampled_from(OPTIONS), unique=True))):
        answers["pick"] = picked
    return StoredSeat(
        id=f"seat-{number}",
        name=draw(NAME),
        email=f"p{number}@example.org",
        role_codes=tuple(
            draw(
                st.lists(
                    st.sampled_from([rule.code for rule in TERMS.roles]), min_size=1, unique=True
                )
            )
        ),
        shared=draw(st.booleans()),
        status=draw(st.sampled_from(["named", "invited", "confirmed"])),
        details=Details(
            phone=draw(st.sampled_from(["", "+16095550142"])),
            dietary=draw(LINE),
            access=draw(LINE),
            goals=tuple(draw(st.lists(st.sampled_from(GOALS), unique=True))),
        ),
        answers=answers,
    )


@st.composite
def teams(draw: st.DrawFn) -> StoredTeam:
    people = tuple(draw(seats(number)) for number in range(draw(st.integers(0, 3))))
    said = draw(LINES)
    return StoredTeam(
        id="team",
        key=("0600001", draw(st.sampled_from(["", "=School"]))),
        name="Oak",
        lea="Oak",
        state="CA",
        status=draw(st.sampled_from(["draft", "registered"])),
        seats=people,
        leads={"lead@example.org": "labor", **({people[0].email: "management"} if people else {})},
        lead_names={"lead@example.org": "Lead"},
        answers={"name": said} if said else {},
    )


@settings(deadline=None, max_examples=15)
@given(teams(), st.sampled_from(["csv", "xlsx"]))
def test_what_is_exported_changes_nothing_when_it_comes_back(
    team: StoredTeam, file_format: str
) -> None:
    ground = Ground(
        terms=TERMS,
        goals=GOALS,
        questions=QUESTIONS,
        leas={"0600001": KnownLea(id="0600001", name="Oak", state="CA")},
        teams={team.key: team},
        sites=True,
    )
    table = exports.everything([team], ground)
    written = csv_file(table) if file_format == "csv" else xlsx_file([table], title="All", at=AT)

    sheet = imports.read(written.file.read(), QUESTIONS)
    again = imports.unpacked(sheet.packed, QUESTIONS)
    plan = plan_list(again.rows, ground, register=False, unknown=sheet.layout.unknown)

    assert [(line.effect.value, line.fault, line.changes) for line in plan.lines] == [
        ("same", "", ())
    ] * max(1, len(team.seats) + 1)
    assert (plan.unknown, plan.does_something) == ((), False)
