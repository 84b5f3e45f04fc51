"""Publish a run so that people see their peers, or throw a draft away."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cohorts.matching.models import MatchRun
from cohorts.matching.service.fitting import hold_drafts, still_fitting
from cohorts.matching.service.history import hold_people
from cohorts.matching.service.introductions import introduce
from cohorts.matching.service.limits import limits
from cohorts.matching.service.people import people_at
from cohorts.matching.service.rounds import institutes_of
from cohorts.matching.service.runs import no_such_run
from cohorts.matching.service.terms import terms_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say
from events import facade


def publish_run(run_id: UUID, by: str) -> MatchRun:
    """Show everyone in the run their peers, and tell them by mail who they are and why.

    Where the institute asks both first, they are suggested to each other, and neither sees the
    other's contact before both have accepted.

    Pairs that do not fit any more are dropped unseen: who took the agreement back, pauses or has
    no place left, who met at another institute, was forbidden to or became a colleague since the
    search. Raises ``NotFound``, or ``Refusal`` when the run is published already or has no pair
    left.
    """
    found = db.session.execute(
        select(MatchRun.institute_id, MatchRun.other_id).where(MatchRun.id == run_id)
    ).first()
    if found is None:
        raise no_such_run()
    for institute_id in sorted({id_ for id_ in found if id_ is not None}):
        facade.hold_agreements(institute_id)  # before runs, as whoever merges two people does
    hold_drafts()
    run = _locked(run_id)
    if run.published_at is not None:
        raise Refusal(say("This run is published already."))
    now = clock.now()
    _hold_mentors(run)
    people = people_at(institutes_of(run))
    drafted = len(run.matches)
    run.matches = still_fitting(run, people)
    if not run.matches:
        raise Refusal(
            say("There is no pair to publish. Ask more people to agree, then run it again.")
        )
    run.published_at = now
    run.two_sided = terms_of(facade.institute_with(run.institute_id)).two_sided
    for match in run.matches:
        match.introduced_at = None if run.two_sided else now
    db.session.flush()
    told = introduce(run, people)
    audit.record(
        "publish_run",
        f"match_run:{run.id}",
        by=by,
        before={"pairs": drafted},
        after={"pairs": len(run.matches), "people": told},
    )
    return run


def _hold_mentors(run: MatchRun) -> None:
    """Let nobody say yes to a request meanwhile whose places are counted over all matches."""
    named = {id_ for match in run.matches for id_ in (match.first_id, match.second_id)}
    mentors = [id_ for id_, limit in limits().items() if limit.mentor and id_ in named]
    if mentors:
        hold_people(*mentors)


def discard_run(run_id: UUID, by: str) -> UUID:
    """Throw a draft away and return its institute's id.

    Raises ``NotFound``, or ``Refusal`` for a published run: people have seen it.
    """
    run = _locked(run_id)
    if run.published_at is not None:
        raise Refusal(say("This run is published. People have seen it, so it stays."))
    db.session.delete(run)
    db.session.flush()
    audit.record("discard_run", f"match_run:{run_id}", by=by, before={"pairs": len(run.matches)})
    return run.institute_id


def _locked(run_id: UUID) -> MatchRun:
    """Return the run, held so that it is published once however often that is asked."""
    run = db.session.scalar(
        select(MatchRun)
        .where(MatchRun.id == run_id)
        .options(selectinload(MatchRun.matches))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if run is None:
        raise no_such_run()
    return run
