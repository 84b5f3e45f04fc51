"""People answer at their own address, once, and nobody can tell afterwards what is whose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.answers import read_answers
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.models import ONE_REPLY, SurveyName, SurveyReply, SurveyTies, SurveyWave
from cohorts.surveys.service.links import pseudonyms_of, read_token
from cohorts.surveys.service.mails import drop_mails
from cohorts.surveys.service.waves import get_wave, held_wave
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say

BY = "someone on the list"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Someone at their own address: who, in which survey, and whether they may answer now."""

    name: SurveyName
    wave: SurveyWave
    partnership: Partnership
    answered: bool
    refused: str
    """Why they may not answer now; empty where they may."""


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Someone whom one may name."""

    id: UUID
    name: str
    school: str


def get_asked(token: str) -> Asked:
    """Return whose address this is and how things stand. Raises ``NotFound``."""
    name_id = read_token(token)
    name = name_id and db.session.scalar(select(SurveyName).where(SurveyName.id == name_id))
    if not name:
        raise NotFound(
            say(
                "This address leads to no survey. Copy it whole from the mail. If the survey was "
                "over long ago, its list of names is deleted."
            )
        )
    wave = get_wave(name.wave_id)
    answered = _answered(name)
    return Asked(
        name=name,
        wave=wave,
        partnership=learning.get_partnership(name.partnership_id),
        answered=answered,
        refused="" if answered else _refusal(wave, name),
    )


def colleagues_of(asked: Asked) -> Sequence[Colleague]:
    """Return whom someone may name: everyone on the same list, own school first, not oneself."""
    statement = (
        select(SurveyName.id, SurveyName.name, SurveyName.school)
        .where(
            SurveyName.wave_id == asked.wave.id,
            SurveyName.partnership_id == asked.name.partnership_id,
            SurveyName.struck_on.is_(None),
            SurveyName.id != asked.name.id,
        )
        .order_by(SurveyName.school, SurveyName.name, SurveyName.id)
    )
    found = [
        Colleague(id=row[0], name=row[1], school=row[2]) for row in db.session.execute(statement)
    ]
    return sorted(found, key=lambda one: one.school != asked.name.school)


def answer(token: str, said: Mapping[str, Any], named: Mapping[str, Collection[UUID]]) -> None:
    """Keep someone's answers under the pseudonym. ``named`` are ids on the list, by topic.

    Flushes. Raises ``SurveyRefused``: before it opens, after it closed, for who left the list, for
    who has answered already, for naming oneself. A name that is not on the list is dropped.
    """
    asked = get_asked(token)
    wave = held_wave(asked.wave.id, alone=False)
    name = db.session.scalars(
        select(SurveyName).where(SurveyName.id == asked.name.id).with_for_update()
    ).one()
    if refusal := _refusal(wave, name):
        raise SurveyRefused(refusal)
    chosen = {person for people in named.values() for person in people}
    by_id = _pseudonyms(wave, name, {*chosen, name.id})
    oneself = by_id[name.id]
    kept = read_answers(
        wave.instrument.asked,
        said,
        {
            topic: [str(by_id[person]) for person in people if person in by_id]
            for topic, people in named.items()
        },
        oneself=str(oneself),
        roster={str(one) for one in by_id.values()},
    )
    theirs = {
        "wave_id": wave.id,
        "partnership_id": name.partnership_id,
        "pseudonym": oneself,
    }
    db.session.add(SurveyReply(**theirs, answers=dict(kept.answers)))
    with translating(ONE_REPLY, into=answered_already()):
        db.session.flush()
    if kept.named:
        ties = {topic: list(people) for topic, people in kept.named.items()}
        db.session.add(SurveyTies(**theirs, named=ties))
        db.session.flush()
    drop_mails([name.id])
    audit.record("answer_survey", f"survey_wave:{wave.id}", by=BY)


def answered_already() -> SurveyRefused:
    """Return what people read who answer a second time."""
    return SurveyRefused(
        say("You have answered this survey already. Your first answers count. Thank you.")
    )


def _refusal(wave: SurveyWave, name: SurveyName) -> str:
    try:
        wave.window.check_open(clock.now())
    except SurveyRefused as refusal:
        return refusal.message
    if name.struck_on is not None:
        return say(
            "You are no longer on the list of this survey, so you need not answer it. If that is "
            "a mistake, write to whoever runs it."
        )
    if wave.opened_at is None:
        return say("This survey opens in a moment. Try again in a few minutes.")
    return ""


def _answered(name: SurveyName) -> bool:
    pseudonym = pseudonyms_of(name.partnership_id, [name.email]).get(name.email)
    statement = select(SurveyReply.id).where(
        SurveyReply.wave_id == name.wave_id, SurveyReply.pseudonym == pseudonym
    )
    return pseudonym is not None and db.session.scalar(statement) is not None


def _pseudonyms(
    wave: SurveyWave, name: SurveyName, name_ids: Collection[UUID]
) -> Mapping[UUID, UUID]:
    """Return the pseudonyms of those of these people who are on the same list now."""
    statement = select(SurveyName).where(
        SurveyName.wave_id == wave.id,
        SurveyName.partnership_id == name.partnership_id,
        SurveyName.id.in_(name_ids),
        SurveyName.struck_on.is_(None),
    )
    rows = db.session.scalars(statement).all()
    by_email = pseudonyms_of(name.partnership_id, [row.email for row in rows])
    return {row.id: by_email[row.email] for row in rows if row.email in by_email}
