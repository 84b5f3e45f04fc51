"""Peers: participants see whom to meet, and say what these may see of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.exports import contacts as exports
from cohorts.matching.forms import SharingForm
from cohorts.matching.routes.blueprint import AT_INSTITUTE, bp, own_id
from cohorts.matching.service import Contacts, Form, Peer
from cohorts.matching.service.asking_pages import requests_of
from cohorts.matching.service.disclosures import seen_everywhere
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView

OWN = f"{AT_INSTITUTE}/peers"


@bp.get(OWN)
@requires(Permission.SIGNED_IN)
def mine(slug: str) -> ResponseReturnValue:
    """Show a participant's peers and what the peers see of the participant."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, own_id())
    form = SharingForm()
    form.fill(contacts.sharing)
    return _own_page(institute, contacts, form)


@bp.post(OWN)
@requires(Permission.SIGNED_IN)
def share(slug: str) -> ResponseReturnValue:
    """Keep what the participant agrees to from now on."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, own_id())
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


@bp.post(f"{OWN}/<uuid:person_id>/accept")
@requires(Permission.SIGNED_IN)
def accept(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Accept a suggested match; when both have, each sees what the other shares."""
    institute = facade.institute_of(slug)

    def act() -> str:
        if matching.accept_peer(institute.id, own_id(), person_id, by=g.identity.email):
            return say("You both accepted. Each of you sees now what the other shares.")
        return say("Accepted. You see the contact as soon as the other accepts, too.")

    return pressed(institute, ActForm(), act, peer_id=person_id)


@bp.get(f"{OWN}.vcf")
@requires(Permission.SIGNED_IN)
def vcards(slug: str) -> ResponseReturnValue:
    """Hand out all peers' contacts for an address book."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, own_id())
    shown = _recorded(institute, contacts, contacts.introduced, Form.VCARD)
    return _vcard_file(institute, shown.introduced, "peers")


@bp.get(f"{OWN}/<uuid:person_id>.vcf")
@requires(Permission.SIGNED_IN)
def vcard(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Hand out one peer's contact for an address book."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, own_id())
    peer = contacts.peer(person_id)
    if peer not in contacts.introduced:
        raise NotFound(say("You see the contact once both of you have accepted."))
    shown = _recorded(institute, contacts, [peer], Form.VCARD)
    return _vcard_file(institute, [shown.peer(person_id)], "peer")


@bp.get(f"{OWN}.csv")
@requires(Permission.SIGNED_IN)
def csv(slug: str) -> ResponseReturnValue:
    """Hand out all peers' contacts for a spreadsheet."""
    institute = facade.institute_of(slug)
    contacts = matching.contacts_of(institute.id, own_id())
    shown = _recorded(institute, contacts, contacts.introduced, Form.CSV)
    return _file(exports.contacts_csv(shown.introduced), "text/csv", f"{slug}-peers.csv")


@bp.get(f"{OWN}/seen")
@requires(Permission.SIGNED_IN)
def disclosures(slug: str) -> ResponseReturnValue:
    """Show someone who saw their contact, whatever has become of the institute."""
    institute = facade.institute_of(slug, drafts=True)
    return render_template(
        "cohorts/matching/disclosures.html",
        institute=institute,
        shown=matching.who_saw(institute.id, own_id()),
    )


@bp.get("/contact-seen")
@requires(Permission.SIGNED_IN)
def seen() -> ResponseReturnValue:
    """Show someone who saw their contact, at every institute and cohort."""
    number = request.args.get("page", default=1, type=int)
    lines = page_of(seen_everywhere(own_id()), number)
    return render_template("cohorts/matching/seen.html", lines=lines)


@bp.app_template_global()
def contact_shown_at() -> Sequence[InstituteView]:
    """Give the page of one's own teams and seats the institutes where the contact was seen.

    That page belongs to a package below this one, so it asks for them by this name.
    """
    return matching.shown_at(own_id())


def pressed(
    institute: InstituteView,
    form: ActForm,
    act: Callable[[], str],
    *,
    peer_id: UUID | None = None,
    request_id: UUID | None = None,
) -> ResponseReturnValue:
    """Do what a button asks, once, and lead back to the page; it says what is refused.

    A peer or a request that is not there is not found.
    """
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            flash(act())
            return form.answer(redirect(url_for(".mine", slug=institute.slug)))
    contacts = matching.contacts_of(institute.id, own_id())
    if peer_id is not None:
        contacts.peer(peer_id)
    if request_id is not None:
        requests_of(institute.id, contacts.sharing.person_id).one(request_id)
    sharing = SharingForm(formdata=None)
    sharing.fill(contacts.sharing)
    return _own_page(institute, contacts, sharing, form)


def _own_page(
    institute: InstituteView, contacts: Contacts, form: SharingForm, refused: ActForm | None = None
) -> ResponseReturnValue:
    form.about(contacts.sharing, by_site=institute.by_site)
    shown = _recorded(institute, contacts, contacts.peers, Form.PAGE)
    page = render_template(
        "cohorts/matching/mine.html",
        institute=institute,
        contacts=shown,
        requests=requests_of(institute.id, contacts.sharing.person_id),
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status


def _recorded(
    institute: InstituteView, contacts: Contacts, peers: Sequence[Peer], form: Form
) -> Contacts:
    """Write down what is about to be shown; what cannot be written down is not shown."""
    to = contacts.sharing.person_id
    fresh = matching.fresh_disclosures(institute.id, peers, to=to, form=form)
    if not fresh:
        return contacts
    end_reading()
    with transaction():
        gone = matching.record_disclosures(fresh)
    return replace(contacts, peers=[peer for peer in contacts.peers if peer.person_id not in gone])


def _vcard_file(institute: InstituteView, peers: Sequence[Peer], name: str) -> ResponseReturnValue:
    content = exports.vcards(peers, met_at=institute.title)
    return _file(content, "text/vcard", f"{institute.slug}-{name}.vcf")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
