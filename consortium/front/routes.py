"""The front door: which consortia there are, help, and whether the machine is well."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from consortium.access import public
from consortium.directory.domain.states import STATES
from consortium.errors import NotFound
from consortium.front import service
from consortium.front.domain import HELP, find_topic
from consortium.tenants import service as tenants
from consortium.words import say

bp = Blueprint("front", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show the consortia of this installation."""
    return render_template(
        "consortium/front/home.html", consortia=tenants.consortia(), states=STATES
    )


@bp.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """List the pages that explain the application to leads, members and coordinators."""
    return render_template("consortium/front/help_page.html", chapters=HELP)


@bp.get("/help/<topic>")
@public
def help_topic(topic: str) -> ResponseReturnValue:
    """Explain one thing that someone wants to do."""
    found = find_topic(topic)
    if found is None:
        raise NotFound(say("There is no help on this."))
    chapter, shown = found
    return render_template("consortium/front/help_topic.html", chapter=chapter, topic=shown)


@bp.get("/livez")
@public
def alive() -> ResponseReturnValue:
    """Answer as long as the process does; touches nothing."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Answer whether requests can be served; 503 names the part that is not well.

    Whoever builds the application adds checks of its parts under ``readiness``.
    """
    more = current_app.extensions.get("readiness", {})
    found = service.readiness({"database": service.database_answers, **more})
    well = all(word == service.OK for word in found.values())
    answer = jsonify(found)
    answer.headers["Cache-Control"] = "no-store"
    return answer, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
