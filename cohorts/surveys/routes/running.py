"""What a host does with a wave: remind, withdraw, forget names, take or delete ties."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from cohorts.surveys.exports.tables import ties_table
from cohorts.surveys.routes.blueprint import MIME_TYPES, WAVE, bp
from cohorts.surveys.routes.waves import wave_page
from cohorts.surveys.service import forgetting, opening, ties, waves
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.spreadsheets import csv_file
from consortium.words import say


@bp.post(f"{WAVE}/remind")
@requires(Permission.EDIT_INSTITUTES)
def remind(wave_id: UUID) -> ResponseReturnValue:
    """Remind those who have not answered."""

    def act() -> str:
        n = opening.remind(wave_id, by=g.identity.email)
        return say("Reminders are on their way. People: %(n)s.", n=n)

    return _done(wave_id, act)


@bp.post(f"{WAVE}/withdraw")
@requires(Permission.EDIT_INSTITUTES)
def withdraw(wave_id: UUID) -> ResponseReturnValue:
    """Take a survey back."""

    def act() -> str:
        waves.withdraw_wave(wave_id, by=g.identity.email)
        return say("The survey is withdrawn, and its answers are deleted.")

    return _done(wave_id, act)


@bp.post(f"{WAVE}/forget-names")
@requires(Permission.EDIT_INSTITUTES)
def forget_names(wave_id: UUID) -> ResponseReturnValue:
    """Forget the names now."""

    def act() -> str:
        forgetting.forget_names(wave_id, by=g.identity.email)
        return say("The names are forgotten. Answers and figures stay.")

    return _done(wave_id, act)


@bp.post(f"{WAVE}/ties.csv")
@requires(Permission.RESEARCH)
def take_ties(wave_id: UUID) -> ResponseReturnValue:
    """Give the collector who named whom, under pseudonyms, and write down that it was taken."""
    row, form = waves.get_wave(wave_id), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal):
            with transaction():
                rows = ties.raw_ties(wave_id, by=g.identity.email)
            written = csv_file(ties_table(rows))
            return send_file(
                written.file,
                MIME_TYPES["csv"],
                as_attachment=True,
                download_name=f"ties-{wave_id}.csv",
            )
    return wave_page(row, form)


@bp.post(f"{WAVE}/delete-ties")
@requires(Permission.RESEARCH)
def delete_ties(wave_id: UUID) -> ResponseReturnValue:
    """Delete who named whom, for good."""

    def act() -> str:
        ties.delete_ties(wave_id, by=g.identity.email)
        return say("Who named whom is deleted. The figures stay.")

    return _done(wave_id, act)


def _done(wave_id: UUID, act: Callable[[], str]) -> ResponseReturnValue:
    row, form = waves.get_wave(wave_id), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            flash(act())
            return form.answer(redirect(url_for(".wave", wave_id=wave_id)))
    return wave_page(row, form)
