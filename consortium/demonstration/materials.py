"""What the story's hosts hand out."""

from consortium.demonstration import cast
from consortium.demonstration.documents import put_document
from events.institutes.models import Institute
from events.materials import service as materials
from events.materials.domain import Audience, MaterialKind, MaterialSpec, Subject
from events.materials.models import Material
from events.materials.service import Keeper, Viewer

KEEPER = Keeper(
    viewer=Viewer(edits=True, is_staff=True), email=cast.COORDINATOR.email, room=50_000_000
)
PLAN = (
    "Our one goal for the next school year:",
    "What the association will do, and who:",
    "What the district will do, and who:",
    "What the board will do, and who:",
    "How we will know by January that it works:",
    "Whom we ask for help:",
)


def hand_out(institute: Institute) -> Material:
    """Hand out documents and links; return the template of the district action plan."""
    template = _hand_out(
        institute,
        MaterialSpec(
            title="District action plan: template",
            kind=MaterialKind.TEMPLATE,
            description="One page. Fill it in together, and hand it in before you leave.",
        ),
        "district-action-plan.docx",
        PLAN,
    )
    _hand_out(
        institute,
        MaterialSpec(
            title="Before you come: what to bring",
            kind=MaterialKind.HANDOUT,
            audience=Audience.PUBLIC,
        ),
        "what-to-bring.docx",
        ("Your agreement on joint work.", "Two numbers you argue about.", "A good question."),
    )
    _hand_out(
        institute,
        MaterialSpec(
            title="Slides: Solving a problem by interests",
            kind=MaterialKind.SLIDES,
            subject=Subject(session="d1-solve"),
            audience=Audience.AGENDA,
            after_session=True,
        ),
        "solving-by-interests.docx",
        ("Positions and interests.", "Options that both sides can live with."),
    )
    _hand_out(
        institute,
        MaterialSpec(
            title="What the research shows: the numbers",
            kind=MaterialKind.HANDOUT,
            subject=Subject(session="d2-key"),
        ),
        "what-the-research-shows.docx",
        ("Schools where both sides plan together keep more of their teachers.",),
    )
    materials.put_material(
        institute,
        MaterialSpec(
            title="Last year's opening, recorded",
            kind=MaterialKind.RECORDING,
            link="https://video.example.org/garden-coast/opening",
            subject=Subject(session="d1-open"),
            audience=Audience.PUBLIC,
        ),
        None,
        KEEPER,
    )
    _hand_out(
        institute,
        MaterialSpec(
            title="Notes for facilitators",
            kind=MaterialKind.OTHER,
            subject=Subject(session="d2-team"),
            audience=Audience.STAFF,
        ),
        "notes-for-facilitators.docx",
        ("Let both sides speak before anyone writes.",),
    )
    return template


def _hand_out(
    institute: Institute, spec: MaterialSpec, name: str, lines: tuple[str, ...]
) -> Material:
    return materials.put_material(institute, spec, put_document(name, spec.title, lines), KEEPER)
