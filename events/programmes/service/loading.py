"""Load a programme: a whole institute, or a whole institute changed, or nothing."""

from collections.abc import Iterable

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.people.models import Role
from consortium.words import say
from events.institutes.domain import RoleRule, Status
from events.institutes.domain.sections import (
    Basics,
    Coming,
    Costs,
    Days,
    Deadlines,
    Hosts,
    Places,
    Roles,
    Section,
    Strands,
    TeamRules,
    Terms,
)
from events.institutes.models import SLUG_TAKEN, Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.institutes.service.editing import basics_changed
from events.institutes.service.sections import BASICS, TEAM, write
from events.programmes.domain import Programme
from events.programmes.service.places import drop_whereabouts
from events.programmes.service.planning import Plan, plan
from events.programmes.service.safety import refuse_what_would_hurt
from events.programmes.service.sessions import write_sessions
from events.questions.service import set_questions
from events.registration import service as registration
from events.schedule import service as schedule


def load_programme(
    programme: Programme,
    *,
    by: str,
    publish: bool = True,
    slug: str = "",
    seen: str | None = None,
) -> Institute:
    """Make the institute that a programme describes, or change it to what the file says now.

    Sessions keep their row and their UID, so that calendars follow; those that go are cancelled
    where someone counts on them. ``publish=False`` leaves a new institute a draft. ``seen`` is the
    ``Plan.seen`` that someone agreed to. Raises ``Conflict`` when that is not what would happen
    now, and ``Refusal`` when people who registered would lose their place or their role.
    """
    planned = plan(programme, slug=slug)
    if planned.institute is not None:
        db.session.refresh(planned.institute, with_for_update=True)
        refuse_cancelled(planned.institute)
        schedule.hold_sessions(planned.institute.id)
        planned = plan(programme, slug=planned.programme.slug)
    if seen not in {None, planned.seen}:
        raise Conflict(
            say(
                "Someone changed this institute after you looked. See below what the file changes "
                "now, then load it."
            )
        )
    institute = planned.institute or _new(planned.programme)
    if planned.institute is not None:
        refuse_what_would_hurt(institute, planned.programme)
    for section in _sections(planned.programme):
        write(section, institute)
    institute.extras = dict(planned.programme.extras)
    institute.version += 1
    if planned.institute is None:
        db.session.add(institute)
    if publish and institute.status is Status.DRAFT:
        institute.status = Status.PUBLISHED
        institute.published_at = clock.now()
    with translating(SLUG_TAKEN, into=Conflict(say("Please load the file again."))):
        db.session.flush()
    places = planned.programme.places
    said = planned.programme.registration
    if said is not None:
        institute.selection = dict(said.selection)
        institute.letters = {name: dict(letter) for name, letter in said.letters.items()}
    if planned.programme.questions is not None:
        set_questions(institute, planned.programme.questions)
    write(
        Places(
            limits=places,
            waitlist=planned.programme.waitlist,
            offer_hours=said.offer_hours if said else institute.offer_hours,
        ),
        institute,
    )
    counted_on = planned.institute is not None and institute.status is Status.PUBLISHED
    _write_sessions(institute, planned.programme, counted_on=counted_on, by=by)
    _name_missing_roles(planned.programme.roles)
    if planned.institute is not None:
        registration.judge_again(institute_id=institute.id)
        basics_changed.send(institute.id)
    _record(institute, planned, by=by)
    return institute


def _new(programme: Programme) -> Institute:
    return Institute(slug=programme.slug, status=Status.DRAFT, created_at=clock.now(), version=0)


def _sections(programme: Programme) -> Iterable[Section]:
    """Return the programme as the parts that coordinators write, places apart."""
    yield Basics(**{name: getattr(programme, name) for name in BASICS})
    yield TeamRules(**{name: getattr(programme, name) for name in TEAM})
    yield Days(days=programme.days)
    if programme.admission is not None:
        yield Coming(admission=programme.admission, unit_types=programme.unit_types)
    yield Roles(roles=programme.roles)
    yield Deadlines(dues=programme.deadlines)
    yield Costs(fees=programme.fees, payment_methods=programme.payment_methods)
    if programme.payment_terms is not None:
        yield Terms(terms=programme.payment_terms)
    yield Hosts(hosts=programme.hosts)
    if programme.registration is not None:
        yield programme.registration.ways
        yield programme.registration.together
    if programme.strands is not None:
        yield Strands(strands=programme.strands)


def _write_sessions(
    institute: Institute, programme: Programme, *, counted_on: bool, by: str
) -> None:
    changes = write_sessions(institute, programme, keep_cancelled=counted_on)
    drop_whereabouts(institute, programme.whereabouts)
    if programme.ranked_rounds is not None:
        schedule.set_ranked_rounds(institute, programme.ranked_rounds)
    if changes and institute.announced:
        touched = {change.session_id for change in changes}
        schedule.record_release(
            institute, changes, by=by, overridden=schedule.clash_keys(institute, touched)
        )


def _name_missing_roles(roles: Iterable[RoleRule]) -> None:
    """Add to the consortium's catalogue the roles it does not have yet."""
    known = set(db.session.scalars(select(Role.code)))
    last = db.session.scalar(select(func.max(Role.position)))
    position = -1 if last is None else last
    for role in roles:
        if role.code not in known:
            position += 1
            db.session.add(
                Role(code=role.code, label=role.label, side=role.side, position=position)
            )
    db.session.flush()


def _record(institute: Institute, planned: Plan, *, by: str) -> None:
    changed = {str(change.what): change for change in planned.changes}
    facts = {"slug": institute.slug, "title": institute.title, "status": institute.status.value}
    audit.record(
        "load_programme",
        f"institute:{institute.id}",
        by=by,
        before={what: change.before for what, change in changed.items()},
        after={**facts, **{what: change.after for what, change in changed.items()}},
    )
