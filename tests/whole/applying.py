"""Applications to the world's institute, and LEAs that its host invited."""

from consortium.database import db
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.models import Institute
from events.intake.models import Application, ApplicationStatus, InstituteInvitation, Pledge
from events.registration.service.finding import digest_of
from tests.factories import NOON, make_lea
from tests.whole.world import INSTITUTE, World

APPLICANT = "applicant@example.org"


def let_apply(world: World, institute: Institute) -> None:
    """Let ``size`` LEAs apply, each with as many pledges, and invite as many."""
    applicant = people.person_for(people.identity_for(APPLICANT), name="Applicant")
    for n in range(world.size):
        lea = make_lea(f"34009{n:02}", f"Applying {n}", enrollment=2000)
        application = Application(
            institute_id=institute.id,
            lea_id=lea.id,
            name=lea.name,
            state=lea.state,
            applicant_id=applicant.id,
            side=Side.LABOR,
            seats_wanted=3,
            statement="We want to learn.",
            status=ApplicationStatus.SUBMITTED,
            submitted_at=NOON,
            created_at=NOON,
            touched_at=NOON,
            pledges=[
                Pledge(
                    role_code=f"extra_{m}",
                    label=f"Extra {m}",
                    side=Side.LABOR,
                    name="Leader",
                    email=f"leader{n}x{m}@example.org",
                    digest=digest_of(f"pledge-{n}-{m}"),
                    position=m,
                )
                for m in range(world.size)
            ],
        )
        invitation = InstituteInvitation(
            institute_id=institute.id,
            lea_id=lea.id,
            email=f"chief{n}@example.org",
            digest=digest_of(f"invited-{n}"),
            invited_by="test",
            invited_at=NOON,
        )
        db.session.add_all([application, invitation])
        db.session.commit()
        named = {"application_id": str(application.id)}
        world.parts += [{**named, "role_code": "extra_0"}, {"token": f"pledge-{n}-0"}]
        world.parts += [{"token": f"invited-{n}"}]
    world.parts.append({"slug": INSTITUTE, "outcome": "selected"})
