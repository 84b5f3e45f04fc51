"""A cohort's whole year, as its host, its teams and the worker live it: everything by the services.

Mails go out between the steps; links of leaders and members are read from what arrived.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from cohorts.handover import service as handover
from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.handover.models import Departure
from cohorts.handover.service import HandoverPage
from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.learning.service import attending
from cohorts.learning.service.year import record_of_team
from cohorts.matching.jobs import ask_how_it_goes
from cohorts.plans.jobs import send_reminders
from cohorts.plans.service import Reader as PlanReader
from cohorts.structures import service as structures
from cohorts.structures.service import Opened, Reader
from cohorts.surveys.jobs import forget_names, run_surveys
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.outbox.jobs import deliver_due
from consortium.ports import Email
from consortium.tenants.models import Tenant
from events.agenda.jobs.notices import tell_of_changes
from events.facade import meetings as meetings_of_events
from events.facade.leaving import Editor
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear
from events.institutes.domain import Intake
from events.institutes.models import Institute
from events.intake import service as intake
from events.intake.domain import Ground, Mix
from events.intake.jobs import remind_leaders
from events.intake.models import Application
from events.intake.service import Aim, PledgeTerms
from events.registration import service as registration
from events.registration.models import Seat, SeatStatus
from tests.events.intake import season
from tests.scenarios.attending import scenario
from tests.scenarios.programme_of import load

HOST = season.HOST
ROUND = (
    remind_leaders,
    tell_of_changes,
    run_surveys,
    send_reminders,
    ask_how_it_goes,
    forget_names,
    deliver_due,
)
"""What the worker does of it, in the order in which mails come out of it."""
LEAVING = Editor(email=HOST, coordinates=True)
SIGNING = ("superintendent", "union_leader")
"""Whose word stands for each side."""
WORDING = "Matched peers of this cohort may see my e-mail address."


class Year:
    """One programme file's cohort."""

    def __init__(self, app: Flask, mailer: Any, frozen: Any, tenant: Tenant, name: str) -> None:
        self.app, self.tenant = app, tenant
        self.file: dict[str, Any] = scenario(name)
        self._mailer, self._frozen = mailer, frozen
        self.at(self.file["test_clock"])
        self.institute_id = load(name).id
        self.leas: Sequence[Lea] = ()
        """Whose teams are registered."""
        self.held: list[str] = []
        self.minutes: Counter[UUID] = Counter()

    # Time, and the worker.

    def at(self, moment: str) -> None:
        """Let it be another moment."""
        self._frozen(moment)

    def work(self) -> list[Email]:
        """Let the worker do what is due now; return the mails that went out."""
        sent = len(self._mailer.sent)
        for step in ROUND:
            while step(self.app):
                pass
        db.session.expire_all()
        mails: list[Email] = self._mailer.sent[sent:]
        return mails

    def mailed(self, to: str) -> list[Email]:
        """Return what someone has got so far, oldest first."""
        return [mail for mail in self._mailer.sent if mail.to == to]

    @property
    def institute(self) -> Institute:
        return db.session.get_one(Institute, self.institute_id)

    # LEAs apply; the host chooses; teams register.

    def ask_for_applications(self, places: int) -> None:
        """Let LEAs apply with the word of both sides' leaders, for so many places."""
        with transaction():
            self.institute.intake = Intake.APPLICATION
        version = self.institute.version
        with transaction():
            intake.change_pledges(
                self.institute, PledgeTerms(roles=SIGNING), version=version, by=HOST
            )
        aim = Aim(mix=Mix(by=Ground.URBANICITY, shares={"suburban": 100}), places=places)
        with transaction():
            intake.change_aim(self.institute, aim, version=version + 1, by=HOST)

    def apply(self, lea: Lea, seats: int) -> Application:
        """Let an LEA apply and name its leaders, who are asked for their word."""
        application = season.begin(self.institute, lea, name=f"{lea.name} Lead")
        season.write(application, lea, seats_wanted=seats)
        season.name_all(application, lea)
        season.submit(application, lea)
        return application

    def sign(self, lea: Lea, *roles: str) -> None:
        """Let leaders sign by the link in their mail."""
        for role in roles:
            email = season.address(lea, role)
            with transaction():
                pledge = intake.get_pledge(self._link(email, "pledges"))
                intake.sign(pledge, f"{lea.name} {role}", by=email)

    def choose(self) -> intake.Told:
        """Choose by the mix, and tell each applicant."""
        with transaction():
            intake.propose_selection(self.institute, by=HOST)
        with transaction():
            return intake.decide(self.institute, by=HOST)

    def decline(self, application: Application) -> None:
        """Let a selected LEA give its places back."""
        application = season.read(application)
        assert application.team_id is not None
        editor = season.applicant_editor(season.address(application.lea))
        with transaction():
            registration.decline_offer(application.team_id, editor, stay=False)

    def register(self, application: Application, *roles: str) -> None:
        """Let a selected LEA take its places: its lead holds the first role, the rest are named."""
        application = season.read(application)
        assert application.team_id is not None
        lea = application.lea
        editor = season.applicant_editor(season.address(lea))
        for n, role in enumerate(roles):
            email = editor.email if n == 0 else season.address(lea, role)
            named = registration.NamedPerson(
                name=f"{lea.name} {role}", email=email, role_codes=(role,)
            )
            with transaction():
                registration.add_member(application.team_id, named, editor)
        with transaction():
            registration.accept_offer(application.team_id, editor)

    def confirm(self, goal: str) -> int:
        """Let everyone who is invited confirm by the link in the mail; return how many did."""
        statement = select(Seat).where(
            Seat.institute_id == self.institute_id, Seat.status == SeatStatus.INVITED
        )
        invited = [(one.name, one.person.email) for one in db.session.scalars(statement)]
        for name, email in invited:
            details = registration.OwnDetails(
                name=name, goals=(goal,), wants_peers=True, shares_email=True, wording=WORDING
            )
            with transaction():
                seat = registration.get_invitation(self._link(email, "invitations"))
                registration.confirm_seat(seat, details, by=email)
        return len(invited)

    def _link(self, email: str, kind: str) -> str:
        (*_, last) = [mail for mail in self.mailed(email) if f"/{kind}/" in mail.text]
        return re.findall(rf"/{kind}/(\S+)", last.text)[0]

    # Teams and their partnerships.

    def partnership(self, lea: Lea) -> Partnership:
        return learning.partnership_of_place(lea.id)

    def teams(self) -> Mapping[str, TeamOfYear]:
        """Return the registered teams by the id of their LEA."""
        found = learning.partnerships_of_institute(self.institute_id)
        return {partnership.lea_id: team for partnership, team in found}

    def team(self, lea: Lea) -> TeamOfYear:
        return self.teams()[lea.id]

    def record(self, lea: Lea) -> tuple[int, int, int]:
        """Return how many meetings a team's own page says were held, attended and made up."""
        found = record_of_team(self.team(lea))
        return found.held, found.attended, found.made_up

    def holder(self, lea: Lea, role: str) -> UUID:
        """Return who has this role's seat now."""
        held = [one for one in self.team(lea).seats if one.ended_at is None and one.person_id]
        (found,) = [one.person_id for one in held if one.role_codes == (role,)]
        assert found is not None
        return found

    def roll(self, *leas: Lea) -> list[UUID]:
        """Return whom a meeting's roll names of these LEAs."""
        teams = self.teams()
        return [
            one.person_id
            for lea in leas
            for one in teams[lea.id].seats
            if one.confirmed and one.person_id
        ]

    def everyone(self) -> list[str]:
        """Return the names and addresses of everyone who ever had a seat."""
        seats = db.session.scalars(select(Seat).where(Seat.institute_id == self.institute_id))
        return [text for one in seats if one.person for text in (one.name, one.person.email)]

    # Meetings.

    def codes(self) -> list[str]:
        """Return the cohort's meetings in order of time, undated ones last."""
        return [one.code for one in meetings_of_events.meetings_of(self.institute_id)]

    def meeting(self, code: str) -> MeetingView:
        return meetings_of_events.meeting_at(self.institute_id, code)

    def hold(self, *codes: str, absent: Lea | None = None) -> None:
        """Hold meetings: the clock goes to the end of each, and its roll is called."""
        teams = self.teams()
        away = set(self.roll(absent)) if absent else set()
        for code in codes:
            meeting = self.meeting(code)
            assert meeting.ends_at is not None
            self.at(meeting.ends_at.isoformat())
            named = self.roll(*(one for one in self.leas if meeting.for_group(teams[one.id].group)))
            here = [one for one in named if one not in away]
            with transaction():
                attending.take_roll(self.institute_id, code, present=here, among=named, by=HOST)
            self.held.append(code)
            self.count(code, here)

    def count(self, code: str, present: Collection[UUID]) -> None:
        """Note for how long these people were at a meeting, for the year's report."""
        meeting = self.meeting(code)
        assert meeting.starts_at is not None
        assert meeting.ends_at is not None
        lasts = (meeting.ends_at - meeting.starts_at) // timedelta(minutes=1)
        self.minutes.update(dict.fromkeys(present, lasts))

    def hours(self) -> Decimal:
        """Return for how long all were at meetings, together, who left since among them."""
        return Decimal(self.minutes.total()) / 60

    # A leader leaves.

    def opened(self, lea: Lea, reader: Reader | None = None) -> Opened:
        """Open an LEA's partnership as someone of it, or as the host."""
        host = Reader(email=HOST, reads_all=True, manages=True)
        return structures.open_partnership(self.partnership(lea).id, reader or host)

    def leave(self, lea: Lea, role: str, on: date) -> Departure:
        """Let the host write down that a leader left; nobody is named yet."""
        leaving = Leaving(
            person_id=self.holder(lea, role), left_on=on, follows="open", successor=Successor()
        )
        with transaction():
            return handover.report_departure(self.opened(lea), leaving, LEAVING)

    def handed_over(self, lea: Lea, reader: PlanReader) -> HandoverPage:
        """Return the hand-over as someone of the partnership finds it."""
        own = Reader(email=reader.email, person_id=reader.person_id)
        return handover.handover_page(self.opened(lea, own))

    def follow(self, lea: Lea, left: Departure, successor: Successor, *, interim: bool) -> None:
        """Let the host name who follows."""
        with transaction():
            handover.name_successor(self.opened(lea), left.id, successor, LEAVING, interim=interim)


def to_whom(mails: Iterable[Email], subject: str) -> list[str]:
    """Return who got a mail whose subject begins so, by address."""
    return sorted(mail.to for mail in mails if mail.subject.startswith(subject))
