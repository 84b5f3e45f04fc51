"""What becomes of a team's registration when a list brings it."""

from collections.abc import MutableMapping, Sequence

from consortium.words import say
from events.bulk.domain.ground import Ground, KnownLea, StoredSeat, StoredTeam
from events.bulk.domain.lines import Standing
from events.registration.domain import Member, TeamDraft, judge
from events.registration.domain.demands import demands

DRAFT = "draft"


def standing_of(
    stored: StoredTeam | None,
    lea: KnownLea,
    seats: Sequence[StoredSeat],
    ground: Ground,
    free: MutableMapping[str, int],
) -> tuple[Standing, str]:
    """Return what becomes of a team that is to be registered, and why it is not, if it is not.

    Takes its places from ``free``, so that the next team of the list knows.
    """
    unchanged = unsubmitted(stored)
    if stored is not None and stored.status != DRAFT:
        return unchanged, ""
    lacks = _lacks(stored, lea, seats, ground)
    if lacks:
        return unchanged, lacks
    if ground.closed:
        return (Standing.WAITLISTED, "") if ground.has_waitlist else (unchanged, ground.closed)
    wanted = demands(visitors=False, ground=lea.ground, people=len(seats), limited=free.keys())
    if all(free[code] >= n for code, n in wanted.items()):
        for code, n in wanted.items():
            free[code] -= n
        return Standing.REGISTERED, ""
    if ground.has_waitlist:
        return Standing.WAITLISTED, ""
    return unchanged, say("There is no place for it, and no waitlist.")


def unsubmitted(stored: StoredTeam | None) -> Standing:
    """Return what becomes of a team that nobody submits."""
    return Standing.DRAFT if stored is None else Standing.STAYS


def _lacks(
    stored: StoredTeam | None, lea: KnownLea, seats: Sequence[StoredSeat], ground: Ground
) -> str:
    """Say what keeps the team from being submitted."""
    people = [seat for seat in seats if seat.email]
    if not people:
        return say("Nobody is in it yet.")
    draft = TeamDraft(
        state=stored.state if stored else lea.state,
        members=tuple(Member(name=one.name, role_codes=one.role_codes) for one in people),
        waivers=stored.waivers if stored else {},
    )
    verdict = judge(draft, ground.terms, stored.offices if stored else {})
    return " ".join(verdict.refusals)
