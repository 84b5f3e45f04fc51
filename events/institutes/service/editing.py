"""Make an institute, change a part of it, publish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from blinker import Signal
from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.people.domain import CATALOGUE, RoleKind
from consortium.people.service import roles as catalogue
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.domain import Admission, Due, RoleRule, Status, Strength
from events.institutes.domain.cancelling import check_change
from events.institutes.domain.readiness import NotReady, Shortcoming, shortcomings
from events.institutes.domain.sections import (
    TITLES,
    Basics,
    Coming,
    Costs,
    DayPlan,
    Days,
    Deadlines,
    InstituteRefused,
    Places,
    Roles,
    Section,
    Strands,
    TeamRules,
    Terms,
    versions,
)
from events.institutes.domain.slugs import free_slug, slug_of
from events.institutes.models import DAY, PEOPLE, SLUG_TAKEN, STRAND, TEAMS, Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.institutes.service.sections import refuse_if_people_count_on, section_of, write

USUAL_ROLES = ("superintendent", "cert_union_leader", "class_union_leader", "board_member")
WAIVERS = {"class_union_leader": str(say("the LEA has no classified unit"))}
SEVERAL = 2  # how many of a role a team may bring, the superintendent apart
USUAL_TEAM = (1, 12)
USUAL_PLACES = {PEOPLE: 200, TEAMS: 30}
CLOSES_BEFORE = timedelta(days=21)
CLOSES_AT = time(17, 0)
LONGEST = timedelta(days=366)
taking_out = Signal("days or roles of an institute are about to go")
"""Sent with the institute's id, ``days`` and ``roles``: who needs them raises ``Refusal``."""
dropping_choices = Signal("optional days or strands of an institute are about to go")
"""Sent with the institute's id and the ``codes`` of their pools: who counts on one raises
``Refusal``."""
zone_changed = Signal("an institute's clocks are others")
"""Sent with the institute's id, ``before`` and ``after``: its sessions keep their time of day."""
institute_published = Signal("an institute is announced: everyone may see it now")
"""Sent with the institute, ``by=`` whom, in the transaction that announces it."""
basics_changed = Signal("how an institute is called, where it is, or in which zone, has changed")
"""Sent with the institute's id, inside the act that changed it: all its sessions look different."""
terms_changed = Signal("what an institute asks of teams has changed")
"""Sent with the institute's id, in the transaction of the change: its teams are judged anew."""


@dataclass(frozen=True, kw_only=True)
class FirstDraft:
    """What a coordinator says of a new institute; the rest begins as is usual."""

    title: str
    kind: str
    time_zone: str
    venue: str = ""
    first_day: date | None = None
    last_day: date | None = None


def create_institute(draft: FirstDraft, *, tenant: Tenant, by: str) -> Institute:
    """Begin an institute as a draft, with the roles, places and deadline that are usual.

    Raises ``InstituteRefused`` when the last day is before the first.
    """
    institute = Institute(
        slug=_free_slug(draft.title), status=Status.DRAFT, created_at=clock.now(), version=1
    )
    for section in usual_sections(draft, tenant):
        write(section, institute)
    db.session.add(institute)
    with translating(SLUG_TAKEN, into=Conflict(say("Please send the form again."))):
        db.session.flush()
    write(
        Places(limits=USUAL_PLACES, waitlist=say("Teams wait in the order they asked")), institute
    )
    audit.record(
        "create_institute",
        f"institute:{institute.id}",
        by=by,
        after={"slug": institute.slug, "title": institute.title},
    )
    return institute


def change_institute(institute: Institute, sent: Section, *, version: int, by: str) -> None:
    """Change one part of an institute.

    Raises ``Conflict`` with both versions when someone changed the institute since ``version``
    was read, ``InstituteCancelled`` where only its text may change any more, and
    ``InstituteRefused`` when the part makes no sense, or takes away what people who
    registered count on.
    """
    db.session.refresh(institute, with_for_update=True)
    stored = section_of(institute, type(sent))
    differing = versions(stored, sent)
    if stored == sent:
        return
    check_change(institute.status, stored, sent)
    if institute.version != version:
        raise Conflict(
            say("Someone else changed this institute while you were writing."), versions=differing
        )
    refuse_if_people_count_on(sent, institute)
    if isinstance(sent, Terms) and _cutoff(sent) != _cutoff(stored):
        today = clock.now().astimezone(institute.zone).date()
        sent.check_cutoff(today=today, days=[day.on for day in institute.days])
    if isinstance(sent, Days) and not institute.is_cohort:
        days = frozenset(day.on for day in stored.days) - {day.on for day in sent.days}
        taking_out.send(institute.id, days=days, roles=frozenset[str]())
    dropped = choices_in(stored) - choices_in(sent)
    if dropped:
        dropping_choices.send(institute.id, codes=dropped)
    if isinstance(sent, Roles):
        roles = frozenset(role.code for role in stored.roles) - {role.code for role in sent.roles}
        taking_out.send(institute.id, days=frozenset[date](), roles=roles)
    write(sent, institute)
    if isinstance(sent, Basics) and sent.time_zone != stored.time_zone:
        zone_changed.send(institute.id, before=stored.time_zone, after=sent.time_zone)
    institute.version += 1
    db.session.flush()
    if isinstance(sent, Basics):
        basics_changed.send(institute.id)
    if isinstance(sent, Roles | TeamRules):
        terms_changed.send(institute.id)
    audit.record(
        "change_institute",
        f"institute:{institute.id}",
        by=by,
        before={"part": TITLES[type(sent)], **{label: now for label, now, _ in differing}},
        after={label: then for label, _, then in differing},
    )


def publish(institute: Institute, *, by: str) -> None:
    """Show the institute to everyone and open its registration.

    Raises ``NotReady``, and ``InstituteCancelled`` for one that will never be held.
    """
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    if institute.status is not Status.DRAFT:
        return
    missing = shortcomings_of(institute)
    if missing:
        raise NotReady(missing)
    institute.status = Status.PUBLISHED
    institute.published_at = clock.now()
    institute.version += 1
    db.session.flush()
    audit.record(
        "publish",
        f"institute:{institute.id}",
        by=by,
        before={"status": Status.DRAFT.value},
        after={"status": Status.PUBLISHED.value},
    )
    institute_published.send(institute, by=by)


def shortcomings_of(institute: Institute) -> Sequence[Shortcoming]:
    """Return what the institute still lacks before it can be published."""
    return shortcomings(
        title=institute.title,
        is_cohort=institute.is_cohort,
        days=[day.on for day in institute.days],
        admission=institute.admission,
        terms=institute.terms,
        dues=institute.dues,
    )


def _cutoff(terms: Terms) -> date | None:
    return terms.terms.purchase_orders.cutoff


def choices_in(section: Section) -> frozenset[str]:
    """Return the pools of what members choose from, as far as this part says."""
    if isinstance(section, Days):
        return frozenset(f"{DAY}{day.on.isoformat()}" for day in section.days if day.optional)
    if isinstance(section, Strands):
        return frozenset(f"{STRAND}{strand.code}" for strand in section.strands)
    return frozenset()


def usual_sections(draft: FirstDraft, tenant: Tenant) -> Sequence[Section]:
    """Return the parts that a new institute begins with; its places are ``USUAL_PLACES``."""
    smallest, largest = USUAL_TEAM
    return (
        Basics(
            title=draft.title,
            kind=draft.kind,
            venue=draft.venue,
            time_zone=draft.time_zone,
            summary="",
            registrant="",
        ),
        Days(days=_days(draft)),
        Coming(admission=Admission(home=frozenset(tenant.states)), unit_types=("district",)),
        TeamRules(gate="ideal", min_people=smallest, max_people=largest),
        Roles(roles=_usual_roles()),
        Deadlines(dues=_usual_deadline(draft)),
        Costs(fees={"model": "free", "currency": "USD", "rules": []}, payment_methods=("none",)),
    )


def _days(draft: FirstDraft) -> tuple[DayPlan, ...]:
    first = draft.first_day or draft.last_day
    last = draft.last_day or first
    if first is None or last is None:
        return ()
    if last < first:
        raise InstituteRefused(say("The last day is before the first."), field="last_day")
    if last - first > LONGEST:
        raise InstituteRefused(say("That is more than a year. Correct the days."), field="last_day")
    if draft.kind == "cohort":
        return (DayPlan(on=first, label=str(say("First day"))),)
    return tuple(
        DayPlan(on=first + timedelta(days=n), label=str(say("Day %(n)s", n=n + 1)))
        for n in range((last - first).days + 1)
    )


def _usual_deadline(draft: FirstDraft) -> tuple[Due, ...]:
    if draft.first_day is None:
        return ()
    return (
        Due(
            code="register_by",
            what=str(say("registration closes")),
            on=draft.first_day - CLOSES_BEFORE,
            at=CLOSES_AT,
        ),
    )


def _usual_roles() -> tuple[RoleRule, ...]:
    """Return the four usual roles, as this consortium names them."""
    own = {role.code: role for role in catalogue.roles()}
    usual: dict[str, RoleKind] = {kind.code: kind for kind in CATALOGUE}
    return tuple(
        RoleRule(
            code=code,
            label=str(named.label),
            side=named.side,
            strength=Strength.EXPECTED,
            min=1,
            max=1 if code == "superintendent" else SEVERAL,
            waiver=WAIVERS.get(code, ""),
        )
        for code in USUAL_ROLES
        for named in (own.get(code) or usual[code],)
    )


def _free_slug(title: str) -> str:
    wanted = slug_of(title)
    taken = db.session.scalars(
        select(Institute.slug).where(Institute.slug.startswith(wanted, autoescape=True))
    )
    return free_slug(wanted, taken=set(taken))
