"""Everyone's credit: who can have a certificate, whose attendance needs a look, who has one."""

from collections.abc import Collection
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.lettering import not_whole
from consortium.words import say
from events.credit import service as credit
from events.credit.domain.certificates import read_snapshot
from events.credit.domain.rules import CreditRefused
from events.credit.exports import certificate_pdf
from events.credit.forms import WithdrawForm
from events.credit.routes.blueprint import MANAGED, bp
from events.credit.routes.certificates import pdf, sheet_of, standing_of
from events.credit.service import certificates as papers
from events.institutes import service as institutes
from events.institutes.models import Institute


@bp.get(f"{MANAGED}/certificates")
@requires(Permission.EDIT_INSTITUTES)
def people(slug: str) -> ResponseReturnValue:
    """List everyone with what they earned and what it waits for."""
    return _list_page(_institute(slug), ActForm(formdata=None))


@bp.post(f"{MANAGED}/certificates/issue-all")
@requires(Permission.EDIT_INSTITUTES)
def issue_all(slug: str) -> ResponseReturnValue:
    """Issue the certificates of everyone for whom nothing is missing."""
    institute, form = _institute(slug), ActForm()
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            done = papers.issue_all(institute, by=g.identity.email)
            flash(
                gettext(
                    "New: %(new)s. Replaced: %(replaced)s. Right as they were: %(stand)s. Waiting "
                    "for something: %(waiting)s.",
                    new=done.new,
                    replaced=done.replaced,
                    stand=done.stand,
                    waiting=done.waiting,
                )
            )
            return form.answer(redirect(url_for(".people", slug=slug)))
    return _list_page(_institute(slug), form)


@bp.get(f"{MANAGED}/attendance-questions")
@requires(Permission.EDIT_INSTITUTES)
def attendance(slug: str) -> ResponseReturnValue:
    """List the stays that need a look: nobody recorded their end."""
    institute = _institute(slug)
    found = credit.records_of(institute)
    return render_template(
        "events/credit/attendance.html",
        institute=institute,
        plan=found.plan,
        waiting=[one for one in found.people if one.open],
        settled=[
            one for one in found.people if any(stay.settled for stay in one.stays) and not one.open
        ],
        absent=[one for one in found.people if not one.stays],
    )


@bp.get(f"{MANAGED}/certificates/of/<uuid:person_id>")
@requires(Permission.EDIT_INSTITUTES)
def person(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Show one person's attendance, credit and certificates; licence numbers shown are noted."""
    return _person_page(_institute(slug), person_id, ActForm(formdata=None))


@bp.post(f"{MANAGED}/certificates/of/<uuid:person_id>/issue")
@requires(Permission.EDIT_INSTITUTES)
def issue(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Issue one person's certificate, or the right one in place of a wrong one."""
    institute, form = _institute(slug), ActForm()
    _record(institute, person_id)
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            row = papers.issue(institute, person_id, by=g.identity.email, after_withdrawal=True)
            flash(gettext("%(number)s is issued, and a mail brings it.", number=row.number))
            return form.answer(redirect(url_for(".person", slug=slug, person_id=person_id)))
    return _person_page(_institute(slug), person_id, form)


@bp.route(f"{MANAGED}/certificates/<uuid:certificate_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def withdraw(slug: str, certificate_id: UUID) -> ResponseReturnValue:
    """Let a certificate hold no more."""
    institute, form = _institute(slug), WithdrawForm()
    row = papers.get_certificate(institute, certificate_id)
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            papers.withdraw(institute, certificate_id, why=form.why.data or "", by=g.identity.email)
            flash(gettext("%(number)s is withdrawn.", number=row.number))
            target = url_for(".person", slug=slug, person_id=row.person_id)
            return form.answer(redirect(target))
    page = render_template(
        "events/credit/withdraw.html",
        institute=institute,
        row=row,
        said=read_snapshot(row.said),
        form=form,
    )
    return page, form.status


@bp.get(f"{MANAGED}/certificates/<uuid:certificate_id>.pdf")
@requires(Permission.EDIT_INSTITUTES)
def staff_file(slug: str, certificate_id: UUID) -> ResponseReturnValue:
    """Give someone's certificate as a PDF to who issues them; a licence number on it is noted."""
    institute = _institute(slug)
    row = papers.get_certificate(institute, certificate_id)
    answer = pdf(certificate_pdf(sheet_of(row)), row.number)
    shown = {one.licence_name for one in read_snapshot(row.said).credits if one.licence_number}
    _note_look(institute.id, row.person_id, shown)
    return answer


def _list_page(institute: Institute, form: ActForm) -> ResponseReturnValue:
    found, ground = credit.records_of(institute), papers.ground_of(institute)
    changed = {
        one.attendee.person_id
        for one in found.people
        if one.certificate is not None
        and papers.differs(one.certificate, papers.says_now(ground, one))
    }
    page = render_template(
        "events/credit/people.html",
        institute=institute,
        people=[one for one in found.people if one.stays or one.certificate],
        absent=sum(not one.stays for one in found.people),
        questions=sum(bool(one.open) for one in found.people),
        changed=changed,
        to_write=not_whole(one.attendee.name for one in found.people if one.stays),
        form=form,
    )
    return page, form.status


def _person_page(institute: Institute, person_id: UUID, form: ActForm) -> ResponseReturnValue:
    record = _record(institute, person_id)
    rows = [
        (row, read_snapshot(row.said), standing_of(row))
        for row in papers.certificates_at(institute)
        if row.person_id == person_id
    ]
    page = render_template(
        "events/credit/person.html",
        institute=institute,
        record=record,
        rows=rows,
        form=form,
        changed=record.certificate is not None
        and papers.differs(
            record.certificate, papers.says_now(papers.ground_of(institute), record)
        ),
    )
    _note_look(institute.id, person_id, record.numbers.keys())
    return page, form.status


def _note_look(institute_id: UUID, person_id: UUID, names: Collection[str]) -> None:
    """Write down whose licence numbers the page shows, if any."""
    if not names:
        return
    end_reading()
    with transaction():
        credit.record_look_at_licences(institute_id, person_id, names, by=g.identity.email)


def _record(institute: Institute, person_id: UUID) -> credit.Record:
    for record in credit.records_of(institute, person_ids=[person_id]).people:
        return record
    raise NotFound(say("This person was not there and has no place."))


def _institute(slug: str) -> Institute:
    return institutes.get_by_slug(slug, drafts=True)
