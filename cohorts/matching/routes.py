"""Peers: a coordinator runs and publishes the matching, participants see whom to meet."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import exports
from cohorts.matching import service as matching
from cohorts.matching.forms import RunForm, SharingForm
from cohorts.matching.service import Contacts, Form, Peer, RunPage
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.paging import Page, page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView

bp = Blueprint("matching", __name__)
MANAGE = "/manage/institutes/<slug>/peers"
OWN = "/institutes/<slug>/peers"


@bp.get(MANAGE)
@requires(Permission.RUN_MATCHING)
def show(slug: str) -> ResponseReturnValue:
    """Show the coordinator who agreed, the draft, and the published runs."""
    return _runs_page(facade.institute_of(slug, drafts=True), RunForm())


@bp.post(MANAGE)
@requires(Permission.RUN_MATCHING)
def run(slug: str) -> ResponseReturnValue:
    """Find peers for everyone who agreed, as a draft."""
    institute = facade.institute_of(slug, drafts=True)
    form = RunForm()
    if form.validate_on_submit():
        by = g.identity.email
        group = matching.gather(institute.id, each=form.each.data)
        end_reading()  # nobody else has to wait for the search
        found = matching.search_peers(group)
        with form.showing(Refusal), transaction():
            form.once(by=by)
            matching.keep_draft(group, found, by=by)
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, form)


@bp.get(f"{MANAGE}/<uuid:run_id>")
@requires(Permission.RUN_MATCHING)
def past(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Show what one run found."""
    institute = facade.institute_of(slug, drafts=True)
    page = matching.run_page(institute.id, run_id)
    return render_template(
        "cohorts/matching/past.html", institute=institute, page=page, **_part_of(page)
    )


@bp.post(f"{MANAGE}/<uuid:run_id>/publish")
@requires(Permission.RUN_MATCHING)
def publish(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Show people their peers and tell them by mail."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = matching.get_run(institute.id, run_id)
            matching.publish_run(draft.id, by=g.identity.email)
            flash(say("Published. Everyone with a peer gets a mail."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, RunForm(), refused=form)


@bp.post(f"{MANAGE}/<uuid:run_id>/discard")
@requires(Permission.RUN_MATCHING)
def discard(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = matching.get_run(institute.id, run_id)
            matching.discard_run(draft.id, by=g.identity.email)
            flash(say("The draft is gone. Nobody has seen it."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, RunForm(), refused=form)


def _part_of(run: RunPage | None) -> Mapping[str, Page[Any]]:
    """Return the page that is asked for of the pairs, and of those who are left out."""
    number = request.args.get("page", default=1, type=int)
    return {
        "pairs": page_of(run.lines if run else (), number),
        "alone": page_of(run.left_out if run else (), number),
    }


def _runs_page(
    institute: InstituteView, form: RunForm, *, refused: ActForm | None = None
) -> ResponseReturnValue:
    overview = matching.overview_of(institute.id)
    draft = matching.run_page(institute.id, overview.draft_id) if overview.draft_id else None
    page = render_template(
        "cohorts/matching/show.html",
        institute=institute,
        overview=overview,
        draft=draft,
        **_part_of(draft),
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status


@bp.get(OWN)
@requires(Permission.SIGNED_IN)
def mine(slug: str) -> ResponseReturnValue:
    """Show a participant's peers and what the peers see of the participant."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, _person_id())
    form = SharingForm()
    form.fill(contacts.sharing)
    return _own_page(institute, contacts, form)


@bp.post(OWN)
@requires(Permission.SIGNED_IN)
def share(slug: str) -> ResponseReturnValue:
    """Keep what the participant agrees to from now on."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, _person_id())
    form = SharingForm()
    form.about(contacts.sharing, by_site=institute.by_site)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.change_sharing(
                institute.id,
                contacts.sharing.person_id,
                form.to_sharing(),
                wording=form.wording,
                by=g.identity.email,
            )
            flash(say("Saved. It holds from now on."))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    return _own_page(institute, contacts, form)


@bp.get(f"{OWN}.vcf")
@requires(Permission.SIGNED_IN)
def vcards(slug: str) -> ResponseReturnValue:
    """Hand out all peers' contacts for an address book."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, _person_id())
    _record(institute, contacts, contacts.peers, Form.VCARD)
    return _vcard_file(institute, contacts.peers, "peers")


@bp.get(f"{OWN}/<uuid:person_id>.vcf")
@requires(Permission.SIGNED_IN)
def vcard(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Hand out one peer's contact for an address book."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, _person_id())
    peer = contacts.peer(person_id)
    _record(institute, contacts, [peer], Form.VCARD)
    return _vcard_file(institute, [peer], "peer")


@bp.get(f"{OWN}.csv")
@requires(Permission.SIGNED_IN)
def csv(slug: str) -> ResponseReturnValue:
    """Hand out all peers' contacts for a spreadsheet."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, _person_id())
    _record(institute, contacts, contacts.peers, Form.CSV)
    return _file(exports.contacts_csv(contacts.peers), "text/csv", f"{slug}-peers.csv")


@bp.get(f"{OWN}/seen")
@requires(Permission.SIGNED_IN)
def disclosures(slug: str) -> ResponseReturnValue:
    """Show someone who saw their contact, whatever has become of the institute."""
    institute = facade.institute_of(slug, drafts=True)
    return render_template(
        "cohorts/matching/disclosures.html",
        institute=institute,
        shown=matching.who_saw(institute.id, _person_id()),
    )


@bp.app_template_global()
def contact_shown_at() -> Sequence[InstituteView]:
    """Give the page of one's own teams and seats the institutes where the contact was seen.

    That page belongs to a package below this one, so it asks for them by this name.
    """
    return matching.shown_at(_person_id())


def _person_id() -> UUID | None:
    return g.person.id if g.person else None


def _own_page(
    institute: InstituteView, contacts: Contacts, form: SharingForm
) -> ResponseReturnValue:
    form.about(contacts.sharing, by_site=institute.by_site)
    _record(institute, contacts, contacts.peers, Form.PAGE)
    page = render_template(
        "cohorts/matching/mine.html", institute=institute, contacts=contacts, form=form
    )
    return page, form.status


def _record(
    institute: InstituteView, contacts: Contacts, peers: Sequence[Peer], form: Form
) -> None:
    """Write down what is about to be shown; what cannot be written down is not shown."""
    to = contacts.sharing.person_id
    fresh = matching.fresh_disclosures(institute.id, peers, to=to, form=form)
    if fresh:
        end_reading()
        with transaction():
            matching.record_disclosures(fresh)


def _vcard_file(institute: InstituteView, peers: Sequence[Peer], name: str) -> ResponseReturnValue:
    content = exports.vcards(peers, met_at=institute.title)
    return _file(content, "text/vcard", f"{institute.slug}-{name}.vcf")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
