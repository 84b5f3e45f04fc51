"""The other side, and further offices, agree to what a lead uploaded."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.words import say
from events.deliverables import emails
from events.deliverables.domain import HandingInRefused, Party, TeamFacts, parties_of, who_agrees
from events.deliverables.models import Deliverable, HandIn, HandInAgreement
from events.deliverables.service.asking import get_deliverable
from events.deliverables.service.papers import hand_ins_of
from events.deliverables.service.teams import Reader, facts_of, get_team_of
from events.registration.models import SeatStatus, Team
from events.registration.service.finding import hold_team


def agree(team_id: UUID, deliverable_id: UUID, number: int, reader: Reader) -> HandIn:
    """Agree to a version for one's side, and for the offices one holds. Flushes.

    Raises ``NotFound`` for who is not in the team, ``HandingInRefused`` for who has nothing to
    agree to: the version was replaced or taken back, or nobody waits for this person.
    """
    team = get_team_of(team_id, Reader(email=reader.email, person_id=reader.person_id))
    team = hold_team(team.id)
    deliverable = get_deliverable(team.institute_id, deliverable_id)
    versions = hand_ins_of(deliverable.id, team.id)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound(say("There is no such file."))
    newest = next((one for one in versions if one.withdrawn_at is None), None)
    if version is not newest:
        raise HandingInRefused(
            say("There is a newer version meanwhile, or it was taken back. Look at the page anew.")
        )
    facts = facts_of(team)
    needed = parties_of(deliverable.spec, facts)
    mine = [one for one in version.waits_for(needed) if one in who_agrees(reader.person_id, facts)]
    if not mine:
        raise HandingInRefused(say("Nothing waits for your agreement here."))
    for party in mine:
        version.agreements.append(
            HandInAgreement(
                party=party,
                person_id=reader.person_id,
                agreed_by=reader.email,
                agreed_at=clock.now(),
            )
        )
    db.session.flush()
    settle(version, needed)
    if version.complete_at is not None:
        outbox.supersede(about(deliverable.id, team.id))
    audit.record(
        "agree_to_hand_in",
        f"team:{team.id}",
        by=reader.email,
        after={
            "deliverable": str(deliverable.id),
            "number": version.number,
            "parties": [str(party) for party in mine],
        },
    )
    return version


def settle(version: HandIn, needed: Iterable[Party]) -> None:
    """Note that everyone has agreed who had to, if so. Part of another act."""
    if version.complete_at is None and not version.waits_for(needed):
        version.complete_at = clock.now()
        db.session.flush()


def tell_who_has_to_agree(
    team: Team, deliverable: Deliverable, version: HandIn, needed: Iterable[Party]
) -> None:
    """Promise a mail to everyone of the team whose agreement the version waits for."""
    waits = version.waits_for(needed)
    for person in people_behind(team, facts_of(team), waits):
        outbox.promise(
            emails.asks_agreement(team, deliverable, version, to=person),
            about=about(deliverable.id, team.id),
        )


def people_behind(team: Team, facts: TeamFacts, parties: Iterable[Party]) -> Sequence[Person]:
    """Return the people of a team who can agree for one of these parties."""
    wanted = frozenset(parties)
    people = {lead.person_id: lead.person for lead in team.leads}
    people |= {
        seat.person_id: seat.person for seat in team.seats if seat.status is SeatStatus.CONFIRMED
    }
    return [person for person_id, person in people.items() if wanted & who_agrees(person_id, facts)]


def about(deliverable_id: UUID, team_id: UUID) -> str:
    """Return what mails about a team's paper are filed under, so that facts can drop them."""
    return f"deliverable:{deliverable_id}:{team_id}"
