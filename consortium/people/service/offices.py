"""Who holds which office at which LEA, from when to when."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from blinker import Signal
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.domain import Office, OfficeRefused, Term, check_free, check_term
from consortium.people.models import Appointment, Person, Role
from consortium.people.service.roles import get_role_by_code
from consortium.words import say

lea_meant = Signal("which LEA does a consortium mean by an entry of the list")
"""Sent with the entry's id; answered with the LEA that it became, if it was merged."""


def hold_office(
    person: Person, office: Office, term: Term, *, by: str, interim: bool = False
) -> Appointment:
    """Write down that someone holds an office; without an LEA it is a state-level one.

    Raises ``RoleRefused`` for a role this consortium does not give, ``OfficeRefused`` for an
    unknown LEA, a term that ends before it begins, one that overlaps a term of the same office
    there (anybody's, where one person at a time holds it), or someone who was merged into
    another at this moment.
    """
    role = get_role_by_code(office.role_code)
    lea_id = _lea_meant(office.lea_id) if office.lea_id is not None else None
    here = (Appointment.role_id == role.id, _at(lea_id), Appointment.site == office.site)
    check_term(term, held=_terms_for_change(person, here))
    if role.one_holder:
        check_free(term, held=_terms_of_others(person, role, here))
    appointment = Appointment(
        person_id=person.id,
        role_id=role.id,
        lea_id=lea_id,
        site=office.site,
        begins_on=term.begins_on,
        ends_on=term.ends_on,
        interim=interim,
    )
    db.session.add(appointment)
    db.session.flush()
    audit.record(
        "hold_office",
        f"appointment:{appointment.id}",
        by=by,
        after={
            "person": str(person.id),
            "role": role.code,
            "lea": lea_id,
            "site": office.site,
            "interim": interim,
            "begins_on": term.begins_on.isoformat(),
            "ends_on": _written(term.ends_on),
        },
    )
    return appointment


def leave_office(appointment: Appointment, on: date, *, by: str) -> None:
    """Write down the last day in an office. Raises ``OfficeRefused`` when it precedes the first."""
    check_term(Term(begins_on=appointment.begins_on, ends_on=on), held=())
    before = appointment.ends_on
    if before is not None and on > before:
        raise OfficeRefused(
            say("This office ended already on %(day)s.", day=before.isoformat()), field="ends_on"
        )
    appointment.ends_on = on
    audit.record(
        "leave_office",
        f"appointment:{appointment.id}",
        by=by,
        before={"ends_on": _written(before)},
        after={"ends_on": on.isoformat()},
    )
    db.session.flush()


def resume_office(appointment: Appointment, until: date | None, *, by: str) -> None:
    """Take a last day back that was entered by mistake; ``until`` is what stood there before.

    Raises ``OfficeRefused`` where one person at a time holds the office and somebody else has it
    by now.
    """
    term = Term(begins_on=appointment.begins_on, ends_on=until)
    if appointment.role.one_holder:
        here = (
            Appointment.role_id == appointment.role_id,
            _at(appointment.lea_id),
            Appointment.site == appointment.site,
        )
        person = db.session.get_one(Person, appointment.person_id)
        check_free(term, held=_terms_of_others(person, appointment.role, here))
    before, appointment.ends_on = appointment.ends_on, until
    audit.record(
        "resume_office",
        f"appointment:{appointment.id}",
        by=by,
        before={"ends_on": _written(before)},
        after={"ends_on": _written(until)},
    )
    db.session.flush()


def strike_office(appointment: Appointment, *, by: str) -> None:
    """Delete an office that was written down by mistake; the record keeps what it said."""
    audit.record(
        "strike_office",
        f"appointment:{appointment.id}",
        by=by,
        before={
            "person": str(appointment.person_id),
            "role": appointment.role.code,
            "lea": appointment.lea_id,
            "site": appointment.site,
            "begins_on": appointment.begins_on.isoformat(),
            "ends_on": _written(appointment.ends_on),
        },
    )
    db.session.delete(appointment)
    db.session.flush()


def offices_of(person: Person) -> Sequence[Appointment]:
    """Return the offices someone holds or held, the newest first, role and LEA with them."""
    return db.session.scalars(
        select(Appointment)
        .where(Appointment.person_id == person.id)
        .options(joinedload(Appointment.role), joinedload(Appointment.lea))
        .order_by(Appointment.begins_on.desc(), Appointment.id)
    ).all()


def get_office(person: Person, appointment_id: UUID) -> Appointment:
    """Return one office of this person, locked for a change. Raises ``NotFound``."""
    appointment = db.session.scalar(
        select(Appointment)
        .where(Appointment.id == appointment_id, Appointment.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if appointment is None:
        raise NotFound(say("This person holds no such office."))
    return appointment


def holders_of(lea_id: str | None, role_code: str, on: date) -> Sequence[Person]:
    """Return who holds an office at an LEA on a day, by name; the first and last days count."""
    return db.session.scalars(
        select(Person)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Role, Role.id == Appointment.role_id)
        .where(
            _at(lea_id),
            Role.code == role_code,
            Appointment.begins_on <= on,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= on),
        )
        .order_by(Person.name, Person.id)
    ).all()


def _lea_meant(lea_id: str) -> str:
    if db.session.get(Lea, lea_id) is None:
        raise OfficeRefused(
            say("There is no LEA with the number %(id)s in the directory.", id=lea_id[:20]),
            field="lea",
        )
    return next((lea.id for _, lea in lea_meant.send(lea_id)), lea_id)


def _at(lea_id: str | None) -> ColumnElement[bool]:
    return Appointment.lea_id.is_(None) if lea_id is None else Appointment.lea_id == lea_id


def _terms_for_change(person: Person, here: Collection[ColumnElement[bool]]) -> list[Term]:
    """Return this person's terms in this office; the person is locked while we compare."""
    held = select(Person.merged_into_id).where(Person.id == person.id).with_for_update()
    if db.session.scalars(held).one() is not None:
        raise OfficeRefused(
            say("This person was merged with another at this moment. Open the page again.")
        )
    rows = db.session.execute(
        select(Appointment.begins_on, Appointment.ends_on).where(
            Appointment.person_id == person.id, *here
        )
    )
    return [Term(begins_on=begins_on, ends_on=ends_on) for begins_on, ends_on in rows]


def _terms_of_others(
    person: Person, role: Role, here: Collection[ColumnElement[bool]]
) -> list[tuple[str, Term]]:
    """Return who else holds or held this office; the role is locked while we compare."""
    hold(Role.id, role.id)
    rows = db.session.execute(
        select(Person.name, Appointment.begins_on, Appointment.ends_on)
        .join(Person, Appointment.person_id == Person.id)
        .where(Appointment.person_id != person.id, *here)
        .order_by(Appointment.begins_on)
    )
    return [
        (name or say("Somebody else"), Term(begins_on=begins_on, ends_on=ends_on))
        for name, begins_on, ends_on in rows
    ]


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
