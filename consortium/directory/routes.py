"""The public pages of the directory: look for an LEA, and see what is known of it."""

from http import HTTPStatus

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consortium.access import public
from consortium.directory import service
from consortium.directory.domain import LEA_KINDS, STATES, locale_words, zip_meant
from consortium.directory.forms import LeaSearchForm
from consortium.directory.models import Lea
from consortium.words import translated

bp = Blueprint("directory", __name__)
bp.add_app_template_filter(locale_words)


@bp.app_template_filter()
def lea_place(lea: Lea) -> str:
    """Say where an LEA is: Ashland, AL. It tells two of one name apart."""
    return ", ".join(filter(None, (lea.city, lea.state)))


@bp.app_template_filter()
def lea_kind(lea: Lea) -> str:
    """Say what an LEA is, as it is called at home."""
    return lea.local_label or translated(LEA_KINDS.get(lea.kind, ""), gettext)


@bp.app_template_filter()
def lea_facts(lea: Lea) -> str:
    """Say in one line what helps to recognise an LEA: its kind, its size, whether it is open."""
    facts = [lea_kind(lea)]
    if lea.enrollment is not None:
        count = f"{lea.enrollment:,}"
        facts.append(
            ngettext("%(count)s student", "%(count)s students", lea.enrollment, count=count)
        )
    if not lea.open:
        facts.append(gettext("not open"))
    return " · ".join(filter(None, facts))


@bp.app_template_filter()
def state_name(code: str) -> str:
    """Say a state's code in full."""
    return STATES.get(code, code)


@bp.app_template_filter()
def leas_found(count: int, text: str | None = "") -> str:
    """Say how many LEAs a search for the text found, and what to do when none or too many."""
    zip_code = zip_meant(text or "")
    if count == 0:
        return _none_found(zip_code)
    if count < service.MOST_FOUND:
        found: str = ngettext("%(num)s district found.", "%(num)s districts found.", count)
        return found
    if zip_code:
        return str(
            gettext(
                "Only the first %(count)s districts of this ZIP code are shown. If yours is not "
                "among them, type its name.",
                count=count,
            )
        )
    return str(
        gettext(
            "Only the %(count)s best guesses are shown. Add a word or the state to see fewer.",
            count=count,
        )
    )


def _none_found(zip_code: str) -> str:
    if not zip_code:
        return str(gettext("No district found. Try one word of its name, or another state."))
    if not service.has_zips():
        return str(gettext("This directory has no ZIP codes. Type part of the district's name."))
    return str(
        gettext(
            "No district found with its office in the ZIP code %(code)s. Try one word of its name, "
            "or another state.",
            code=zip_code,
        )
    )


@bp.get("/leas")
@public
def search() -> ResponseReturnValue:
    """Look for an LEA by part of its name, or by its ZIP code."""
    form = LeaSearchForm(request.args)
    leas = form.found()
    return render_template("consortium/directory/search.html", form=form, leas=leas), form.status


@bp.get("/leas/search.json")
@public
def search_json() -> ResponseReturnValue:
    """Answer the same search for ``lea-picker.js``."""
    form = LeaSearchForm(request.args)
    leas = form.found()
    if form.errors:
        message = next(message for messages in form.errors.values() for message in messages)
        return jsonify(error=translated(message, gettext)), HTTPStatus.UNPROCESSABLE_ENTITY
    words = leas_found(len(leas), form.q.data) if form.asks else ""
    return jsonify(leas=[_as_json(lea) for lea in leas], words=words)


@bp.get("/leas/<string(length=7):lea_id>")
@public
def lea(lea_id: str) -> ResponseReturnValue:
    """Show what is known of one LEA."""
    found = service.get_lea(lea_id)
    children = service.children_of(found)
    return render_template("consortium/directory/lea.html", lea=found, children=children)


def _as_json(lea: Lea) -> dict[str, object]:
    return {
        "id": lea.id,
        "name": lea.name,
        "city": lea.city,
        "state": lea.state,
        "place": lea_place(lea),
        "facts": lea_facts(lea),
        "kind": lea.kind,
        "enrollment": lea.enrollment,
        "open": lea.open,
    }
