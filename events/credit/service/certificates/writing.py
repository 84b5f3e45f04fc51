"""What a certificate issued now would say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from babel.dates import format_time

from consortium import clock
from consortium.database import db
from consortium.tenants.models import Tenant
from consortium.words import say
from events.credit.domain.certificates import (
    AgendaDay,
    Snapshot,
    credit_line,
    read_snapshot,
)
from events.credit.domain.rules import CreditPlan
from events.credit.models import Certificate
from events.credit.service.attending import sessions_of
from events.credit.service.plans import plan_of
from events.credit.service.records import Record
from events.institutes.models import Institute
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What all certificates of an institute stand on, read once for however many."""

    institute: Institute
    plan: CreditPlan
    tenant: Tenant
    sessions: Sequence[Session]


def ground_of(institute: Institute) -> Ground:
    """Return what the certificates of an institute stand on."""
    return Ground(
        institute=institute,
        plan=plan_of(institute),
        tenant=db.session.get_one(Tenant, institute.tenant_id),
        sessions=sessions_of(institute),
    )


def says_now(ground: Ground, record: Record) -> Snapshot:
    """Return what the person's certificate would say at this moment."""
    institute, plan, tenant = ground.institute, ground.plan, ground.tenant
    labels = {role.code: role.label for role in institute.roles}
    held = [day.on for day in institute.days] or list(record.days)
    attendee = record.attendee
    credits_ = tuple(
        credit_line(
            one,
            licence_number=record.numbers.get(one.rule.licence.name, "")
            if one.rule.licence
            else "",
        )
        for one in record.due.credits
    )
    return Snapshot(
        name=attendee.name,
        roles=tuple(labels.get(code, code) for code in attendee.role_codes),
        lea=attendee.lea,
        institute=institute.title,
        first_day=min(held),
        last_day=max(held),
        venue=institute.venue,
        hosts=tuple(host.name for host in institute.hosts),
        consortium=tenant.name,
        colour=tenant.brand_colour,
        days=record.days,
        credits=credits_,
        agenda=_agenda(ground.sessions, record) if plan.agenda and not credits_ else (),
        signers=plan.signers,
        issued_on=clock.now().astimezone(institute.zone).date(),
    )


def differs(certificate: Certificate, now: Snapshot) -> bool:
    """Tell whether one issued now would say something else, but for its day and colour."""
    said = read_snapshot(certificate.said)
    return replace(said, issued_on=now.issued_on, colour=now.colour) != now


def _agenda(sessions: Iterable[Session], record: Record) -> tuple[AgendaDay, ...]:
    """Return the programme of the days on which the person was there, for those roles."""
    codes = {"*", *record.attendee.role_codes}
    by_day: dict[str, list[tuple[str, str]]] = {}
    days = {}
    for session in sessions:
        if not session.starts or not session.ends or codes.isdisjoint(session.audience_roles):
            continue
        on = session.starts.date()
        if on not in record.days:
            continue
        days[on.isoformat()] = on
        begins, ends = (
            format_time(at.time(), "short", locale="en_US") for at in (session.starts, session.ends)
        )
        line = (say("%(begins)s to %(ends)s", begins=begins, ends=ends), session.title)
        by_day.setdefault(on.isoformat(), []).append(line)
    return tuple(
        AgendaDay(on=days[key], lines=tuple(lines)) for key, lines in sorted(by_day.items())
    )
