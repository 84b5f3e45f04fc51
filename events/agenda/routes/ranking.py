"""Ranking the sessions of a round, for whoever comes."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import rank_form
from events.agenda.routes.blueprint import bp, own_place
from events.schedule.domain import ChoiceRefused, kind_in_words
from events.schedule.domain.ranking import Phase


@bp.route("/institutes/<slug>/agenda/rank/<uuid:round_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def rank(slug: str, round_id: UUID) -> ResponseReturnValue:
    """Let someone say what they want most of a round: by numbers, or a step at a time."""
    place = own_place(slug)
    own = agendas.own_round(place, round_id)
    form = rank_form(own.sessions, own.order)
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            agendas.rank(place, round_id, form.order, by=g.identity.email)
            flash(say("Your order is saved."))
            _, _, moved = (form.move.data or "").partition(":")
            here = url_for(".rank", slug=slug, round_id=round_id)
            return form.answer(redirect(f"{here}#at-{moved}" if moved in form.codes else here))
    page = render_template(
        "events/agenda/rank.html",
        institute=place.institute,
        own=own,
        form=form,
        is_late=own.phase is Phase.LATE,
        is_given=own.phase is Phase.GIVEN,
        kind_in_words=kind_in_words,
    )
    return page, form.status
