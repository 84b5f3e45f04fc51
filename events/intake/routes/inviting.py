"""Invitations: a coordinator's list, and the page to which the link leads."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events.institutes import service as institutes
from events.intake import service as intake
from events.intake.domain.pasting import InviteLine
from events.intake.forms import InviteForm, PasteInvitationsForm
from events.intake.routes.blueprint import MANAGE, REFUSALS, bp, page_number


@bp.get("/invited/<token>")
@public
def invited(token: str) -> ResponseReturnValue:
    """Show an LEA its invitation, and the way to register."""
    invitation, institute = intake.get_invited(token)
    return render_template("events/intake/invited.html", invitation=invitation, institute=institute)


@bp.get(f"{MANAGE}/invitations")
@requires(Permission.MANAGE_TEAMS)
def invitations(slug: str) -> ResponseReturnValue:
    """List the LEAs that are invited, and what came of it."""
    return _list(slug, ActForm(formdata=None))


@bp.route(f"{MANAGE}/invitations/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def invite(slug: str) -> ResponseReturnValue:
    """Invite one LEA."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = InviteForm()
    if form.is_submitted() and not form.finding and form.validate():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            note = form.note.data or ""
            intake.invite_leas(institute, [form.to_guest()], note=note, by=g.identity.email)
            flash(say("The invitation is on its way."))
            return form.answer(redirect(url_for(".invitations", slug=slug)))
    page = render_template(
        "events/intake/invite.html", institute=institute, form=form, leas=form.leas_found()
    )
    return page, form.status


@bp.route(f"{MANAGE}/invitations/paste", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def paste_invitations(slug: str) -> ResponseReturnValue:
    """Paste many LEAs: look at what was understood, then invite all of them."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = PasteInvitationsForm()
    text, sent = form.lines.data or "", form.validate_on_submit()
    lines: Sequence[InviteLine] = ()
    if sent and form.save.data:
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            note = form.note.data or ""
            number = intake.invite_pasted(institute, text, note=note, by=g.identity.email)
            flash(say("Invitations on their way: %(n)s.", n=number))
            return form.answer(redirect(url_for(".invitations", slug=slug)))
    if sent:
        with form.showing(*REFUSALS):
            lines = intake.preview_invitations(institute, text)
    page = render_template(
        "events/intake/paste_invitations.html",
        institute=institute,
        form=form,
        lines=lines,
        ready=lines and not form.errors and not any(line.fault for line in lines),
    )
    return page, form.status


@bp.post(f"{MANAGE}/invitations/<uuid:invitation_id>/send")
@requires(Permission.MANAGE_TEAMS)
def send_again(slug: str, invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation once more."""
    form = ActForm()
    if form.validate_on_submit():
        institute = institutes.get_by_slug(slug, drafts=True)
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            found = intake.send_again(institute, invitation_id, by=g.identity.email)
            flash(say("%(lea)s gets the mail again, with a new link.", lea=found.lea.name))
            return form.answer(redirect(url_for(".invitations", slug=slug)))
    return _list(slug, form)


@bp.post(f"{MANAGE}/invitations/<uuid:invitation_id>/take-back")
@requires(Permission.MANAGE_TEAMS)
def take_back(slug: str, invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    form = ActForm()
    if form.validate_on_submit():
        institute = institutes.get_by_slug(slug, drafts=True)
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            found = intake.take_back(institute, invitation_id, by=g.identity.email)
            flash(say("The invitation of %(lea)s was taken back.", lea=found.lea.name))
            return form.answer(redirect(url_for(".invitations", slug=slug)))
    return _list(slug, form)


def _list(slug: str, form: ActForm) -> ResponseReturnValue:
    institute = institutes.get_by_slug(slug, drafts=True)
    page = render_template(
        "events/intake/invitations.html",
        institute=institute,
        found=page_of(intake.invitations_of(institute), page_number()),
        form=form,
    )
    return page, form.status
