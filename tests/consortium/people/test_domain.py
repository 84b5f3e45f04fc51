from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.people.domain import (
    CATALOGUE,
    SIDE_WORDS,
    NotAnAddress,
    OfficeRefused,
    RoleRefused,
    Side,
    Term,
    check_label,
    check_term,
    code_from,
    normalise_email,
)

pytestmark = pytest.mark.pure

DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 1))
TERMS = st.builds(
    lambda begins_on, ends_on: Term(begins_on=begins_on, ends_on=ends_on),
    DAYS,
    st.none() | DAYS,
).filter(lambda term: term.ends_on is None or term.ends_on >= term.begins_on)


def test_the_catalogue_names_each_code_once_and_every_side_has_words() -> None:
    assert len({kind.code for kind in CATALOGUE}) == len(CATALOGUE)
    assert set(SIDE_WORDS) == set(Side)


@given(TERMS, TERMS)
def test_terms_overlap_exactly_when_they_share_a_day(one: Term, other: Term) -> None:
    days = [date(2020, 1, 1).fromordinal(date(2020, 1, 1).toordinal() + n) for n in range(40)]

    assert one.overlaps(other) == any(one.covers(day) and other.covers(day) for day in days)
    assert one.overlaps(other) == other.overlaps(one)


def test_check_term_lets_an_office_be_held_again_after_its_last_day() -> None:
    first = Term(begins_on=date(2024, 7, 1), ends_on=date(2025, 6, 30))

    check_term(Term(begins_on=date(2025, 7, 1)), held=[first])
    with pytest.raises(OfficeRefused, match="holds that office already, since 2024-07-01") as no:
        check_term(Term(begins_on=date(2025, 6, 30)), held=[first])
    assert no.value.field == "begins_on"


def test_check_term_refuses_a_last_day_before_the_first() -> None:
    with pytest.raises(OfficeRefused, match="last day lies before the first") as no:
        check_term(Term(begins_on=date(2025, 7, 1), ends_on=date(2025, 6, 30)), held=[])

    assert no.value.field == "ends_on"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("School nurse", "school_nurse"),
        ("Nurse (school)", "nurse_school"),
        ("Président d'école", "president_d_ecole"),
        ("2nd vice president", "2nd_vice_president"),
    ],
)
def test_code_from_keeps_letters_and_digits(label: str, code: str) -> None:
    assert code_from(label) == code


def test_a_role_needs_a_name_that_can_be_written() -> None:
    assert check_label("  School   nurse ") == "School nurse"
    for label in ("x", "x" * 81):
        with pytest.raises(RoleRefused, match="2 to 80 letters"):
            check_label(label)
    with pytest.raises(RoleRefused, match="at least one letter"):
        code_from("校長")


def test_normalise_email_gives_one_form_and_keeps_dots_and_tags() -> None:
    assert normalise_email("  First.Last+NJ@Example.ORG ") == "first.last+nj@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@b.org, c@d.org",
        "a b@c.org",
        '"a b"@c.org',
        "a@b.org\nBcc: x@y.org",
        "ａ@b.org",
    ],
)
def test_normalise_email_refuses_what_is_not_one_address(text: str) -> None:
    with pytest.raises(NotAnAddress):
        normalise_email(text)
