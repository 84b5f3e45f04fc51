"""What becomes of each seat, and of the leading of each team, when somebody leaves.

Registration does it, by its own rules; what it refuses to a lead waits for the host, and the page
says why. Each step stands in a savepoint of its own: one that is refused leaves nothing behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cohorts.handover.models import Departure, DepartureStep, StepKind, StepOutcome
from consortium.database import db
from consortium.errors import Conflict, Refusal
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.words import say
from events.facade import leaving as facade
from events.facade.leaving import Editor, Leading


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Who does it, for whom, and why."""

    editor: Editor
    leaver: Person
    successor: Person | None
    reason: str


def begin_steps(departure: Departure, team_ids: list[UUID]) -> None:
    """Write down what the leaver has in teams that still run; nothing is done yet. Flushes."""
    places = facade.running_places(team_ids, departure.person_id)
    departure.steps = [
        DepartureStep(
            position=position,
            team_id=place.team_id,
            kind=StepKind.LEAD if place.seat_id is None else StepKind.SEAT,
            seat_id=place.seat_id,
            side=place.side,
            where=place.institute_title,
            outcome=StepOutcome.WAITS,
        )
        for position, place in enumerate(places)
    ]
    db.session.flush()


def carry_out(departure: Departure, doing: Doing) -> int:
    """Do what can be done of a departure's steps; return how many changed. Flushes.

    Whoever reports the own leaving leads to the last: their seats come first. Of anybody else the
    leading ends first, so that nobody who is gone is asked to agree.
    """
    own = doing.editor.person_id == departure.person_id
    steps = sorted(
        departure.steps,
        key=lambda step: (step.team_id, (step.kind is StepKind.LEAD) is own, step.position),
    )
    changed = 0
    for step in steps:
        before = (step.outcome, step.heir_id)
        act = _lead if step.kind is StepKind.LEAD else _seat
        _try(step, act, doing)
        changed += before != (step.outcome, step.heir_id)
    db.session.flush()
    return changed


def take_back(departure: Departure, doing: Doing) -> None:
    """Give everything back to whoever left by mistake, as far as registration lets us. Flushes."""
    for step in sorted(departure.steps, key=lambda step: (step.team_id, step.position)):
        act = _lead_again if step.kind is StepKind.LEAD else _seat_again
        _try(step, act, doing)
    db.session.flush()


def _try(step: DepartureStep, act: Callable[[DepartureStep, Doing], None], doing: Doing) -> None:
    try:
        with db.session.begin_nested():
            act(step, doing)
    except Conflict:
        raise
    except Refusal as refusal:
        db.session.refresh(step)
        step.why = refusal.message
        if not facade.changes_team(step.team_id, doing.editor):
            step.why = say("A lead of this team does this, or the host.")
    else:
        step.why = ""


def _seat(step: DepartureStep, doing: Doing) -> None:
    team_id, seat_id, new = step.team_id, step.seat_id, doing.successor
    if seat_id is None:
        return
    if step.outcome is StepOutcome.ASKED:
        step.heir_id = facade.heir_of(seat_id)
        step.outcome = StepOutcome.GIVEN if step.heir_id else StepOutcome.ASKED
    elif step.outcome is StepOutcome.KEPT and new is not None and step.heir_id is not None:
        facade.name_for_seat(team_id, step.heir_id, new, doing.editor)
        step.outcome = StepOutcome.GIVEN
    elif step.outcome is StepOutcome.WAITS and new is not None:
        step.heir_id = facade.give_seat(team_id, seat_id, new, doing.editor, reason=doing.reason)
        step.outcome = StepOutcome.GIVEN if step.heir_id else StepOutcome.ASKED
    elif step.outcome is StepOutcome.WAITS:
        step.heir_id = facade.keep_seat_open(team_id, seat_id, doing.editor)
        step.outcome = StepOutcome.KEPT


def _lead(step: DepartureStep, doing: Doing) -> None:
    editor, new = doing.editor, doing.successor
    side = step.side or Side.EITHER
    if step.outcome is StepOutcome.ENDED and new is not None:
        if editor.coordinates:
            facade.lead_instead(
                step.team_id, Leading(person=new, side=side, reason=doing.reason), editor
            )
            step.outcome = StepOutcome.GIVEN
        else:
            facade.ask_to_lead(step.team_id, new, side, editor)
            step.outcome = StepOutcome.ASKED
    elif step.outcome is not StepOutcome.WAITS:
        return
    elif editor.coordinates and new is not None:
        leading = Leading(person=new, side=side, instead_of=doing.leaver.id, reason=doing.reason)
        facade.lead_instead(step.team_id, leading, editor)
        step.outcome = StepOutcome.GIVEN
    elif editor.person_id == doing.leaver.id:
        if new is None:
            raise _say_who()
        facade.ask_to_lead(step.team_id, new, side, editor)
        step.outcome = StepOutcome.ASKED
    else:
        facade.end_leading(step.team_id, doing.leaver.id, editor, reason=doing.reason)
        step.outcome = StepOutcome.ENDED
        if new is not None:
            _lead(step, doing)


def _seat_again(step: DepartureStep, doing: Doing) -> None:
    if step.seat_id is None or step.outcome is StepOutcome.RESTORED:
        return
    if step.outcome is StepOutcome.ASKED:
        step.heir_id = facade.heir_of(step.seat_id)
    if step.outcome is StepOutcome.WAITS or step.heir_id is None:
        step.outcome = StepOutcome.RESTORED  # the seat was never given away
        return
    given = facade.give_back(
        step.team_id, step.heir_id, doing.leaver, doing.editor, reason=doing.reason
    )
    step.heir_id = given or step.heir_id
    step.outcome = StepOutcome.RESTORED if given else StepOutcome.ASKED


def _lead_again(step: DepartureStep, doing: Doing) -> None:
    side = step.side or Side.EITHER
    if step.outcome in {StepOutcome.WAITS, StepOutcome.RESTORED}:
        step.outcome = StepOutcome.RESTORED
    elif doing.editor.coordinates:
        gone = doing.successor.id if doing.successor else None
        leading = Leading(person=doing.leaver, side=side, instead_of=gone, reason=doing.reason)
        facade.lead_instead(step.team_id, leading, doing.editor)
        step.outcome = StepOutcome.RESTORED
    else:
        facade.ask_to_lead(step.team_id, doing.leaver, side, doing.editor)
        step.outcome = StepOutcome.ASKED


def _say_who() -> Refusal:
    return Refusal(
        say("You lead this team. Name who follows, or ask the host to take you out of it.")
    )
