"""The teams of the demonstration's story, registered the way leads would do it."""

from collections.abc import Iterator
from dataclasses import dataclass

from consortium.demonstration import cast
from consortium.demonstration.programmes import GOALS
from consortium.demonstration.questions import answered
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Seat, Team

WORDING = "Matched peers of this institute may see my e-mail address and my phone number."


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A team: its LEA, who leads it, and everybody's role; the lead comes first."""

    lea_id: str
    side: Side
    people: tuple[tuple[str, str], ...]
    submitted: bool = True
    confirmed: int = 99
    """How many of them have confirmed, in order."""
    no_office: tuple[str, ...] = ("admin_assoc_president",)
    """Offices that the LEA says it does not have."""


TEAMS: tuple[Cast, ...] = (
    Cast(
        lea_id="3499001",
        side=Side.MANAGEMENT,
        people=(
            (cast.MANAGEMENT_LEAD.name, "superintendent"),
            ("Patricia Nuñez", "union_leader"),
            ("Thomas Brandt", "board_member"),
            ("Evelyn Osei", "class_union_leader"),
            (cast.PARTICIPANT.name, "teacher"),
            ("Gabriel Stern", "principal"),
        ),
        confirmed=5,
    ),
    Cast(
        lea_id="3499002",
        side=Side.LABOR,
        people=((cast.UNION_LEAD.name, "union_leader"), ("Alan Whitcombe", "superintendent")),
        submitted=False,
        no_office=(),
    ),
    Cast(
        lea_id="3499003",
        side=Side.LABOR,
        people=(
            ("Yolanda Price", "union_leader"),
            ("Victor Lindgren", "superintendent"),
            ("Hana Suzuki", "board_member"),
            ("Marcus O'Neill", "class_union_leader"),
            ("Priya Raman", "teacher"),
        ),
    ),
    Cast(
        lea_id="3499004",
        side=Side.MANAGEMENT,
        people=(
            ("Joanne Petrov", "superintendent"),
            ("Curtis Malone", "union_leader"),
            ("Ines Cardoso", "board_member"),
        ),
        confirmed=2,
    ),
    Cast(
        lea_id="3499005",
        side=Side.MANAGEMENT,
        people=(
            ("Desmond Achebe", "superintendent"),
            ("Carol Fitzgerald", "union_leader"),
            ("Luis Montoya", "board_member"),
            ("Abigail Thorne", "class_union_leader"),
            ("Naomi Feldman", "teacher"),
            ("Peter Janssen", "principal"),
        ),
    ),
    Cast(
        lea_id="3499006",
        side=Side.LABOR,
        people=(
            ("Bridget Callahan", "union_leader"),
            ("Omar Haddad", "superintendent"),
            ("Ruth Anderson", "board_member"),
            ("Miguel Santos", "class_union_leader"),
            ("Claire Dubois", "teacher"),
        ),
        confirmed=4,
    ),
    Cast(
        lea_id="3499007",
        side=Side.MANAGEMENT,
        people=(
            ("Sylvia Kowalski", "superintendent"),
            ("Terrence Boyd", "union_leader"),
            ("Mei-Ling Chen", "board_member"),
            ("Frances Agostini", "class_union_leader"),
            ("Leila Rahman", "teacher"),
            ("Jonah Weiss", "principal"),
        ),
    ),
    Cast(
        lea_id="3499009",
        side=Side.LABOR,
        people=(
            ("Wendell Griggs", "union_leader"),
            ("Anita Desai", "superintendent"),
            ("Howard Blum", "board_member"),
            ("Tasha Coleman", "class_union_leader"),
        ),
    ),
)
FIXED_ADDRESSES = {character.name: character.email for character in cast.CAST}
ASKS = ("a joint hiring committee", "walkthroughs with both sides", "an early literacy team", "")
OFFERS = ("a joint attendance campaign", "our labor-management charter", "", "mentoring pairs")


def register_all(institute: Institute) -> None:
    """Register every team of the story; most people have confirmed."""
    for number, team in enumerate(TEAMS):
        register_team(institute, team, number)


def register_team(
    institute: Institute, cast_: Cast, number: int = 0, *, asked: bool = True
) -> None:
    """Register one team; ``asked`` tells whether the host asks its members questions."""
    (lead_name, lead_role), *others = cast_.people
    identity = people.identity_for(address_of(lead_name))
    team = registration.start_team(
        institute,
        registration.Start(
            lea_id=cast_.lea_id, lead_name=lead_name, side=cast_.side, role_codes=(lead_role,)
        ),
        by=identity,
    )
    editor = registration.Editor(
        email=identity.email, person_id=people.person_for(identity).id, coordinates=False
    )
    for name, role in others:
        person = registration.NamedPerson(name=name, email=address_of(name), role_codes=(role,))
        registration.add_member(team.id, person, editor)
    for role_code in cast_.no_office:
        registration.answer_office(team.id, role_code, editor, exists=False)
    if cast_.submitted:
        registration.submit_team(team.id, editor)
        for n, seat in enumerate(_first_seats(team, cast_.confirmed)):
            _confirm(seat, number + n, asked=asked)


def _first_seats(team: Team, most: int) -> Iterator[Seat]:
    yield from list(team.active_seats)[:most]


def _confirm(seat: Seat, number: int, *, asked: bool) -> None:
    """Let a member say what people say: goals, wishes, and consent in most cases."""
    goals = (GOALS[number % len(GOALS)], GOALS[(number * 3 + 1) % len(GOALS)])
    details = registration.OwnDetails(
        name=seat.name,
        phone=f"+160955501{number % 100:02d}",
        goals=tuple(dict.fromkeys(goals)),
        offers=OFFERS[number % len(OFFERS)],
        asks=ASKS[number % len(ASKS)],
        wants_peers=True,
        shares_email=number % 5 != 4,  # noqa: PLR2004  (every fifth keeps it private)
        shares_phone=number % 3 == 0,
        wording=WORDING,
        said=answered(number) if asked else None,
    )
    registration.confirm_seat(seat, details, by=seat.person.email)


def address_of(name: str) -> str:
    """Return where the story's people get mail; nobody can have such an address."""
    plain = name.lower().replace("ñ", "n").replace("á", "a").replace("'", "")
    return FIXED_ADDRESSES.get(name, f"{plain.replace(' ', '.')}@example.org")
