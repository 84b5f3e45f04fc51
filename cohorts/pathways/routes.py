"""Public pages for any LEA in the country: your state's partnership, or what is open to you."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.pathways import service
from consortium.access import public
from consortium.directory.domain import STATES
from consortium.directory.forms import LeaSearchForm

bp = Blueprint("pathways", __name__)


@bp.get("/pathways")
@public
def start() -> ResponseReturnValue:
    """Ask for the state, or for part of the district's name."""
    form = LeaSearchForm(request.args)
    leas = form.found()
    if form.state.data and not form.q.data and not form.errors:
        return redirect(url_for(".state", state=form.state.data.lower()))
    by_name = sorted(STATES.items(), key=lambda state: state[1])
    page = render_template("cohorts/pathways/start.html", form=form, leas=leas, states=by_name)
    return page, form.status


@bp.get("/pathways/<string(length=2):state>")
@public
def state(state: str) -> ResponseReturnValue:
    """Show a state its partnership, and what is open to its LEAs."""
    return _answer(service.pathway_of_state(state))


@bp.get("/pathways/leas/<string(length=7):lea_id>")
@public
def lea(lea_id: str) -> ResponseReturnValue:
    """Show one LEA its state's partnership, and what is open to it."""
    return _answer(service.pathway_of_lea(lea_id))


def _answer(pathway: service.Pathway) -> ResponseReturnValue:
    return render_template("cohorts/pathways/answer.html", pathway=pathway)
