"""How many of a hidden group answered cannot be worked out from the numbers that are shown."""

from collections.abc import Iterable, Mapping
from math import ceil
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.surveys.domain.cells import Dimension, Why
from cohorts.surveys.domain.figures import Reply
from cohorts.surveys.domain.instruments import Instrument, Scale, Statement
from cohorts.surveys.domain.overall import overall_of
from cohorts.surveys.domain.places import Place, RoleGroup
from cohorts.surveys.domain.results import Results, Row, Told, label_of, results_of
from cohorts.surveys.domain.starter import AGREEMENT
from cohorts.surveys.engine.networks import answered_of, network_results
from consortium.people.domain import SIDE_WORDS, Side

pytestmark = pytest.mark.pure

SCALE = Scale(
    code="trust",
    title="Trust",
    labels=tuple(map(str, AGREEMENT)),
    statements=(Statement(code="a", words="We trust."),),
)
ASKED = Instrument(title="S", scales=(SCALE,))
Kind = tuple[str, RoleGroup, Side]
Counts = tuple[int, int]
"""How many people are of a kind, and how many of them answered."""
HARBOR, TUCSON, ITHACA = (UUID(int=n) for n in (91, 92, 93))


def told(roster: Mapping[Kind, Counts], of: UUID = HARBOR, start: int = 0) -> Told:
    """Return the answers of so many people of each kind."""
    places, replies = [], []
    for (school, group, side), (people, answered) in roster.items():
        for n in range(people):
            one = Place(
                pseudonym=UUID(int=start + len(places)),
                partnership_id=of,
                school=school,
                group=group,
                side=side,
            )
            places.append(one)
            if n < answered:
                replies.append(Reply(pseudonym=one.pseudonym, answers={"a": 4}))
    return Told(places=places, replies=replies)


def together(*parts: Told) -> Told:
    return Told(
        places=[place for one in parts for place in one.places],
        replies=[reply for one in parts for reply in one.replies],
    )


def results(roster: Mapping[Kind, Counts]) -> Results:
    return results_of(ASKED, told(roster), salt="")


def every_row(found: Results) -> list[Row]:
    return [found.whole, *(row for rows in found.groups.values() for row in rows)]


def named(found: Results) -> dict[str, Row]:
    return {row.label: row for row in every_row(found)}


def thinkable(
    roster: Mapping[Kind, Counts], rows: Iterable[Row]
) -> dict[tuple[Dimension, str], set[int]]:
    """Return for each hidden group every number of answers that a reader cannot exclude.

    The reader knows who works where as what, and that five and half of a shown group answered.
    """
    spans = [range(people + 1) for people, _ in roster.values()]
    worlds = np.stack([axis.ravel() for axis in np.meshgrid(*spans, indexing="ij")], axis=1)
    fits, sums = np.ones(len(worlds), dtype=bool), {}
    for row in rows:
        inside = [n for n, kind in enumerate(roster) if row.label in labels(kind, row.dimension)]
        found = worlds[:, inside].sum(axis=1)
        if row.hidden:
            sums[row.dimension, row.label] = found
        elif row.answered is not None:
            fits &= found == row.answered
        else:
            fits &= found >= max(5, ceil(row.people / 2))
    return {one: set(found[fits].tolist()) for one, found in sums.items()}


def labels(kind: Kind, dimension: Dimension) -> str:
    keys = dict(zip((Dimension.SCHOOL, Dimension.GROUP, Dimension.SIDE), kind, strict=True))
    return label_of(dimension, keys.get(dimension, ""))


kinds = st.tuples(
    st.sampled_from(["North", "South", ""]),
    st.sampled_from([RoleGroup.TEACHER, RoleGroup.PRINCIPAL, RoleGroup.BOARD]),
    st.sampled_from([Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE]),
)
counts = st.integers(1, 8).flatmap(
    lambda people: st.tuples(
        st.just(people), st.one_of(st.sampled_from([0, people]), st.integers(0, people))
    )
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(kinds, counts, min_size=1, max_size=5))
def test_of_each_hidden_group_any_reader_can_think_of_two_numbers(
    roster: dict[Kind, Counts],
) -> None:
    rows = every_row(results(roster))

    for numbers in thinkable(roster, rows).values():
        assert len(numbers) >= 2


DISTRICT: dict[Kind, Counts] = {
    ("North", RoleGroup.TEACHER, Side.LABOR): (20, 14),
    ("South", RoleGroup.TEACHER, Side.LABOR): (12, 9),
    ("", RoleGroup.DISTRICT_ADMIN, Side.MANAGEMENT): (8, 7),
}
BOARD = ("", RoleGroup.BOARD, Side.GOVERNANCE)


@pytest.mark.parametrize("answered", [0, 1])
def test_whether_the_only_board_member_answered_is_told_nobody(answered: int) -> None:
    found = named(results({**DISTRICT, BOARD: (1, answered)}))

    assert [found[one].hidden for one in ("Board members", str(SIDE_WORDS[Side.GOVERNANCE]))] == [
        Why.FEW,
        Why.FEW,
    ]
    assert found[SIDE_WORDS[Side.MANAGEMENT]].hidden is Why.BESIDE
    assert (found["Everyone"].answered, found[SIDE_WORDS[Side.LABOR]].answered) == (
        30 + answered,
        23,
    )
    assert (found["North"].answered, found["South"].answered) == (14, 9)


def test_without_a_hidden_group_every_number_is_told() -> None:
    assert [(row.hidden, row.answered is None) for row in every_row(results(DISTRICT))] == [
        (None, False)
    ] * 8


def test_where_everyone_answered_the_sums_keep_their_means_without_their_numbers() -> None:
    found = named(
        results(
            {
                ("North", RoleGroup.TEACHER, Side.LABOR): (9, 9),
                ("South", RoleGroup.TEACHER, Side.LABOR): (8, 8),
                ("Tiny", RoleGroup.TEACHER, Side.LABOR): (4, 4),
            }
        )
    )

    assert [found[one].hidden for one in ("Tiny", "South")] == [Why.FEW, Why.BESIDE]
    assert (found["North"].answered, found["North"].response) == (9, 100)
    for one in ("Everyone", "Labor"):
        assert (found[one].answered, found[one].response) == (None, None)
        assert found[one].figures["trust"].mean == 4.0


def test_five_of_whom_one_is_hidden_are_hidden_too_when_all_of_them_answered() -> None:
    """That a group of five is shown at all says that each of them answered."""
    roster: dict[Kind, Counts] = {
        ("North", RoleGroup.TEACHER, Side.LABOR): (4, 4),
        ("North", RoleGroup.PRINCIPAL, Side.LABOR): (1, 1),
    }

    assert {row.hidden for row in every_row(results(roster))} == {Why.FEW, Why.BESIDE}


def test_the_network_hides_what_the_other_figures_hide() -> None:
    roster: dict[Kind, Counts] = {
        ("North", RoleGroup.TEACHER, Side.LABOR): (9, 9),
        ("South", RoleGroup.TEACHER, Side.LABOR): (8, 8),
        ("Tiny", RoleGroup.UNION_REP, Side.LABOR): (4, 0),
    }
    answers = told(roster)

    found = network_results(answers, answered_of(answers, {}), ["data"])

    shown = {one.label: (one.hidden, one.answered) for one in found.schools}
    safe = {
        row.label: (row.hidden, row.answered) for row in results(roster).groups[Dimension.SCHOOL]
    }
    assert shown == safe
    assert shown["South"] == (Why.BESIDE, None)
    assert (found.whole.answered, found.reach.hidden) == (17, Why.FEW)


def test_a_network_whose_number_is_left_out_tells_no_density_of_those_who_answered() -> None:
    answers = told(
        {
            ("North", RoleGroup.TEACHER, Side.LABOR): (9, 9),
            ("Tiny", RoleGroup.TEACHER, Side.LABOR): (4, 4),
        }
    )

    whole = network_results(answers, answered_of(answers, {}), ["data"]).whole

    assert (whole.hidden, whole.answered, whole.response) == (None, None, None)
    assert whole.any_topic is not None
    assert (whole.any_topic.directed, whole.any_topic.directed_answered) == (0.0, None)


def test_a_partnership_is_no_better_known_from_the_sum_of_all() -> None:
    everyone: dict[Kind, Counts] = {
        ("North", RoleGroup.TEACHER, Side.LABOR): (9, 9),
        ("Tiny", RoleGroup.TEACHER, Side.LABOR): (4, 4),
    }
    some: dict[Kind, Counts] = {("East", RoleGroup.TEACHER, Side.LABOR): (12, 8)}
    both = together(told(everyone), told(some, of=TUCSON, start=100))
    titles = {HARBOR: "Harbor", TUCSON: "Tucson"}

    found = overall_of(ASKED, both, titles)

    answered = {row.label: row.answered for row in found.partnerships.values()}
    assert answered == {"Harbor": None, "Tucson": 8}
    assert (found.whole.hidden, found.whole.answered) == (None, None)
    assert found.partnerships[HARBOR].figures["trust"].mean == 4.0


def test_a_partnership_in_which_nobody_answered_hides_the_sum_of_all() -> None:
    shown: dict[Kind, Counts] = {("East", RoleGroup.TEACHER, Side.LABOR): (12, 8)}
    silent: dict[Kind, Counts] = {("West", RoleGroup.TEACHER, Side.LABOR): (3, 0)}
    both = together(told(shown), told(silent, of=ITHACA, start=100))

    found = overall_of(ASKED, both, {HARBOR: "Harbor", ITHACA: "Ithaca"})

    assert (found.partnerships[HARBOR].answered, found.partnerships[ITHACA].answered) == (8, None)
    assert found.whole.hidden is Why.BESIDE
