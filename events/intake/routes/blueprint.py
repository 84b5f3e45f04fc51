"""What every page of intake starts from."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g, request

from consortium.directory.domain import LEA_KINDS, locale_words
from consortium.pages import in_the_readers_language
from consortium.people.domain import SIDE_WORDS, NotAnAddress
from events.intake import service as intake
from events.intake.domain import OUTCOMES, STATUS_WORDS, Ground, stratum_words
from events.intake.models import Application
from events.registration.domain import RegistrationRefused, admitted_in_words, place_name
from events.registration.routes.blueprint import editor

bp = Blueprint("intake", __name__)
MANAGE = "/manage/institutes/<slug>"
REFUSALS = (RegistrationRefused, NotAnAddress)
"""What a page shows beside its form; anything else is a page of its own (404, 409)."""

__all__ = ["MANAGE", "REFUSALS", "bp", "editor", "page_number"]


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "side_words": SIDE_WORDS,
        "kind_words": LEA_KINDS,
        "locale_words": locale_words,
        "place_name": place_name,
        "admitted_in_words": admitted_in_words,
        "status_words": _read(STATUS_WORDS),
        "outcome_words": _read({each.value: words for each, words in OUTCOMES.items()}),
        "newness_words": lambda newness: stratum_words(Ground.NEWNESS, newness),
    }


@bp.app_context_processor
def _own() -> dict[str, Any]:
    """Let the page of what is mine list the applications, too."""
    return {"my_applications": _my_applications}


def page_number() -> int:
    """Return which page of a list the address asks for."""
    return request.args.get("page", default=1, type=int)


def _my_applications() -> Sequence[Application]:
    return intake.applications_of(g.person.id) if g.person else ()


def _read(said: Mapping[str, str]) -> Mapping[str, str]:
    return {key: in_the_readers_language(sentence) for key, sentence in said.items()}
