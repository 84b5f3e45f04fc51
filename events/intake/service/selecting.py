"""The host's choice: a proposal by the mix, changed by hand, told to nobody before the letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.institutes.models import Institute
from events.intake.domain import (
    OTHERS,
    ApplicationLine,
    IntakeRefused,
    Outcome,
    part_of,
    part_words,
    propose,
)
from events.intake.models import Application, ApplicationStatus
from events.intake.service.finding import lock_application
from events.intake.service.judging import applying_door, eligibility_of
from events.intake.service.listing import application_lines
from events.intake.service.settings import Aim, aim_of
from events.registration.service import Editor


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """One part of the mix: its share, who applied, who would come."""

    code: str
    words: str
    share: int
    applied: int
    selected: int

    def percent(self, of: int) -> int:
        """Return its selected as a percentage of all."""
        return round(100 * self.selected / of) if of else 0


@dataclass(frozen=True, kw_only=True)
class Selection:
    """How the choice stands."""

    aim: Aim
    parts: Sequence[PartLine]
    counts: Mapping[str, int]
    """Applications by what is proposed or decided for them; ``open`` where nothing is yet."""
    selected: int
    people: int
    """Seats that the selected want."""
    to_tell: int
    """How many letters would go out."""
    ineligible: int
    closed: bool

    @property
    def share_sum(self) -> int:
        """All shares together."""
        return sum(part.share for part in self.parts)


def selection_of(institute: Institute, lines: Sequence[ApplicationLine] | None = None) -> Selection:
    """Return how the choice stands, the mix beside what the host aims at."""
    lines = application_lines(institute) if lines is None else lines
    aim = aim_of(institute)
    closed = applying_door(institute).closed
    taking_part = [line for line in lines if line.applicant_at(closed=closed)]
    chosen = [line for line in taking_part if _stands(line) is Outcome.SELECTED]
    counts: dict[str, int] = {"open": 0, **{outcome.value: 0 for outcome in Outcome}}
    for line in taking_part:
        stands = _stands(line)
        counts[stands.value if stands else "open"] += 1
    codes = [*aim.mix.shares, OTHERS]
    applied = [part_of(line.traits, aim.mix) for line in taking_part]
    coming = [part_of(line.traits, aim.mix) for line in chosen]
    parts = [
        PartLine(
            code=code,
            words=part_words(aim.mix, code),
            share=aim.mix.shares.get(code, 0),
            applied=applied.count(code),
            selected=coming.count(code),
        )
        for code in codes
    ]
    return Selection(
        aim=aim,
        parts=[part for part in parts if part.code != OTHERS or part.applied],
        counts=counts,
        selected=len(chosen),
        people=sum(line.seats_wanted for line in chosen),
        to_tell=sum(1 for line in taking_part if line.proposed and line.decided is None),
        ineligible=sum(1 for line in taking_part if line.faults(closed=closed)),
        closed=closed,
    )


def mix_lines(institute: Institute) -> Sequence[PartLine]:
    """Return the parts of the mix as they stand, for those whom a decision is explained to."""
    return selection_of(institute).parts


def propose_selection(institute: Institute, *, by: str) -> Selection:
    """Propose who comes by the mix; what the host set by hand or decided stays as it is.

    Raises ``IntakeRefused`` while there is nothing to choose from, or no number of places.
    """
    db.session.refresh(institute, with_for_update=True)  # two colleagues, one proposal
    lines = application_lines(institute)
    closed = applying_door(institute).closed
    everyone = [one for line in lines if (one := line.applicant_at(closed=closed))]
    # Who may still sign is neither chosen nor turned away yet.
    candidates = [one for one in everyone if closed or not one.faults or one.settled]
    if not candidates:
        raise IntakeRefused(say("There is no application yet that all leaders have signed."))
    aim = aim_of(institute)
    if aim.places < 1:
        raise IntakeRefused(say("Say first how many teams can come, on the page of the mix."))
    proposal = propose(candidates, aim.places, aim.mix)
    undecided = select(Application).where(
        Application.id.in_([one.id for one in everyone if one.settled is None])
    )
    for application in db.session.scalars(undecided):
        proposed = proposal.of.get(application.id)
        if proposed is None:
            application.proposed = application.rank = None
            application.stratum, application.reasons = "", []
            continue
        application.proposed = ApplicationStatus(proposed.outcome.value)
        application.stratum = proposed.stratum
        application.rank = proposed.rank
        application.reasons = [str(reason) for reason in proposed.reasons]
    db.session.flush()
    found = selection_of(institute)
    audit.record(
        "propose_selection",
        f"institute:{institute.id}",
        by=by,
        after={
            "by": aim.mix.by.value,
            "shares": dict(aim.mix.shares),
            "places": aim.places,
            "selected": found.selected,
            "of": len(candidates),
        },
    )
    return found


def choose_by_hand(
    application_id: UUID, outcome: Outcome | None, reason: str, editor: Editor
) -> Application:
    """Set by hand what is meant for one application, and why; ``None`` leaves it to the mix.

    Raises ``IntakeRefused`` for one that is not submitted, decided already, or not eligible.
    """
    application = lock_application(application_id, editor)
    if application.status is not ApplicationStatus.SUBMITTED:
        raise IntakeRefused(say("Only a submitted application that is not decided can be chosen."))
    judged = eligibility_of(application)
    if outcome is Outcome.SELECTED and judged.final and not judged.eligible:
        raise IntakeRefused(
            say("This application is not eligible. %(why)s", why=" ".join(judged.faults)),
            field="outcome",
        )
    before = {"proposed": application.proposed.value if application.proposed else None}
    application.by_hand = outcome is not None
    application.proposed = ApplicationStatus(outcome.value) if outcome else None
    application.rank = None
    application.reasons = (
        [str(say("The host decided: %(reason)s", reason=reason))] if outcome else []
    )
    mix = aim_of(application.institute).mix
    lines = [one for one in application_lines(application.institute) if one.id == application.id]
    application.stratum = part_of(lines[0].traits, mix)
    db.session.flush()
    audit.record(
        "choose_by_hand",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after={"proposed": outcome.value if outcome else None},
    )
    return application


def _stands(line: ApplicationLine) -> Outcome | None:
    return line.decided or line.proposed
