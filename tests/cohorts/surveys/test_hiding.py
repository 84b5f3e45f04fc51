"""Groups that would tell who said what are hidden, and cannot be worked out from the others."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.surveys.domain.cells import Cell, Dimension, Why, cells_of, hidden_among, of_those
from cohorts.surveys.domain.figures import Reply, bars_of, percents, scores_on
from cohorts.surveys.domain.instruments import Instrument, OpenQuestion, Scale, Statement
from cohorts.surveys.domain.moving import BY_DIFFERENCE, TOO_FEW, changes_between, rosters_of
from cohorts.surveys.domain.places import Place, RoleGroup
from cohorts.surveys.domain.results import Told, results_of
from cohorts.surveys.domain.starter import AGREEMENT
from consortium.people.domain import Side

pytestmark = pytest.mark.pure

LEA = UUID(int=99)
SCALE = Scale(
    code="trust",
    title="Trust",
    labels=tuple(map(str, AGREEMENT)),
    statements=(
        Statement(code="a", words="We trust."),
        Statement(code="b", words="We do not.", reversed=True),
    ),
)
ASKED = Instrument(title="S", scales=(SCALE,), questions=(OpenQuestion(code="o", words="Why?"),))


def place(n, school="North", group=RoleGroup.TEACHER, side=Side.LABOR, *, struck=False):
    return Place(
        pseudonym=UUID(int=n),
        partnership_id=LEA,
        school=school,
        group=group,
        side=side,
        struck=struck,
    )


def reply(n, a=4, b=2, **more):
    return Reply(pseudonym=UUID(int=n), answers={"a": a, "b": b, **more})


def hidden(places, answered):
    cells = cells_of(places, {UUID(int=n) for n in answered})
    return {str(key): why for (_, key), why in hidden_among(cells).items()}


def test_ru4_a_school_with_four_staff_is_hidden_and_so_is_one_more_beside_it():
    places = [place(n) for n in range(20)]
    places += [place(n, "Tiny") for n in range(20, 24)]
    places += [place(n, "South") for n in range(24, 34)]
    found = results_of(ASKED, Told(places=places, replies=[reply(n) for n in range(34)]), salt="")
    rows = {row.label: row for row in found.groups[Dimension.SCHOOL]}
    assert rows["Tiny"].hidden is Why.FEW
    assert (rows["Tiny"].figures, rows["Tiny"].answered, rows["Tiny"].people) == ({}, None, 4)
    assert rows["South"].hidden is Why.BESIDE  # or everyone less the two others would be Tiny
    assert rows["North"].figures["trust"].mean == 4.0


def test_fewer_than_half_hide_a_group_however_many_they_are():
    places = [place(n) for n in range(40)] + [place(n, "South") for n in range(40, 60)]
    assert hidden(places, range(60)) == {}
    assert hidden(places, [*range(40), *range(40, 49)])["South"] is Why.RESPONSE


def test_a_role_inside_a_side_cannot_be_worked_out_from_it():
    groups = [RoleGroup.TEACHER] * 10 + [RoleGroup.UNION_REP] * 3 + [RoleGroup.SUPPORT_STAFF] * 6
    places = [place(n, group=group) for n, group in enumerate(groups)]
    places += [place(n, group=RoleGroup.PRINCIPAL, side=Side.MANAGEMENT) for n in range(30, 40)]
    found = hidden(places, [*range(19), *range(30, 40)])
    assert found["union_rep"] is Why.FEW
    assert found["support_staff"] is Why.BESIDE


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("NSE"),
            st.sampled_from(list(RoleGroup)[:4]),
            st.sampled_from([Side.LABOR, Side.MANAGEMENT]),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=45,
    )
)
def test_no_sum_of_shown_groups_leaves_few_people_of_another(people):
    places = [place(n, *facts[:3]) for n, facts in enumerate(people)]
    answered = {UUID(int=n) for n, facts in enumerate(people) if facts[3]}
    cells = cells_of(places, answered)
    gone = hidden_among(cells)
    scored = of_those(cells, {UUID(int=n) for n, facts in enumerate(people) if facts[4]})
    for level, hidden_there in ((cells, gone), (scored, hidden_among(scored, already=gone))):
        assert_no_rest_is_told([one for one in level if one.id not in hidden_there])


def assert_no_rest_is_told(shown):
    """Whoever subtracts shown groups from a shown one is left with nobody, or with enough.

    Nobody are those too who did not answer: that a rest has no answers is theirs to tell.
    """
    for cell in shown:
        assert len(cell.answered) >= 5
        assert 2 * len(cell.answered) >= len(cell.people)
        others = [one for one in shown if one.dimension is not cell.dimension]
        for dimension in {one.dimension for one in others}:
            inside = [
                one
                for one in others
                if one.dimension is dimension and one.answered <= cell.answered
            ]
            for count in range(1, len(inside) + 1):
                for some in combinations(inside, count):
                    rest = cell.answered.difference(*(one.answered for one in some))
                    people = cell.people.difference(*(one.people for one in some))
                    assert len(rest) >= 5 or not people


def test_groups_that_other_pages_show_hide_the_sum_instead():
    people = frozenset(UUID(int=n) for n in range(13))
    whole = Cell(dimension=Dimension.WHOLE, key="", people=people, answered=people)
    shown = frozenset(UUID(int=n) for n in range(10))
    page = Cell(dimension=Dimension.PARTNERSHIP, key=LEA, people=shown, answered=shown)
    assert hidden_among([whole]) == {}
    assert hidden_among([whole], shown_elsewhere=[page]) == {whole.id: Why.BESIDE}


def test_reversed_statements_are_turned_and_half_a_scale_is_enough():
    replies = [reply(1, a=5, b=1), Reply(pseudonym=UUID(int=2), answers={"b": 5})]
    assert scores_on(SCALE, replies) == {UUID(int=1): (5, 5), UUID(int=2): (1,)}
    assert scores_on(SCALE, [Reply(pseudonym=UUID(int=3), answers={})]) == {}


def test_bars_show_points_as_they_were_given_and_hide_few():
    replies = [reply(n, a=n % 5 + 1, b=1) for n in range(10)] + [reply(10, a=3, b=1)]
    first, second = bars_of(SCALE, replies, fewest=5)
    assert sum(first.percents) == 100
    assert (second.percents, second.figure.top_percent) == ((100, 0, 0, 0, 0), 100)
    assert bars_of(SCALE, replies[:4], fewest=5) == []
    assert percents([1, 1, 1]) == (34, 33, 33)
    assert percents([0, 0]) == (0, 0)


def test_own_words_need_ten_and_have_an_order_of_their_own():
    places = [place(n) for n in range(12)]
    few = Told(places=places, replies=[reply(n, o=f"text {n}") for n in range(9)])
    assert not results_of(ASKED, few, salt="w").voices[0].shown
    many = Told(places=places, replies=[reply(n, o=f"text {n}") for n in range(12)])
    (voices,) = results_of(ASKED, many, salt="w").voices
    assert sorted(voices.texts) != list(voices.texts) != [f"text {n}" for n in range(12)]
    assert set(voices.texts) == {f"text {n}" for n in range(12)}


def test_who_left_after_answering_counts_and_who_left_before_does_not():
    places = [place(n, struck=n > 9) for n in range(12)]
    told = Told(places=places, replies=[reply(n) for n in range(11)])
    whole = results_of(ASKED, told, salt="").whole
    assert (whole.people, whole.answered, whole.response) == (11, 11, 100)


def wave(people, points=4):
    return Told(
        places=[place(n) for n in people], replies=[reply(n, a=points, b=2) for n in people]
    )


def test_nc9_the_same_roster_leaves_out_who_left_and_who_came():
    before, after = wave([*range(20), *range(100, 105)], 3), wave([*range(20), *range(200, 205)], 5)
    rosters = rosters_of(before, after)
    assert (rosters.stayed, rosters.left, rosters.came) == (20, 5, 5)
    (change,) = changes_between(ASKED, before, ASKED, after)
    assert (change.full.change, change.same.change) == (1.0, 1.0)


def test_one_person_who_changed_is_not_told_by_the_difference_of_two_means():
    before, after = wave([*range(20), 100]), wave([*range(20), 200])
    (change,) = changes_between(ASKED, before, ASKED, after)
    assert change.full.change == 0
    assert (change.same.change, change.same.why) == (None, BY_DIFFERENCE)


def test_that_who_left_did_not_answer_is_not_told_by_two_equal_means():
    silent = wave(range(20))
    before = Told(places=[*silent.places, place(100)], replies=silent.replies)
    (change,) = changes_between(ASKED, before, ASKED, wave(range(20)))
    assert (change.same.change, change.same.why) == (None, BY_DIFFERENCE)


def test_few_in_either_wave_hide_the_change_and_other_statements_are_another_scale():
    (change,) = changes_between(ASKED, wave(range(4)), ASKED, wave(range(20)))
    assert (change.full.why, change.same.why) == (TOO_FEW, TOO_FEW)
    other = SCALE.model_copy(update={"statements": SCALE.statements[:1]})
    asked = Instrument(title="S", scales=(other,))
    assert changes_between(ASKED, wave(range(9)), asked, wave(range(9))) == []
