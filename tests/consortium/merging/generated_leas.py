"""Small worlds of two entries of one LEA, of any make."""

from dataclasses import dataclass

from hypothesis import strategies as st

from cohorts.learning import service as learning
from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Appointment, Person, Role
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.intake.models import InstituteInvitation
from events.registration import service as registration
from events.registration.models import OfficeAnswer
from tests.consortium.merging.acting import apply_for
from tests.factories import (
    USUAL_ROLES,
    make_institute,
    make_lea,
    make_person,
    make_team,
    soon,
)

ASSOCIATION = {
    "code": "admin_assoc_president",
    "label": "Administrators' association president",
    "side": "labor",
    "strength": Strength.IF_APPLICABLE,
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one entry has; the pairs are of two institutes."""

    teams: tuple[bool, bool]
    applied: tuple[bool, bool]
    invited: tuple[bool, bool]
    has_association: bool | None
    terms: tuple[int, ...]
    """In which hundreds of days a term of one and the same chief began."""


# Two teams, or two applications, at one institute are refused: mostly they are at different ones.
seldom_both = st.sampled_from([(False, False), (True, False), (False, True)])
entries = st.builds(
    Entry,
    teams=seldom_both,
    applied=seldom_both,
    invited=st.tuples(st.booleans(), st.booleans()),
    has_association=st.none() | st.booleans(),
    terms=st.lists(st.integers(0, 3), max_size=2, unique=True).map(tuple),
)


def make_entries(one: Entry, other: Entry) -> tuple[Lea, Lea]:
    """Store two LEAs with all of it."""
    leas = make_lea("3400001", "Oak Park"), make_lea("3400002", "Oak Park Charter")
    chief = make_person("chief@x.org", "Chief")
    role = Role(code="chief", label="Chief", side=Side.MANAGEMENT, position=0)
    db.session.add(role)
    db.session.flush()
    for lea, entry in zip(leas, (one, other), strict=True):
        if entry.has_association is not None:
            db.session.add(
                OfficeAnswer(
                    lea_id=lea.id,
                    role_code=ASSOCIATION["code"],
                    exists=entry.has_association,
                    answered_at=clock.now(),
                    answered_by="test",
                )
            )
        db.session.add_all(_term(chief, role, lea, n) for n in entry.terms)
    for n in range(2):
        institute = make_institute(
            f"institute-{n}",
            roles=(*USUAL_ROLES, ASSOCIATION),
            pools={PEOPLE: 10, TEAMS: 2},
        )
        for lea, entry in zip(leas, (one, other), strict=True):
            _enter(institute, lea, chief, entry, n)
        registration.judge_again(institute_id=institute.id)
    db.session.commit()
    return leas


def _enter(institute: Institute, lea: Lea, chief: Person, entry: Entry, n: int) -> None:
    if entry.teams[n]:
        members = {f"one{lea.id}{n}@x.org": "superintendent", f"two{lea.id}{n}@x.org": "principal"}
        places = {PEOPLE: 2, TEAMS: 1}
        team = make_team(institute, lea, members, places_held=places)
        learning.partnership_of_team(team.id)  # as when it was submitted
        for pool in institute.pools:
            pool.taken += places[pool.code]
    if entry.applied[n]:
        apply_for(lea, institute, chief, Side.MANAGEMENT)
    if entry.invited[n]:
        db.session.add(
            InstituteInvitation(
                institute_id=institute.id,
                lea_id=lea.id,
                email="x@y.org",
                digest=f"{lea.id}{n}",
                invited_by="test",
                invited_at=clock.now(),
            )
        )


def _term(chief: Person, role: Role, lea: Lea, n: int) -> Appointment:
    return Appointment(
        person_id=chief.id,
        role_id=role.id,
        lea_id=lea.id,
        begins_on=soon(-900 + 100 * n).date(),
        ends_on=soon(-780 + 100 * n).date() if n < 3 else None,
    )
