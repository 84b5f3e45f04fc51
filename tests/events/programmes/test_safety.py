"""A file loaded again takes nothing from people who are registered."""

import pytest

from consortium.database import db
from consortium.errors import Refusal
from consortium.tenants.models import Tenant
from events.institutes.models import PEOPLE
from events.institutes.service import pools
from events.programmes import service as programmes
from tests.events.programmes.files import parsed, small
from tests.events.programmes.loads import BY, loaded, rows, session_of
from tests.factories import make_lea, make_team


def test_places_are_never_set_below_what_is_taken(tenant: Tenant) -> None:
    institute = loaded()
    pools.take(institute.id, PEOPLE, 60)
    db.session.commit()
    before = rows()
    with pytest.raises(Refusal, match="Places taken already: 60"):
        programmes.load_programme(
            parsed(title="Other", slug=institute.slug, capacity__people=59), by=BY
        )
    db.session.rollback()
    assert (institute.title, rows()) == ("Summer Institute 2027", before)


def test_a_limit_is_neither_made_nor_taken_away_once_teams_are_registered(
    tenant: Tenant,
) -> None:
    institute = loaded()
    make_team(institute, make_lea("3400001", "Elm"))
    with pytest.raises(Refusal, match="cannot become limited, nor the other way round: teams"):
        programmes.load_programme(parsed(capacity__teams=...), by=BY)


def test_a_role_that_people_have_cannot_go(tenant: Tenant) -> None:
    institute = loaded()
    make_team(
        institute,
        make_lea("3400001", "Elm"),
        {"a@elm.example.org": "superintendent", "b@elm.example.org": "union_leader"},
    )
    with pytest.raises(Refusal) as refused:
        programmes.load_programme(
            parsed(roles=small()["roles"][:1], sessions__1__audience_roles=["*"]), by=BY
        )
    assert refused.value.message == (
        "People registered as “Association president”: 1. The file has no role "
        "“union_leader”. Keep it, or give these people another role first."
    )


def test_a_session_keeps_room_for_those_who_chose_it(tenant: Tenant) -> None:
    institute = loaded(sessions__1__capacity=20)
    session_of(institute, "talk").taken = 11
    db.session.commit()
    with pytest.raises(Refusal, match="People who have chosen “Talk”: 11"):
        programmes.load_programme(parsed(sessions__1__capacity=10), by=BY)
