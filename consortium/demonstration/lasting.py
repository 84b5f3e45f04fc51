"""What outlives leaders, in the story: standing meetings, an interim, an empty chair, a risk."""

from datetime import date, timedelta
from uuid import UUID

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.handover.domain.risk import RiskRules
from cohorts.handover.service.risk import change_rules
from cohorts.learning import service as learning
from cohorts.structures import service as structures
from cohorts.structures.domain.drafts import BodyDraft, MeetingDraft, MemberDraft
from cohorts.structures.domain.kinds import BodyKind, Cadence
from cohorts.structures.models import Body, House
from cohorts.structures.service import OfficeDraft, Opened, Reader
from consortium.demonstration import cast
from consortium.demonstration.programmes import next_tuesday
from consortium.people.domain import Side, Term
from events.facade.leaving import Editor

BY = cast.COORDINATOR.email
HARBOR, CEDAR, THIRD = "3499001", "3499003", "3499006"
HOUSES = (House.LABOR, House.BOARD, House.MANAGEMENT)
DECISIONS = (
    "Start with one goal: every third grader reads. Both sides bring the same numbers.",
    "Read the first results together before anybody else does.",
    "Two schools try a leadership team of their own until spring.",
    "Keep the calendar joint; the union hall and the board room take turns.",
)


def keep(today: date) -> None:
    """Let Harbor Point keep its meetings, and leaders leave two other partnerships."""
    harbor = _open(HARBOR)
    table = _begin(harbor, today, BodyKind.DISTRICT_TEAM, Cadence.MONTHLY, months=20)
    _meet(harbor, table, today, every=33, times=17)
    cabinet = _begin(harbor, today, BodyKind.CABINET_BOARD, Cadence.TWO_MONTHS, months=14)
    _meet(harbor, cabinet, today, every=70, times=5)
    school = _begin(
        harbor, today, BodyKind.PRINCIPAL_REP, Cadence.WEEKLY, months=6, school="Lighthouse School"
    )
    _meet(harbor, school, today, every=9, times=14)
    union = next(
        person_id for person_id, name in structures.people_of(harbor) if name == "Patricia Nuñez"
    )
    _hold(harbor, "union_leader", union, Term(begins_on=date(2023, 7, 1)))
    before = Term(begins_on=date(2019, 7, 1), ends_on=date(2024, 5, 31))
    old = {"name": "Walter Amadi", "email": "walter@harbor.example.org"}
    _hold(harbor, "superintendent", None, before, **old)
    _leave(CEDAR, "superintendent", today - timedelta(days=20), interim="Rosa Delgado")
    _leave(THIRD, "union_leader", today - timedelta(days=45))
    change_rules(RiskRules(not_met_weeks=10), version=0, by=BY)


def _open(lea_id: str) -> Opened:
    partnership = learning.partnership_of_place(lea_id)
    return structures.open_partnership(
        partnership.id, Reader(email=BY, reads_all=True, manages=True)
    )


def _begin(  # noqa: PLR0913  (what it is, and since when)
    opened: Opened,
    today: date,
    kind: BodyKind,
    cadence: Cadence,
    *,
    months: int,
    school: str = "",
) -> Body:
    sides = ((Side.MANAGEMENT, "Superintendent"), (Side.LABOR, "Association president"))
    if school:
        sides = ((Side.MANAGEMENT, "Principal"), (Side.LABOR, "Site representative"))
    draft = BodyDraft(
        kind=kind,
        school=school,
        cadence=cadence,
        summer_off=True,
        begins_on=today - timedelta(days=30 * months),
        next_on=None if school else next_tuesday(today + timedelta(days=9)),
        members=[MemberDraft(side=side, office=office) for side, office in sides],
    )
    return structures.begin_body(opened, draft)


def _meet(opened: Opened, body: Body, today: date, *, every: int, times: int) -> None:
    """Let a body meet so often, the last time some days ago, and rest in the summer."""
    for n in range(times, 0, -1):
        day = today - timedelta(days=every * n - every // 2)
        day -= timedelta(days=(day.weekday() - 1) % 7)  # a Tuesday
        if day < body.begins_on or day.month in {7, 8}:
            continue
        structures.log_meeting(
            opened,
            body.id,
            MeetingDraft(
                on=day,
                house=HOUSES[n % len(HOUSES)].value,
                labor_came=4 + n % 3,
                management_came=0 if n == 3 else 3 + n % 2,  # noqa: PLR2004  (one side once)
                others_came=n % 2,
                decisions=DECISIONS[n % len(DECISIONS)],
            ),
        )


def _hold(  # noqa: PLR0913  (who, and from when to when)
    opened: Opened,
    role: str,
    person_id: UUID | None,
    term: Term,
    *,
    name: str = "",
    email: str = "",
) -> None:
    draft = OfficeDraft(role_code=role, person_id=person_id, name=name, email=email, term=term)
    structures.write_office(opened, draft)


def _leave(lea_id: str, role: str, left_on: date, *, interim: str = "") -> None:
    """Let a leader leave, as the host writes it down."""
    opened = _open(lea_id)
    gone = next(one.person_id for one in opened.who.members if one.role_code == role)
    email = f"{interim.lower().replace(' ', '.')}@{lea_id}.example.org"
    leaving = Leaving(
        person_id=gone,
        left_on=left_on,
        follows="interim" if interim else "open",
        successor=Successor(name=interim, email=email) if interim else Successor(),
        note="Moved to another state. Everybody was told in the meeting.",
    )
    handover.report_departure(opened, leaving, Editor(email=BY, coordinates=True))
