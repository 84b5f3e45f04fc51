"""A host's leave: an application is taken although applying has closed."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.intake import service as intake
from events.intake.forms import LateApplicationForm, LeaveForm
from events.intake.forms.late import LATE
from events.intake.routes.applying import application_page
from events.intake.routes.blueprint import MANAGE, REFUSALS, bp, editor


@bp.post("/applications/<uuid:application_id>/late")
@requires(Permission.MANAGE_TEAMS)
def take_late(application_id: UUID) -> ResponseReturnValue:
    """Take an application until a day, though applying has closed."""
    form = LeaveForm(prefix=LATE)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.take_late(application_id, form.to_leave(), editor())
            flash(say("The application is taken until then. The applicant gets a mail."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    return application_page(application_id, ActForm(formdata=None), leave=form)


@bp.route(f"{MANAGE}/applications/late", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def begin_late(slug: str) -> ResponseReturnValue:
    """Begin an application for an LEA that comes late."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = LateApplicationForm()
    form.about(institute)
    if form.is_submitted() and not form.finding and form.validate():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            application = intake.begin_late(
                institute,
                form.to_application(),
                form.to_leave(),
                applicant=form.email.data,
                by=g.identity.email,
            )
            flash(say("The application is begun. The applicant gets a mail with the link."))
            target = url_for(".application", application_id=application.id)
            return form.answer(redirect(target))
    page = render_template(
        "events/intake/begin_late.html",
        institute=institute,
        form=form,
        leas=form.leas_found(),
        door=intake.applying_door(institute),
    )
    return page, form.status
