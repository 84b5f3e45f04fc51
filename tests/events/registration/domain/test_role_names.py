import pytest

from consortium.people.domain import Side
from events.registration.domain.role_names import RoleNames
from tests.events.registration.domain.teams import role

pytestmark = pytest.mark.pure

CALIFORNIA = RoleNames((
    role("superintendent", label="Superintendent", side=Side.MANAGEMENT),
    role("cert_union_leader", label="Teachers (certificated) union or association leader(s)"),
    role("class_union_leader", label="Classified school employees union leader"),
    role("board_member", label="School board member", side=Side.GOVERNANCE),
    role("cabinet", label="Superintendent cabinet member, e.g. HR director"),
))  # fmt: skip
JERSEY = RoleNames((
    role("union_leader", label="Local association president"),
    role("admin_assoc_president", label="Administrators' association president"),
    role("building_rep", label="Building representative"),
    role("board_president", label="Board president", side=Side.GOVERNANCE),
))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("board_member", "board_member"),
        ("Board Mbr.", "board_member"),
        ("SCHOOL BOARD", "board_member"),
        ("Trustee", "board_member"),
        ("Supt.", "superintendent"),
        ("Superintendent of Schools", "superintendent"),
        ("Classified", "class_union_leader"),
        ("Classified Union President", "class_union_leader"),
        ("Certificated (teachers) union leader", "cert_union_leader"),
        ("Teachers Assn. Pres.", "cert_union_leader"),
        ("HR Director", "cabinet"),
    ],
)
def test_a_role_is_known_by_its_code_its_label_and_short_forms(said: str, code: str) -> None:
    assert CALIFORNIA.meant_by(said) == (code,)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Union Pres.", "union_leader"),
        ("Association President", "union_leader"),
        ("Admin. Assoc. Pres.", "admin_assoc_president"),
        ("Building Reps", "building_rep"),
        ("Bd. Pres.", "board_president"),
    ],
)
def test_who_leads_a_local_is_called_president_or_leader(said: str, code: str) -> None:
    assert JERSEY.meant_by(said) == (code,)


@pytest.mark.parametrize("said", ["Union Pres.", "leader"])
def test_a_name_that_fits_several_roles_means_any_of_them(said: str) -> None:
    assert CALIFORNIA.meant_by(said) == ("cert_union_leader", "class_union_leader")


@pytest.mark.parametrize(
    "said", ["Asst. Supt.", "Mascot", "Superintendent and board member", "School", "", "...", "s"]
)
def test_what_names_no_role_or_more_than_one_is_not_guessed(said: str) -> None:
    assert CALIFORNIA.meant_by(said) == ()
