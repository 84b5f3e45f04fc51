"""The log of a body's meetings."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.structures import service as structures
from cohorts.structures.domain.drafts import StructureRefused
from cohorts.structures.forms import MeetingForm
from cohorts.structures.forms.meetings import filled
from cohorts.structures.models import Body, BodyMeeting
from cohorts.structures.routes.blueprint import bp, reader
from cohorts.structures.routes.bodies import BODY
from cohorts.structures.service import Opened
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict
from consortium.words import say

MEETING = f"{BODY}/meetings/<uuid:meeting_id>"


@bp.route(f"{BODY}/log", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def log_meeting(partnership_id: UUID, body_id: UUID) -> ResponseReturnValue:
    """Write down that a body met."""
    opened = structures.open_to_edit(partnership_id, reader())
    body = structures.get_body(opened, body_id)
    form = MeetingForm(data={"on": body.next_on if _was(opened, body) else opened.today})
    if form.validate_on_submit():
        with form.showing(StructureRefused), transaction():
            form.once(by=g.identity.email)
            structures.log_meeting(opened, body_id, form.to_draft())
            flash(say("The meeting is in the log."))
            return form.answer(redirect(_body(partnership_id, body_id)))
        opened = structures.open_to_edit(partnership_id, reader())
        body = structures.get_body(opened, body_id)
    return _page(opened, body, None, form)


@bp.route(MEETING, methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_meeting(partnership_id: UUID, body_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """Correct an entry of the log."""
    opened = structures.open_to_edit(partnership_id, reader())
    body, meeting = structures.get_meeting(opened, body_id, meeting_id)
    form = MeetingForm(data={**filled(meeting), "next_on": body.next_on})
    conflict = None
    if form.validate_on_submit():
        with form.showing(StructureRefused):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    structures.change_meeting(
                        opened, body_id, meeting_id, form.to_draft(), version=form.read_version
                    )
                    flash(say("Saved."))
                    return form.answer(redirect(_body(partnership_id, body_id)))
            except Conflict as meanwhile:
                conflict = meanwhile
        opened = structures.open_to_edit(partnership_id, reader())
        body, meeting = structures.get_meeting(opened, body_id, meeting_id)
        if conflict is not None:
            form.version.data = str(meeting.version)
    return _page(opened, body, meeting, form, conflict)


@bp.post(f"{MEETING}/strike")
@requires(Permission.SIGNED_IN)
def strike_meeting(partnership_id: UUID, body_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """Take an entry out of the log that was a mistake."""
    with transaction():
        opened = structures.open_to_edit(partnership_id, reader())
        structures.strike_meeting(opened, body_id, meeting_id)
        flash(say("The entry is taken out of the log."))
    return redirect(_body(partnership_id, body_id))


def _was(opened: Opened, body: Body) -> bool:
    return body.next_on is not None and body.next_on <= opened.today


def _body(partnership_id: UUID, body_id: UUID) -> str:
    return url_for(".body", partnership_id=partnership_id, body_id=body_id)


def _page(
    opened: Opened,
    body: Body,
    meeting: BodyMeeting | None,
    form: MeetingForm,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/structures/meeting.html",
        opened=opened,
        body=body,
        meeting=meeting,
        form=form,
        conflict=conflict,
    )
    return page, conflict.status if conflict else form.status
