"""Raw ties of a network survey: the collector has them, under pseudonyms, till they go."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, exists, func, select

from cohorts.surveys.domain.results import Told
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State
from cohorts.surveys.engine.density import Answered
from cohorts.surveys.engine.networks import NetworkResults, answered_of, network_results, written
from cohorts.surveys.models import SurveyPartnership, SurveyPlace, SurveyTies, SurveyWave
from cohorts.surveys.service.gathering import told_of
from cohorts.surveys.service.waves import held_wave, parts_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say

Raw = tuple[str, str, str, str, str, str, str]
"""Partnership, who, whom, topic, and who's school, role group and side."""


def said_in(wave: SurveyWave, partnership_id: UUID, told: Told) -> Answered:
    """Return a partnership's network under pseudonyms, for the engine alone."""
    rows = db.session.execute(
        select(SurveyTies.pseudonym, SurveyTies.named).where(
            SurveyTies.wave_id == wave.id, SurveyTies.partnership_id == partnership_id
        )
    )
    return answered_of(told, {str(row[0]): row[1] for row in rows})


def figures_now(wave: SurveyWave, partnership_id: UUID, told: Told) -> NetworkResults:
    """Return a partnership's network in figures, from its ties."""
    said = said_in(wave, partnership_id, told)
    return network_results(told, said, wave.instrument.asked.topics)


def has_ties(wave: SurveyWave) -> bool:
    """Tell whether raw ties of a wave are still there."""
    return bool(db.session.scalar(select(exists().where(SurveyTies.wave_id == wave.id))))


def raw_ties(wave_id: UUID, *, by: str) -> Sequence[Raw]:
    """Return all ties of a closed wave under pseudonyms, and write down who took them.

    Only for whom the page before answering names as the collector. Raises ``SurveyRefused``.
    """
    wave = _over(wave_id)
    places = {
        row.pseudonym: row
        for row in db.session.scalars(select(SurveyPlace).where(SurveyPlace.wave_id == wave.id))
    }
    rows: list[Raw] = []
    for ties in db.session.scalars(select(SurveyTies).where(SurveyTies.wave_id == wave.id)):
        place = places.get(ties.pseudonym)
        if place is None:
            continue
        rows += [
            (
                str(ties.partnership_id),
                str(ties.pseudonym),
                whom,
                topic,
                place.school,
                place.group.value,
                place.side.value,
            )
            for topic, people in ties.named.items()
            for whom in people
        ]
    audit.record("take_raw_ties", f"survey_wave:{wave.id}", by=by, after={"ties": len(rows)})
    return sorted(rows)


def delete_ties(wave_id: UUID, *, by: str) -> int:
    """Delete who named whom in a closed wave, for good; its figures stay. Return how many rows.

    Flushes. Raises ``SurveyRefused`` before it has closed, and where nothing is left.
    """
    wave = _over(wave_id)
    parts = parts_of(wave)
    _keep_figures(wave, parts)
    count = select(func.count(SurveyTies.id)).where(SurveyTies.wave_id == wave.id)
    n = db.session.scalars(count).one()
    db.session.execute(delete(SurveyTies).where(SurveyTies.wave_id == wave.id))
    wave.ties_deleted_at = clock.now()
    wave.version += 1
    db.session.flush()
    audit.record("delete_raw_ties", f"survey_wave:{wave.id}", by=by, before={"people": n})
    return n


def _over(wave_id: UUID) -> SurveyWave:
    wave = held_wave(wave_id)
    if wave.window.state(clock.now()) is not State.CLOSED:
        raise SurveyRefused(say("Wait until the survey has closed."))
    if wave.instrument.asked.network is None:
        raise SurveyRefused(say("This survey does not ask who talks to whom."))
    if wave.ties_deleted_at is not None:
        raise SurveyRefused(say("Who named whom is deleted already."))
    return wave


def _keep_figures(wave: SurveyWave, parts: Sequence[SurveyPartnership]) -> None:
    told: Mapping[UUID, Told] = {
        one.partnership_id: told_of(wave, one.partnership_id) for one in parts
    }
    for part in parts:
        figures = figures_now(wave, part.partnership_id, told[part.partnership_id])
        part.network = written(figures)
