"""What the story's teams are asked to hand in, and who did."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.demonstration.documents import put_document
from events.deliverables import service as deliverables
from events.deliverables.domain import DeliverableSpec
from events.deliverables.models import Deliverable
from events.deliverables.service import Reader
from events.institutes.models import Institute
from events.materials.models import Material
from events.registration.models import Team
from events.registration.service import Editor

HOST = Editor(email=cast.COORDINATOR.email, coordinates=True)
HANDED_IN = ("3499001", "3499003", "3499005")
ROOM = 50_000_000
PLANS = (
    ("Our one goal", "Every third grader reads on level, and both sides plan how."),
    ("The association", "Two teachers a building, released half a day a month."),
    ("The district", "Cover for them, and the reading scores every six weeks."),
)


def ask(institute: Institute, template: Material) -> None:
    """Ask every team for a presentation and an action plan; let some hand theirs in."""
    first = min(day.on for day in institute.days)
    deliverables.ask_teams(
        institute,
        DeliverableSpec(
            title="Your partnership in five slides",
            instructions=(
                "Who you are, what you did together last year, and one thing you argue about.\n"
                "Labor and management make it together, and both present it."
            ),
            due=datetime.combine(first - timedelta(days=7), time(17)),
            kinds=("pdf", "slides"),
            by_members=True,
        ),
        by=cast.COORDINATOR.email,
    )
    plan = deliverables.ask_teams(
        institute,
        DeliverableSpec(
            title="District action plan",
            instructions="One page, filled in together during team time on both days.",
            template_id=template.id,
            due=datetime.combine(first + timedelta(days=2), time(14)),
            kinds=("pdf", "word"),
            sign_roles=("board_member",),
            gallery=True,
        ),
        by=cast.COORDINATOR.email,
    )
    for lea_id in HANDED_IN:
        _hand_in(institute, plan, lea_id)


def _hand_in(institute: Institute, plan: Deliverable, lea_id: str) -> None:
    team = db.session.scalars(
        select(Team).where(Team.institute_id == institute.id, Team.lea_id == lea_id)
    ).one()
    lead = team.leads[0]
    editor = Editor(email=lead.person.email, person_id=lead.person_id)
    lines = [f"{head}: {text}" for head, text in PLANS]
    file = put_document("action-plan.docx", f"Action plan of {team.name}", lines)
    version = deliverables.hand_in(team.id, plan.id, file, "", editor, ROOM)
    if lea_id == HANDED_IN[-1]:
        return  # its board member has not agreed yet
    for seat in team.seats:
        if seat.role_code == "board_member":
            deliverables.agree(
                team.id,
                plan.id,
                version.number,
                Reader(email=seat.person.email, person_id=seat.person_id),
            )
    deliverables.show(team.id, plan.id, editor)
    if lea_id == HANDED_IN[0]:
        deliverables.accept(team.id, plan.id, version.number, "Clear and doable.", HOST)
