"""One line of time for an office: who held it, and when nobody did."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.structures.domain.offices import OfficeTerm, Sighting, Vacancy, line_of
from consortium.people.domain import Side

pytestmark = pytest.mark.pure
SUPERINTENDENT = ("superintendent", "Superintendent", Side.MANAGEMENT)
TODAY = date(2027, 5, 10)
PAT, KIM = uuid4(), uuid4()


def term(who: UUID, first: date, last: date | None = None, *, interim: bool = False) -> OfficeTerm:
    name = "Pat Lee" if who == PAT else "Kim Day"
    return OfficeTerm(
        id=uuid4(), person_id=who, name=name, begins_on=first, ends_on=last, interim=interim
    )


def seen(who: UUID, first: date, last: date) -> Sighting:
    return Sighting(person_id=who, name="Pat Lee", first=first, last=last, where="Institute")


def test_a_gap_between_two_holders_is_shown_with_its_days() -> None:
    terms = [
        term(KIM, date(2027, 4, 12), interim=True),
        term(PAT, date(2020, 7, 1), date(2027, 3, 31)),
    ]
    line = line_of(SUPERINTENDENT, terms, [], today=TODAY)
    assert [one.name for one in line.terms] == ["Pat Lee", "Kim Day"]
    (gap,) = line.vacancies
    assert gap == Vacancy(begins_on=date(2027, 4, 1), ends_on=date(2027, 4, 11))
    assert gap.days(today=TODAY) == 11
    assert line.vacant_since(TODAY) is None
    assert [one.name for one in line.holders(TODAY)] == ["Kim Day"]
    assert line.holders(TODAY)[0].interim


def test_an_office_is_empty_from_the_day_after_the_last_one() -> None:
    line = line_of(SUPERINTENDENT, [term(PAT, date(2020, 7, 1), TODAY)], [], today=TODAY)
    assert line.vacant_since(TODAY) is None
    ended = line_of(
        SUPERINTENDENT, [term(PAT, date(2020, 7, 1), date(2027, 5, 9))], [], today=TODAY
    )
    assert ended.vacant_since(TODAY) == TODAY


def test_nothing_known_is_no_vacancy() -> None:
    line = line_of(SUPERINTENDENT, [], [], today=TODAY)
    assert line.vacant_since(TODAY) is None
    assert line.begins_on is None


def test_whoever_sat_for_an_office_is_shown_until_it_is_written_down() -> None:
    came = seen(PAT, date(2026, 6, 22), date(2026, 6, 23))
    unwritten = line_of(SUPERINTENDENT, [], [came], today=TODAY)
    assert unwritten.unwritten == [came]
    assert unwritten.begins_on == date(2026, 6, 22)
    covering = term(PAT, date(2020, 7, 1))
    assert not line_of(SUPERINTENDENT, [covering], [came], today=TODAY).unwritten
    of_another = term(KIM, date(2020, 7, 1))
    assert line_of(SUPERINTENDENT, [of_another], [came], today=TODAY).unwritten == [came]


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 90)).map(
            lambda days: (days[0], days[0] + days[1])
        ),
        max_size=6,
    )
)
def test_each_day_is_held_or_empty_and_never_both(
    spans: list[tuple[int, int]],
) -> None:
    start = date(2025, 1, 1).toordinal()
    today = date.fromordinal(start + 600)
    terms = [
        term(PAT, date.fromordinal(start + first), date.fromordinal(start + last))
        for first, last in spans
    ]
    line = line_of(SUPERINTENDENT, terms, [], today=today)
    empty = {
        day
        for gap in line.vacancies
        for day in range(gap.begins_on.toordinal(), (gap.ends_on or today).toordinal() + 1)
    }
    first = min((one.begins_on.toordinal() for one in terms), default=None)
    days = range(first, today.toordinal() + 1) if first is not None else []
    for day in days:
        assert bool(line.holders(date.fromordinal(day))) != (day in empty)
