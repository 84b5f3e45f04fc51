from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.institutes.domain import TEAM_CLOSING, VISITOR_CLOSING, Admission, AdmittedAs, Due
from events.registration.domain import (
    Door,
    RegistrationRefused,
    Waitable,
    admit,
    admitted_in_words,
    check_open,
    check_roster_open,
    check_unit,
    door_at,
)

pytestmark = pytest.mark.pure

PACIFIC = ZoneInfo("America/Los_Angeles")
REGISTER = Due(code="register_by", what="", on=date(2017, 5, 26), at=time(23, 59))
VISIT = Due(code="visitors_by", what="", on=date(2017, 5, 20))
LAST_SECOND = datetime(2017, 5, 27, 6, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2017, 5, 27, 7, 0, tzinfo=UTC)


def door(at: datetime, codes: tuple[str, ...] = TEAM_CLOSING, *, has_waitlist: bool = True) -> Door:
    return door_at(at, [VISIT, REGISTER], PACIFIC, codes, has_waitlist=has_waitlist)


def test_the_minute_of_the_deadline_still_counts() -> None:
    check_open(door(LAST_SECOND), contact="host@example.org")

    assert door(MIDNIGHT).for_waitlist_only


def test_who_comes_late_is_offered_the_waitlist() -> None:
    with pytest.raises(Waitable) as refused:
        check_open(door(MIDNIGHT), contact="host@example.org")

    assert refused.value.message == (
        "Registration closed on Friday, May 26, 2017, at 11:59\u202fPM Pacific Time. "
        "You can still join the waitlist."
    )


def test_without_a_waitlist_who_comes_late_is_given_the_contact() -> None:
    with pytest.raises(RegistrationRefused, match=r"write to host@example\.org") as refused:
        check_open(door(MIDNIGHT, has_waitlist=False), contact="host@example.org")

    assert not isinstance(refused.value, Waitable)


def test_visitors_have_a_deadline_of_their_own() -> None:
    assert door(LAST_SECOND, VISITOR_CLOSING).closed
    assert not door(datetime(2017, 5, 20, 12, tzinfo=UTC), VISITOR_CLOSING).closed


def test_no_deadline_never_closes() -> None:
    unlimited = door_at(MIDNIGHT, [], PACIFIC, TEAM_CLOSING, has_waitlist=False)

    assert not unlimited.closed
    check_open(unlimited, contact="host@example.org")


def test_the_roster_closes_with_the_last_day_unless_the_host_says_when() -> None:
    last_day = date(2017, 5, 26)
    until = Due(code="substitute_until", what="", on=date(2017, 5, 25))

    check_roster_open(LAST_SECOND, [], PACIFIC, last_day, contact="c")
    check_roster_open(MIDNIGHT, [], PACIFIC, None, contact="c")
    with pytest.raises(RegistrationRefused, match="May 26, 2017"):
        check_roster_open(MIDNIGHT, [], PACIFIC, last_day, contact="c")
    with pytest.raises(RegistrationRefused, match="May 25, 2017"):
        check_roster_open(LAST_SECOND, [until], PACIFIC, last_day, contact="c")


def test_a_state_that_is_not_admitted_is_told_who_is_and_whom_to_ask() -> None:
    admission = Admission(home=frozenset({"NJ"}), guests=frozenset({"DE"}))

    assert admit(admission, "DE", contact="c@example.org") is AdmittedAs.GUEST
    with pytest.raises(RegistrationRefused) as refused:
        admit(admission, "PA", contact="c@example.org")

    assert refused.value.message == (
        "This institute is open to New Jersey and Delaware only; Pennsylvania is not among them. "
        "To ask whether you may come, write to c@example.org."
    )


def test_a_state_that_is_left_out_reads_which_are() -> None:
    admission = Admission(everywhere=True, excluded=frozenset({"VT", "CA"}))

    with pytest.raises(RegistrationRefused, match="except California and Vermont, and so not to V"):
        admit(admission, "VT", contact="c@example.org")


@pytest.mark.parametrize(
    ("admission", "said"),
    [
        (Admission(everywhere=True), "every state"),
        (
            Admission(everywhere=True, excluded=frozenset({"VT", "CA"})),
            "every state except California and Vermont",
        ),
        (
            Admission(home=frozenset({"CA"}), guests=frozenset({"foreign:ZA", "NJ"})),
            "California, New Jersey and South Africa",
        ),
    ],
)
def test_who_may_come_in_words(admission: Admission, said: str) -> None:
    assert admitted_in_words(admission) == said


@pytest.mark.parametrize(
    ("kind", "units"),
    [
        ("district", ["district"]),
        ("service_agency", ["district", "county_office_of_education"]),
        ("charter", ["charter_school"]),
        ("charter", ["school_site"]),
        ("charter", ["district", "union local"]),
        ("charter", []),
    ],
)
def test_units_that_fit_may_come(kind: str, units: list[str]) -> None:
    check_unit(kind, units, contact="c")


def test_a_unit_of_another_kind_is_told_how_it_is_listed() -> None:
    with pytest.raises(RegistrationRefused) as refused:
        check_unit("charter", ["district", "county_office_of_education"], contact="c@example.org")

    assert refused.value.message == (
        "This institute is for: district, county office of education. The national directory "
        "lists this LEA as: Charter agency. If that is wrong, write to c@example.org."
    )
