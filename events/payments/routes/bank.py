"""Bank statements: read in, and line by line compared with the books."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.pages import in_the_readers_language
from consortium.words import say
from events.payments import imports
from events.payments.domain.bank_matching import STRENGTH_WORDS
from events.payments.domain.bank_statements import Fault
from events.payments.forms.bank import MatchForm, StatementForm
from events.payments.routes.blueprint import bp, by
from events.payments.service import bank as service
from events.payments.service.bank_matching import ASIDE, match_lines

MOST_FAULTS = 50


@bp.route("/money/bank", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def bank() -> ResponseReturnValue:
    """Take a statement in, and show its lines with what each may be."""
    form = StatementForm()
    faults: tuple[Fault, ...] = ()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=by())
            read = imports.read_statement(form.content, encoding=form.encoding.data or "")
            faults = read.faults
            imported = service.import_lines(read.lines, by=by())
            flash(
                gettext(
                    "New lines: %(new)s. Here already: %(known)s.",
                    new=imported.new,
                    known=imported.known,
                )
            )
            if not faults:
                return form.answer(redirect(url_for(".bank")))
            form.answer(redirect(url_for(".bank")))
            form = StatementForm(formdata=None)  # the corrected file is another act
    return _page(form, MatchForm(formdata=None, prefix="match"), faults)


@bp.post("/money/bank/lines")
@requires(Permission.SEE_MONEY)
def match() -> ResponseReturnValue:
    """Take lines for what finance says they are."""
    form = MatchForm(prefix="match")
    if form.validate_on_submit():
        try:
            choices = form.to_choices()
        except ValueError as error:
            raise NotFound(say("One of these lines is not there.")) from error
        with form.showing(Refusal), transaction():
            form.once(by=by())
            for words in match_lines(choices, by=by()):
                flash(in_the_readers_language(words))
            return form.answer(redirect(url_for(".bank")))
    return _page(StatementForm(formdata=None), form, ())


def _page(
    form: StatementForm, match_form: MatchForm, faults: tuple[Fault, ...]
) -> ResponseReturnValue:
    waiting = service.waiting_lines()
    chosen = {entry.form.line_id.data: entry.form.choice.data for entry in match_form.rows.entries}
    while match_form.rows.entries:
        match_form.rows.pop_entry()
    for one in waiting:
        line_id = str(one.line.id)
        match_form.rows.append_entry({"line_id": line_id, "choice": chosen.get(line_id, "")})
        row = match_form.rows.entries[-1].form
        row.choice.choices = [
            SelectChoice("", say("Leave it for now")),
            *(
                SelectChoice(
                    proposal.key,
                    say(
                        "%(reason)s (%(strength)s)",
                        reason=proposal.reason,
                        strength=STRENGTH_WORDS[proposal.strength],
                    ),
                )
                for proposal in one.proposals
            ),
            SelectChoice(ASIDE, say("Nothing to note here: set it aside")),
        ]
    page = render_template(
        "events/payments/bank.html",
        form=form,
        match_form=match_form,
        waiting=waiting,
        settled=service.settled_lines(),
        faults=faults[:MOST_FAULTS],
        left_out=len(faults),
    )
    return page, max(form.status, match_form.status)
