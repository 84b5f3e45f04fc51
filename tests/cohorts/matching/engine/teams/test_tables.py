from collections import Counter
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.matching.engine.teams import themes
from cohorts.matching.engine.teams.counts import always_fits_from, fits
from cohorts.matching.engine.teams.items import CannotSeat, items_of
from cohorts.matching.engine.teams.tables import seat
from cohorts.matching.engine.teams.values import Locks, Table, Team, Wish, themes_had

pytestmark = pytest.mark.pure

BOTH = frozenset({"superintendent", "union_president"})


def team(number, *goals, state="CA", roles=BOTH):
    return Team(id=f"T{number:03d}", state=state, goals=goals, roles=frozenset(roles))


def many(number, *goals, start=0, **kept):
    return [team(start + n, *goals, **kept) for n in range(number)]


def where(seating):
    return {id_: table.name for table in seating.tables for id_ in table.teams}


def themes_of(seating):
    return {id_: table.theme for table in seating.tables for id_ in table.teams}


def best_of(teams, smallest, largest):
    """Most seated, then most worth, of every way to give a team one of its goals or none."""
    best = (0, 0)
    for chosen in product(*[(None, *t.goals) for t in teams]):
        number = Counter(goal for goal in chosen if goal)
        if all(any(k * smallest <= n <= k * largest for k in range(1, 9)) for n in number.values()):
            worth = sum(t.value_of(g) for t, g in zip(teams, chosen, strict=True) if g)
            best = max(best, (sum(number.values()), worth))
    return best


@st.composite
def groups_of_teams(draw, most=7):
    number = draw(st.integers(2, most))
    goals = st.lists(st.sampled_from("abc"), unique=True, max_size=3)
    roles = st.frozensets(st.sampled_from([*BOTH, "teacher"]))
    return [
        Team(
            id=f"T{n}",
            state=draw(st.sampled_from(["CA", "NJ", ""])),
            goals=tuple(draw(goals)),
            roles=draw(roles),
        )
        for n in range(number)
    ]


@settings(max_examples=40, deadline=None)
@given(groups_of_teams(), st.sampled_from([(2, 3), (3, 4), (2, 2), (3, 3)]))
def test_as_many_and_as_much_as_any_way_at_all(teams, sizes):
    seating = seat(teams, Wish(smallest=sizes[0], largest=sizes[1]))
    seated = sum(len(table.teams) for table in seating.tables)
    assert (seated, seating.figures.value) == best_of(teams, *sizes)
    assert seating.figures.proven
    assert seating.figures.bound == seating.figures.value
    known = {t.id: t for t in teams}
    for table in seating.tables:
        assert sizes[0] <= len(table.teams) <= sizes[1]
        assert all(known[id_].value_of(table.theme) for id_ in table.teams)
    named = [*where(seating), *[each.team for each in seating.unseated]]
    assert sorted(named) == sorted(known)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from("abcde"), unique=True, min_size=1, max_size=4),
        min_size=8,
        max_size=40,
    )
)
def test_asking_only_those_who_could_move_finds_the_same(lists):
    teams = [team(n, *goals) for n, goals in enumerate(lists)]
    wish = Wish()
    items = items_of(teams, wish)
    whole = themes.choose_themes(items, (), wish)
    few, themes._SMALL = themes._SMALL, 0
    try:
        among_many = themes.choose_themes(items, (), wish)
    finally:
        themes._SMALL = few
    assert among_many.worth == whole.worth == whole.bound


@cache
def _can(teams, smallest, largest):
    return any(k * smallest <= teams <= k * largest for k in range(teams + 1))


@pytest.mark.parametrize(("smallest", "largest"), [(4, 6), (5, 6), (3, 7), (4, 4), (2, 5)])
def test_which_numbers_of_teams_fill_tables(smallest, largest):
    assert [n for n in range(60) if fits(n, smallest, largest)] == [
        n for n in range(60) if _can(n, smallest, largest)
    ]
    enough = always_fits_from(smallest, largest)
    if enough is None:
        assert not _can(61, smallest, largest)
    else:
        assert all(_can(n, smallest, largest) for n in range(enough, 60))


def test_only_one_two_three_and_seven_fill_no_tables_of_four_to_six():
    assert [n for n in range(40) if not fits(n, 4, 6)] == [1, 2, 3, 7]


def test_states_and_both_sides_are_at_every_table():
    states = ["CA"] * 7 + ["NJ"] * 5 + ["VT"] * 3
    teams = [
        team(n, "a", state=state, roles={("superintendent", "union_president")[n % 2]})
        for n, state in enumerate(states)
    ]
    figures = seat(teams, Wish()).figures
    assert (figures.state_pairs, figures.state_bound) == (7, 7)
    assert (figures.roles_missing, figures.roles_bound) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 18), st.data())
def test_a_table_lacks_a_role_only_where_too_few_teams_have_it(number, data):
    roles = st.frozensets(st.sampled_from(sorted(BOTH)))
    teams = [
        team(n, "a", state=data.draw(st.sampled_from("XYZ")), roles=data.draw(roles))
        for n in range(number)
    ]
    figures = seat(teams, Wish()).figures
    assert figures.roles_missing == figures.roles_bound


def test_tables_are_of_the_middle_size_unless_a_role_is_rare():
    assert [len(t.teams) for t in seat(many(20, "a"), Wish()).tables] == [5, 5, 5, 5]
    rare = many(3, "a") + many(15, "a", start=3, roles={"superintendent"})
    assert [len(t.teams) for t in seat(rare, Wish()).tables] == [6, 6, 6]


@pytest.mark.parametrize("both", [9, 10])
def test_among_equal_choices_the_one_with_both_sides_is_taken(both):
    alone = {"superintendent"}
    swing = [team(n, "b", "a", roles=BOTH if n == both else alone) for n in (9, 10)]
    teams = [*many(3, "a", roles=alone), *many(6, "b", start=3), team(11, "b"), *swing]
    seating = seat(teams, Wish())
    assert themes_of(seating)[f"T{both:03d}"] == "a"
    assert seating.figures.roles_missing == 0
    assert seating.figures.value == seating.figures.bound == 47


def test_the_same_tables_whatever_the_order_of_the_file():
    teams = many(40, "a", "b") + many(13, "b", "c", start=40, state="NJ")
    once = seat(teams, Wish(seed=5))
    assert seat(teams[::-1], Wish(seed=5)) == once
    assert seat(teams, Wish(seed=6)).tables != once.tables


def test_reasons_say_what_is_missing():
    teams = [*many(5, "a"), team(5), team(6, "b", "c"), team(7, "b")]
    unseated = seat(teams, Wish()).unseated
    assert [(each.team, each.why) for each in unseated] == [
        ("T005", "no_goals"),
        ("T006", "too_few_share"),
        ("T007", "too_few_share"),
    ]
    assert unseated[1].support == {"b": 1, "c": 0}


def test_seven_of_one_goal_leave_one_without_room():
    seating = seat(many(7, "a"), Wish())
    assert [each.why for each in seating.unseated] == ["no_room"]


def test_locks_are_kept():
    teams = many(20, "a", "b", state="CA")
    former = seat(teams, Wish()).tables
    pin, other = former[0], former[1]
    locks = Locks(
        together=(frozenset({"T000", "T019"}),),
        apart=(frozenset({"T001", "T002", "T003"}),),
        pinned={pin.teams[0]: other.name},
    )
    at = where(seat(teams, Wish(former=former, locks=locks)))
    assert at["T000"] == at["T019"]
    assert len({at["T001"], at["T002"], at["T003"]}) == 3
    assert at[pin.teams[0]] == other.name


def test_teams_kept_apart_make_the_theme_fill_more_tables():
    teams = many(6, "a", "b") + many(5, "b", "a", start=6)
    locks = Locks(apart=(frozenset({"T000", "T001"}),))
    seating = seat(teams, Wish(locks=locks))
    at = where(seating)
    assert at["T000"] != at["T001"]
    assert not seating.unseated


PAIR = (frozenset({"T000", "T001"}),)
SEVEN = (frozenset(f"T00{n}" for n in range(7)),)


@pytest.mark.parametrize(
    ("locks", "reason"),
    [
        (Locks(together=PAIR, apart=PAIR), "together_and_apart"),
        (Locks(together=SEVEN), "too_many"),
        (Locks(together=PAIR, pinned={"T000": "1", "T001": "2"}), "two_tables"),
    ],
)
def test_locks_that_contradict_are_named(locks, reason):
    with pytest.raises(CannotSeat) as refused:
        seat(many(12, "a"), Wish(locks=locks))
    assert refused.value.reason == reason
    assert "T000" in refused.value.teams


def test_a_pin_to_a_table_of_another_goal_is_refused_by_name():
    former = (Table(name="1", theme="b", teams=("T003",)),)
    seating = seat(many(6, "a"), Wish(former=former, locks=Locks(pinned={"T003": "1"})))
    assert [(each.team, each.why) for each in seating.unseated] == [("T003", "pin_without_goal")]


def test_teams_that_share_no_goal_cannot_be_kept_together():
    locks = Locks(together=(frozenset({"T000", "T005"}),))
    unseated = seat(many(5, "a") + many(5, "b", start=5), Wish(locks=locks)).unseated
    assert {(each.team, each.why) for each in unseated} == {
        ("T000", "no_common_goal"),
        ("T005", "no_common_goal"),
    }


def test_after_a_cancellation_the_others_stay():
    teams = many(60, "a", "b") + many(23, "b", "c", start=60, state="NJ")
    former = seat(teams, Wish()).tables
    table = next(each for each in former if len(each.teams) == 5)
    gone = set(table.teams[:1])
    after = seat([t for t in teams if t.id not in gone], Wish(former=former))
    assert after.figures.moved == 0
    two = set(table.teams[:2])  # a table of three: one comes from elsewhere
    assert seat([t for t in teams if t.id not in two], Wish(former=former)).figures.moved == 1


def test_a_late_team_sits_down_and_nobody_moves():
    teams = many(30, "a", "b")
    former = seat(teams, Wish()).tables
    after = seat([*teams, team(99, "b", "a")], Wish(former=former))
    assert after.figures.moved == 0
    assert "T099" in where(after)


def test_who_met_in_an_earlier_round_meets_others():
    teams = [team(n, "a", state=f"S{n % 9}") for n in range(36)]
    first = seat(teams, Wish())
    past = tuple(frozenset(table.teams) for table in first.tables)
    second = seat(teams, Wish(past=past))
    assert second.figures.met_before == 0
    assert second.figures.state_pairs == second.figures.state_bound
    again = {pair for table in first.tables for pair in combinations(table.teams, 2)}
    assert not again & {pair for table in second.tables for pair in combinations(table.teams, 2)}


@pytest.mark.parametrize("sizes", [(1, 4), (5, 4), (0, 0)])
def test_sizes_that_are_none(sizes):
    with pytest.raises(ValueError, match="is none"):
        Wish(smallest=sizes[0], largest=sizes[1])


def test_in_another_round_a_team_works_on_another_goal_and_meets_others():
    goals = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
    teams = [team(5 * n + k, *both) for n, both in enumerate(goals) for k in range(5)]
    first = seat(teams, Wish())
    assert first.figures.value == 80
    past = tuple(frozenset(table.teams) for table in first.tables)
    again = seat(teams, Wish(past=past))
    assert again.figures.met_before == 40  # one table of a theme: only another theme helps
    second = seat(teams, Wish(past=past, had=themes_had(first.tables)))
    before, now = themes_of(first), themes_of(second)
    assert all(now[id_] != before[id_] for id_ in now)
    assert second.figures.proven
