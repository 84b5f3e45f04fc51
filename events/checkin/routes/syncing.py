"""What a desk's script asks for and sends: the roster, what changed, the scans that waited."""

import hashlib
import json
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.words import say, translated
from events.checkin import service as checkin
from events.checkin.domain.batches import LATEST, NotABatch, millis, moment, read_batch
from events.checkin.domain.counts import Guest
from events.checkin.domain.telling import Told
from events.checkin.forms import ScansForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at
from events.institutes.models import Institute

SCRIPTS = (
    "desk.js",
    "desk-camera.js",
    "desk-store.js",
    "desk-sync.js",
    "desk-tablet.js",
    "desk-words.js",
    "page.js",
    "theme.css",
)


@bp.get(f"{ADDRESS}/desk/roster.json")
@requires(Permission.CHECK_IN)
def roster(slug: str) -> ResponseReturnValue:
    """Give what a desk keeps for when it is offline; only the fact, where nothing has changed."""
    roster = checkin.roster_of(institute_at(slug))
    said = {
        "on": roster.on.isoformat(),
        "until": millis(roster.until),
        "people": [_person(guest) for guest in roster.guests],
        "sessions": [
            {"id": str(session.id), "title": session.title} for session in roster.sessions
        ],
    }
    version = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    if request.args.get("version") == version:
        return jsonify(version=version, same=True)
    return jsonify(version=version, now=millis(clock.now()), **said)


@bp.get(f"{ADDRESS}/desk/state.json")
@requires(Permission.CHECK_IN)
def state(slug: str) -> ResponseReturnValue:
    """Give what happened at all desks since a moment, and what sending needs."""
    after = request.args.get("after", type=int)
    since = moment(after) if after is not None and 0 <= after <= LATEST else None
    changes = checkin.changes_since(institute_at(slug), since)
    return jsonify(
        now=millis(clock.now()),
        csrf=generate_csrf(),
        on=changes.on.isoformat(),
        arrived=changes.arrived,
        here=[[one.person_id.hex, _millis(one.arrived), _millis(one.left)] for one in changes.here],
    )


@bp.post(f"{ADDRESS}/desk/scans")
@requires(Permission.CHECK_IN)
def scans(slug: str) -> ResponseReturnValue:
    """Take in what a desk scanned; each scan has a key of its own, so that none counts twice."""
    institute = institute_at(slug)
    form = ScansForm()
    try:
        if not form.validate_on_submit():
            raise NotABatch(say("This is not what a desk sends. Reload the desk's page."))
        batch = read_batch(form.batch.data or "")
        with transaction():
            told = checkin.take_in(institute, batch, by=actor())
            answer = [_told(institute, one) for one in told]
    except checkin.MeanwhileElsewhere as again:
        return _refused(again, HTTPStatus.CONFLICT)
    except Refusal as refusal:
        return _refused(refusal, refusal.status)
    return jsonify(now=millis(clock.now()), told=answer)


@bp.get(f"{ADDRESS}/desk/worker.js")
@requires(Permission.CHECK_IN)
def worker(slug: str) -> ResponseReturnValue:
    """Give the small script that opens the desk without a network; it sees no page but the desk.

    It names what it keeps with a digest of it, so that a new release is fetched anew.
    """
    institute_at(slug)
    shell = url_for(".offline", slug=slug)
    kept = [
        *(url_for("static", filename=name) for name in SCRIPTS),
        url_for("bootstrap.static", filename="css/bootstrap.min.css"),
        url_for("tenants.brand_stylesheet"),
    ]
    desk = url_for(".desk", slug=slug)
    said = {"version": _release(), "shell": shell, "desk": desk, "kept": kept}
    script = render_template("events/checkin/worker.js", said=json.dumps(said))
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = desk
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _release() -> str:
    """Return what changes when any script of the desk does."""
    folder = Path(current_app.static_folder or "")
    digest = hashlib.sha256()
    for name in SCRIPTS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _person(guest: Guest) -> dict[str, Any]:
    return {
        "id": guest.person_id.hex,
        "code": guest.code,
        "name": guest.name,
        "lea": " · ".join(guest.teams),
        "role": guest.roles[0],
        "confirmed": guest.confirmed,
        "in": _millis(guest.arrived),
        "out": _millis(guest.left),
    }


def _told(institute: Institute, told: Told) -> dict[str, Any]:
    return {
        "id": told.client_id,
        "counts": told.counts,
        "what": (told.problem or told.effect or ""),
        "words": translated(told.words(institute.zone), gettext),
        "person": told.person_id.hex if told.person_id else None,
        "name": told.name,
        "lea": told.lea,
    }


def _refused(refusal: Refusal, status: HTTPStatus) -> ResponseReturnValue:
    return jsonify(error=translated(refusal.message, gettext)), status


def _millis(at: datetime | None) -> int | None:
    return None if at is None else millis(at)
