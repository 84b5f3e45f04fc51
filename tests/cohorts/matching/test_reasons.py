import pytest

from cohorts.matching.domain.reasons import about, reasons_for
from cohorts.matching.domain.values import Participant, Reader, Rules
from consortium.people.domain import Side
from tests.cohorts.matching.invented import someone

pytestmark = pytest.mark.pure


def told(first: Participant, second: Participant, reader: Reader) -> list[str]:
    return [
        str(reason.sentence)
        for reason in reasons_for(first, second, Rules())
        if reason.to in {reader, Reader.BOTH}
    ]


def test_the_most_telling_reason_comes_first() -> None:
    first = someone(
        "a",
        "0000001",
        role_label="Superintendent",
        goals=frozenset({"Literacy", "Attendance"}),
        asks="mentoring",
        enrollment=1950,
        locale="41",
        state="NJ",
    )
    second = someone(
        "b",
        "0000002",
        role_label="Superintendent",
        goals=frozenset({"Literacy", "Attendance", "Math"}),
        offers="Mentoring of new teachers",
        enrollment=2100,
        locale="43",
        state="PA",
    )

    assert told(first, second, Reader.FIRST) == [
        "You have the same role: Superintendent.",
        "You asked for help with mentoring; they offer it.",
        "You both work on Attendance, Literacy.",
        "Your districts are about the same size (about 2,000 students).",
        "Both are rural.",
        "You work in different states.",
    ]
    assert told(first, second, Reader.SECOND)[1] == (
        "They asked for help with mentoring; you offer it."
    )


def test_related_roles_are_named() -> None:
    first = someone("a", "0000001", "superintendent", role_label="Superintendent")
    second = someone("b", "0000002", "cabinet", role_label="Superintendent's cabinet")

    assert told(first, second, Reader.BOTH) == [
        "Your roles are close to each other: Superintendent and Superintendent's cabinet."
    ]


def test_a_side_is_never_told() -> None:
    first = someone("a", "0000001", side=Side.LABOR, goals=frozenset({"Literacy"}))
    second = someone("b", "0000002", side=Side.LABOR, goals=frozenset({"Literacy"}))

    assert not [line for line in told(first, second, Reader.BOTH) if "labor" in line.lower()]


def test_size_and_place_say_nothing_within_one_lea_or_when_unknown() -> None:
    known = {"enrollment": 2000, "locale": "41"}
    same = ["You have the same role: superintendent."]

    within = told(
        someone("a", "0000001", site="N", **known),
        someone("b", "0000001", site="S", **known),
        Reader.BOTH,
    )
    unknown = told(someone("a", "0000001"), someone("b", "0000002", **known), Reader.BOTH)

    assert (within, unknown) == (same, same)


@pytest.mark.parametrize(
    ("number", "rounded"),
    [(0, 0), (8, 8), (75, 75), (123, 120), (975.5, 980), (1975, 2000), (14730, 15000)],
)
def test_numbers_are_rounded_as_people_say_them(number: float, rounded: int) -> None:
    assert about(number) == rounded


def test_an_lea_without_students_and_another_country_are_not_compared() -> None:
    here = someone("a", "0000001", enrollment=0, state="NJ")
    abroad = someone("b", "0000002", enrollment=0, state="foreign:ZA")

    assert told(here, abroad, Reader.BOTH) == ["You have the same role: superintendent."]
