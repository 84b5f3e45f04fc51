"""An applicant's pages: begin, write, name the leaders, submit, and what became of it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.intake import service as intake
from events.intake.forms import ApplyForm, ByHandForm, LeaderForm, LeaveForm, StatementForm
from events.intake.forms.late import LATE
from events.intake.models import ApplicationStatus
from events.intake.routes.blueprint import REFUSALS, bp, editor


@bp.route("/institutes/<slug>/apply", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def apply(slug: str) -> ResponseReturnValue:
    """Let someone pick an LEA and begin its application."""
    institute = institutes.get_by_slug(slug)
    if institute.cancelled:
        return redirect(url_for("institutes.show", slug=slug))
    form = ApplyForm()
    form.about(institute)
    if form.is_submitted() and not form.finding and form.validate():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            application = intake.start_application(institute, form.to_application(), by=g.identity)
            target = url_for(".application", application_id=application.id)
            return form.answer(redirect(target))
    elif not form.is_submitted():
        form.name.data = g.person.name if g.person else ""
    page = render_template(
        "events/intake/apply.html",
        institute=institute,
        form=form,
        leas=form.leas_found(),
        door=intake.applying_door(institute),
    )
    return page, form.status


@bp.get("/applications/<uuid:application_id>")
@requires(Permission.SIGNED_IN)
def application(application_id: UUID) -> ResponseReturnValue:
    """Show an application: what it says, who has signed, what became of it."""
    return application_page(application_id, ActForm(formdata=None))


@bp.route("/applications/<uuid:application_id>/statement", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def statement(application_id: UUID) -> ResponseReturnValue:
    """Let an applicant write the statement; it can be saved half-filled."""
    found = intake.get_application(application_id, editor())
    form = StatementForm()
    form.about(g.tenant.goals, found)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.change_application(
                application_id, form.to_statement(), editor(), version=form.read_version
            )
            flash(say("Saved."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    elif not form.is_submitted():
        form.fill(found)
    page = render_template("events/intake/statement.html", application=found, form=form)
    return page, form.status


@bp.route("/applications/<uuid:application_id>/leaders/<role_code>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def leader(application_id: UUID, role_code: str) -> ResponseReturnValue:
    """Let an applicant say who signs for an office."""
    found = intake.get_application(application_id, editor())
    pledge = intake.pledge_for(found, role_code)
    form = LeaderForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.name_leader(application_id, role_code, form.to_leader(), editor())
            flash(say("Saved. Press “Send the link” to ask for the signature."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    elif not form.is_submitted():
        form.fill(pledge)
    page = render_template("events/intake/leader.html", application=found, pledge=pledge, form=form)
    return page, form.status


@bp.post("/applications/<uuid:application_id>/leaders/<role_code>/ask")
@requires(Permission.SIGNED_IN)
def ask_leader(application_id: UUID, role_code: str) -> ResponseReturnValue:
    """Send a leader the link with which to sign."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            pledge = intake.ask_leader(application_id, role_code, editor())
            flash(say("%(name)s gets a mail with the link.", name=pledge.name))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    return application_page(application_id, form)


@bp.post("/applications/<uuid:application_id>/submit")
@requires(Permission.SIGNED_IN)
def submit(application_id: UUID) -> ResponseReturnValue:
    """Lay the application before the host."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.submit_application(application_id, editor())
            flash(say("The application is submitted. Its leaders have their links."))
            return form.answer(redirect(url_for(".application", application_id=application_id)))
    return application_page(application_id, form)


@bp.route("/applications/<uuid:application_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def withdraw(application_id: UUID) -> ResponseReturnValue:
    """Ask once more, then take the application back."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.withdraw_application(application_id, editor())
            flash(say("The application was withdrawn."))
            return form.answer(redirect(url_for("registration.mine")))
    found = intake.get_application(application_id, editor())
    page = render_template("events/intake/withdraw.html", application=found, form=form)
    return page, form.status


def application_page(
    application_id: UUID,
    form: ActForm,
    by_hand: ByHandForm | None = None,
    leave: LeaveForm | None = None,
) -> ResponseReturnValue:
    """Show the application to its applicant, or with everything to a coordinator."""
    found = intake.get_application(application_id, editor())
    if by_hand is None:
        by_hand = ByHandForm(formdata=None)
        by_hand.outcome.data = found.proposed.value if found.proposed else None
    if leave is None:
        leave = LeaveForm(formdata=None, prefix=LATE)
        leave.fill(found)
    errors = next((one for one in (by_hand, leave) if one.errors), form)
    waitlisted = found.status is ApplicationStatus.WAITLISTED
    page = render_template(
        "events/intake/application.html",
        application=found,
        institute=found.institute,
        form=errors,
        by_hand=by_hand,
        leave=leave,
        applicant=intake.applicant_of(found),
        eligibility=intake.eligibility_of(found),
        door=intake.door_of(found),
        everyones_door=intake.applying_door(found.institute),
        newness=intake.traits_of(found).newness,
        aim=intake.aim_of(found.institute),
        mix_lines=intake.decided_mix(found.institute) if found.letter_sent_at else (),
        waitlist_place=intake.waitlist_place(found) if waitlisted else None,
        team=intake.team_of(found),
        coordinates=editor().coordinates,
    )
    return page, errors.status
