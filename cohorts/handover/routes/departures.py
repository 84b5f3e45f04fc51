"""Somebody leaves: written down in one act, finished by the host, taken back if mistaken."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import HandoverRefused
from cohorts.handover.forms import LeavingForm, SuccessorForm
from cohorts.handover.models import Follows
from cohorts.handover.routes.blueprint import ADDRESS, DEPARTURE, bp, editor, reader
from cohorts.structures import service as structures
from cohorts.structures.service import Opened
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict
from consortium.people.domain import NotAnAddress, OfficeRefused
from consortium.words import say
from events.facade.leaving import RegistrationRefused

REFUSALS = (HandoverRefused, NotAnAddress, OfficeRefused, RegistrationRefused)


@bp.route(f"{ADDRESS}/leaves", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def leaves(partnership_id: UUID) -> ResponseReturnValue:
    """Write down that somebody left, and who follows."""
    opened = structures.open_to_edit(partnership_id, reader())
    form = LeavingForm(handover.who_may_leave(opened), data={"left_on": opened.today})
    form.offer(structures.people_of(opened))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            done = handover.report_departure(opened, form.to_leaving(), editor())
            flash(say("It is written down. The page says what became of each seat."))
            return form.answer(redirect(_departure(partnership_id, done.id)))
        opened = structures.open_to_edit(partnership_id, reader())
    page = render_template("cohorts/handover/leaves.html", opened=opened, form=form)
    return page, form.status


@bp.get(DEPARTURE)
@requires(Permission.SIGNED_IN)
def departure(partnership_id: UUID, departure_id: UUID) -> ResponseReturnValue:
    """Show what became of each seat of somebody who left."""
    opened = structures.open_to_edit(partnership_id, reader())
    return _page(opened, departure_id, _successor_form(opened, departure_id))


@bp.post(f"{DEPARTURE}/successor")
@requires(Permission.SIGNED_IN)
def successor(partnership_id: UUID, departure_id: UUID) -> ResponseReturnValue:
    """Name who follows somebody who left."""
    opened = structures.open_to_edit(partnership_id, reader())
    form = _successor_form(opened, departure_id)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            done = handover.name_successor(
                opened,
                departure_id,
                form.to_successor(),
                editor(),
                interim=form.follows.data == Follows.INTERIM.value,
            )
            flash(
                say("It is written down. The host has a mail about what waits.")
                if done.waits and not editor().coordinates
                else say("The successor is invited.")
            )
            return form.answer(redirect(_departure(partnership_id, departure_id)))
        opened = structures.open_to_edit(partnership_id, reader())
    return _page(opened, departure_id, form)


@bp.post(f"{DEPARTURE}/finish")
@requires(Permission.MANAGE_TEAMS)
def finish(partnership_id: UUID, departure_id: UUID) -> ResponseReturnValue:
    """Do what waited for the host."""

    def act(opened: Opened) -> str:
        done = handover.finish_departure(opened, departure_id, editor())
        return say("Something still waits: read why.") if done.waits else say("Everything is done.")

    return _act(partnership_id, departure_id, act)


@bp.post(f"{DEPARTURE}/undo")
@requires(Permission.SIGNED_IN)
def undo(partnership_id: UUID, departure_id: UUID) -> ResponseReturnValue:
    """Take back that somebody left."""

    def act(opened: Opened) -> str:
        handover.undo_departure(opened, departure_id, editor())
        return say("It is taken back. They are asked to confirm their seats anew.")

    return _act(partnership_id, departure_id, act)


def _act(
    partnership_id: UUID, departure_id: UUID, act: Callable[[Opened], str]
) -> ResponseReturnValue:
    opened = structures.open_to_edit(partnership_id, reader())
    form = _successor_form(opened, departure_id)
    with form.showing(Conflict, *REFUSALS), transaction():
        form.once(by=g.identity.email)
        flash(act(opened))
        return form.answer(redirect(_departure(partnership_id, departure_id)))
    opened = structures.open_to_edit(partnership_id, reader())
    return _page(opened, departure_id, form)


def _successor_form(opened: Opened, departure_id: UUID) -> SuccessorForm:
    """Return the form that names a successor; whoever left is not among those it offers."""
    left = handover.get_departure(opened, departure_id).person_id
    form = SuccessorForm()
    form.offer([one for one in structures.people_of(opened) if one[0] != left])
    return form


def _page(opened: Opened, departure_id: UUID, form: SuccessorForm) -> ResponseReturnValue:
    found = handover.get_departure(opened, departure_id)
    page = render_template(
        "cohorts/handover/departure.html",
        opened=opened,
        departure=found,
        may_be_undone=handover.may_be_undone(found),
        form=form,
    )
    return page, form.status


def _departure(partnership_id: UUID, departure_id: UUID) -> str:
    return url_for(".departure", partnership_id=partnership_id, departure_id=departure_id)
