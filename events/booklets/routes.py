"""Papers to take along: the programme for everyone, the own agenda for who has a place."""

from flask import Blueprint, Response, g
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.errors import NotFound
from consortium.words import say
from events.agenda import service as agendas
from events.booklets import service as booklets
from events.booklets.domain import speakers_of
from events.booklets.exports import agenda_pdf, programme_pdf
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.schedule import service as schedule
from events.schedule.domain import programme_of

bp = Blueprint("booklets", __name__)


@bp.get("/institutes/<slug>/programme.pdf")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Give the whole programme as a paper."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(say("There is no institute at this address."))
    planned = [session.planned for session in schedule.sessions_of(institute.id)]
    made = programme_of(planned, zone=institute.time_zone)
    content = programme_pdf(
        institute,
        made,
        booklets.places_at(institute),
        speakers_of((*made.sessions, *made.undated), booklets.affiliations_at(institute)),
        contact=g.tenant.reply_address,
    )
    return _paper(content, f"{slug}-programme.pdf")


@bp.get("/institutes/<slug>/agenda.pdf")
@requires(Permission.SIGNED_IN)
def agenda(slug: str) -> ResponseReturnValue:
    """Give the signed-in person's own agenda as a paper."""
    place = agendas.get_place(institutes.get_by_slug(slug, drafts=True), g.person)
    own = agendas.own_agenda(place)
    mine = [entry.session for entry in own.agenda.entries]
    content = agenda_pdf(
        place.institute,
        programme_of(mine, zone=place.institute.time_zone),
        name=g.person.name or g.person.email,
        still_to_choose=bool(own.open_rounds),
    )
    return _paper(content, f"{slug}-my-agenda.pdf")


def _paper(content: bytes, filename: str) -> Response:
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer
