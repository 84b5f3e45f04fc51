"""Applications, pledges and invitations, one of each that an address can name."""

from collections.abc import Mapping
from typing import Any

from consortium.database import db
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.domain import Intake
from events.institutes.models import Institute
from events.intake.models import Application, ApplicationStatus, InstituteInvitation, Pledge
from events.registration.service.finding import digest_of
from tests.factories import NOON, make_institute, make_lea, soon

SUPERINTENDENT = "superintendent"


def applying_things(institute: Institute, slug: str, number: int) -> Mapping[str, Any]:
    """Store a season of applications and an institute by invitation; name what is in them."""
    season = make_institute(f"{slug}-season", intake=Intake.APPLICATION)
    circle = make_institute(f"{slug}-circle", intake=Intake.INVITATION)
    member, other = (f"{one}@{slug}.example.org" for one in ("member", "other.lead"))
    begun = _application(season, slug, f"34{number}0091")
    begun.pledges = [
        Pledge(
            role_code=code,
            label=code.title(),
            side=side,
            name=f"Leader of {slug}",
            email=email,
            digest=digest_of(f"{slug}-pledge") if email == member else None,
            position=n,
        )
        for n, (code, side, email) in enumerate(
            ((SUPERINTENDENT, Side.MANAGEMENT, member), ("union_leader", Side.LABOR, other))
        )
    ]
    waits = {"proposed": ApplicationStatus.WAITLISTED, "submitted_at": NOON}
    sent = _application(
        season, slug, f"34{number}0092", status=ApplicationStatus.SUBMITTED, **waits
    )
    _application(
        season, slug, f"34{number}0093", status=ApplicationStatus.WAITLISTED, rank=1, **waits
    )
    closed = make_institute(
        f"{slug}-closed", intake=Intake.APPLICATION, deadlines=[("apply_by", soon(-1).date(), None)]
    )
    missed = _application(closed, slug, f"34{number}0096")
    db.session.commit()
    return {
        "season_slug": season.slug,
        "closed_slug": closed.slug,
        "missed_id": missed.id,
        "circle_slug": circle.slug,
        "application_id": begun.id,
        "submitted_id": sent.id,
        "pledge_role": SUPERINTENDENT,
        "pledge_token": f"{slug}-pledge",
        "invitation_id": _invitation(circle, slug, f"34{number}0094").id,
        "elsewhere_id": _invitation(institute, f"{slug}-other", f"34{number}0095").id,
        "invited_token": f"{slug}-invited",
        "outcome": "selected",
    }


def _application(season: Institute, slug: str, lea_id: str, **values: Any) -> Application:
    lead = people.person_for(people.identity_for(f"lead@{slug}.example.org"))
    lea = make_lea(lea_id, f"Applicant {lea_id} of {slug}")
    application = Application(
        **{
            "institute_id": season.id,
            "lea_id": lea.id,
            "name": lea.name,
            "state": lea.state,
            "applicant_id": lead.id,
            "side": Side.LABOR,
            "seats_wanted": 3,
            "statement": f"Statement of {slug}",
            "created_at": NOON,
            "touched_at": NOON,
            **values,
        }
    )
    db.session.add(application)
    db.session.commit()
    return application


def _invitation(institute: Institute, slug: str, lea_id: str) -> InstituteInvitation:
    invitation = InstituteInvitation(
        institute_id=institute.id,
        lea_id=make_lea(lea_id, f"Invited {lea_id} of {slug}").id,
        email=f"chief@{slug}.example.org",
        digest=digest_of(f"{slug}-invited"),
        invited_by="test",
        invited_at=NOON,
    )
    db.session.add(invitation)
    db.session.commit()
    return invitation
