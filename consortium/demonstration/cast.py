"""The people of the demonstration's story; none of them exists."""

from dataclasses import dataclass

from consortium.access import StaffRole
from consortium.words import Sentence, say

GARDEN_COAST = "garden-coast"
PRAIRIE_LAKES = "prairie-lakes"
SUMMER_INSTITUTE = "summer-institute"
WORKING_WEEK = "working-week"
WORKING_YEAR = "working-year"


@dataclass(frozen=True, kw_only=True)
class Character:
    """Someone whom a visitor of the demonstration can be."""

    key: str
    title: Sentence
    name: str
    email: str
    who: Sentence
    """What they do, to follow the name."""
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
    title=say("Coordinator"),
    name="Nora Castellano",
    email="nora.castellano@example.org",
    who=say("coordinates and owns the partnership"),
    try_this=say("Open the institute, read the board, remind who has not confirmed."),
    lands_at="institutes.manage",
    staff_roles=(StaffRole.OWNER, StaffRole.COORDINATOR),
)
UNION_LEAD = Character(
    key="union-lead",
    title=say("Team lead, union side"),
    name="Denise Whitaker",
    email="denise.whitaker@example.org",
    who=say("is president of a local association"),
    try_this=say("Finish a draft: see which roles are missing, add people, send it."),
    lands_at="registration.mine",
)
MANAGEMENT_LEAD = Character(
    key="management-lead",
    title=say("Team lead, management side"),
    name="Raymond Okafor",
    email="raymond.okafor@example.org",
    who=say("is a superintendent"),
    try_this=say("Look at your registered team and give a seat to someone else."),
    lands_at="registration.mine",
)
PRESIDENT = Character(
    key="president",
    title=say("Association president"),
    name="Patricia Nuñez",
    email="patricia.nunez@example.org",
    who=say("speaks for the union side of a partnership in a working year"),
    try_this=say("Open your partnership: its plan, its year, and who sits on which side."),
    lands_at="registration.mine",
)
PARTICIPANT = Character(
    key="participant",
    title=say("Participant"),
    name="Lucia Ferrante",
    email="lucia.ferrante@example.org",
    who=say("teaches, and is on a registered team"),
    try_this=say(
        "Open your agenda, take the calendar, choose what peers may see. Under “My teams”, earn a "
        "certificate of last week's workshop."
    ),
    lands_at="agenda.show",
    institute=SUMMER_INSTITUTE,
)
BUSINESS_OFFICE = Character(
    key="business-office",
    title=say("Business office"),
    name="Marlene Ortiz",
    email="marlene.ortiz@example.org",
    who=say("pays the bills of a school district"),
    try_this=say("Open your half of a team's bill; pay by card, or send a purchase order."),
    lands_at="payer.mine",
)
FINANCE = Character(
    key="finance",
    title=say("Finance officer"),
    name="Gordon Pak",
    email="gordon.pak@example.org",
    who=say("keeps the partnership's books"),
    try_this=say("See who owes what, record a check, take it to the bank, close a month."),
    lands_at="books.home",
    staff_roles=(StaffRole.FINANCE,),
)
DESK = Character(
    key="desk",
    title=say("Desk helper"),
    name="Imani Reyes",
    email="imani.reyes@example.org",
    who=say("checks people in at the door"),
    try_this=say("Check people in by name or badge; switch the network off and go on."),
    lands_at="checkin.desk",
    institute=WORKING_WEEK,
    staff_roles=(StaffRole.DESK,),
)
FUNDER = Character(
    key="funder",
    title=say("Funder"),
    name="Helen Marsh",
    email="helen.marsh@example.org",
    who=say("works for a foundation that pays part of it"),
    try_this=say("Open your report under “Reports”: counts, hours, goals, and no person's name."),
    lands_at="board.counts",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.VIEWER,),
)
FACILITATOR = Character(
    key="facilitator",
    title=say("Facilitator"),
    name="Samuel Adeyemi",
    email="samuel.adeyemi@example.org",
    who=say("works with the teams"),
    try_this=say("Read teams and rosters; change nothing."),
    lands_at="board.show",
    institute=SUMMER_INSTITUTE,
    staff_roles=(StaffRole.FACILITATOR,),
)
ASSOCIATION = Character(
    key="association",
    title=say("Co-host association"),
    name="Theodore Blake",
    email="theodore.blake@example.org",
    who=say("works for the school boards' association"),
    try_this=say("Read the published reports, and which board members agreed to be named."),
    lands_at="reports.home",
    staff_roles=(StaffRole.VIEWER,),
)
NEIGHBOR = Character(
    key="neighbor",
    title=say("Another consortium"),
    name="Karin Lindqvist",
    email="karin.lindqvist@example.org",
    who=say("owns a network in another state"),
    try_this=say("See that neither consortium sees anything of the other."),
    lands_at="institutes.manage",
    consortium=PRAIRIE_LAKES,
    staff_roles=(StaffRole.OWNER, StaffRole.COORDINATOR),
)
CAST: tuple[Character, ...] = (
    COORDINATOR,
    UNION_LEAD,
    MANAGEMENT_LEAD,
    PRESIDENT,
    PARTICIPANT,
    BUSINESS_OFFICE,
    FINANCE,
    DESK,
    FUNDER,
    FACILITATOR,
    ASSOCIATION,
    NEIGHBOR,
)
