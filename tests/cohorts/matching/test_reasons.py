import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.matching.domain.first_weights import first_weights
from cohorts.matching.domain.reasons import DO, KINDS, about, reasons_for
from cohorts.matching.domain.values import Reader
from cohorts.matching.engine.said import weights_from
from cohorts.matching.engine.scoring import tokens
from cohorts.matching.service.people import Person, as_matched, face_of
from cohorts.matching.service.telling import stored, told_to
from consortium.people.domain import CATALOGUE, Side
from consortium.words import translated
from tests.cohorts.matching.invented import someone

pytestmark = pytest.mark.pure

WEIGHTS = weights_from(first_weights())
LABELS = {kind.code: str(kind.label) for kind in CATALOGUE}


def told(first: Person, second: Person, reader: Reader) -> list[str]:
    """Return what one of the two reads, by way of the tokens and of the row that is kept."""
    one, other = (as_matched(each, by_site=True, most=1, never=()) for each in (first, second))
    faces = (face_of(each, by_site=True) for each in (first, second))
    reasons = reasons_for(tuple(tokens(one, other, WEIGHTS)), *faces)
    return [str(sentence) for sentence in told_to(reader, stored(reasons))]


def test_the_most_telling_reason_comes_first() -> None:
    first = someone(
        "a",
        "0000001",
        "union_leader",
        goals=("Literacy", "Attendance"),
        asks="mentoring",
        enrollment=1950,
        locale="41",
    )
    second = someone(
        "b",
        "0000002",
        "union_leader",
        goals=("Literacy", "Attendance", "Math"),
        offers="Mentoring of new teachers",
        enrollment=2100,
        locale="43",
        state="PA",
    )

    assert told(first, second, Reader.FIRST) == [
        "You both lead a local association in a rural district of about 2,000 students.",
        "You want help with mentoring; they offer it.",
        "You both work on Attendance and Literacy.",
        "You work in different states.",
    ]
    assert told(first, second, Reader.SECOND)[1] == "They want help with mentoring; you offer it."


def test_a_role_that_the_consortium_calls_otherwise_is_told_by_its_own_name() -> None:
    own = {"role_label": "Executive director", "locale": "11"}

    both = told(
        someone("a", "1", "superintendent", **own),
        someone("b", "2", "superintendent", **own),
        Reader.BOTH,
    )
    alone = told(
        someone("a", "1", "visitor", role_label="Guest"),
        someone("b", "2", "visitor", role_label="Guest"),
        Reader.BOTH,
    )

    assert both == ["You both have the same role, Executive director, in a city district."]
    assert alone == ["You both have the same role: Guest."]


def test_related_roles_are_named() -> None:
    first = someone("a", "0000001", "superintendent", role_label="Superintendent")
    second = someone("b", "0000002", "cabinet", role_label="Superintendent's cabinet")

    assert told(first, second, Reader.BOTH) == [
        "Your roles are close to each other: Superintendent and Superintendent's cabinet."
    ]


def test_roles_that_are_not_close_are_not_called_so() -> None:
    first = someone("a", "1", "superintendent", goals=("Math",), locale="21")
    second = someone("b", "2", "parent", goals=("Math",), locale="21")

    assert told(first, second, Reader.BOTH) == [
        "You both work on Math.",
        "You both are in a suburban district.",
    ]


def test_sizes_that_are_only_near_are_both_told() -> None:
    first = someone("a", "1", enrollment=1500)
    second = someone("b", "2", enrollment=2600)

    assert told(first, second, Reader.BOTH) == [
        "You both serve as superintendent.",
        "Your districts are of similar size: about 1,500 and 2,600 students.",
    ]


def test_size_and_place_say_nothing_within_one_lea_or_when_unknown() -> None:
    known = {"enrollment": 2000, "locale": "41"}
    same = ["You both serve as superintendent."]

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

    assert told(here, abroad, Reader.BOTH) == ["You both serve as superintendent."]


def test_a_reason_can_be_said_in_another_language_part_by_part() -> None:
    first, second = (someone(name, lea, locale="41") for name, lea in (("a", "1"), ("b", "2")))
    one, other = (as_matched(each, by_site=False, most=1, never=()) for each in (first, second))
    faces = [face_of(each, by_site=False) for each in (first, second)]
    (sentence,) = told_to(
        Reader.FIRST, stored(reasons_for(tuple(tokens(one, other, WEIGHTS)), *faces))
    )
    words = {
        "You both %(do)s in a %(kind)s.": "Vous %(do)s dans un %(kind)s.",
        "serve as superintendent": "dirigez",
        "rural district": "district rural",
    }

    assert translated(sentence, lambda text: words[text]) == "Vous dirigez dans un district rural."


people = st.builds(
    someone,
    st.sampled_from(("Ana", "Ben")),
    st.sampled_from(("0000001", "0000002")),
    st.sampled_from(("superintendent", "cabinet", "union_leader", "teacher", "visitor")),
    site=st.sampled_from(("", "North", "South")),
    side=st.sampled_from((Side.LABOR, Side.MANAGEMENT)),
    goals=st.lists(st.sampled_from(("Math", "Literacy", "Safety")), unique=True).map(tuple),
    offers=st.sampled_from(("", "reading", "joint training; reading circles")),
    asks=st.sampled_from(("", "reading", "mentors, joint training")),
    enrollment=st.sampled_from((None, 0, 90, 1400, 2000, 2500, 90_000)),
    locale=st.sampled_from(("", "11", "21", "41", "42")),
    state=st.sampled_from(("NJ", "PA", "foreign:ZA")),
)


@given(people, people)
def test_every_sentence_is_true(first: Person, second: Person) -> None:
    for reader, me, them in (
        (Reader.FIRST, first, second),
        (Reader.SECOND, second, first),
    ):
        for sentence in told(first, second, reader):
            assert is_true(sentence, me, them)
            assert not re.search(r"labor|management|poverty|union side", sentence.lower())


def is_true(sentence: str, me: Person, them: Person) -> bool:  # noqa: PLR0911  (each kind)
    """Tell by the data alone, and not by how sentences are made, whether this one is true."""
    mine, theirs = me.view, them.view
    if found := re.fullmatch(r"You both work on (.*)\.", sentence):
        return set(re.split(", | and ", found[1])) == set(mine.goals) & set(theirs.goals)
    if found := re.fullmatch(r"(You|They) want help with (.*); (they|you) offer it\.", sentence):
        asks, offers = (mine, theirs) if found[1] == "You" else (theirs, mine)
        return all(
            part in asks.asks and part.split()[0] in offers.offers
            for part in re.split(", | and ", found[2])
        )
    if sentence == "You work in different states.":
        return {mine.state, theirs.state} == {"NJ", "PA"}
    if sentence.startswith("Your roles are close to each other: "):
        return {mine.role_code, theirs.role_code} == {"superintendent", "cabinet"}
    if sentence.startswith("Your districts are of similar size: "):
        sizes = sorted((mine.enrollment or 0, theirs.enrollment or 0))
        return 0 < sizes[1] <= 3 * sizes[0] and mine.lea_id != theirs.lea_id
    if sentence == "You both have the same role: Visitor.":
        return mine.role_code == theirs.role_code == "visitor"
    return _is_true_of_the_place(sentence, me, them)


def _is_true_of_the_place(sentence: str, me: Person, them: Person) -> bool:
    found = re.fullmatch(
        r"You both (.*?)(?: in a ((?:\S+ )?district)(?: of about (\S+) students)?)?\.", sentence
    )
    assert found, sentence
    do, kind, students = found.groups()
    mine, theirs = me.view, them.view
    doing = {"have the same role, Visitor,", DO.get(mine.role_code)}
    same = do == "are" or (mine.role_code == theirs.role_code and do in doing)
    places = kind in {None, "district"} or (
        KINDS[mine.locale[:1]] == kind == KINDS[theirs.locale[:1]]
    )
    number = int((students or "0").replace(",", ""))
    near = all(
        abs((each.enrollment or 0) - number) <= 0.26 * number for each in (mine, theirs) if number
    )
    return same and places and near and (kind is None or mine.lea_id != theirs.lea_id)
