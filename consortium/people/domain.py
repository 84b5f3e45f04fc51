"""Sides, roles, terms of office, and what makes two e-mail addresses the same."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from email_validator import EmailNotValidError, validate_email

from consortium.errors import Refusal
from consortium.words import Sentence, say


class Side(StrEnum):
    """Which side of the table an office sits on."""

    LABOR = auto()
    MANAGEMENT = auto()
    GOVERNANCE = auto()
    COMMUNITY = auto()
    EITHER = auto()
    OTHER = auto()


SIDE_WORDS: dict[Side, Sentence] = {
    Side.LABOR: say("Labor"),
    Side.MANAGEMENT: say("Management"),
    Side.GOVERNANCE: say("Governance (board)"),
    Side.COMMUNITY: say("Community"),
    Side.EITHER: say("Either side"),
    Side.OTHER: say("Neither side"),
}


CONSENT_OUTLASTS = timedelta(days=60)
CONSENT_COVERS = say(
    "They also see what you have in common, such as a goal, or words you both wrote about what "
    "you offer or would like to learn. It ends 60 days after the institute, unless you agree "
    "again, and you can end it at any time."
)
"""What everyone reads, and agrees to, who lets peers see anything at all."""


@dataclass(frozen=True, kw_only=True)
class ConsentTerm:
    """How long a consent holds that was not withdrawn."""

    given_on: date
    last_day: date | None
    """The institute's last day; ``None`` while it has no date."""
    today: date

    @property
    def ends_on(self) -> date | None:
        """The last day on which it holds: counted from the institute, or from a later yes."""
        if self.last_day is None:
            return None
        return max(self.given_on, self.last_day) + CONSENT_OUTLASTS

    @property
    def ended(self) -> bool:
        """Whether it does not hold any more."""
        return self.ends_on is not None and self.ends_on < self.today

    @property
    def renewable(self) -> bool:
        """Whether saying yes again today would make it hold longer."""
        return self.ends_on is not None and self.ends_on < self.today + CONSENT_OUTLASTS


@dataclass(frozen=True, kw_only=True)
class RoleKind:
    """A role of the catalogue before a consortium renames it."""

    code: str
    label: str
    side: Side

    @property
    def one_holder(self) -> bool:
        """Whether one person at a time usually holds it at an LEA."""
        return self.code in {"superintendent", "board_president", "state_chief"}


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


class RoleRefused(Refusal):
    """The role cannot be written this way."""


class OfficeRefused(Refusal):
    """The office cannot be held or left this way."""


@dataclass(frozen=True, kw_only=True)
class RoleWords:
    """What a consortium decides about a role."""

    label: str
    side: Side
    one_holder: bool = False
    """Whether one person at a time holds it at an LEA."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """A role at an LEA, or at one of its schools; without an LEA, one of the whole state."""

    role_code: str
    lea_id: str | None
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when to when an office is held; both days count, an open end is ``None``."""

    begins_on: date
    ends_on: date | None = None

    def overlaps(self, other: "Term") -> bool:
        """Tell whether there is a day on which both hold."""
        return _by(self, other.begins_on) and _by(other, self.begins_on)

    def covers(self, day: date) -> bool:
        """Tell whether the office is held on this day."""
        return self.begins_on <= day and _by(self, day)


def _by(term: Term, day: date) -> bool:
    return term.ends_on is None or term.ends_on >= day


def check_term(term: Term, held: Iterable[Term]) -> None:
    """Refuse a term that ends before it begins, or that overlaps one of the same office.

    ``held`` are the terms in which the same person holds the same office at the same LEA.
    """
    if term.ends_on is not None and term.ends_on < term.begins_on:
        raise OfficeRefused(say("The last day lies before the first day."), field="ends_on")
    for other in held:
        if term.overlaps(other):
            raise OfficeRefused(
                say(
                    "This person holds that office already, since %(begins_on)s. End it first.",
                    begins_on=other.begins_on.isoformat(),
                ),
                field="begins_on",
            )


def check_free(term: Term, held: Iterable[tuple[str, Term]]) -> None:
    """Refuse a term in an office of one holder while somebody else holds it.

    ``held`` are the terms of others in that office at the same LEA, with their names.
    """
    for name, other in held:
        if term.overlaps(other):
            raise OfficeRefused(
                say(
                    "%(name)s holds this office from %(begins_on)s, and one person at a time does. "
                    "Enter that person's last day first, or another first day here.",
                    name=name,
                    begins_on=other.begins_on.isoformat(),
                ),
                field="begins_on",
            )


def check_label(label: str) -> str:
    """Return a role's name with single spaces if it has a sensible length."""
    label = " ".join(label.split())
    if len(label) not in range(2, 81):
        raise RoleRefused(say("Give the role a name of 2 to 80 letters."), field="label")
    return label


def code_from(label: str) -> str:
    """Return the code of a new role, made of its name: ``Nurse (school)`` is ``nurse_school``."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    code = "_".join(re.findall(r"[a-z0-9]+", plain))[:60]
    if not code:
        raise RoleRefused(
            say("Use at least one letter from a to z or a digit in the name."), field="label"
        )
    return code


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
        raise NotAnAddress(_what_is_wrong(text), field=field) from error
    return found.normalized.lower()


def _what_is_wrong(text: str) -> Sentence:
    """Say what to do; a look-alike letter (Cyrillic а for a) has to be named to be seen."""
    mailbox, at, _ = text.partition("@")
    strange = next((letter for letter in mailbox if not letter.isascii()), "")
    if at and strange:
        return say(
            "“%(text)s” is not an e-mail address: before the @ stands “%(letter)s” (%(name)s). "
            "Type the address anew.",
            text=text[:80],
            letter=strange,
            name=unicodedata.name(strange, say("a letter without a name")).lower(),
        )
    return say(
        "“%(text)s” is not an e-mail address. Write it like name@district.org.", text=text[:80]
    )
