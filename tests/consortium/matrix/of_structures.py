"""The routes of standing meetings and offices: who may call what, and what each act writes."""

from collections.abc import Mapping
from datetime import date

from cohorts.learning import service as learning
from cohorts.structures.domain.kinds import BodyKind, Cadence
from cohorts.structures.models import Body, BodyMeeting, BodyMember, House
from consortium import clock
from consortium.database import db
from consortium.people.domain import Office, Side, Term
from consortium.people.service import offices
from events.registration.models import Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy

OFFICE = {"appointment_id": "own_office_id"}
ENDED = {"body_id": "ended_body_id"}
EDITS = RUNS_IT | {"lead"}
of_the_partnership = Policy(may=NAMES | {"lead", "member"}, others=Answer.MISSING)
edits_it = Policy(may=EDITS, others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    **{f"structures.{name} GET": of_the_partnership for name in ("bodies", "body", "offices")},
    "structures.years GET": of_the_partnership,
    "structures.past GET": Policy(may=frozenset({"lead", "member"}), others=Answer.MISSING),
    **{
        f"structures.{name} {method}": edits_it
        for name in ("begin_body", "change_body", "end_body", "log_meeting", "change_meeting")
        for method in ("GET", "POST")
    },
    "structures.strike_meeting POST": edits_it,
    "structures.resume_body POST": edits_it,
    "structures.add_office GET": edits_it,
    "structures.add_office POST": edits_it,
    **{
        f"structures.{route}": Policy(may=EDITS, others=Answer.MISSING, names=OFFICE)
        for route in ("leave_office GET", "leave_office POST", "strike_office POST")
    },
}
MET = {"house": "labor", "labor_came": "3", "management_came": "2"}
ACTS: Mapping[str, Act] = {
    "structures.begin_body POST": Act(
        named="begin_body", by="lead", fills={"kind": "cabinet_board"}
    ),
    "structures.change_body POST": Act(named="change_body", by="lead", fills={"cadence": "weekly"}),
    "structures.end_body POST": Act(named="end_body", by="lead"),
    "structures.resume_body POST": Act(
        named="resume_body", by="lead", at=ENDED, on="structures.body GET"
    ),
    "structures.log_meeting POST": Act(named="log_meeting", by="lead", fills=MET),
    "structures.change_meeting POST": Act(
        named="change_meeting", by="lead", fills={"labor_came": "4"}
    ),
    "structures.strike_meeting POST": Act(
        named="strike_meeting", by="lead", on="structures.change_meeting GET"
    ),
    "structures.add_office POST": Act(
        named="hold_office",
        by="coordinator",
        fills={
            "role": "cabinet",
            "name": "Cam New",
            "email": "cam@example.org",
            "begins_on": "2025-07-01",
        },
    ),
    "structures.leave_office POST": Act(
        named="leave_office", by="lead", fills={"ends_on": "2026-01-31"}, at=OFFICE
    ),
    "structures.strike_office POST": Act(
        named="strike_office", by="lead", at=OFFICE, on="structures.offices GET"
    ),
}


def kept_together(mine: Team) -> dict[str, object]:
    """Let a team's partnership keep two bodies, one of which ended, and an office."""
    partnership = learning.partnership_of_team(mine.id)
    assert partnership is not None
    live, ended = (_body(partnership.id, kind) for kind in (BodyKind.DISTRICT_TEAM, BodyKind.OTHER))
    ended.ends_on = date(2026, 1, 31)
    db.session.flush()
    meeting = BodyMeeting(
        body_id=live.id,
        on=date(2026, 2, 3),
        house=House.LABOR,
        labor_came=3,
        management_came=3,
        decisions="Start somewhere.",
        written_by="test",
        written_at=clock.now(),
    )
    db.session.add(meeting)
    office = Office(role_code="superintendent", lea_id=partnership.lea_id, site=partnership.site)
    term = Term(begins_on=date(2020, 7, 1))
    held = offices.hold_office(mine.seats[0].person, office, term, by="test")
    db.session.commit()
    return {
        "body_id": live.id,
        "ended_body_id": ended.id,
        "meeting_id": meeting.id,
        "own_office_id": held.id,
    }


def _body(partnership_id: object, kind: BodyKind) -> Body:
    body = Body(
        partnership_id=partnership_id,
        kind=kind,
        name="Table",
        cadence=Cadence.MONTHLY,
        begins_on=date(2025, 9, 1),
        made_by="test",
        made_at=clock.now(),
        members=[BodyMember(side=Side.LABOR, office="President", position=0)],
    )
    db.session.add(body)
    return body
