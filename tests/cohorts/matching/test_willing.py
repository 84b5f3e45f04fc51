"""Each side of a partnership says itself whether its people meet others in a dispute."""

from uuid import UUID

import pytest
from sqlalchemy import select

from cohorts.matching.domain.disputes import Partnership, Standing
from cohorts.matching.models import MatchStanding
from cohorts.matching.service.disputes import change_standing
from cohorts.matching.service.standings import standings
from cohorts.matching.service.willing import say_willing, willing
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.handover.stage import Stage, make_stage
from tests.reading import main, words

SAM, ANA, TEA = (f"{name}1@example.org" for name in ("sam", "ana", "tea"))


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def say(stage: Stage, who: str, *, agreed: bool) -> None:
    with transaction():
        say_willing(stage.partnership.id, stage.person(who).id, agreed=agreed, by=who)


def test_a_dispute_ends_no_agreement_that_both_sides_gave_before(stage: Stage) -> None:
    place = Partnership(stage.partnership.lea_id)
    say(stage, SAM, agreed=True)
    assert standings()[place] == Standing(management_agreed=True)
    say(stage, ANA, agreed=True)

    dispute = Standing(in_dispute=True, labor_agreed=True, management_agreed=True)
    with transaction():
        change_standing(stage.institute.id, place, dispute, reason="An impasse.", by="host")

    assert standings()[place].agreed
    row = db.session.scalars(select(MatchStanding)).one()
    assert (row.labor_agreed_by, row.management_agreed_by) == (ANA, SAM)
    say(stage, ANA, agreed=False)
    assert standings()[place] == Standing(in_dispute=True, management_agreed=True)


def test_it_is_written_down_once_each_time_it_changes(stage: Stage) -> None:
    say(stage, SAM, agreed=True)
    say(stage, SAM, agreed=True)

    found = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "say_willing")).all()
    assert [(one.actor, one.after) for one in found] == [
        (SAM, {"labor": False, "management": True})
    ]


@pytest.mark.parametrize("who", [TEA, ""])
def test_nobody_answers_for_a_side_who_does_not_speak_for_it(stage: Stage, who: str) -> None:
    person_id: UUID | None = stage.person(who).id if who else None

    with pytest.raises(NotFound):
        say_willing(stage.partnership.id, person_id, agreed=True, by="someone")

    assert db.session.scalars(select(MatchStanding)).all() == []


def test_both_sides_say_it_on_their_page_and_read_of_no_dispute(
    client: Browser, stage: Stage, coordinator: Person
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    place = Partnership(stage.partnership.lea_id)
    with transaction():
        dispute = Standing(in_dispute=True)
        change_standing(stage.institute.id, place, dispute, reason="An impasse.", by="host")
    client.sign_in(SAM)
    before = words(main(client.get(f"{own}/in-a-dispute").text))
    empty = client.post(f"{own}/in-a-dispute", data={"said": ""})
    said = client.post(f"{own}/in-a-dispute", data={"said": "yes"})
    after = words(main(client.get(said.location).text))
    part = words(main(client.get(own).text))
    client.sign_in(TEA)
    member = client.get(f"{own}/in-a-dispute")
    pressed = client.post(f"{own}/in-a-dispute", data={"said": "yes"})
    client.sign_in(coordinator.email)
    host = words(main(client.get(f"{own}/in-a-dispute").text))

    assert "Whether your people may then be matched: neither side has said yes yet." in before
    assert "impasse" not in before.lower()
    assert (empty.status_code, said.status_code) == (422, 302)
    assert "Kept: your side agrees." in after
    said_now = (
        "Whether your people may then be matched: the management side has said yes, "
        "the labor side has not yet."
    )
    assert said_now in after
    assert f"If there is ever a dispute {said_now}" in part
    assert "Only who speaks for a side answers for it" in words(main(member.text))
    assert pressed.status_code == 404
    assert said_now in host
    found = willing(stage.partnership.id, stage.person(SAM).id, hosts=False)
    assert (found.own, found.labor) == (True, False)
