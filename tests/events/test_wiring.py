"""What the package plugs together: one feature's news is another's work."""

from consortium.database import db, transaction
from consortium.people.domain import Side
from consortium.tenants.models import Tenant
from events.institutes import service as institutes
from events.institutes.domain import RoleRule, Strength
from events.institutes.domain.sections import Roles
from events.institutes.service.editing import change_institute
from tests.factories import make_institute, make_lea, make_team


def test_teams_are_judged_anew_when_the_institute_asks_for_another_role(tenant: Tenant) -> None:
    institute = make_institute()
    members = {"s@x.org": "superintendent", "u@x.org": "union_leader", "b@x.org": "board_member"}
    team = make_team(institute, make_lea("3400001", "Oak Park"), members)
    asked = [
        *institute.terms.roles,
        RoleRule(
            code="teacher",
            label="Teacher",
            side=Side.LABOR,
            strength=Strength.EXPECTED,
            min=1,
            max=2,
        ),
    ]

    with transaction():
        institute = institutes.get_by_slug("summer")
        change_institute(institute, Roles(roles=tuple(asked)), version=1, by="c@example.org")

    db.session.refresh(team)
    assert (team.complete, team.missing) == (False, ["teacher"])
