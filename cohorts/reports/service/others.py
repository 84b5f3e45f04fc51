"""What other features of cohorts know: partnerships, and what they do with their year.

``None`` says that nothing of the kind is kept, and reports say so.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, tuple_

from cohorts.handover.domain.risk import REASON_WORDS
from cohorts.handover.service.risk import risks_among
from cohorts.learning.models import Partnership
from cohorts.learning.service import partnerships_with
from cohorts.plans.service.reports import progress_by_partnership
from cohorts.reflections.service.library import stories_among
from cohorts.reports.domain.ground import BodyLine, PlanLine, RiskLine, ScaleChange
from cohorts.reports.domain.scope import Period
from cohorts.reports.domain.tables import Story
from cohorts.structures.domain.keeping import Kept
from cohorts.structures.domain.kinds import KINDS, BodyKind
from cohorts.structures.domain.years import Span
from cohorts.structures.service.counting import counted_bodies, kept_in
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.service.results import survey_change
from consortium.database import db
from consortium.tenants.service.days import today

Place = tuple[UUID, str]
"""A partnership's id and its state."""
MOST_STORIES = 3
"""As many as funders ask for; the newest."""


def partnerships_at(places: Collection[tuple[str, str]]) -> Sequence[Place]:
    """Return the partnerships of these LEAs and sites with their states."""
    if not places:
        return ()
    statement = (
        select(Partnership.id, Partnership.state)
        .where(tuple_(Partnership.lea_id, Partnership.site).in_(sorted(places)))
        .order_by(Partnership.id)
    )
    return [(partnership_id, state) for partnership_id, state in db.session.execute(statement)]


def plans_of(places: Sequence[Place], period: Period) -> Sequence[PlanLine] | None:
    """Return how far each partnership is with its plan; nothing where none has one."""
    states = dict(places)
    found = progress_by_partnership(states, (period.first, period.last))
    if not any(one.plans for one in found.values()):
        return None
    return [
        PlanLine(
            state=states[partnership_id],
            has_plan=one.plans > 0,
            signed=one.signed > 0,
            goals=one.goals,
            student_goals=one.about_students,
            measured=one.measured,
            progressed=one.progressed,
            reached=one.reached,
        )
        for partnership_id, one in found.items()
    ]


def scales_of(institute_ids: Collection[UUID], period: Period) -> Sequence[ScaleChange] | None:
    """Return each scale before and after over whole cohorts; small groups are hidden there.

    Nothing where no pair of surveys closed in the period.
    """
    moved = survey_change(institute_ids, (period.first, period.last))
    if not moved:
        return None
    return [
        ScaleChange(
            instrument=one.instrument,
            scale=one.scale,
            before_people=one.people_before if one.before else None,
            before_mean=_mean(one.before),
            after_people=one.people_after if one.after else None,
            after_mean=_mean(one.after),
        )
        for one in moved
    ]


def _mean(figure: Figure | None) -> Decimal | None:
    return Decimal(str(figure.mean)).quantize(Decimal("0.01")) if figure else None


def bodies_of(places: Sequence[Place], period: Period) -> Sequence[BodyLine] | None:
    """Return the standing bodies of these partnerships by kind; nothing where there are none."""
    bodies = counted_bodies([partnership_id for partnership_id, _ in places])
    if not bodies:
        return None
    kept = kept_in(bodies, Span(first=period.first, last=period.last), today())
    held: dict[BodyKind, list[tuple[UUID, Kept]]] = defaultdict(list)
    for body in bodies:
        if body.id in kept:
            held[body.kind].append((body.partnership_id, kept[body.id]))
    return [
        BodyLine(
            kind=KINDS[kind].label,
            partnerships=len({partnership_id for partnership_id, _ in held[kind]}),
            bodies=len(held[kind]),
            met=sum(one.met for _, one in held[kind]),
            planned=sum(one.expected or 0 for _, one in held[kind]),
        )
        for kind in BodyKind
        if held[kind]
    ]


def risks_of(places: Sequence[Place]) -> Sequence[RiskLine] | None:
    """Return in how many of these partnerships each sign of risk shows, as of today."""
    if not places:
        return None
    found = risks_among(partnerships_with([partnership_id for partnership_id, _ in places]))
    return [
        RiskLine(sign=REASON_WORDS[reason], partnerships=count)
        for reason, count in found.items()
        if count
    ]


def stories_of(places: Sequence[Place], period: Period) -> Sequence[Story]:
    """Return what these partnerships published of themselves, by consent of both sides.

    Nobody is named in a report, not even who agreed to be named in the library.
    """
    ids = [partnership_id for partnership_id, _ in places]
    found = stories_among(ids, (period.first, period.last), most=MOST_STORIES) if ids else ()
    return [Story(title=one.title, partnership=one.partnership, text=one.body) for one in found]
