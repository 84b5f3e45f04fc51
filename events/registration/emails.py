"""The mails of registration."""

from typing import Any

from flask import current_app

from consortium.database import db
from consortium.letters import absolute, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.models import Institute
from events.registration.domain import Verdict, place_name
from events.registration.models import Seat, Team
from events.schedule import service as schedule
from events.schedule.domain import Attendee


def invitation(seat: Seat, *, token: str, reminder: bool) -> Email:
    """Ask a member to confirm the seat; the link is the member's own."""
    institute = seat.team.institute
    subject = (
        say("Still open: your seat at %(title)s", title=institute.title)
        if reminder
        else say("Please confirm your seat at %(title)s", title=institute.title)
    )
    return _letter(
        "invitation",
        institute,
        to=seat.person.email,
        subject=subject,
        seat=seat,
        roles=role_labels(seat),
        link=_page(institute, "registration.invitation", token=token),
        reminder=reminder,
    )


def confirmed(seat: Seat, *, attendee: Attendee) -> Email:
    """Thank a member for confirming, with a calendar invitation for each session."""
    institute = seat.team.institute
    email = seat.person.email
    sessions = schedule.invitation_attachments(
        institute,
        attendee,
        name=seat.name,
        email=email,
        writer=current_app.extensions["ports"].calendar,
    )
    return _letter(
        "confirmed",
        institute,
        to=email,
        subject=say("Your seat at %(title)s is confirmed", title=institute.title),
        attachments=sessions,
        sessions=len(sessions),
        seat=seat,
        roles=role_labels(seat),
        link=_page(institute, "registration.seat", seat_id=seat.id),
    )


def registered(team: Team, *, verdict: Verdict | None, to: Person) -> Email:
    """Tell a lead that the team is registered, and what it still lacks."""
    return _to_lead(
        "registered",
        team,
        to,
        say("%(team)s is registered for %(title)s", team=team.name, title=team.institute.title),
        verdict=verdict,
    )


def asking(team: Team, *, to: Person) -> Email:
    """Tell a lead that the host has been asked whether the team may come."""
    return _to_lead(
        "asking",
        team,
        to,
        say("%(team)s asks to come to %(title)s", team=team.name, title=team.institute.title),
        place=place_name(team.state),
    )


def asked(team: Team, *, to: str) -> Email:
    """Tell the host that guests ask to come, and where to answer."""
    return _letter(
        "asked",
        team.institute,
        to=to,
        subject=say(
            "%(team)s asks to come to %(title)s", team=team.name, title=team.institute.title
        ),
        team=team,
        place=place_name(team.state),
        link=_page(team.institute, "registration.team", team_id=team.id),
    )


def turned_away(team: Team, *, to: Person) -> Email:
    """Tell a lead that the host said no, and why."""
    return _to_lead(
        "turned_away",
        team,
        to,
        say("%(team)s cannot come to %(title)s", team=team.name, title=team.institute.title),
    )


def waitlisted(team: Team, *, rank: int | None, to: Person) -> Email:
    """Tell a lead where on the waitlist the team stands."""
    return _to_lead(
        "waitlisted",
        team,
        to,
        say("%(team)s is on the waitlist of %(title)s", team=team.name, title=team.institute.title),
        rank=rank,
    )


def declined(seat: Seat, *, verdict: Verdict | None, to: Person) -> Email:
    """Tell a lead that a member cannot come, and what the team lacks now."""
    return _to_lead(
        "declined",
        seat.team,
        to,
        say("%(name)s cannot come to %(title)s", name=seat.name, title=seat.team.institute.title),
        seat=seat,
        verdict=verdict,
    )


def released(seat: Seat) -> Email:
    """Tell someone that the seat is no longer theirs."""
    institute = seat.team.institute
    return _letter(
        "released",
        institute,
        to=seat.person.email,
        subject=say("Your seat at %(title)s was taken back", title=institute.title),
        seat=seat,
    )


def role_labels(seat: Seat) -> list[str]:
    """Name the roles of a seat as the institute calls them."""
    labels = {role.code: role.label for role in seat.team.institute.roles}
    return [labels.get(code, code) for code in seat.role_codes]


def _to_lead(template: str, team: Team, to: Person, subject: str, **values: Any) -> Email:
    link = _page(team.institute, "registration.team", team_id=team.id)
    return _letter(
        template, team.institute, to=to.email, subject=subject, team=team, link=link, **values
    )


def _letter(template: str, institute: Institute, **values: Any) -> Email:
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    days = [day.on for day in institute.days if not day.optional] or [
        day.on for day in institute.days
    ]
    return letter(
        f"registration/{template}",
        institute=institute,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        tenant=tenant,
        **values,
    )


def _page(institute: Institute, endpoint: str, **values: Any) -> str:
    """Return a page's absolute address; commands and workers need it too, outside any request."""
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    addresses = current_app.url_map.bind("")
    return absolute(addresses.build(endpoint, {"consortium": tenant.slug, **values}))
