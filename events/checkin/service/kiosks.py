"""Tablets at which people check themselves in; from one, nothing else can be done."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.audit import service as audit
from consortium.auth.service import digest
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.agenda import service as agendas
from events.checkin.domain import Way, clean_code
from events.checkin.domain.batches import Batch, SaidScan, millis
from events.checkin.domain.greeting import first_name, same_person
from events.checkin.domain.telling import Told
from events.checkin.models import Kiosk
from events.checkin.service.desks import CheckInRefused
from events.checkin.service.expected import guests_of
from events.checkin.service.resolving import whose
from events.checkin.service.scanning import take_in
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled

TOKEN_BYTES = 32
LASTS = timedelta(hours=16)
"""A kiosk that nobody ends does not stand open the next morning."""


class NotFoundHere(CheckInRefused):
    """The kiosk knows nobody of that description, and does not say whether it nearly did."""

    def __init__(self) -> None:
        super().__init__(
            say("We could not find you. Check what you typed, or ask at the check-in desk.")
        )


@dataclass(frozen=True, kw_only=True)
class Welcome:
    """What the kiosk says to someone who has checked in."""

    first_name: str
    already: bool
    next_title: str = ""
    next_room: str = ""
    next_starts: datetime | None = None
    """Wall time."""


def start_kiosk(institute: Institute, name: str, *, by: str) -> tuple[Kiosk, str]:
    """Make a tablet a kiosk; returns it and the token that its browser keeps. Flushes."""
    refuse_cancelled(institute)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    kiosk = Kiosk(
        institute_id=institute.id,
        name=name,
        digest=digest(token),
        started_by=by,
        started_at=clock.now(),
    )
    db.session.add(kiosk)
    db.session.flush()
    audit.record("start_kiosk", f"institute:{institute.id}", by=by, after={"kiosk": str(kiosk.id)})
    return kiosk, token


def end_kiosk(institute: Institute, kiosk_id: UUID, *, by: str) -> None:
    """Let a kiosk not take anybody any more. Raises ``NotFound``."""
    kiosk = next((one for one in kiosks_of(institute.id) if one.id == kiosk_id), None)
    if kiosk is None:
        raise NotFound(say("There is no such kiosk, or it has ended."))
    kiosk.ended_at = clock.now()
    audit.record("end_kiosk", f"institute:{institute.id}", by=by, after={"kiosk": str(kiosk.id)})


def kiosks_of(institute_id: UUID) -> Sequence[Kiosk]:
    """Return the kiosks that stand open at an institute, the last started first."""
    statement = (
        select(Kiosk)
        .where(
            Kiosk.institute_id == institute_id,
            Kiosk.ended_at.is_(None),
            Kiosk.started_at > clock.now() - LASTS,
        )
        .order_by(Kiosk.started_at.desc(), Kiosk.id)
    )
    return db.session.scalars(statement).all()


def get_kiosk(institute: Institute, token: str) -> Kiosk:
    """Return the kiosk that a browser is. Raises ``NotFound`` for any other browser."""
    kiosk = next((one for one in kiosks_of(institute.id) if one.digest == digest(token)), None)
    if kiosk is None or not token:
        raise NotFound(say("This is no check-in kiosk any more. Ask at the desk."))
    return kiosk


def come_by_code(institute: Institute, kiosk: Kiosk, typed: str) -> Welcome:
    """Check in whoever holds the badge with this code. Raises ``CheckInRefused``."""
    code = clean_code(typed)
    owner = whose(institute, {code}).get(code) if ":" not in code else None
    if owner is None or owner.person_id is None:
        raise NotFoundHere
    return _come(institute, kiosk, code)


def come_by_name(institute: Institute, kiosk: Kiosk, name: str, letters: str) -> Welcome:
    """Check in whoever has this name and an address that ends so. Raises ``CheckInRefused``.

    Two people of whom both are true go to the desk.
    """
    guests = guests_of(institute)
    emails = _emails([guest.person_id for guest in guests])
    found = [
        guest
        for guest in guests
        if same_person(name, letters, known_as=guest.name, email=emails[guest.person_id])
    ]
    if len(found) != 1:
        raise NotFoundHere
    return _come(institute, kiosk, found[0].code)


def _come(institute: Institute, kiosk: Kiosk, code: str) -> Welcome:
    now = millis(clock.now())
    scan = SaidScan(id=f"kiosk-{uuid4().hex}", code=code, at=now)
    said = Batch(desk=kiosk.name, sent_at=now, scans=(scan.model_copy(update={"way": Way.KIOSK}),))
    (told,) = take_in(institute, said, by=f"kiosk:{kiosk.id}")
    if not told.counts or told.person_id is None:
        raise CheckInRefused(
            told.words(institute.zone) if not told.heir else NotFoundHere().message
        )
    return _welcome(institute, told)


def _welcome(institute: Institute, told: Told) -> Welcome:
    person = db.session.get_one(Person, told.person_id)
    place = agendas.get_place(institute, person)
    wall = clock.now().astimezone(institute.zone).replace(tzinfo=None)
    ahead = [
        session
        for session in agendas.own_agenda(place).by_day.sessions
        if session.starts is not None
        and not session.cancelled
        and session.starts >= wall - timedelta(minutes=10)
        and session.starts.date() == wall.date()
    ]
    first = min(ahead, key=lambda session: session.starts or wall, default=None)
    return Welcome(
        first_name=first_name(told.name),
        already=told.effect is not None and told.effect.value == "here_already",
        next_title=first.title if first else "",
        next_room=first.room if first else "",
        next_starts=first.starts if first else None,
    )


def _emails(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    statement = select(Person).where(Person.id.in_(person_ids)).options(joinedload(Person.identity))
    return {person.id: person.email for person in db.session.scalars(statement)}
