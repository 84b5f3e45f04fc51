"""Every page of the application and the states worth looking at, in the demonstration's story."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from cohorts.matching.models import MatchRun
from consortium.database import db
from consortium.demonstration import cast
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Appointment, Role
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.registration.models import Team
from tests.journeys.applying import visits_of_intake
from tests.journeys.breaking import BROKEN
from tests.journeys.further import FURTHER, OTHER_FILES
from tests.journeys.leading import ask_leads
from tests.journeys.substituting import keep_and_ask

GARDEN = "/garden-coast"
INSTITUTE = f"{GARDEN}/institutes/summer-institute"
MANAGE = f"{GARDEN}/manage"
MANAGED = f"{MANAGE}/institutes/summer-institute"
PASSKEY_OF_NEIGHBOR = UUID("0d7ee76a-5f0c-4b07-9d3e-3f0a5a6c7b11")
# Views that give something other than a page, or lead straight on.
NOT_PAGES = frozenset(
    {
        "front.alive", "front.ready", "tenants.brand_stylesheet", "directory.search_json",
        "demonstration.letter_html", "demonstration.letter_file", "schedule.session_calendar",
        "schedule.institute_calendar", "agenda.calendar", "agenda.feed", "board.export",
        "packets.packet_file", "intake.export", "bulk.export", "bulk.template", "bulk.left_out",
        "registration.seat_file", "registration.team_file", "registration.answered_file",
        "matching.vcard", "matching.vcards", "matching.csv", "programmes.export",
        "books.aged_export", "books.certificate_file", "books.journal_file", "books.paper_file",
        "books.quickbooks", "books.report_export", "books.statement_file", "books.statements_csv",
        "books.statements_part", "books.w9_file", "billing.confirmation_file", "payer.paper_file",
        "payer.w9", "static", "bootstrap.static", *OTHER_FILES,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A page in one state: who looks, where, and what the page's first form is given."""

    endpoint: str
    path: str
    who: str = ""
    sent: dict[str, str] | None = None
    """Fill these fields of the last form and send it; empty: send it as it is."""


def visits(app: Flask) -> Iterator[Visit]:
    """Return every page, filled and, where it has a form, in an error state."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        team = db.session.scalars(select(Team).where(Team.name == "Cedar Hollow Regional")).one()
        registered = db.session.scalars(
            select(Team)
            .join(Institute, Team.institute_id == Institute.id)
            .where(Team.name == "Harbor Point Township", Institute.slug == cast.SUMMER_INSTITUTE)
        ).one()
        draft_seat = team.seats[1].id
        asked = ask_leads(app, team)
        to_answer = keep_and_ask(team, registered)
        own_seat = next(seat for seat in registered.seats if seat.name == cast.PARTICIPANT.name)
        role = db.session.scalars(select(Role).order_by(Role.position)).first()
        mail = db.session.scalars(select(OutboxEmail).where(OutboxEmail.attachments != [])).first()
        office = db.session.scalars(select(Appointment)).first()
        assert office is not None
        invitation, office_path = _an_invitation(), f"{office.person_id}/offices/{office.id}/leave"
        run_id = db.session.scalars(select(MatchRun.id)).one()
        assert role is not None
        assert mail is not None
        team_id, registered_id, role_id, mail_id = team.id, registered.id, role.id, mail.id
        seat_id, person_id = own_seat.id, own_seat.person_id
        twins = f"{person_id}/{team.leads[0].person_id}", f"{team.lea_id}/{registered.lea_id}"

    lead, owner, member = "union-lead", "coordinator", "participant"
    yield from _public()
    yield Visit("registration.invitation", invitation)
    yield Visit("registration.invitation", invitation, owner)
    yield Visit("people.leave_office", f"{GARDEN}/people/{office_path}", owner)
    yield from _account(owner, member, "neighbor")
    yield Visit("demonstration.letter", f"/demo/mail/{mail_id}")
    yield from _lead(f"{GARDEN}/teams/{team_id}", draft_seat, lead)
    yield from _leading(f"{GARDEN}/teams/{team_id}", asked, lead, owner)
    yield Visit("registration.team", f"{GARDEN}/teams/{registered_id}", "management-lead")
    yield Visit("registration.turn_away", f"{GARDEN}/teams/{team_id}/turn-away", owner)
    yield Visit("registration.turn_away", f"{GARDEN}/teams/{team_id}/turn-away", owner, {})
    yield Visit("registration.offer", f"{GARDEN}/teams/{registered_id}/offer", "management-lead")
    yield from _own_pages(f"{GARDEN}/seats/{seat_id}", member)
    yield Visit("agenda.show", f"{INSTITUTE}/agenda", member)
    yield Visit("agenda.feed_page", f"{GARDEN}/calendar", member)
    yield Visit("matching.mine", f"{INSTITUTE}/peers", member)
    yield Visit("matching.disclosures", f"{INSTITUTE}/peers/seen", member)
    yield Visit("people.person", f"{GARDEN}/people/{person_id}", owner)
    yield Visit("people.role", f"{GARDEN}/settings/roles/{role_id}", owner)
    yield from _twice(owner, *twins)
    yield from (*_staff(owner), *(Visit(*one) for one in visits_of_intake(app, owner)))
    for visits_of in FURTHER:
        yield from (Visit(*one) for one in visits_of(app))
    yield from _editing(owner)
    yield from _asking(owner)
    yield Visit("matching.past", f"{MANAGED}/peers/{run_id}", owner)
    yield Visit("board.counts", f"{MANAGED}/counts", "funder")
    yield Visit("registration.to_do", f"{MANAGED}/to-do", owner)
    yield from _substituting(f"{GARDEN}/teams/{registered_id}", to_answer, lead, owner)


def _an_invitation() -> str:
    statement = select(OutboxEmail).where(OutboxEmail.text.contains("/invitations/"))
    mail = db.session.scalars(statement).first()
    assert mail is not None
    link = re.search(r"/garden-coast/invitations/\S+", mail.text)
    assert link is not None
    return link[0]


def _own_pages(seat: str, member: str) -> Iterator[Visit]:
    yield Visit("registration.mine", f"{GARDEN}/mine", member)
    yield Visit("registration.own_choices", f"{seat}/choices", member)
    yield Visit("registration.seat", seat, member)
    yield Visit("registration.seat", seat, member, {"phone": "not a number"})


def _substituting(team: str, to_answer: tuple[str, str], lead: str, owner: str) -> Iterator[Visit]:
    kept, wish = to_answer
    office = f"{team}/offices/admin_assoc_president/change"
    for endpoint, path, who in (
        ("registration.substitution", wish, owner),
        ("registration.name_kept", kept, lead),
        ("registration.change_office", office, owner),
    ):
        yield Visit(endpoint, path, who)
        yield Visit(endpoint, path, who, {})


def _leading(team: str, asked: tuple[str, str, str], lead: str, owner: str) -> Iterator[Visit]:
    invitation, own_invitation, agreement = asked
    yield Visit("registration.own_lead_invitation", own_invitation, "participant")
    yield Visit("registration.joint_act", agreement, lead)
    yield Visit("registration.joint_act", agreement, lead, {"refuse-note": ""})
    yield Visit("registration.lead_invitation", invitation)
    yield Visit("registration.lead_invitation", invitation, owner)
    yield Visit("registration.invite_lead", f"{team}/leads/invite", lead)
    yield Visit("registration.invite_lead", f"{team}/leads/invite", lead, {"name": ""})
    yield Visit("registration.hand_over", f"{team}/leads/hand-over", lead)
    yield Visit("registration.leave_lead", f"{team}/leads/leave", lead)
    yield Visit("registration.appoint_lead", f"{team}/leads/appoint", owner)
    yield Visit("registration.appoint_lead", f"{team}/leads/appoint", owner, {"name": ""})


def _public() -> Iterator[Visit]:
    yield Visit("front.home", "/")
    yield Visit("front.help_page", "/help")
    yield Visit("front.help_topic", "/help/register")
    yield Visit("directory.search", "/leas")
    yield Visit("directory.search", "/leas?lea_text=harbor")
    yield Visit("directory.lea", "/leas/3499001")
    yield Visit("demonstration.people", "/demo")
    yield Visit("demonstration.mail", "/demo/mail")
    yield Visit("auth.sign_in", "/sign-in")
    yield Visit("auth.sign_in", "/sign-in", sent={})
    yield Visit("auth.code", "/sign-in", sent={"email": "someone@example.org"})
    yield Visit("auth.link", "/sign-in/link/no-such-link")
    yield Visit("institutes.home", f"{GARDEN}/")
    yield Visit("institutes.show", INSTITUTE)
    yield Visit("institutes.show", f"{GARDEN}/institutes/learning-cohort")
    yield Visit("schedule.programme", f"{INSTITUTE}/programme")
    yield Visit("schedule.programme", f"{GARDEN}/institutes/learning-cohort/programme")
    yield Visit("404", "/no/such/page")
    yield Visit("405", "/demo/sign-in")
    for code in BROKEN:
        yield Visit("broken", f"{GARDEN}/broken/{code}")


def _account(owner: str, member: str, neighbor: str) -> Iterator[Visit]:
    passkey = f"/account/passkeys/{PASSKEY_OF_NEIGHBOR}"
    yield Visit("auth.enrol", "/second-factor/enrol", owner)
    yield Visit("auth.enrol", "/second-factor/enrol", owner, {"code": "1"})
    yield Visit("auth.second_factor", "/second-factor", neighbor)
    yield Visit("auth.second_factor", "/second-factor", neighbor, {"code": ""})
    yield Visit("auth.account", "/account", member)
    yield Visit("auth.account", "/account", neighbor)
    yield Visit("auth.offer", "/account/passkeys/offer", member)
    yield Visit("auth.name_passkey", passkey, neighbor)
    yield Visit("auth.name_passkey", passkey, neighbor, {"name": ""})
    yield Visit("auth.remove_passkey", f"{passkey}/remove", neighbor)


def _lead(team: str, seat: object, lead: str) -> Iterator[Visit]:
    yield Visit("registration.start", f"{INSTITUTE}/register", lead)
    yield Visit("registration.start", f"{INSTITUTE}/register", lead, {"name": ""})
    yield Visit("registration.visitor", f"{INSTITUTE}/visit", lead)
    yield Visit("registration.visitor", f"{INSTITUTE}/visit", lead, {})
    yield Visit("registration.team", team, lead)
    yield Visit("registration.member_choices", f"{team}/members/{seat}/choices", lead)
    yield Visit("registration.add_member", f"{team}/members/new", lead)
    yield Visit("registration.add_member", f"{team}/members/new", lead, {})
    yield Visit("registration.paste", f"{team}/members/paste", lead)
    yield Visit(
        "registration.paste",
        f"{team}/members/paste",
        lead,
        {"lines": "nobody, nowhere\nA, a@b.org, king"},
    )
    yield Visit("registration.team_seat", f"{team}/seats/{seat}", lead)
    yield Visit("registration.edit_member", f"{team}/members/{seat}", lead)
    yield Visit("registration.remove_member", f"{team}/members/{seat}/remove", lead)
    yield Visit("registration.substitute", f"{team}/members/{seat}/substitute", lead)
    yield Visit("registration.substitute", f"{team}/members/{seat}/substitute", lead, {})
    yield Visit("registration.keep_seat", f"{team}/seats/keep", lead)
    yield Visit("registration.keep_seat", f"{team}/seats/keep", lead, {})
    yield Visit("registration.history", f"{team}/history", lead)
    yield Visit("registration.details", f"{team}/details", lead)
    yield Visit("registration.team_questions", f"{team}/questions", lead)
    yield Visit("registration.waive_role", f"{team}/waivers/class_union_leader", lead)
    yield Visit("registration.withdraw", f"{team}/withdraw", lead)
    yield Visit("packets.packet", f"{team}/packet", lead)
    yield Visit("403", f"{MANAGE}", lead)


def _editing(owner: str) -> Iterator[Visit]:
    edited = f"{MANAGE}/institutes/fall-convening"
    yield Visit("institutes.create", f"{MANAGE}/institutes/new", owner)
    yield Visit("institutes.create", f"{MANAGE}/institutes/new", owner, {"title": ""})
    yield Visit("institutes.edit", edited, owner)
    yield Visit("institutes.cancel", f"{edited}/cancel", owner)
    yield Visit("institutes.cancel", f"{edited}/cancel", owner, {"reason": ""})
    parts = "basics", "days", "admission", "team", "deadlines", "places", "hosts", "fees", "terms"
    for part in parts:
        yield Visit("institutes.change", f"{edited}/{part}", owner)
    yield Visit("institutes.change", f"{edited}/basics", owner, {"title": ""})
    yield Visit("institutes.fee_kinds", f"{edited}/fees/add", owner)
    for kind in ("flat", "discount", "sponsor_credit", "split_rest"):
        yield Visit("institutes.add_fee", f"{edited}/fees/add/{kind}", owner)
    yield Visit("institutes.add_fee", f"{edited}/fees/add/flat", owner, {"each": "x"})
    yield Visit("institutes.change_fee", f"{MANAGED}/fees/1", owner)
    yield Visit("institutes.remove_fee", f"{MANAGED}/fees/1/remove", owner)
    yield Visit("institutes.roles", f"{edited}/roles", owner)
    yield Visit("institutes.add_role", f"{edited}/add-role", owner)
    yield Visit("institutes.add_role", f"{edited}/add-role", owner, {"label": ""})
    yield Visit("institutes.change_role", f"{edited}/roles/superintendent", owner)
    yield Visit("institutes.remove_role", f"{edited}/roles/teacher/remove", owner)
    yield Visit("programmes.upload", f"{MANAGE}/programme-file", owner)
    yield Visit("programmes.upload", f"{MANAGE}/programme-file", owner, {})


def _twice(owner: str, two_people: str, two_leas: str) -> Iterator[Visit]:
    twice = f"{MANAGE}/duplicates"
    yield Visit("merging.people", twice, owner)
    yield Visit("merging.people", f"{twice}?one=a@example.org&other=b@example.org", owner)
    yield Visit("merging.leas", f"{twice}/leas", owner)
    yield Visit("merging.merged", f"{twice}/merged", owner)
    yield Visit("merging.compare_people", f"{twice}/people/{two_people}", owner)
    yield Visit("merging.compare_leas", f"{twice}/leas/{two_leas}", owner)


def _asking(owner: str) -> Iterator[Visit]:
    yield Visit("questions.manage", f"{MANAGED}/questions", owner)
    yield Visit("questions.add", f"{MANAGED}/add-question", owner)
    yield Visit("questions.add", f"{MANAGED}/add-question", owner, {"label": ""})
    yield Visit("questions.change", f"{MANAGED}/questions/roommate", owner)
    yield Visit("questions.preview", f"{MANAGED}/questions-preview?role=teacher", owner)
    yield Visit("registration.answers_list", f"{MANAGED}/answers", owner)
    yield Visit("registration.answers_page", f"{MANAGED}/questions/hotel/answers", owner)
    yield Visit("registration.answers_page", f"{MANAGED}/questions/breaks/answers", owner)


def _staff(owner: str) -> Iterator[Visit]:
    yield Visit("institutes.manage", MANAGE, owner)
    yield Visit("board.show", f"{MANAGED}/board", owner)
    yield Visit("board.show", f"{MANAGED}/board?status=draft", owner)
    yield Visit("board.roster", f"{MANAGED}/roster", owner)
    yield Visit("board.roster", f"{MANAGED}/roster?text=nobody-at-all", owner)
    yield Visit("board.needs", f"{MANAGED}/food-and-access", owner)
    yield Visit("board.reminders", f"{MANAGED}/reminders", owner)
    yield Visit("board.counts", f"{MANAGED}/counts", owner)
    yield Visit("bulk.upload", f"{MANAGED}/import", owner)
    yield Visit("bulk.upload", f"{MANAGED}/import", owner, {})
    yield Visit("matching.show", f"{MANAGED}/peers", owner)
    yield Visit("tenants.settings", f"{GARDEN}/settings", owner)
    yield Visit("tenants.settings", f"{GARDEN}/settings", owner, {"brand_colour": "#ffff00"})
    yield Visit("tenants.goals", f"{GARDEN}/settings/goals", owner)
    yield Visit("tenants.partners", f"{GARDEN}/settings/partners", owner)
    yield Visit("tenants.staff", f"{GARDEN}/settings/staff", owner)
    yield Visit("tenants.staff", f"{GARDEN}/settings/staff", owner, {"email": "no address"})
    yield Visit("people.roles", f"{GARDEN}/settings/roles", owner)
