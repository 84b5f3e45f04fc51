"""The mails of intake."""

from typing import Any

from consortium.database import db
from consortium.letters import letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.intake.domain import Wording
from events.intake.models import Application, InstituteInvitation, Pledge
from events.registration.emails.parts import page


def pledge_asked(
    pledge: Pledge, *, token: str, applicant: Person, until: Sentence, reminder: bool
) -> Email:
    """Ask a leader to sign for the office; the link is the leader's own."""
    application = pledge.application
    values = {"lea": application.name, "title": application.institute.title}
    return _letter(
        "pledge_asked",
        application.institute,
        to=pledge.email,
        subject=say("Still open: your pledge for %(lea)s at %(title)s", **values)
        if reminder
        else say("%(lea)s applies to %(title)s: please give your pledge", **values),
        pledge=pledge,
        application=application,
        applicant=applicant.name or applicant.email,
        until=until,
        reminder=reminder,
        link=page(application.institute, "intake.pledge", token=token),
    )


def pledge_changed(
    pledge: Pledge, *, token: str, applicant: Person, until: Sentence | None
) -> Email:
    """Tell a leader that the application says something else than when the leader signed.

    ``until`` says when taking the signature back ends; ``None`` where that is over.
    """
    application = pledge.application
    return _letter(
        "pledge_changed",
        application.institute,
        to=pledge.email,
        subject=say("The application of %(lea)s has changed", lea=application.name),
        pledge=pledge,
        application=application,
        applicant=applicant.name or applicant.email,
        until=until,
        link=page(application.institute, "intake.pledge", token=token),
    )


def pledge_answered(pledge: Pledge, *, to: Person, took_back: bool) -> Email:
    """Tell the applicant that a leader has signed, will not, or takes the signature back."""
    application = pledge.application
    signed = pledge.signed_at is not None
    values = {"name": pledge.name, "lea": application.name}
    if signed:
        subject = say("%(name)s has signed for %(lea)s", **values)
    elif took_back:
        subject = say("%(name)s takes back the signature for %(lea)s", **values)
    else:
        subject = say("%(name)s does not sign for %(lea)s", **values)
    return _to_applicant(
        "pledge_answered",
        application,
        to,
        subject,
        pledge=pledge,
        signed=signed,
        took_back=took_back,
    )


def applied(application: Application, *, until: Sentence, missing: str, to: Person) -> Email:
    """Tell the applicant that the application has come, and whose word is still missing."""
    title = application.institute.title
    return _to_applicant(
        "applied",
        application,
        to,
        say("The application of %(lea)s to %(title)s", lea=application.name, title=title),
        until=until,
        missing=missing,
    )


def taken_late(application: Application, *, until: Sentence, to: Person) -> Email:
    """Tell the applicant that the host takes the application though applying has closed."""
    values = {"lea": application.name, "title": application.institute.title}
    return _to_applicant(
        "taken_late",
        application,
        to,
        say("The application of %(lea)s to %(title)s is still taken", **values),
        until=until,
    )


def decision(application: Application, wording: Wording, *, to: Person) -> Email:
    """Tell an applicant what the host decided, in the host's words."""
    return _to_applicant(
        "decision",
        application,
        to,
        wording.subject,
        paragraphs=wording.paragraphs,
        team_link=page(application.institute, "registration.team", team_id=application.team_id)
        if application.team_id
        else "",
    )


def invited(invitation: InstituteInvitation, institute: Institute, *, token: str) -> Email:
    """Invite an LEA to send a team."""
    lea, title = invitation.lea.name, institute.title
    return _letter(
        "invited",
        institute,
        to=invitation.email,
        subject=say("%(lea)s is invited to %(title)s", lea=lea, title=title),
        invitation=invitation,
        lea=lea,
        when=institutes.when_told(institute),
        link=page(institute, "intake.invited", token=token),
    )


def _to_applicant(
    template: str, application: Application, to: Person, subject: str, **values: Any
) -> Email:
    return _letter(
        template,
        application.institute,
        to=to.email,
        subject=subject,
        application=application,
        name=to.name,
        link=page(application.institute, "intake.application", application_id=application.id),
        **values,
    )


def _letter(template: str, institute: Institute, **values: Any) -> Email:
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    return letter(f"intake/{template}", institute=institute, tenant=tenant, **values)
