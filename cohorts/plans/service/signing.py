"""Signing a version for a side, and taking a signature back while one side alone has signed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.partners import TableSide, Who
from cohorts.plans import emails
from cohorts.plans.domain import (
    Lack,
    PlanRefused,
    PlanText,
    Signed,
    Standing,
    check_signing,
    check_withdrawing,
    lacking,
    standing_of,
    still_to_sign,
    wording,
)
from cohorts.plans.models import ONE_SIGNATURE, Goal, Plan, PlanSignature, PlanVersion
from cohorts.plans.service.finding import Reader, Seen, goals_of, hold_plan, see_plan
from cohorts.plans.service.texts import text_of
from cohorts.plans.service.writing import signing_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.words import say

AT_ONCE = say("Someone signed for your side at this moment. Look at the page again.")


def sign(plan_id: UUID, number: int, digest: str, name: str, reader: Reader) -> PlanVersion:
    """Sign the version that this person has read, for their side. Flushes.

    The first signature freezes the text; the second makes it the plan in force. ``digest`` is that
    of the text on the page: who read another text than the one that stands now is asked to read
    again. Raises ``PlanRefused``, as ``check_signing`` does too.
    """
    _, seen = see_plan(plan_id, reader)
    plan = hold_plan(plan_id)
    goals = goals_of([plan.id])[plan.id]
    text = text_of(plan, goals, seen.who)
    version = current_version(plan)
    if number != plan.number or digest != (version.digest if version else text.digest):
        raise PlanRefused(
            say(
                "The plan was changed while your page was open, so nothing is signed. Read it as "
                "it is now; then sign."
            )
        )
    before = version.signed if version else ()
    side = check_signing(seen.who, reader.person_id, name, before, lacks_of(plan, goals, seen))
    version = version or _freeze(plan, text)
    version.signatures.append(
        PlanSignature(
            side=side,
            person_id=reader.person_id,
            name=name.strip(),
            office=_office(seen, reader),
            wording=wording(plan.number, side),
            signed_at=clock.now(),
        )
    )
    if standing_of(version.signed) is Standing.SIGNED:
        version.agreed_at = clock.now()
    with translating(ONE_SIGNATURE, into=PlanRefused(AT_ONCE)):
        db.session.flush()
    _tell(plan, version, seen)
    audit.record(
        "sign_plan",
        f"plan:{plan.id}",
        by=reader.email,
        after={"number": version.number, "side": side.value, "digest": version.digest},
    )
    return version


def withdraw(plan_id: UUID, number: int, reader: Reader) -> PlanVersion:
    """Take one's own signature back; the version stays as it was signed. Flushes.

    Raises ``PlanRefused`` once both sides have signed.
    """
    see_plan(plan_id, reader)
    plan = hold_plan(plan_id)
    version = next((one for one in plan.versions if one.number == number), None)
    if version is None:
        raise NotFound(say("There is no such version."))
    mine = check_withdrawing(reader.person_id, version.signed)
    for one in version.signatures:
        if one.person_id == mine.person_id and one.withdrawn_at is None:
            one.withdrawn_at = clock.now()
    db.session.flush()
    outbox.supersede(signing_of(plan.id))
    audit.record(
        "withdraw_signature",
        f"plan:{plan.id}",
        by=reader.email,
        before={"number": number, "side": mine.side.value},
    )
    return version


def current_version(plan: Plan) -> PlanVersion | None:
    """Return the version that one reads now, where someone has signed it."""
    newest = plan.newest
    return newest if plan.frozen and newest and newest.number == plan.number else None


def lacks_of(plan: Plan, goals: Sequence[Goal], seen: Seen) -> tuple[Lack, ...]:
    """Return what is to do before anyone signs."""
    specs = [(goal.id, goal.spec) for goal in goals]
    return lacking(specs, plan.next_meeting, seen.who, seen.today)


def speakers_of(who: Who, side: TableSide) -> Sequence[Person]:
    """Return the people who sign for a side, with their addresses."""
    wanted = [member.person_id for member in who.speakers(side)]
    found = select(Person).where(Person.id.in_(wanted)).order_by(Person.id)
    return db.session.scalars(found).all()


def signatures_of(plan: Plan) -> tuple[Signed, ...]:
    """Return the signatures under the version that one reads now."""
    version = current_version(plan)
    return version.signed if version else ()


def _freeze(plan: Plan, text: PlanText) -> PlanVersion:
    version = PlanVersion(
        number=plan.number,
        content=text.to_json(),
        digest=text.digest,
        frozen_at=clock.now(),
    )
    plan.versions.append(version)
    plan.frozen = True
    return version


def _office(seen: Seen, reader: Reader) -> str:
    member = seen.who.member(reader.person_id)
    return member.office if member else ""


def _tell(plan: Plan, version: PlanVersion, seen: Seen) -> None:
    """Ask the side that has not signed, or tell both that the plan is agreed."""
    outbox.supersede(signing_of(plan.id))
    waits = still_to_sign(version.signed)
    for side in waits or tuple(TableSide):
        for person in speakers_of(seen.who, side):
            mail = (
                emails.asks_signature(plan, seen.partnership, version, to=person)
                if waits
                else emails.agreed(plan, seen.partnership, version, to=person)
            )
            outbox.promise(mail, about=signing_of(plan.id))
