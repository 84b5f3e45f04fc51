"""What waves come to: for a partnership, for a whole wave, and beside an earlier wave.

Nothing is shown before a wave has closed: who watches a mean move with each answer reads answers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.models import Partnership
from cohorts.surveys.domain.figures import Figure
from cohorts.surveys.domain.moving import Rosters, ScaleChange, changes_between, rosters_of
from cohorts.surveys.domain.overall import Overall, overall_of, parts_of, sum_is_counted
from cohorts.surveys.domain.results import Results, Told, everyone_is_hidden_beside, results_of
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State
from cohorts.surveys.engine.networks import (
    DensityChange,
    NetworkResults,
    density_changes,
    read,
)
from cohorts.surveys.models import SurveyInstrument, SurveyWave, WaveKind
from cohorts.surveys.service.gathering import told_of
from cohorts.surveys.service.ties import figures_now, said_in
from cohorts.surveys.service.waves import get_part, partnerships_in, waves_at
from consortium import clock
from consortium.database import db
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A wave beside an earlier one."""

    earlier: SurveyWave
    rosters: Rosters
    scales: Sequence[ScaleChange]
    densities: Sequence[DensityChange]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What both sides of a partnership read of a wave, alike."""

    wave: SurveyWave
    partnership: Partnership
    results: Results
    network: NetworkResults | None
    beside: Beside | None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How a scale moved between two waves in all partnerships together, for funders' reports."""

    instrument: str
    scale: str
    points: int
    before: Figure | None
    after: Figure | None
    people_before: int | None
    """How many answered; ``None`` where that is not shown."""
    people_after: int | None
    why: str
    """Why it is suppressed; empty where it is shown."""


def check_over(wave: SurveyWave) -> None:
    """Raise ``SurveyRefused`` while results may not be shown."""
    state = wave.window.state(clock.now())
    if state is State.WITHDRAWN:
        raise SurveyRefused(say("The host withdrew this survey. It has no results."))
    if state is not State.CLOSED:
        raise SurveyRefused(
            say("Results are shown when the survey has closed, to everyone at once.")
        )


def report_of(wave: SurveyWave, partnership: Partnership) -> Report:
    """Return a partnership's report of a closed wave. Raises ``SurveyRefused``, ``NotFound``."""
    part = get_part(wave, partnership.id)
    check_over(wave)
    asked = wave.instrument.asked
    told = told_of(wave, partnership.id)
    network = None
    if asked.network is not None:
        network = read(part.network) if part.network else figures_now(wave, partnership.id, told)
    return Report(
        wave=wave,
        partnership=partnership,
        results=results_of(asked, told, salt=str(wave.id)),
        network=network,
        beside=_beside(wave, partnership.id, told),
    )


def overall_report(wave: SurveyWave) -> Overall:
    """Return what a closed wave comes to in all its partnerships, for the host."""
    check_over(wave)
    partnerships = partnerships_in(wave)
    titles = {one.id: one.title for one in partnerships}
    return overall_of(wave.instrument.asked, told_of(wave), titles)


def results_for(partnership_id: UUID) -> Sequence[SurveyWave]:
    """Return the waves whose results a partnership may read, the latest first."""
    now = clock.now()
    return [wave for wave in waves_at(partnership_id) if wave.window.state(now) is State.CLOSED]


def running_for(partnership_id: UUID) -> Sequence[SurveyWave]:
    """Return the waves that ask a partnership and are not over."""
    now = clock.now()
    running = {State.PLANNED, State.OPEN}
    return [wave for wave in waves_at(partnership_id) if wave.window.state(now) in running]


def survey_change(institute_ids: Collection[UUID], period: tuple[date, date]) -> Sequence[Moved]:
    """Return how scales moved between pairs of waves of these cohorts that closed in the period.

    Suppressed aggregates of whole waves: what partnerships read on their own pages does not let
    anyone work out the rest.
    """
    first, last = period
    statement = (
        select(SurveyWave)
        .where(SurveyWave.institute_id.in_(institute_ids), SurveyWave.withdrawn_at.is_(None))
        .order_by(SurveyWave.opens_on, SurveyWave.id)
    )
    now = clock.now()
    waves = [
        wave for wave in db.session.scalars(statement) if wave.window.state(now) is State.CLOSED
    ]
    found: list[Moved] = []
    for n, wave in enumerate(waves):
        if not first <= wave.closes_on <= last:
            continue
        former = [
            one for one in waves[:n] if one.institute_id == wave.institute_id and _alike(one, wave)
        ]
        earlier = _former(former)
        if earlier is not None:
            found += _moved(earlier, wave)
    return found


def _moved(earlier: SurveyWave, wave: SurveyWave) -> Sequence[Moved]:
    before, after = told_of(earlier), told_of(wave)
    parts, parts_after = parts_of(before), parts_of(after)
    first = len(before.answered) if sum_is_counted(before, parts) else None
    second = len(after.answered) if sum_is_counted(after, parts_after) else None
    changes = changes_between(
        earlier.instrument.asked,
        before,
        wave.instrument.asked,
        after,
        shown_elsewhere=(parts.shown, parts_after.shown),
    )
    return [
        Moved(
            instrument=wave.instrument.title,
            scale=one.scale.title,
            points=one.scale.points,
            before=one.full.before,
            after=one.full.after,
            people_before=first if one.full.before else None,
            people_after=second if one.full.after else None,
            why=one.full.why or "",
        )
        for one in changes
    ]


def _beside(wave: SurveyWave, partnership_id: UUID, told: Told) -> Beside | None:
    now = clock.now()
    earlier = _former(
        [
            one
            for one in reversed(waves_at(partnership_id))
            if one.closes_on < wave.opens_on
            and one.window.state(now) is State.CLOSED
            and _alike(one, wave)
        ]
    )
    if earlier is None:
        return None
    before = told_of(earlier, partnership_id)
    rosters = rosters_of(before, told)
    if any(everyone_is_hidden_beside(one) for one in (before, told)):
        return Beside(earlier=earlier, rosters=rosters, scales=(), densities=())
    return Beside(
        earlier=earlier,
        rosters=rosters,
        scales=changes_between(earlier.instrument.asked, before, wave.instrument.asked, told),
        densities=_densities(earlier, before, wave, told, partnership_id),
    )


def _densities(
    earlier: SurveyWave, before: Told, wave: SurveyWave, told: Told, partnership_id: UUID
) -> Sequence[DensityChange]:
    network, former = wave.instrument.asked.network, earlier.instrument.asked.network
    if network is None or former is None or earlier.ties_deleted_at or wave.ties_deleted_at:
        return ()
    known = {one.code for one in former.topics}
    labels = {one.code: one.words for one in network.topics if one.code in known}
    first = said_in(earlier, partnership_id, before)
    return density_changes(first, said_in(wave, partnership_id, told), labels)[1]


def _former(waves: Sequence[SurveyWave]) -> SurveyWave | None:
    """Return with which of the earlier waves one compares: the baseline, or else the first."""
    return next((one for one in waves if one.kind is WaveKind.BASELINE), next(iter(waves), None))


def _alike(one: SurveyWave, other: SurveyWave) -> bool:
    """Tell whether two waves ask versions of the same instrument."""
    first: SurveyInstrument = one.instrument
    return first.code == other.instrument.code
