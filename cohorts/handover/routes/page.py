"""The hand-over: for whoever follows, with a list to tick and contacts by consent."""

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.handover import service as handover
from cohorts.handover.domain.checklist import ITEMS
from cohorts.handover.exports import handover_pdf
from cohorts.handover.forms import ContactForm, TickForm
from cohorts.handover.routes.blueprint import ADDRESS, bp, reader
from cohorts.handover.service import HandoverPage
from cohorts.structures import service as structures
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.words import say


@bp.get(f"{ADDRESS}/hand-over")
@requires(Permission.SIGNED_IN)
def show(partnership_id: UUID) -> ResponseReturnValue:
    """Show what whoever follows finds on the first day."""
    return render_template(
        "cohorts/handover/show.html", page=_recorded(partnership_id, "page"), items=ITEMS
    )


@bp.get(f"{ADDRESS}/hand-over.pdf")
@requires(Permission.SIGNED_IN)
def pdf(partnership_id: UUID) -> ResponseReturnValue:
    """Give the hand-over as a paper."""
    return Response(
        handover_pdf(_recorded(partnership_id, "pdf")),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="hand-over.pdf"'},
    )


@bp.post(f"{ADDRESS}/hand-over/tick")
@requires(Permission.SIGNED_IN)
def tick(partnership_id: UUID) -> ResponseReturnValue:
    """Keep that the reader has seen to something, or has not after all."""
    form = TickForm()
    opened = structures.open_partnership(partnership_id, reader())
    target = url_for(".show", partnership_id=partnership_id, _anchor="list")
    if form.validate_on_submit():
        with transaction():
            form.once(by=g.identity.email)
            handover.tick(opened, form.item.data or "", done=form.done)
            return form.answer(redirect(target))
    return redirect(target)


@bp.route(f"{ADDRESS}/contact", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def contact(partnership_id: UUID) -> ResponseReturnValue:
    """Let a member say whether those who lead may reach them, and see who looked."""
    opened = structures.open_partnership(partnership_id, reader())
    offer = handover.offer_of(opened)
    form = ContactForm(
        data={
            "shares_email": bool(offer and offer.shares_email),
            "shares_phone": bool(offer and offer.shares_phone),
        }
    )
    if form.validate_on_submit():
        with transaction():
            form.once(by=g.identity.email)
            handover.change_offer(
                opened, email=bool(form.shares_email.data), phone=bool(form.shares_phone.data)
            )
            flash(say("Saved. It holds from now on."))
            return form.answer(redirect(url_for(".contact", partnership_id=partnership_id)))
    page = render_template(
        "cohorts/handover/contact.html",
        opened=opened,
        form=form,
        wording=handover.WORDING,
        looked=handover.who_looked(opened),
        member=opened.who.member(opened.reader.person_id),
    )
    return page, form.status


def _recorded(partnership_id: UUID, form: str) -> HandoverPage:
    """Return the page once it is written down whose contact it shows, and to whom."""
    page = handover.handover_page(structures.open_partnership(partnership_id, reader()))
    fresh = handover.unrecorded(page.opened, page.contacts, form)
    if fresh:
        opened = page.opened
        end_reading()
        with transaction():
            handover.record_shown(opened, fresh, form)
        page = handover.handover_page(structures.open_partnership(partnership_id, reader()))
    return page
