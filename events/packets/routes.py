"""A team's approval packet: made by a button, read as a page, downloaded as a PDF."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.packets import service as packets
from events.packets.exports import beside, facts_of, kept_in_words, packet_pdf, standing_of
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.routes.blueprint import editor

bp = Blueprint("packets", __name__)


@bp.route("/teams/<uuid:team_id>/packet", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def packet(team_id: UUID) -> ResponseReturnValue:
    """Show the packet, or what it would hold; the button gives it a quote number."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(RegistrationRefused), transaction():
            form.once(by=g.identity.email)
            quote = packets.make_quote(team_id, editor())
            flash(
                say(
                    "The packet is ready. Its quote has the number %(number)s.", number=quote.number
                )
            )
            return form.answer(redirect(url_for(".packet", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    made = packets.find_packet(team)
    page = render_template(
        "events/packets/packet.html",
        team=team,
        packet=made,
        facts=facts_of(made) if made else [],
        standing=standing_of(made) if made else "",
        kept=kept_in_words(made) if made else "",
        beside=beside(made) if made else [],
        form=form,
    )
    return page, form.status


@bp.get("/teams/<uuid:team_id>/packet.pdf")
@requires(Permission.SIGNED_IN)
def packet_file(team_id: UUID) -> ResponseReturnValue:
    """Give the packet as a file; where it is outdated, lead to the page that says so.

    A paper must not name other people than its own quote counts.
    """
    team = registration.get_team(team_id, editor())
    made = packets.get_packet(team)
    if not made.current:
        return redirect(url_for(".packet", team_id=team_id))
    return Response(
        packet_pdf(made),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="approval-{made.number}.pdf"'},
    )
