import pytest

from consortium.people.domain import Side
from events.institutes.domain import Gate, Strength
from events.registration.domain import LineState, judge
from tests.events.registration.domain.teams import role, team, terms

pytestmark = pytest.mark.pure

SUPERINTENDENT = role("superintendent", side=Side.MANAGEMENT, max=1)
UNION = role("union_leader")
OFFICE = role("admin_assoc", Strength.IF_APPLICABLE, min=0)


def test_a_team_with_every_expected_role_is_complete() -> None:
    verdict = judge(
        team("Ada: superintendent", "Bo: union_leader"), terms(SUPERINTENDENT, UNION), {}
    )

    assert verdict.complete is True
    assert verdict.missing == ()
    assert verdict.refusals == ()
    assert [(line.code, line.state, line.people) for line in verdict.lines] == [
        ("superintendent", LineState.FILLED, ("Ada",)),
        ("union_leader", LineState.FILLED, ("Bo",)),
    ]
    assert verdict.sides == ((Side.LABOR, 1), (Side.MANAGEMENT, 1))


def test_an_ideal_gate_lists_who_is_missing_and_refuses_nothing() -> None:
    verdict = judge(team("Ada: superintendent"), terms(SUPERINTENDENT, UNION), {})

    assert verdict.complete is False
    assert verdict.missing == ("union_leader",)
    assert verdict.refusals == ()
    assert verdict.lines[1].why == "Nobody is named yet; at least 1 should come."


def test_a_strict_gate_refuses_with_the_same_list() -> None:
    two = role("union_leader", min=2)

    verdict = judge(team("Bo: union_leader"), terms(SUPERINTENDENT, two, gate=Gate.STRICT), {})

    assert verdict.refusals == (
        "Superintendent: Nobody is named yet; at least 1 should come.",
        "Union leader: 1 of at least 2 named so far: Bo.",
    )


def test_a_strict_gate_shows_an_ideal_role_without_blocking_for_it() -> None:
    ideal = role("esp", Strength.IDEAL)

    verdict = judge(team("Ada: superintendent"), terms(SUPERINTENDENT, ideal, gate=Gate.STRICT), {})

    assert (verdict.complete, verdict.missing, verdict.refusals) == (False, ("esp",), ())


def test_an_ideal_role_with_no_minimum_never_makes_a_team_incomplete() -> None:
    ideal = role("esp", Strength.IDEAL, min=0)

    verdict = judge(team("Ada: superintendent"), terms(SUPERINTENDENT, ideal), {})

    assert verdict.complete is True
    assert verdict.lines[1].state is LineState.WELCOME


def test_an_open_gate_asks_for_nobody_and_shows_the_sides() -> None:
    verdict = judge(team("Bo: union_leader"), terms(SUPERINTENDENT, UNION, gate=Gate.OPEN), {})

    assert verdict.complete is None
    assert (verdict.missing, verdict.refusals) == ((), ())
    assert verdict.lines[0].state is LineState.WELCOME
    assert verdict.sides == ((Side.LABOR, 1),)


@pytest.mark.parametrize(
    "strength",
    [Strength.ENCOURAGED, Strength.INVITED, Strength.OPTIONAL, Strength.EXTRA_FEE],
)
def test_welcome_strengths_are_never_missing(strength: Strength) -> None:
    verdict = judge(
        team("Ada: superintendent"), terms(SUPERINTENDENT, role("teacher", strength)), {}
    )

    assert (verdict.complete, verdict.missing) == (True, ())
    assert verdict.lines[1].state is LineState.WELCOME


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, (False, (), LineState.TO_BE_ASKED, ())),
        ({"admin_assoc": False}, (True, (), LineState.WAIVED, ("admin_assoc",))),
        ({"admin_assoc": True}, (False, ("admin_assoc",), LineState.MISSING, ())),
    ],
)
def test_an_office_that_not_every_lea_has_is_asked_about_once(
    answers: dict[str, bool], said: tuple[object, ...]
) -> None:
    verdict = judge(team("Ada: superintendent"), terms(SUPERINTENDENT, OFFICE), answers)

    state = verdict.lines[1].state
    assert (verdict.complete, verdict.missing, state, verdict.waived) == said


def test_naming_someone_answers_whether_the_office_exists() -> None:
    verdict = judge(
        team("Ada: superintendent", "Cy: admin_assoc"), terms(SUPERINTENDENT, OFFICE), {}
    )

    assert (verdict.complete, verdict.lines[1].state) == (True, LineState.FILLED)


def test_a_strict_gate_waits_for_the_answer() -> None:
    verdict = judge(
        team("Ada: superintendent"), terms(SUPERINTENDENT, OFFICE, gate=Gate.STRICT), {}
    )

    assert verdict.refusals == ("Admin assoc: Tell us whether your LEA has this office.",)


def test_a_waiver_excuses_the_team_and_says_why() -> None:
    verdict = judge(
        team("Ada: superintendent", union_leader="LEA has no unit"),
        terms(SUPERINTENDENT, UNION),
        {},
    )

    assert (verdict.complete, verdict.waived) == (True, ("union_leader",))
    assert verdict.lines[1].why == "Excused: LEA has no unit."


def test_too_many_in_a_role_leave_the_team_incomplete() -> None:
    pair = team("Ada: superintendent", "Al: superintendent", "Bo: union_leader")

    verdict = judge(pair, terms(SUPERINTENDENT, UNION), {})

    assert verdict.complete is False
    assert verdict.lines[0].state is LineState.TOO_MANY
    assert verdict.refusals == ()
    assert judge(pair, terms(SUPERINTENDENT, UNION, gate=Gate.STRICT), {}).refusals == (
        "Superintendent: 2 people are named, at most 1 may come in this role.",
    )


def test_a_role_that_is_not_admitted_is_refused_at_every_gate() -> None:
    barred = role("principal", Strength.NOT_ADMITTED, Side.MANAGEMENT, min=0, max=0)

    verdict = judge(
        team("Pat: principal", "Bo: union_leader"), terms(UNION, barred, gate=Gate.OPEN), {}
    )

    assert verdict.refusals == ("Principal: Pat: people in this role are not invited.",)


def test_a_role_the_institute_dropped_is_named_as_such() -> None:
    verdict = judge(team("Ada: mascot", "Bo: union_leader"), terms(UNION), {})

    assert verdict.complete is False
    assert verdict.refusals == (
        "Mascot: Ada: this institute has no such role. Choose another one.",
    )


def test_one_person_in_two_roles_fills_both_and_counts_once() -> None:
    verdict = judge(
        team("Ada: superintendent, principal", "Bo: union_leader"),
        terms(SUPERINTENDENT, UNION, role("principal", side=Side.MANAGEMENT), min_people=3),
        {},
    )

    assert (verdict.missing, verdict.people) == ((), 2)
    assert verdict.size == "A team has at least 3 people; 2 are named."
    assert verdict.complete is False


def test_a_team_over_the_size_is_refused_at_every_gate() -> None:
    verdict = judge(
        team("Bo: union_leader", "Cy: union_leader"),
        terms(UNION, gate=Gate.OPEN, max_people=1),
        {},
    )

    assert verdict.refusals == ("A team has at most 1 people; 2 are named.",)


def test_an_empty_team_cannot_be_submitted() -> None:
    assert judge(team(), terms(UNION, gate=Gate.OPEN), {}).refusals == (
        "Name at least one person first.",
    )


def test_a_role_for_other_states_is_not_asked() -> None:
    home_only = role("superintendent", side=Side.MANAGEMENT, applies_to=("NJ",))

    verdict = judge(team("Bo: union_leader", state="DE"), terms(home_only, UNION), {})

    assert verdict.complete is True
    assert verdict.lines[0].state is LineState.NOT_APPLICABLE


def test_visitors_roles_are_no_line_of_a_team() -> None:
    visitor = role("observer", Strength.OPTIONAL, Side.EITHER, min=0)

    assert [line.code for line in judge(team(), terms(UNION, visitor), {}).lines] == [
        "union_leader"
    ]


def test_the_boards_warning_shows_when_a_majority_comes_near() -> None:
    board = role("board_member", side=Side.GOVERNANCE, warning="stay below a majority")

    one = judge(team("Di: board_member"), terms(board), {})
    two = judge(team("Di: board_member", "Ed: board_member"), terms(board), {})

    assert [one.lines[0].warning, two.lines[0].warning] == ["", "stay below a majority"]
