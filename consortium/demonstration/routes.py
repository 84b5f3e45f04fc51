"""Demonstration mode only: sign in as anyone in the story, and read the mail that was sent."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from consortium.access import public
from consortium.auth import service as auth
from consortium.database import transaction
from consortium.demonstration import service
from consortium.demonstration.cast import CAST
from consortium.outbox.exports import written
from consortium.pages import CONTENT_SECURITY_POLICY

bp = Blueprint("demonstration", __name__, url_prefix="/demo")

WITH_A_FRAME = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
# A mail is somebody's text: it may look as it likes, and do nothing but lead on when clicked.
MAIL_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@bp.get("")
@public
def people() -> ResponseReturnValue:
    """Offer the people of the story, one click each."""
    return render_template("consortium/demonstration/people.html", cast=CAST)


@bp.post("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Become someone of the story, and go where that person would begin."""
    character = service.get_character(request.form.get("who", ""))
    with transaction():
        token = service.become(character)
    session.clear()
    auth.remember(session, token)
    about: dict[str, Any] = {"slug": character.institute} if character.institute else {}
    return redirect(url_for(character.lands_at, consortium=character.consortium, **about))


@bp.get("/mail")
@public
def mail() -> ResponseReturnValue:
    """List the mail that would have been sent."""
    found = service.mails(request.args.get("page", 1, type=int))
    return render_template("consortium/demonstration/mail.html", found=found)


@bp.get("/mail/<uuid:mail_id>")
@public
def letter(mail_id: UUID) -> ResponseReturnValue:
    """Show one mail: its text, its HTML in a box of its own, and its files."""
    page = render_template("consortium/demonstration/letter.html", mail=service.get_mail(mail_id))
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = WITH_A_FRAME
    return answer


@bp.get("/mail/<uuid:mail_id>/html")
@public
def letter_html(mail_id: UUID) -> ResponseReturnValue:
    """Give the HTML part as it was written, locked in; its links open in the whole window."""
    html = service.get_mail(mail_id).html or ""
    answer = Response(html.replace("<head>", '<head><base target="_top">', 1))
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


@bp.get("/mail/<uuid:mail_id>/files/<int:number>")
@public
def letter_file(mail_id: UUID, number: int) -> ResponseReturnValue:
    """Give one of the files that travel with a mail, to be kept, never to be shown in place."""
    file = written(current_app, service.get_file(mail_id, number))
    return send_file(
        BytesIO(file.content),
        mimetype=file.content_type,
        as_attachment=True,
        download_name=file.filename,
    )
