"""The host accepts what a team handed in, or asks for a change."""

from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import say
from events.deliverables import emails
from events.deliverables.domain import HandingInRefused, Review, counted_of, parties_of
from events.deliverables.models import HandIn
from events.deliverables.service.agreeing import about
from events.deliverables.service.asking import get_deliverable
from events.deliverables.service.papers import hand_ins_of
from events.deliverables.service.teams import facts_of
from events.registration.service.finding import Editor, lock_team


def accept(team_id: UUID, deliverable_id: UUID, number: int, note: str, editor: Editor) -> HandIn:
    """Accept the version that counts; the team's leads are told. Raises ``HandingInRefused``."""
    return _review(team_id, deliverable_id, number, Review.ACCEPTED, note, editor)


def ask_for_change(
    team_id: UUID, deliverable_id: UUID, number: int, note: str, editor: Editor
) -> HandIn:
    """Ask the team for another version, saying what should change; it may upload at any time.

    Raises ``HandingInRefused`` when the note says nothing.
    """
    if not note.strip():
        raise HandingInRefused(say("Write what the team should change."), field="note")
    return _review(team_id, deliverable_id, number, Review.CHANGE, note, editor)


def _review(  # noqa: PLR0913, PLR0917
    team_id: UUID, deliverable_id: UUID, number: int, review: Review, note: str, editor: Editor
) -> HandIn:
    team = lock_team(team_id, editor)
    deliverable = get_deliverable(team.institute_id, deliverable_id)
    versions = hand_ins_of(deliverable.id, team.id)
    needed = parties_of(deliverable.spec, facts_of(team))
    counted = counted_of([one.paper(needed) for one in versions])
    if counted is None or counted.number != number:
        raise HandingInRefused(
            say("The team has handed in another version meanwhile. Look at it first.")
        )
    version = next(one for one in versions if one.number == number)
    before = {"review": version.review.value}
    version.review, version.review_note = review, note
    version.reviewed_by, version.reviewed_at = editor.email, clock.now()
    db.session.flush()
    for lead in team.leads:
        outbox.promise(
            emails.reviewed(team, deliverable, version, to=lead.person),
            about=about(deliverable.id, team.id),
        )
    audit.record(
        "review_hand_in",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={
            "deliverable": str(deliverable.id),
            "number": version.number,
            "review": review.value,
        },
    )
    return version
