"""What must be true of plans: what was signed is whole, and in force only by both sides."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from cohorts.learning.domain.partners import TableSide
from cohorts.plans.domain import sides_signed
from cohorts.plans.models import Evidence, Goal, Plan, PlanComment, PlanVersion
from consortium.database import db
from consortium.verify.domain import Check


def texts_changed() -> Iterator[str]:
    """Find versions whose text is another than what was signed."""
    for version in db.session.scalars(select(PlanVersion).order_by(PlanVersion.id)):
        if version.text.digest != version.digest:
            yield f"plan_version:{version.id} is not the text that was signed."


def agreed_by_one() -> Iterator[str]:
    """Find versions that are in force without both sides, or are not with both."""
    statement = select(PlanVersion).options(selectinload(PlanVersion.signatures))
    for version in db.session.scalars(statement.order_by(PlanVersion.id)):
        both = sides_signed(version.signed).issuperset(TableSide)
        if both != (version.agreed_at is not None):
            yield f"plan_version:{version.id} was signed otherwise than it says."


def versions_astray() -> Iterator[str]:
    """Find plans whose number is none that follows from their versions."""
    newest = (
        select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == Plan.id).scalar_subquery()
    )
    for plan, last in db.session.execute(select(Plan, newest).order_by(Plan.id)):
        fits = plan.number == (last or 0) + (0 if plan.frozen else 1)
        if not fits:
            yield f"plan:{plan.id} says version {plan.number}; the last signed one is {last}."


def said_elsewhere() -> Iterator[str]:
    """Find comments on goals of other plans, and evidence that is neither file nor link."""
    elsewhere = (
        select(PlanComment.id)
        .join(Goal, Goal.id == PlanComment.goal_id)
        .where(Goal.plan_id != PlanComment.plan_id)
    )
    for comment_id in db.session.scalars(elsewhere.order_by(PlanComment.id)):
        yield f"plan_comment:{comment_id} is about a goal of another plan."
    neither = select(Evidence.id).where(
        or_(
            (Evidence.link == "") & Evidence.file_id.is_(None),
            (Evidence.link != "") & Evidence.file_id.is_not(None),
        )
    )
    for evidence_id in db.session.scalars(neither.order_by(Evidence.id)):
        yield f"evidence:{evidence_id} is not one file or one link."


CHECKS: Sequence[Check] = (
    Check(
        code="I44-plans",
        words="Every plan that was signed says what was signed.",
        find=texts_changed,
    ),
    Check(
        code="I9-plans",
        words="A plan is in force only once both sides have signed.",
        find=agreed_by_one,
    ),
    Check(
        code="I44-plan-versions",
        words="Versions of plans follow one another without a gap.",
        find=versions_astray,
    ),
    Check(
        code="I9-plan-comments",
        words="What is said of a goal is said in its own plan.",
        find=said_elsewhere,
    ),
)
