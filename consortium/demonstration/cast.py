"""The people of the demonstration's story; none of them exists."""

from dataclasses import dataclass

from consortium.access import StaffRole
from consortium.words import Sentence, say

GARDEN_COAST = "garden-coast"
PRAIRIE_LAKES = "prairie-lakes"
SUMMER_INSTITUTE = "summer-institute"


@dataclass(frozen=True, kw_only=True)
class Character:
    """Someone whom a visitor of the demonstration can be."""

    key: str
    name: str
    email: str
    who: Sentence
    try_this: Sentence
    """What is worth a look as this person."""
    lands_at: str
    """The endpoint they begin at."""
    institute: str = ""
    """The institute that page is about, if it is about one."""
    consortium: str = GARDEN_COAST
    staff_roles: tuple[StaffRole, ...] = ()


COORDINATOR = Character(
    key="coordinator",
    name="Nora Castellano",
    email="nora.castellano@example.org",
    who=say("Coordinator and owner of the partnership"),
    try_this=say("Open the institute, read the board, remind who has not confirmed."),
    lands_at="institutes.manage",
    staff_roles=(StaffRole.OWNER, StaffRole.COORDINATOR),
)
UNION_LEAD = Character(
    key="union-lead",
    name="Denise Whitaker",
    email="denise.whitaker@example.org",
    who=say("Team lead from the union side: president of a local association"),
    try_this=say("Finish a draft: see which roles are missing, add people, send it."),
    lands_at="registration.mine",
)
MANAGEMENT_LEAD = Character(
    key="management-lead",
    name="Raymond Okafor",
    email="raymond.okafor@example.org",
    who=say("Team lead from the management side: a superintendent"),
    try_this=say("Look at your registered team and give a seat to someone else."),
    lands_at="registration.mine",
)
PARTICIPANT = Character(
    key="participant",
    name="Lucia Ferrante",
    email="lucia.ferrante@example.org",
    who=say("Participant: a teacher on a registered team"),
    try_this=say("Open your agenda, take the calendar, choose what peers may see."),
    lands_at="agenda.show",
    institute=SUMMER_INSTITUTE,
)
FINANCE = Character(
    key="finance",
    name="Gordon Pak",
    email="gordon.pak@example.org",
    who=say("Finance officer of the partnership"),
    try_this=say("See counts; names and team notes stay closed."),
    lands_at="board.counts",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.FINANCE,),
)
DESK = Character(
    key="desk",
    name="Imani Reyes",
    email="imani.reyes@example.org",
    who=say("Desk helper at the door"),
    try_this=say("See what someone sees who only checks people in."),
    lands_at="institutes.show",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.DESK,),
)
FUNDER = Character(
    key="funder",
    name="Helen Marsh",
    email="helen.marsh@example.org",
    who=say("Funder: program officer of a foundation"),
    try_this=say("See counts and no person's name."),
    lands_at="board.counts",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.VIEWER,),
)
FACILITATOR = Character(
    key="facilitator",
    name="Samuel Adeyemi",
    email="samuel.adeyemi@example.org",
    who=say("Facilitator who works with the teams"),
    try_this=say("Read teams and rosters; change nothing."),
    lands_at="board.show",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.FACILITATOR,),
)
NEIGHBOR = Character(
    key="neighbor",
    name="Karin Lindqvist",
    email="karin.lindqvist@example.org",
    who=say("Owner of another consortium, in another state"),
    try_this=say("See that neither consortium sees anything of the other."),
    lands_at="institutes.manage",
    consortium=PRAIRIE_LAKES,
    staff_roles=(StaffRole.OWNER, StaffRole.COORDINATOR),
)
CAST: tuple[Character, ...] = (
    COORDINATOR,
    UNION_LEAD,
    MANAGEMENT_LEAD,
    PARTICIPANT,
    FINANCE,
    DESK,
    FUNDER,
    FACILITATOR,
    NEIGHBOR,
)
