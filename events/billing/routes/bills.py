"""A team's bill as its leads read it, and what its price hangs on."""

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.words import say
from events.billing import service as billing
from events.billing.forms import PriceSaidForm
from events.billing.routes.blueprint import REFUSALS, bp, money_editor
from events.invoices import service as invoices
from events.invoices.domain import Series
from events.invoices.domain.paper_sheets import paper_sheet
from events.invoices.exports import paper_pdf
from events.invoices.models import Document
from events.registration import service as registration


@bp.get("/teams/<uuid:team_id>/bill")
@requires(Permission.SIGNED_IN)
def bill(team_id: UUID) -> ResponseReturnValue:
    """Show what the team owes, line by line, and who pays which share."""
    team = registration.get_team(team_id, money_editor())
    shown = billing.show_bill(team, money_editor())
    return render_template("events/billing/bill.html", team=team, bill=shown)


@bp.route("/teams/<uuid:team_id>/bill/price", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def price(team_id: UUID) -> ResponseReturnValue:
    """Say what the price hangs on: affiliation, discount code."""
    team = registration.get_team(team_id, money_editor())
    form = PriceSaidForm()
    found = billing.find_bill(team)
    if found is None:
        raise NotFound(say("This team has no bill yet."))
    form.about(found)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.say_for_price(team_id, form.to_said(), money_editor())
            flash(say("The price was reckoned anew."))
            return form.answer(redirect(url_for(".bill", team_id=team_id)))
    page = render_template(
        "events/billing/price.html",
        team=team,
        form=form,
        asks_for_code=billing.asks_for_code(found),
        asks_for_affiliation=billing.asks_for_affiliation(found),
    )
    return page, form.status


@bp.get("/teams/<uuid:team_id>/bill/confirmation")
@requires(Permission.SIGNED_IN)
def confirmation(team_id: UUID) -> ResponseReturnValue:
    """Show the confirmation that there is nothing to pay."""
    team = registration.get_team(team_id, money_editor())
    document = _confirmation(team_id)
    return render_template(
        "events/billing/confirmation.html",
        team=team,
        document=document,
        sheet=paper_sheet(invoices.shown(document)),
    )


@bp.get("/teams/<uuid:team_id>/bill/confirmation.pdf")
@requires(Permission.SIGNED_IN)
def confirmation_file(team_id: UUID) -> ResponseReturnValue:
    """Give the confirmation as a file."""
    registration.get_team(team_id, money_editor())
    return pdf_of(_confirmation(team_id))


def pdf_of(document: Document, *, pay_at: str = "") -> Response:
    """Return a paper as a PDF to save; ``pay_at`` is printed where the paper can be paid."""
    paper = invoices.shown(document)
    if pay_at:
        paper = invoices.payable_at(paper, pay_at)
    name = document.number if document.revision == 1 else f"{document.number}-r{document.revision}"
    return Response(
        paper_pdf(paper),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def _confirmation(team_id: UUID) -> Document:
    found = invoices.papers_about(f"team:{team_id}", Series.CONFIRMATION)
    if not found:
        raise NotFound(say("There is no confirmation for this team."))
    return found[0]
