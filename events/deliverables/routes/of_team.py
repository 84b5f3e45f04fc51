"""A team's own pages: what it is asked for, handing in, agreeing, showing it to others."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.forms import ActForm
from consortium.uploads import takes_large_files
from consortium.words import say
from events.deliverables import service as deliverables
from events.deliverables.domain import HandingInRefused
from events.deliverables.forms import HandInForm, VersionForm
from events.deliverables.models import Deliverable
from events.deliverables.routes.blueprint import bp, reader, settings, storage
from events.registration.domain import RegistrationRefused
from events.registration.models import Team
from events.registration.routes.blueprint import editor

ADDRESS = "/teams/<uuid:team_id>/deliverables"
PAPER = f"{ADDRESS}/<uuid:deliverable_id>"
REFUSALS = (HandingInRefused, RegistrationRefused)


@bp.get(ADDRESS)
@requires(Permission.SIGNED_IN)
def team(team_id: UUID) -> ResponseReturnValue:
    """List what the team is asked for, and where it stands."""
    found = deliverables.get_team_of(team_id, reader())
    return render_template(
        "events/deliverables/team.html", team=found, asked=deliverables.asked_of_team(found)
    )


@bp.route(PAPER, methods=["GET", "POST"])
@takes_large_files
@requires(Permission.SIGNED_IN)
def paper(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Show one paper of a team with all its versions; a lead hands another one in."""
    found, deliverable = _asked(team_id, deliverable_id)
    form = HandInForm(kinds=deliverable.kinds, largest=settings().largest_file)
    if form.validate_on_submit():
        put = form.put(storage())
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            if put is not None:
                version = deliverables.hand_in(
                    team_id,
                    deliverable_id,
                    put,
                    form.note.data or "",
                    editor(),
                    settings().files_of_institute,
                )
                complete = version.complete_at is not None
                flash(_handed_in() if complete else _uploaded())
            return form.answer(redirect(_address(team_id, deliverable_id)))
        found, deliverable = _asked(team_id, deliverable_id)
    return _page(found, deliverable, form)


@bp.post(f"{PAPER}/agree")
@requires(Permission.SIGNED_IN)
def agree(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Agree to the newest version, for one's side or office."""
    form = VersionForm()

    def act() -> str:
        version = deliverables.agree(team_id, deliverable_id, form.read_number, reader())
        return _handed_in() if version.complete_at else say("Thank you. Others have to agree, too.")

    return _act(team_id, deliverable_id, form, act)


@bp.post(f"{PAPER}/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Take a version back."""
    form = VersionForm()

    def act() -> str:
        deliverables.withdraw(team_id, deliverable_id, form.read_number, editor())
        return say("It is taken back.")

    return _act(team_id, deliverable_id, form, act)


@bp.post(f"{PAPER}/show")
@requires(Permission.SIGNED_IN)
def show(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Let the other teams see it."""

    def act() -> str:
        deliverables.show(team_id, deliverable_id, editor())
        return say("You let the other teams see it.")

    return _act(team_id, deliverable_id, ActForm(), act)


@bp.post(f"{PAPER}/hide")
@requires(Permission.SIGNED_IN)
def hide(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Take it out of the gallery."""

    def act() -> str:
        deliverables.hide(team_id, deliverable_id, editor())
        return say("The other teams see it no more.")

    return _act(team_id, deliverable_id, ActForm(), act)


@bp.get(f"{PAPER}/versions/<int:number>")
@requires(Permission.SIGNED_IN)
def version(team_id: UUID, deliverable_id: UUID, number: int) -> ResponseReturnValue:
    """Give one version to the team's people and to staff."""
    found = deliverables.get_team_of(team_id, reader())
    file = deliverables.get_version(found, deliverable_id, number)
    return file_answer(file, files.content_of(storage(), file))


@bp.get(f"{PAPER}/template")
@requires(Permission.SIGNED_IN)
def template(team_id: UUID, deliverable_id: UUID) -> ResponseReturnValue:
    """Give the template to a team that is asked to fill it in."""
    _, deliverable = _asked(team_id, deliverable_id)
    file = deliverables.get_template_file(deliverable)
    return file_answer(file, files.content_of(storage(), file))


def _asked(team_id: UUID, deliverable_id: UUID) -> tuple[Team, Deliverable]:
    found = deliverables.get_team_of(team_id, reader())
    return found, deliverables.get_deliverable(found.institute_id, deliverable_id)


def _act(
    team_id: UUID, deliverable_id: UUID, form: ActForm, act: Callable[[], str]
) -> ResponseReturnValue:
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            flash(act())
            return form.answer(redirect(_address(team_id, deliverable_id)))
    return _page(*_asked(team_id, deliverable_id), form)


def _page(found: Team, deliverable: Deliverable, form: ActForm) -> ResponseReturnValue:
    coordinates = editor().coordinates
    upload = (
        form
        if isinstance(form, HandInForm)
        else HandInForm(kinds=deliverable.kinds, largest=settings().largest_file)
    )
    page = render_template(
        "events/deliverables/paper.html",
        team=found,
        one=deliverables.team_page(found, deliverable, reader(), coordinates=coordinates),
        template=deliverables.template_of(deliverable),
        form=form,
        upload=upload,
        coordinates=coordinates,
    )
    return page, form.status


def _address(team_id: UUID, deliverable_id: UUID) -> str:
    return url_for(".paper", team_id=team_id, deliverable_id=deliverable_id)


def _handed_in() -> str:
    return say("It is handed in.")


def _uploaded() -> str:
    return say("It is uploaded. It counts once the others have agreed; a mail asks them to.")
