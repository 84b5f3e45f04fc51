"""Papers to take along: the programme for everyone, the own agenda for who has a place."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from limits import parse

from consortium.access import Permission, public, requires
from consortium.auth.routes.limits import count_use
from consortium.database import end_reading
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.words import say
from events.agenda import service as agendas
from events.booklets import service as booklets
from events.booklets.domain import speakers_of
from events.booklets.exports import agenda_pdf, printed, programme_paper, state_of
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.schedule import service as schedule
from events.schedule.domain import programme_of

bp = Blueprint("booklets", __name__)

PDF = "application/pdf"
MAKINGS = parse("12 per 5 minutes")
"""Of one institute: far more than a programme changes, too few to keep a processor busy."""


@bp.get("/institutes/<slug>/programme.pdf")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Give the whole programme as a paper, printed once for as long as it says the same."""
    institute = institutes.get_by_slug(slug, drafts=True)
    draft = institute.status is Status.DRAFT
    if draft and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(say("There is no institute at this address."))
    made = programme_of(schedule.planned_of(institute.id), zone=institute.time_zone)
    paper = programme_paper(
        institute,
        made,
        booklets.places_at(institute),
        speakers_of((*made.sessions, *made.undated), booklets.affiliations_at(institute)),
        contact=g.tenant.reply_address,
    )
    state = state_of(paper)
    tag = hashlib.sha256(state).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304, mimetype=PDF)
    else:
        institute_id, zone = institute.id, institute.time_zone
        end_reading()  # a long programme takes seconds to print
        content = files.made_of(
            current_app.extensions["ports"].storage,
            state,
            lambda: _programme_pdf(paper, institute_id=institute_id, zone=zone),
        )
        answer = _paper(content, f"{slug}-programme.pdf")
    if not draft:
        answer.set_etag(tag)
        answer.cache_control.no_cache = True  # keep it, but ask each time whether it changed
    return answer


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


def _programme_pdf(paper: Mapping[str, Any], *, institute_id: UUID, zone: str) -> bytes:
    count_use(MAKINGS, "programme", str(institute_id))
    return printed(paper, zone=zone)


def _paper(content: bytes, filename: str) -> Response:
    answer = Response(content, mimetype=PDF)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer
