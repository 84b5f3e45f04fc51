"""The story's academy, for which LEAs apply, and a roundtable to which the host invites."""

from consortium.database import db
from consortium.demonstration import cast
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.models import Institute
from events.intake import service as intake
from events.intake.models import Application, Pledge
from events.intake.service import Guest, Leader, NewApplication, Statement
from events.registration.service import Editor

HOST = Editor(email=cast.COORDINATOR.email, coordinates=True)
STATEMENT = (
    "Our association and our administrators have met every month for two years. We want to plan "
    "together how schools share decisions about time, and hear how others began."
)
# LEA, who applies, how many would come, which of the two leaders have signed; the last is a draft.
APPLICANTS: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("3499003", "Yolanda Price", 5, ("superintendent", "union_leader")),
    ("3499005", "Felix Arroyo", 4, ("superintendent", "union_leader")),
    ("3499006", "Greta Lund", 6, ("superintendent", "union_leader")),
    ("3499007", "Dana Whitfield", 5, ("superintendent",)),
    ("3499009", "Omar Haddad", 0, ()),
)
INVITED = (("3499001", "Harbor Point"), ("1099001", "Blue Heron"))


def apply_all(academy: Institute) -> None:
    """Let the story's applicants apply, and their leaders sign."""
    for lea_id, name, seats, signed in APPLICANTS:
        identity = people.identity_for(_address(name))
        new = NewApplication(lea_id=lea_id, name=name, side=Side.LABOR)
        application = intake.start_application(academy, new, by=identity)
        db.session.refresh(application)
        for pledge in application.pledges if seats else ():
            _name(application, pledge, lea_id)
        if not seats:
            continue
        said = Statement(seats_wanted=seats, statement=STATEMENT)
        intake.change_application(application.id, said, HOST, version=application.version)
        intake.submit_application(application.id, HOST)
        for pledge in application.pledges:
            if pledge.role_code in signed:
                intake.sign(pledge, pledge.name, by=pledge.email)


def invite_all(roundtable: Institute) -> None:
    """Invite LEAs to the roundtable."""
    guests = [
        Guest(lea_id=lea_id, email=f"office@{lea_id}.example.org", name=name)
        for lea_id, name in INVITED
    ]
    note = "We keep the table small, so that everyone speaks."
    intake.invite_leas(roundtable, guests, note=note, by=HOST.email)


def _name(application: Application, pledge: Pledge, lea_id: str) -> None:
    leader = Leader(
        name=f"{pledge.label} of {application.lea.name}",
        email=f"{pledge.role_code.replace('_', '.')}@{lea_id}.example.org",
    )
    intake.name_leader(application.id, pledge.role_code, leader, HOST)


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"
