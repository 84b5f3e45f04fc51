"""Venues, rooms and presenters of an institute."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomRefused, feature_in_words
from events.schedule.forms import PresenterForm, RoomForm, VenueForm
from events.schedule.models import Presenter, Room, Venue
from events.schedule.routes.blueprint import bp


@bp.get("/manage/institutes/<slug>/rooms")
@requires(Permission.EDIT_INSTITUTES)
def rooms(slug: str) -> ResponseReturnValue:
    """List venues, rooms and presenters, and how many sessions need each."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/schedule/rooms.html",
        institute=institute,
        venues=schedule.venues_of(institute.id),
        rooms=schedule.rooms_of(institute.id),
        presenters=schedule.presenters_of(institute.id),
        used=schedule.uses_of(institute.id),
        feature_in_words=feature_in_words,
    )


@bp.route("/manage/institutes/<slug>/rooms/new", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_room(slug: str) -> ResponseReturnValue:
    """Add a room."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = RoomForm(schedule.venues_of(institute.id), own=institute.venue)
    return _put(institute, form, schedule.put_room, None)


@bp.route("/manage/institutes/<slug>/rooms/<uuid:room_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_room(slug: str, room_id: UUID) -> ResponseReturnValue:
    """Change a room; its sessions follow."""
    institute = institutes.get_by_slug(slug, drafts=True)
    room = schedule.get_room(institute, room_id)
    form = RoomForm(schedule.venues_of(institute.id), room, own=institute.venue)
    return _put(institute, form, schedule.put_room, room)


@bp.post("/manage/institutes/<slug>/rooms/<uuid:room_id>/remove")
@requires(Permission.EDIT_INSTITUTES)
def remove_room(slug: str, room_id: UUID) -> ResponseReturnValue:
    """Take a room out that nothing needs."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _remove(institute, schedule.get_room(institute, room_id))


@bp.route("/manage/institutes/<slug>/venues/new", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_venue(slug: str) -> ResponseReturnValue:
    """Add a venue beside the institute's own."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _put(institute, VenueForm(), schedule.put_venue, None)


@bp.route("/manage/institutes/<slug>/venues/<uuid:venue_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_venue(slug: str, venue_id: UUID) -> ResponseReturnValue:
    """Change a venue; its rooms and sessions follow."""
    institute = institutes.get_by_slug(slug, drafts=True)
    venue = schedule.get_venue(institute, venue_id)
    return _put(institute, VenueForm(venue), schedule.put_venue, venue)


@bp.post("/manage/institutes/<slug>/venues/<uuid:venue_id>/remove")
@requires(Permission.EDIT_INSTITUTES)
def remove_venue(slug: str, venue_id: UUID) -> ResponseReturnValue:
    """Take a venue out that nothing needs."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _remove(institute, schedule.get_venue(institute, venue_id))


@bp.route("/manage/institutes/<slug>/presenters/new", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_presenter(slug: str) -> ResponseReturnValue:
    """Add someone who holds sessions."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _put(institute, PresenterForm(), schedule.put_presenter, None)


@bp.route("/manage/institutes/<slug>/presenters/<uuid:presenter_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_presenter(slug: str, presenter_id: UUID) -> ResponseReturnValue:
    """Change what is known of a presenter; the sessions follow."""
    institute = institutes.get_by_slug(slug, drafts=True)
    presenter = schedule.get_presenter(institute, presenter_id)
    return _put(institute, PresenterForm(presenter), schedule.put_presenter, presenter)


@bp.post("/manage/institutes/<slug>/presenters/<uuid:presenter_id>/remove")
@requires(Permission.EDIT_INSTITUTES)
def remove_presenter(slug: str, presenter_id: UUID) -> ResponseReturnValue:
    """Take a presenter out whom no session needs."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _remove(institute, schedule.get_presenter(institute, presenter_id))


def _put(
    institute: Institute,
    form: RoomForm | VenueForm | PresenterForm,
    act: Callable[..., Any],
    row: Venue | Room | Presenter | None,
) -> ResponseReturnValue:
    if form.validate_on_submit():
        with form.showing(RoomRefused), transaction():
            form.once(by=g.identity.email)
            put = act(institute, form.to_spec(), by=g.identity.email, **form.which(row))
            flash(gettext("“%(name)s” is saved.", name=put.name))
            return form.answer(redirect(url_for(".rooms", slug=institute.slug)))
    page = render_template(
        "events/schedule/put_place.html", institute=institute, form=form, row=row
    )
    return page, form.status


def _remove(institute: Institute, row: Venue | Room | Presenter) -> ResponseReturnValue:
    form = ActForm()
    try:
        with transaction():
            form.once(by=g.identity.email)
            name = row.name
            schedule.remove(institute, row, by=g.identity.email)
            flash(gettext("“%(name)s” is taken out.", name=name))
            return form.answer(redirect(url_for(".rooms", slug=institute.slug)))
    except RoomRefused as refusal:
        flash(refusal.message, "warning")
        return redirect(url_for(".rooms", slug=institute.slug))
