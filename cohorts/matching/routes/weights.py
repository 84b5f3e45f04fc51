"""What a match counts in the consortium: shown, tried, changed, as a page and as a file."""

import json
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchKind, Wish
from cohorts.matching.forms.weights import UploadForm, VersionForm, WeightsForm
from cohorts.matching.imports.weights_file import weights_in
from cohorts.matching.routes.blueprint import bp
from cohorts.matching.service import OwnWeights
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, Refusal
from consortium.forms import ActForm
from consortium.people.service import roles as role_service
from consortium.words import say
from events import facade

WEIGHTS = "/settings/peers"
UPLOAD = "upload-"
"""Tells the two forms of the page apart."""


@bp.route(WEIGHTS, methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def weights() -> ResponseReturnValue:
    """Show what a match counts; change it, or first try it with an institute's people."""
    own = matching.own_weights()
    form = WeightsForm(relations=WeightsForm.rows_of(own.said))
    institutes = [(each.id, each.title) for each in facade.every_institute()]
    form.offer(institutes)
    form.name_roles({role.code: role.label for role in role_service.roles()}, own.said)
    if request.method == "GET":
        form.fill(own.said, own.version)
    conflict = None
    if form.validate_on_submit():
        with form.showing(Refusal):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    return form.answer(_kept(form))
            except Conflict as found:
                if not found.versions:
                    raise
                conflict = found
                form.version.data = str(matching.own_weights().version)
    page = render_template(
        "cohorts/matching/weights.html",
        form=form,
        upload=_upload(own),
        own=own,
        conflict=conflict,
        refused=form,
    )
    return page, Conflict.status if conflict else form.status


@bp.get(f"{WEIGHTS}.json")
@requires(Permission.EDIT_CONSORTIUM)
def weights_file() -> ResponseReturnValue:
    """Give the weights as a file that ``consortium match`` reads."""
    content = json.dumps(matching.own_weights().said, indent=1, ensure_ascii=False) + "\n"
    response = Response(content, mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename="match_weights.json")
    return response


@bp.post(f"{WEIGHTS}/file")
@requires(Permission.EDIT_CONSORTIUM)
def upload_weights() -> ResponseReturnValue:
    """Take the weights of a file."""
    form = UploadForm(prefix=UPLOAD)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            said = weights_in(form.content())
            matching.change_weights(said, version=form.was, by=g.identity.email)
            flash(say("The weights of the file hold from the next search on."))
            return form.answer(redirect(url_for(".weights")))
    return _shown_with(form, form)


@bp.post("/manage/institutes/<slug>/peers/what-if/<uuid:search_id>/adopt")
@requires(Permission.EDIT_CONSORTIUM)
def adopt_weights(slug: str, search_id: UUID) -> ResponseReturnValue:
    """Let the weights that were tried out hold."""
    institute = facade.institute_of(slug, drafts=True)
    form = VersionForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            said = matching.tried_weights(institute.id, search_id)
            matching.change_weights(said, version=form.was, by=g.identity.email)
            flash(say("These weights hold from the next search on."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _shown_with(form, _upload(matching.own_weights()))


def _upload(own: OwnWeights) -> UploadForm:
    form = UploadForm(formdata=None, prefix=UPLOAD)
    form.version.data = str(own.version)
    return form


def _kept(form: WeightsForm) -> BaseResponse:
    said = form.to_said()
    if "try" in request.form:
        institute = facade.institute_with(UUID(form.try_at.data))
        wish = Wish(kind=SearchKind.WHAT_IF, weights=said)
        matching.ask_search(institute.id, wish, by=g.identity.email)
        return redirect(url_for(".what_if", slug=institute.slug))
    matching.change_weights(said, version=form.was, by=g.identity.email)
    flash(say("Saved. The weights hold from the next search on."))
    return redirect(url_for(".weights"))


def _shown_with(refused: ActForm, upload: UploadForm) -> ResponseReturnValue:
    own: OwnWeights = matching.own_weights()
    form = WeightsForm(formdata=None, relations=WeightsForm.rows_of(own.said))
    form.offer([(each.id, each.title) for each in facade.every_institute()])
    form.name_roles({role.code: role.label for role in role_service.roles()}, own.said)
    form.fill(own.said, own.version)
    page = render_template(
        "cohorts/matching/weights.html",
        form=form,
        upload=upload,
        own=own,
        conflict=None,
        refused=refused,
    )
    return page, refused.status
