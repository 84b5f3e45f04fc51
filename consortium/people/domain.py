"""Sides, the catalogue of roles, and what makes two e-mail addresses the same."""

from dataclasses import dataclass
from enum import StrEnum, auto

from email_validator import EmailNotValidError, validate_email

from consortium.errors import Refusal
from consortium.words import say


class Side(StrEnum):
    """Which side of the table an office sits on."""

    LABOR = auto()
    MANAGEMENT = auto()
    GOVERNANCE = auto()
    COMMUNITY = auto()
    EITHER = auto()
    OTHER = auto()


@dataclass(frozen=True, kw_only=True)
class RoleKind:
    """A role of the catalogue before a consortium renames it."""

    code: str
    label: str
    side: Side


CATALOGUE: tuple[RoleKind, ...] = tuple(
    RoleKind(code=code, label=label, side=side)
    for code, label, side in (
        ("superintendent", say("Superintendent"), Side.MANAGEMENT),
        ("cabinet", say("Superintendent's cabinet"), Side.MANAGEMENT),
        ("business_official", say("School business official"), Side.MANAGEMENT),
        ("central_office", say("Central office administrator"), Side.MANAGEMENT),
        ("principal", say("Principal or supervisor"), Side.MANAGEMENT),
        ("cert_union_leader", say("Certificated (teachers) union leader"), Side.LABOR),
        ("class_union_leader", say("Classified staff union leader"), Side.LABOR),
        ("union_leader", say("Local association president"), Side.LABOR),
        ("admin_assoc_president", say("Administrators' association president"), Side.LABOR),
        ("building_rep", say("Site representative"), Side.LABOR),
        ("teacher", say("Teacher"), Side.LABOR),
        ("esp", say("Education support professional"), Side.LABOR),
        ("board_president", say("Board president"), Side.GOVERNANCE),
        ("board_member", say("Board member"), Side.GOVERNANCE),
        ("parent", say("Parent or community member"), Side.COMMUNITY),
        ("community", say("Community partner"), Side.COMMUNITY),
        ("state_chief", say("State superintendent or commissioner"), Side.MANAGEMENT),
        ("state_union_officer", say("State association officer"), Side.LABOR),
        ("state_board", say("State board member"), Side.GOVERNANCE),
        ("visitor", say("Visitor"), Side.EITHER),
    )
)


class NotAnAddress(Refusal):
    """The text is not one usable e-mail address."""


def normalise_email(text: str, *, field: str | None = "email") -> str:
    """Return the address in the one form we store and compare.

    Upper case becomes lower case in both parts; dots and ``+tags`` stay, since they are other
    people's mailboxes at some hosts. Look-alike letters stay different from the letters they
    imitate. Raises ``NotAnAddress``.
    """
    text = text.strip()
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise NotAnAddress(
            say("“%(text)s” is not an e-mail address. Write it like name@district.org.", text=text[:80]),
            field=field,
        ) from error
    return found.normalized.lower()
