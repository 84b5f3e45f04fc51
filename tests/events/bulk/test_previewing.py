import pytest

from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import PEOPLE, Institute
from tests.events.bulk.lists import BO, KIM, PAT, bring, csv_of, effects, faults, previewed, teams
from tests.factories import make_institute, make_lea, make_team


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    make_lea("3400001", "Oak Township")
    make_lea("3400002", "Elm Regional")
    make_lea("0600001", "Far Away Unified", state="CA")
    return make_institute()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("3400009", "A", "a@b.org", "Principal"), "The national list has no LEA 3400009."),
        (("", "A", "a@b.org", "Principal"), "The LEA id is missing (or State and LEA)."),
        (("3400001", "", "a@b.org", "Principal"), "The name is missing."),
        (("3400001", "A", "", "Principal"), "The e-mail address is missing."),
        (("3400001", "A", "a@b.org", ""), "The role is missing."),
        (("3400001", "A", "a@b.org", "Wizard"), "“Wizard” is not a role of this institute."),
        (
            ("3400001", "ZoÃ«", "a@b.org", "Principal"),
            "Letters of the name were lost on the way. It may be “Zoë”; type it again.",
        ),
        (
            ("3400001", "A", "pat.example@example.org", "Principal"),
            "This is the template's example.",
        ),
    ],
)
def test_a_wrong_row_says_why_and_the_others_come_in(
    institute: Institute, row: tuple[str, ...], fault: str
) -> None:
    result = bring(institute, csv_of(row, BO))

    assert faults(result) == [fault, ""]
    assert [name for name, _, _ in teams()] == ["Elm Regional"]


def test_an_lea_that_may_not_come_is_refused_with_the_states(institute: Institute) -> None:
    plan = previewed(institute, csv_of(("600001", "A", "a@b.org", "Principal")))

    assert (
        "open to Delaware and New Jersey only" in faults(plan)[0] or "California" in faults(plan)[0]
    )
    assert effects(plan) == ["refused"]


def test_state_and_exact_name_stand_for_the_id(institute: Institute) -> None:
    header = ("State", "District", "Name", "Email", "Role")
    plan = previewed(
        institute,
        csv_of(
            ("nj", "oak  township", "A", "a@b.org", "Principal"),
            ("NJ", "Oak", "B", "b@b.org", "Principal"),
            header=header,
        ),
    )

    assert faults(plan) == [
        "",
        "The national list has no LEA called “Oak” in NJ. Write the LEA id.",
    ]


def test_nobody_sits_in_two_teams_unless_shared(institute: Institute) -> None:
    make_team(
        institute, make_lea("3400003", "Ash"),
        {"pat@oak.example.org": "superintendent"},
    )  # fmt: skip
    header = ("LEA id", "Name", "E-mail", "Role", "Shared")

    plan = previewed(institute, csv_of((*PAT, ""), (*BO, "yes"), header=header))
    shared = previewed(institute, csv_of((*PAT, "yes"), header=header))

    assert faults(plan)[0] == (
        "Pat Lee comes with Ash already. For a person who serves both, write yes under Shared."
    )
    assert effects(shared) == ["added"]


def test_a_person_named_twice_counts_once(institute: Institute) -> None:
    plan = previewed(institute, csv_of(PAT, PAT))

    assert faults(plan) == ["", "Another row has this person already."]


def test_a_registered_team_that_grows_past_the_places_is_told_in_the_preview(
    institute: Institute,
) -> None:
    bring(institute, csv_of(PAT), register=True)
    pool = institute.pool(PEOPLE)
    pool.capacity = pool.taken + 1
    db.session.commit()

    plan = previewed(institute, csv_of(KIM, ("3400001", "C", "c@oak.example.org", "Principal")))

    assert faults(plan) == ["", "The team is registered, and there is no place for one more."]
