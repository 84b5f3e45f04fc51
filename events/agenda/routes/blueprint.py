"""The blueprint, and what its pages share."""

from flask import Blueprint, g, url_for

from consortium import letters
from events.agenda import service as agendas
from events.agenda.service import Place
from events.institutes import service as institutes
from events.institutes.models import Institute

bp = Blueprint("agenda", __name__)


def own_place(slug: str) -> Place:
    """Return the signed-in person's place at the institute; raise ``NotFound`` without one."""
    return agendas.get_place(institutes.get_by_slug(slug, drafts=True), g.person)


def address_of_agenda(institute: Institute) -> str:
    """Return the whole address of the agenda, for calendars and mails."""
    return letters.absolute(url_for("agenda.show", slug=institute.slug))
