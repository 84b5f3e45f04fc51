"""People and LEAs that were entered twice: for coordinators."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.merging import service as merging
from consortium.merging.domain import EVIDENCE_WORDS, PLACE_EVIDENCE_WORDS
from consortium.merging.forms import CompareForm, MergeForm
from consortium.merging.models import MergeKind
from consortium.merging.service import history, proposals
from consortium.words import say

bp = Blueprint("merging", __name__)


@bp.get("/manage/duplicates")
@requires(Permission.MANAGE_TEAMS)
def people() -> ResponseReturnValue:
    """List people who may have been entered twice, or find two by their addresses."""
    form = CompareForm(request.args)
    if request.args.keys() & {"one", "other"} and form.validate():
        with form.showing(Refusal):
            one, other = proposals.find_two(form.one.data, form.other.data)
            return redirect(url_for(".compare_people", one_id=one.id, other_id=other.id))
    page = render_template(
        "consortium/merging/people.html",
        form=form,
        found=proposals.people_proposed(_page_number()),
        words=EVIDENCE_WORDS,
    )
    return page, form.status


@bp.get("/manage/duplicates/leas")
@requires(Permission.MANAGE_TEAMS)
def leas() -> ResponseReturnValue:
    """List LEAs that may be one."""
    return render_template(
        "consortium/merging/leas.html",
        found=proposals.leas_proposed(_page_number()),
        words=PLACE_EVIDENCE_WORDS,
    )


@bp.get("/manage/duplicates/merged")
@requires(Permission.MANAGE_TEAMS)
def merged() -> ResponseReturnValue:
    """List merges, and which of them can be undone."""
    return render_template("consortium/merging/merged.html", found=history.merges(_page_number()))


@bp.route("/manage/duplicates/people/<uuid:one_id>/<uuid:other_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def compare_people(one_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Show two people side by side, and make them one."""
    pair = proposals.compare_people(one_id, other_id)
    both = (pair.one.record, pair.other.record)
    form = MergeForm(
        say("Which address stays?"),
        [(str(person.id), person.email) for person in both],
        keep=str(min(both, key=lambda person: person.created_at).id),
    )
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            merging.merge_people(
                UUID(form.keep.data),
                UUID(form.gone()),
                by=g.identity.email,
                may_choose_staff=Permission.MANAGE_STAFF in g.permissions,
                evidence=pair.evidence,
            )
            flash(say("They are one person now. You can undo this for 30 days."))
            return form.answer(redirect(url_for(".merged")))
    page = render_template(
        "consortium/merging/compare_people.html", form=form, pair=pair, words=EVIDENCE_WORDS
    )
    return page, form.status


@bp.route("/manage/duplicates/leas/<one_id>/<other_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def compare_leas(one_id: str, other_id: str) -> ResponseReturnValue:
    """Show two LEAs side by side, and make them one for this consortium."""
    pair = proposals.compare_leas(one_id, other_id)
    both = (pair.one, pair.other)
    form = MergeForm(
        say("Which one is kept?"),
        [(lea.id, f"{lea.name}, {lea.state} ({lea.id})") for lea in both],
        keep=max(both, key=lambda lea: lea.open).id,
    )
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            merging.merge_leas(
                form.keep.data, form.gone(), by=g.identity.email, evidence=pair.evidence
            )
            flash(say("They are one LEA now. You can undo this for 30 days."))
            return form.answer(redirect(url_for(".merged")))
    page = render_template(
        "consortium/merging/compare_leas.html", form=form, pair=pair, words=PLACE_EVIDENCE_WORDS
    )
    return page, form.status


@bp.post("/manage/duplicates/people/<uuid:one_id>/<uuid:other_id>/different")
@requires(Permission.MANAGE_TEAMS)
def tell_people_apart(one_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Remember that two people who look alike are two."""
    proposals.compare_people(one_id, other_id)
    with transaction():
        proposals.tell_apart(MergeKind.PERSON, one_id, other_id, by=g.identity.email)
        flash(say("We will not propose these two again."))
    return redirect(url_for(".people"))


@bp.post("/manage/duplicates/leas/<one_id>/<other_id>/different")
@requires(Permission.MANAGE_TEAMS)
def tell_leas_apart(one_id: str, other_id: str) -> ResponseReturnValue:
    """Remember that two LEAs with like names are two."""
    proposals.compare_leas(one_id, other_id)
    with transaction():
        proposals.tell_apart(MergeKind.LEA, one_id, other_id, by=g.identity.email)
        flash(say("We will not propose these two again."))
    return redirect(url_for(".leas"))


@bp.post("/manage/duplicates/merged/<uuid:merge_id>/undo")
@requires(Permission.MANAGE_TEAMS)
def undo(merge_id: UUID) -> ResponseReturnValue:
    """Part two records again."""
    may_choose_staff = Permission.MANAGE_STAFF in g.permissions
    with transaction():
        merging.unmerge(merge_id, by=g.identity.email, may_choose_staff=may_choose_staff)
        flash(say("The merge is undone. Both stand as they did."))
    return redirect(url_for(".merged"))


def _page_number() -> int:
    return request.args.get("page", default=1, type=int)
