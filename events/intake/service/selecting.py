"""The host's choice: a proposal by the mix, changed by hand, told to nobody before the letters."""

from collections import Counter
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
    Mix,
    Outcome,
    part_of,
    part_words,
    propose,
)
from events.intake.models import Application, ApplicationStatus
from events.intake.service.finding import lock_application
from events.intake.service.judging import applying_door, eligibility_of
from events.intake.service.listing import application_lines, traits_of
from events.intake.service.settings import Aim, aim_of
from events.registration.service import Editor
from events.registration.service.finding import refuse_cancelled


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
    telling: Mapping[Outcome, int]
    """How many letters of each kind would go out."""
    seats: int
    """Seats that those want who would be told that they are selected; nothing is held for them."""
    ineligible: int
    closed: bool

    @property
    def to_tell(self) -> int:
        """How many letters would go out."""
        return sum(self.telling.values())


def selection_of(institute: Institute, lines: Sequence[ApplicationLine] | None = None) -> Selection:
    """Return how the choice stands, the mix beside what the host aims at."""
    lines = application_lines(institute) if lines is None else lines
    aim = aim_of(institute)
    closed = applying_door(institute).closed
    taking_part = [line for line in lines if line.takes_part]
    chosen = [line for line in taking_part if _stands(line) is Outcome.SELECTED]
    told_next = [line for line in taking_part if line.proposed and line.decided is None]
    counts: dict[str, int] = {"open": 0, **{outcome.value: 0 for outcome in Outcome}}
    for line in taking_part:
        stands = _stands(line)
        counts[stands.value if stands else "open"] += 1
    return Selection(
        aim=aim,
        parts=_parts(aim.mix, taking_part, chosen),
        counts=counts,
        selected=len(chosen),
        telling=Counter(line.proposed for line in told_next if line.proposed),
        seats=sum(one.seats_wanted for one in told_next if one.proposed is Outcome.SELECTED),
        ineligible=sum(1 for line in taking_part if line.faults),
        closed=closed,
    )


def decided_mix(institute: Institute) -> Sequence[PartLine]:
    """Return the mix as it is decided, for those whom a decision is explained to.

    What the host only means to decide is nobody's business yet.
    """
    taking_part = [line for line in application_lines(institute) if line.takes_part]
    chosen = [line for line in taking_part if line.decided is Outcome.SELECTED]
    return _parts(aim_of(institute).mix, taking_part, chosen)


def propose_selection(institute: Institute, *, by: str) -> Selection:
    """Propose who comes by the mix; what the host set by hand or decided stays as it is.

    Raises ``IntakeRefused`` while there is nothing to choose from, or no number of places.
    """
    hold_choice(institute, ApplicationStatus.SUBMITTED)
    lines = application_lines(institute)
    candidates = [one for line in lines if (one := line.candidate)]
    if not candidates:
        raise IntakeRefused(say("There is no application yet that all leaders have signed."))
    aim = aim_of(institute)
    if aim.places < 1:
        raise IntakeRefused(say("Say first how many teams can come, on the page of the mix."))
    proposal = propose(candidates, aim.places, aim.mix)
    undecided = select(Application).where(
        Application.institute_id == institute.id,
        Application.status == ApplicationStatus.SUBMITTED,
        Application.by_hand.is_(False),
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


def hold_choice(institute: Institute, status: ApplicationStatus) -> None:
    """Let whoever else chooses wait, and nobody change an application that stands so meanwhile."""
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    held = select(Application.id).where(
        Application.institute_id == institute.id, Application.status == status
    )
    db.session.execute(held.order_by(Application.id).with_for_update(key_share=True))


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
    application.stratum = part_of(traits_of(application), mix) if outcome else ""
    db.session.flush()
    audit.record(
        "choose_by_hand",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after={"proposed": outcome.value if outcome else None, "reason": reason},
    )
    return application


def _parts(
    mix: Mix, taking_part: Sequence[ApplicationLine], chosen: Sequence[ApplicationLine]
) -> Sequence[PartLine]:
    applied = Counter(part_of(line.traits, mix) for line in taking_part)
    coming = Counter(part_of(line.traits, mix) for line in chosen)
    return [
        PartLine(
            code=code,
            words=part_words(mix, code),
            share=mix.shares.get(code, 0),
            applied=applied[code],
            selected=coming[code],
        )
        for code in (*mix.shares, OTHERS)
        if code != OTHERS or applied[code]
    ]


def _stands(line: ApplicationLine) -> Outcome | None:
    return line.decided or line.proposed
