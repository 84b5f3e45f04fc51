"""What people see when a request ends otherwise than hoped: refused, busy, or our fault."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from consortium import context
from consortium.actions import service as actions
from consortium.actions.service import AlreadyDone, Repeated
from consortium.database import db, was_held
from consortium.errors import Conflict, NotFound, Refusal
from consortium.ports import GatewayDown
from consortium.words import say

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Requests that change nothing."""
TOLD_WITH_ERRORS = frozenset({"Allow", "Retry-After"})

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Answer refusals with what to do, and everything else that ends a request with a page."""
    app.register_error_handler(AlreadyDone, _same_answer)
    app.register_error_handler(Repeated, _answer_of_the_first)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(GatewayDown, _supplier_down)
    app.register_error_handler(Exception, _our_fault)


def _undo() -> None:
    """Undo what the request wrote. Where it only read, whom the page names is not read again."""
    waiting = db.session.new or db.session.dirty or db.session.deleted or not db.session.is_active
    if waiting or request.method not in SAFE_METHODS:
        db.session.rollback()


def _refused(refusal: Refusal) -> ResponseReturnValue:
    _undo()
    if isinstance(refusal, NotFound) and g.get("second_factor_wanted"):
        ask: ResponseReturnValue = current_app.extensions["ask_for_second_factor"]()
        return ask  # it may be theirs to see once they proved that they work here
    page = "errors/conflict.html" if isinstance(refusal, Conflict) else "errors/refusal.html"
    return render_template(page, refusal=refusal), refusal.status


def _same_answer(done: AlreadyDone) -> ResponseReturnValue:
    return redirect(done.answer or request.path)


def _answer_of_the_first(repeated: Repeated) -> ResponseReturnValue:
    db.session.rollback()
    return redirect(actions.answer_of(repeated.key) or request.path)


def _form_too_old(_error: CSRFError) -> ResponseReturnValue:
    refusal = Refusal(
        say(
            "This form was open too long, or cookies are off. Go back, reload the page, and "
            "send it again."
        )
    )
    return render_template("errors/refusal.html", refusal=refusal), HTTPStatus.BAD_REQUEST


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    most = (request.max_content_length or 0) // (1024 * 1024)
    refusal = Refusal(
        say(
            "That is more than this page can take: at most 2 MB of text, or a file of %(most)s MB. "
            "Use your browser's back button (what you typed is still there), shorten it, and send "
            "it again.",
            most=most,
        )
    )
    page = render_template("errors/refusal.html", refusal=refusal)
    return page, HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _unknown_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer without a page: under a host that is not ours no address can be written."""
    text = "This site does not answer under that name. Check the address.\n"
    return Response(text, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    _undo()
    said = {name: text for name, text in error.get_headers() if name in TOLD_WITH_ERRORS}
    return render_template("errors/http.html", code=error.code), error.code, said


def _busy(error: OperationalError) -> ResponseReturnValue:
    """Ask for patience when the database was held too long by others; the form works again."""
    db.session.rollback()
    if not was_held(error):
        return _our_fault(error)
    log.warning("database busy", request_id=context.current_request_id(), endpoint=request.endpoint)
    page = _failure_page("errors/busy.html")
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"}


def _supplier_down(error: GatewayDown) -> ResponseReturnValue:
    """Ask for patience when something outside us is down, as the place where files lie."""
    db.session.rollback()
    log.error(
        "supplier down",
        request_id=context.current_request_id(),
        endpoint=request.endpoint,
        why=str(error),
    )
    page = _failure_page("errors/down.html")
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "60"}


def _our_fault(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error(
        "request failed",
        request_id=context.current_request_id(),
        endpoint=request.endpoint,
        exc_info=error,
        **g.get("about", {}),
    )
    page = _failure_page("errors/fault.html", reference=context.current_request_id())
    return page, HTTPStatus.INTERNAL_SERVER_ERROR


def _failure_page(name: str, **values: Any) -> str:
    """Say what failed; without the consortium's name and colour where those cannot be read."""
    try:
        return render_template(name, **values)
    except SQLAlchemyError:
        g.tenant = g.identity = g.person = None
        return render_template(name, **values)
