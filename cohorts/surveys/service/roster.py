"""Who is asked: from seats and from lists of staff; struck and added once a wave is open."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import present_teams
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.places import Listed, group_of
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State
from cohorts.surveys.models import NAMED_ONCE, SurveyName, SurveyPlace, SurveyWave
from cohorts.surveys.service.links import draw, pseudonyms_of
from cohorts.surveys.service.mails import drop_mails
from cohorts.surveys.service.waves import get_part, held_wave, parts_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.paging import PAGE_SIZE, Page, nearest_page
from consortium.people.models import Person
from consortium.words import say
from events.facade.teams import TeamOfYear


def names_of(wave: SurveyWave, partnership_id: UUID | None = None) -> Select[SurveyName]:
    """Return the names on a wave's list, those who left last, by partnership, school and name."""
    statement = select(SurveyName).where(SurveyName.wave_id == wave.id)
    if partnership_id is not None:
        statement = statement.where(SurveyName.partnership_id == partnership_id)
    return statement.order_by(
        SurveyName.struck_on.is_not(None),
        SurveyName.partnership_id,
        SurveyName.school,
        SurveyName.name,
        SurveyName.id,
    )


def counts_of(wave: SurveyWave) -> Mapping[UUID, int]:
    """Return how many people of each partnership are asked."""
    statement = (
        select(SurveyName.partnership_id, func.count())
        .where(SurveyName.wave_id == wave.id, SurveyName.struck_on.is_(None))
        .group_by(SurveyName.partnership_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def page_of_names(wave: SurveyWave, partnership_id: UUID, number: int) -> Page[SurveyName]:
    """Return one page of a partnership's list."""
    every = select(func.count(SurveyName.id)).where(
        SurveyName.wave_id == wave.id, SurveyName.partnership_id == partnership_id
    )
    total = db.session.scalars(every).one()
    number = nearest_page(number, total)
    some = names_of(wave, partnership_id).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    return Page(items=db.session.scalars(some).all(), total=total, number=number)


def find_name(wave: SurveyWave, name_id: UUID, *, hold: bool = False) -> SurveyName:
    """Return someone on a wave's list, held to be changed if need be. Raises ``NotFound``."""
    statement = select(SurveyName).where(SurveyName.wave_id == wave.id, SurveyName.id == name_id)
    found = db.session.scalar(statement.with_for_update() if hold else statement)
    if found is None:
        raise NotFound(say("Nobody with this name is on the list."))
    return found


def take_from_seats(wave_id: UUID, *, by: str) -> int:
    """Put on the list everyone with a confirmed seat in the teams; return how many are new.

    Those of the wave's cohort, or of the partnerships' present teams. Who is on the list stays as
    written there. Flushes. Raises ``SurveyRefused`` when the wave is over.
    """
    wave = _still_open(wave_id)
    added = 0
    for partnership, teams in _teams(wave):
        listed = _seated(teams)
        added += len(_put(wave, partnership.id, listed.values(), rewrite=False))
    audit.record("take_survey_list", f"survey_wave:{wave.id}", by=by, after={"added": added})
    return added


def put_on_list(wave_id: UUID, partnership_id: UUID, people: Iterable[Listed], *, by: str) -> int:
    """Put people on a partnership's list; return how many are new. Flushes.

    Until it opens, who is on the list already is written as the new list has them. Raises
    ``SurveyRefused`` when the wave is over.
    """
    wave = _still_open(wave_id)
    get_part(wave, partnership_id)
    rewrite = wave.opened_at is None
    added = len(_put(wave, partnership_id, people, rewrite=rewrite))
    audit.record(
        "put_on_survey_list",
        f"survey_wave:{wave.id}",
        by=by,
        after={"partnership": str(partnership_id), "added": added},
    )
    return added


def strike(wave_id: UUID, name_id: UUID, *, by: str) -> None:
    """Take someone off the list who left: before it opens altogether, then struck. Flushes.

    What they answered before stays and counts; they answer no more and get no more mail.
    """
    wave = _still_open(wave_id)
    name = find_name(wave, name_id, hold=True)
    drop_mails([name.id])
    if wave.opened_at is None:
        db.session.delete(name)
    elif name.struck_on is None:
        name.struck_on = wave.window.today(clock.now())
        _place_of(wave, name).struck = True
    db.session.flush()
    audit.record("strike_from_survey", f"survey_wave:{wave.id}", by=by, after={"people": 1})


def put_back(wave_id: UUID, name_id: UUID, *, by: str) -> None:
    """Let someone answer again who was struck by mistake, or came back. Flushes."""
    wave = _still_open(wave_id)
    name = find_name(wave, name_id, hold=True)
    if name.struck_on is not None:
        name.struck_on = None
        _place_of(wave, name).struck = False
        db.session.flush()
        audit.record("put_back_on_survey", f"survey_wave:{wave.id}", by=by, after={"people": 1})


def places_of(wave: SurveyWave) -> Sequence[SurveyPlace]:
    """Return the places that were drawn, by pseudonym: an order that tells nothing."""
    statement = select(SurveyPlace).where(SurveyPlace.wave_id == wave.id)
    return db.session.scalars(statement.order_by(SurveyPlace.pseudonym)).all()


def draw_places(wave: SurveyWave, names: Collection[SurveyName]) -> None:
    """Give people places under their pseudonyms, in an order that tells nothing. Flushes."""
    by_partnership: dict[UUID, list[SurveyName]] = {}
    for name in names:
        by_partnership.setdefault(name.partnership_id, []).append(name)
    places: list[SurveyPlace] = []
    for partnership_id, theirs in by_partnership.items():
        drawn = draw(partnership_id, [one.email for one in theirs])
        places += [
            SurveyPlace(
                wave_id=wave.id,
                partnership_id=partnership_id,
                pseudonym=drawn[one.email],
                school=one.school,
                group=one.group,
                side=one.side,
            )
            for one in theirs
        ]
    secrets.SystemRandom().shuffle(places)
    db.session.add_all(places)
    db.session.flush()


def _put(
    wave: SurveyWave, partnership_id: UUID, people: Iterable[Listed], *, rewrite: bool
) -> list[SurveyName]:
    known = {one.email: one for one in db.session.scalars(names_of(wave, partnership_id))}
    added: list[SurveyName] = []
    for one in people:
        there = known.get(one.email)
        if there is None:
            made = SurveyName(wave_id=wave.id, partnership_id=partnership_id, **vars(one))
            known[one.email] = made
            added.append(made)
        elif rewrite:
            for name, value in vars(one).items():
                setattr(there, name, value)
    db.session.add_all(added)
    twice = SurveyRefused(say("Someone changed the list at the same moment. Look at it again."))
    with translating(NAMED_ONCE, into=twice):
        db.session.flush()
    if wave.opened_at is not None:
        draw_places(wave, added)
    return added


def _still_open(wave_id: UUID) -> SurveyWave:
    wave = held_wave(wave_id)
    if wave.window.state(clock.now()) not in {State.PLANNED, State.OPEN}:
        raise SurveyRefused(say("This survey is over: its list stays as it is."))
    return wave


def _place_of(wave: SurveyWave, name: SurveyName) -> SurveyPlace:
    pseudonym = pseudonyms_of(name.partnership_id, [name.email])[name.email]
    statement = select(SurveyPlace).where(
        SurveyPlace.wave_id == wave.id, SurveyPlace.pseudonym == pseudonym
    )
    return db.session.scalars(statement).one()


def _teams(wave: SurveyWave) -> list[tuple[Partnership, Sequence[TeamOfYear]]]:
    ids = {part.partnership_id for part in parts_of(wave)}
    if wave.institute_id is not None:
        found = learning.partnerships_of_institute(wave.institute_id)
        return [(one, [team]) for one, team in found if one.id in ids]
    partnerships = learning.partnerships_with(ids)
    teams = learning.teams_of_many(partnerships)
    today = wave.window.today(clock.now())
    return [(one, present_teams(teams[one.id], today)) for one in partnerships]


def _seated(teams: Iterable[TeamOfYear]) -> Mapping[str, Listed]:
    seats = [
        (team, seat)
        for team in teams
        for seat in team.seats
        if seat.confirmed and seat.ended_at is None and seat.person_id is not None
    ]
    people = select(Person).where(Person.id.in_({seat.person_id for _, seat in seats}))
    by_id = {one.id: one for one in db.session.scalars(people)}
    found: dict[str, Listed] = {}
    for team, seat in seats:
        person = by_id[seat.person_id] if seat.person_id else None
        if person is None:
            continue
        found.setdefault(
            person.email,
            Listed(
                name=seat.name or person.email,
                email=person.email,
                school=team.site,
                group=group_of(seat.role_codes[0] if seat.role_codes else ""),
                side=seat.side,
            ),
        )
    return found
