"""Handing out: add, replace, order, remove. Editors do it everywhere, presenters at theirs."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.forms import ActForm
from consortium.pages import long_date
from consortium.uploads import takes_large_files
from consortium.words import say
from events.institutes.models import Institute
from events.materials import service as materials
from events.materials.domain import Audience, MaterialRefused, MaterialSpec, Subject
from events.materials.forms import MaterialForm, filled
from events.materials.models import Material
from events.materials.routes.blueprint import announced, bp, storage, viewer
from events.materials.service import Keeper, Viewer
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused

ADDRESS = "/institutes/<slug>/materials"
REFUSALS = (MaterialRefused, SessionRefused)


@bp.get(f"{ADDRESS}/manage")
@requires(Permission.SIGNED_IN)
def manage(slug: str) -> ResponseReturnValue:
    """List what the reader may change, with how often each was taken."""
    institute, who = _keeper_at(slug)
    return _list_page(institute, who, ActForm())


@bp.route(f"{ADDRESS}/add", methods=["GET", "POST"])
@takes_large_files
@requires(Permission.SIGNED_IN)
def add(slug: str) -> ResponseReturnValue:
    """Hand out a document or a link."""
    institute, who = _keeper_at(slug)
    begun = {"subject": request.args.get("for", ""), "audience": Audience.PLACE.value}
    form = _form(institute, who, data=begun)
    if form.validate_on_submit():
        put = form.put(storage())
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            made = materials.put_material(institute, form.to_spec(), put, _keeper(who))
            flash(gettext("“%(title)s” is handed out.", title=made.title))
            return form.answer(redirect(url_for(".manage", slug=slug)))
    page = render_template(
        "events/materials/material.html", institute=institute, form=form, material=None
    )
    return page, form.status


@bp.route(f"{ADDRESS}/<uuid:material_id>/change", methods=["GET", "POST"])
@takes_large_files
@requires(Permission.SIGNED_IN)
def change(slug: str, material_id: UUID) -> ResponseReturnValue:
    """Change what is handed out, or replace its file by a new version."""
    institute, who = _keeper_at(slug)
    material = materials.get_changeable(institute, material_id, who)
    before = filled(_spec_of(institute, material), version=material.version)
    form = _form(institute, who, data=before, stays=material)
    if form.validate_on_submit():
        put = form.put(storage())
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            materials.change_material(
                institute,
                material_id,
                form.to_spec(),
                put,
                _keeper(who),
                version=form.read_version,
            )
            flash(gettext("“%(title)s” is saved.", title=form.title.data))
            return form.answer(redirect(url_for(".manage", slug=slug)))
        material = materials.get_changeable(institute, material_id, who)
    page = render_template(
        "events/materials/material.html", institute=institute, form=form, material=material
    )
    return page, form.status


@bp.route(f"{ADDRESS}/<uuid:material_id>/remove", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def remove(slug: str, material_id: UUID) -> ResponseReturnValue:
    """Remove a material, after asking once more."""
    institute, who = _keeper_at(slug)
    material = materials.get_changeable(institute, material_id, who)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            title = material.title
            materials.remove_material(institute, material_id, who, by=g.identity.email)
            flash(gettext("“%(title)s” is removed.", title=title))
            return form.answer(redirect(url_for(".manage", slug=slug)))
        material = materials.get_changeable(institute, material_id, who)
    page = render_template(
        "events/materials/remove.html", institute=institute, form=form, material=material
    )
    return page, form.status


@bp.post(f"{ADDRESS}/<uuid:material_id>/move")
@requires(Permission.SIGNED_IN)
def move(slug: str, material_id: UUID) -> ResponseReturnValue:
    """List a material one place earlier or later."""
    institute, who = _keeper_at(slug)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(MaterialRefused), transaction():
            form.once(by=g.identity.email)
            earlier = request.form.get("to") == "earlier"
            materials.move_material(
                institute, material_id, who, earlier=earlier, by=g.identity.email
            )
            return form.answer(redirect(url_for(".manage", slug=slug)))
    return _list_page(institute, who, form)


@bp.get(f"{ADDRESS}/<uuid:material_id>/versions/<int:number>")
@requires(Permission.SIGNED_IN)
def old(slug: str, material_id: UUID, number: int) -> ResponseReturnValue:
    """Give a version that was replaced, for who may change the material."""
    institute, who = _keeper_at(slug)
    found = materials.find_old_file(institute, material_id, number, who)
    return file_answer(found, files.content_of(storage(), found))


def _keeper_at(slug: str) -> tuple[Institute, Viewer]:
    """Return the institute and who asks. Raises ``NotFound`` for who may hand out nothing."""
    institute = announced(slug)
    who = viewer(institute, ())
    if not who.edits and not who.presents:
        raise NotFound(say("There is nothing at this institute that you hand out."))
    return institute, who


def _keeper(who: Viewer) -> Keeper:
    settings = current_app.extensions["settings"]
    return Keeper(viewer=who, email=g.identity.email, room=settings.files_of_institute)


def _form(
    institute: Institute,
    who: Viewer,
    *,
    data: Mapping[str, object],
    stays: Material | None = None,
) -> MaterialForm:
    return MaterialForm(
        subjects=_subjects(institute, who, stays),
        largest=current_app.extensions["settings"].largest_file,
        data=data,
    )


def _subjects(
    institute: Institute, who: Viewer, stays: Material | None
) -> Sequence[tuple[str, str]]:
    """Return what a material may belong to, for who asks: its key and what people call it."""
    listed = schedule.every_session_of if who.edits else schedule.sessions_of
    sessions = [
        (Subject(session=one.code).key, one.title)
        for one in listed(institute.id)
        if who.keeps(one.id)
    ]
    if not who.edits:
        return sessions
    days = {day.on for day in institute.days} | ({stays.on} if stays and stays.on else set())
    return [
        ("", say("The whole institute")),
        *((Subject(on=on).key, long_date(on)) for on in sorted(days)),
        *sessions,
    ]


def _spec_of(institute: Institute, material: Material) -> MaterialSpec:
    codes = {one.id: one.code for one in schedule.every_session_of(institute.id)}
    session = codes.get(material.session_id, "") if material.session_id else ""
    return MaterialSpec(
        title=material.title,
        kind=material.kind,
        description=material.description,
        link=material.link,
        subject=Subject(session=session, on=material.on),
        audience=material.audience,
        after_session=material.after_session,
        available_from=material.available_from,
        available_until=material.available_until,
    )


def _list_page(institute: Institute, who: Viewer, form: ActForm) -> ResponseReturnValue:
    page = render_template(
        "events/materials/manage.html",
        institute=institute,
        shelf=materials.shelf_of(institute, who, to_keep=True),
        form=form,
        edits=who.edits,
        taken=materials.room_taken(institute),
        most=current_app.extensions["settings"].files_of_institute,
    )
    return page, form.status
