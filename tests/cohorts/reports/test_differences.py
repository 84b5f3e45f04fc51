"""Two reports whose difference tells a few people: the second is refused, with the reason."""

from datetime import date

import pytest

from cohorts.reports.domain.composing import compose
from cohorts.reports.domain.differences import Covered, check_differences
from cohorts.reports.domain.ground import Attender, Ground
from cohorts.reports.domain.scope import Period, ReportKind, ReportRefused
from consortium.people.domain import Side
from tests.cohorts.reports.grounds import FRAME, held, people, uid

pytestmark = pytest.mark.pure

YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))


def teachers(count: int, institute: int, *, first: int = 1, state: str = "NJ") -> list[Attender]:
    return list(people(count, state, Side.LABOR, "teacher", institute=institute, first=first))


def covered(
    name: str,
    every: list[Attender],
    *institutes: int,
    states: tuple[str, ...] = (),
    kind: ReportKind = ReportKind.REACH,
    period: Period = YEAR,
) -> Covered:
    chosen = {uid(number) for number in institutes}
    ground = Ground(
        held=[held(number) for number in institutes],
        people=[
            one
            for one in every
            if one.institute_id in chosen and (not states or one.state in states)
        ],
    )
    return Covered(
        name=name,
        report=compose(kind, ground, FRAME),
        institutes=frozenset(str(one) for one in chosen),
        states=frozenset(states),
        period=period,
    )


def test_a_difference_of_three_people_is_refused_and_says_what_to_ask() -> None:
    every = [*teachers(40, 1), *teachers(3, 2, first=100)]

    with pytest.raises(ReportRefused) as refused:
        check_differences(covered("new", every, 1, 2), [covered("RP-1", every, 1)])

    said = str(refused.value.message)
    assert "Together with RP-1" in said
    assert "Ask for the same institutes and states" in said


def test_a_difference_of_five_or_of_none_is_published() -> None:
    for more in (teachers(5, 2, first=100), teachers(7, 2), []):
        every = [*teachers(40, 1), *more]
        check_differences(covered("new", every, 1, 2), [covered("RP-1", every, 1)])


def test_people_of_both_institutes_do_not_make_a_difference_but_new_ones_do() -> None:
    """Nine came to the second, six of whom were at the first: three are told."""
    every = [*teachers(40, 1), *teachers(9, 2, first=35)]

    with pytest.raises(ReportRefused):
        check_differences(covered("new", every, 1, 2), [covered("RP-1", every, 1)])


def test_reports_on_other_institutes_tell_nothing() -> None:
    every = [*teachers(40, 1), *teachers(41, 2, first=100)]

    check_differences(covered("new", every, 2), [covered("RP-1", every, 1)])


def test_a_third_report_may_tell_what_the_first_two_do_not() -> None:
    every = [*teachers(40, 1), *teachers(40, 2, first=100), *teachers(4, 3, first=200)]
    first, second = covered("RP-1", every, 1), covered("RP-2", every, 2)

    check_differences(second, [first])
    with pytest.raises(ReportRefused) as refused:
        check_differences(covered("new", every, 1, 2, 3), [first, second])

    assert "RP-1, RP-2" in str(refused.value.message)


def test_leaving_out_a_state_does_not_tell_it() -> None:
    every = [*teachers(40, 1), *teachers(3, 1, state="DE")]

    with pytest.raises(ReportRefused):
        check_differences(covered("new", every, 1, states=("NJ",)), [covered("RP-1", every, 1)])


def test_the_same_question_again_must_not_tell_who_joined_meanwhile() -> None:
    before = covered("RP-1", teachers(40, 1), 1)

    check_differences(covered("new", teachers(40, 1), 1), [before])
    check_differences(covered("new", teachers(46, 1), 1), [before])
    with pytest.raises(ReportRefused):
        check_differences(covered("new", teachers(41, 1), 1), [before])


def test_a_longer_period_must_not_tell_who_came_only_later() -> None:
    half = Period(first=YEAR.first, last=date(2026, 6, 30))
    kind = ReportKind.ATTENDANCE
    before = covered("RP-1", teachers(40, 1), 1, period=half, kind=kind)

    with pytest.raises(ReportRefused):
        check_differences(covered("new", teachers(42, 1), 1, kind=kind), [before])
    check_differences(covered("new", teachers(45, 1), 1, kind=kind), [before])
