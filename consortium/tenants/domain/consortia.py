"""What a consortium may be called, where its pages may stand, and what it may list."""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from consortium.errors import Refusal
from consortium.words import Sentence, say

Item = TypeVar("Item", bound=Hashable)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
SLUG_LENGTHS = range(2, 41)
# Addresses that belong to the installation, now or probably one day.
# fmt: off
RESERVED_SLUGS = frozenset((
    "about", "account", "admin", "api", "assets", "auth", "bootstrap", "brand", "calendar",
    "consortia", "consortium", "contact", "demo", "directory", "docs", "favicon", "feed", "feeds",
    "help", "home", "index", "leas", "legal", "livez", "login", "logout", "mail", "me", "metrics",
    "new", "pathways", "people", "privacy", "readyz", "register", "robots", "search",
    "second-factor",
    "security", "session", "settings", "sign-in", "sign-out", "sign-up", "sitemap", "static",
    "status", "support", "terms", "webhooks", "well-known", "www",
))
# fmt: on
NAME_LENGTHS = range(3, 121)
HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
GOAL_LENGTHS = range(3, 81)
MOST_GOALS = 40
DEFAULT_COLOUR = "#1f4e79"
DEFAULT_GOALS: tuple[str, ...] = (
    say("Early literacy"),
    say("Mathematics"),
    say("Attendance and family engagement"),
    say("School climate and student behavior"),
    say("Mentoring of new educators"),
    say("Recruiting and keeping staff"),
    say("Professional learning"),
    say("Educator evaluation and support"),
    say("Shared decision-making in schools"),
    say("Working time and class size"),
    say("Budget in the open"),
    say("Interest-based bargaining"),
)


class ConsortiumRefused(Refusal):
    """The consortium cannot be set up this way."""


class PartnerRole(StrEnum):
    """What an organisation does for the consortium."""

    CONVENER = "convener"
    HOST = "host"
    CO_HOST = "co-host"
    FISCAL_AGENT = "fiscal_agent"
    FUNDER = "sponsor_funder"
    FACILITATOR = "facilitator"
    PARTNER = "partner"


PARTNER_WORDS: dict[PartnerRole, Sentence] = {
    PartnerRole.CONVENER: say("Convener"),
    PartnerRole.HOST: say("Host"),
    PartnerRole.CO_HOST: say("Co-host"),
    PartnerRole.FISCAL_AGENT: say("Fiscal agent"),
    PartnerRole.FUNDER: say("Funder"),
    PartnerRole.FACILITATOR: say("Facilitator"),
    PartnerRole.PARTNER: say("Partner"),
}


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What must be known to found a consortium; the rest can be chosen later."""

    name: str
    slug: str
    states: tuple[str, ...]
    reply_address: str
    time_zone: str = "America/New_York"
    brand_colour: str = DEFAULT_COLOUR


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a consortium shows of itself."""

    name: str
    states: tuple[str, ...]
    time_zone: str
    brand_colour: str
    reply_address: str


def check_slug(slug: str) -> str:
    """Return the slug if a consortium's pages may stand there. Raises ``ConsortiumRefused``."""
    if len(slug) not in SLUG_LENGTHS or not SLUG.fullmatch(slug):
        raise ConsortiumRefused(
            say(
                "Write the address in small letters, digits and single hyphens, 2 to 40 of them, "
                "like garden-coast."
            ),
            field="slug",
        )
    if slug in RESERVED_SLUGS:
        raise ConsortiumRefused(
            say("The address “%(slug)s” is kept for pages of its own. Choose another.", slug=slug),
            field="slug",
        )
    return slug


def slug_taken(slug: str) -> ConsortiumRefused:
    """Say that another consortium stands at this address."""
    return ConsortiumRefused(
        say("Another consortium has the address “%(slug)s”. Choose another.", slug=slug),
        field="slug",
    )


def slug_from(name: str) -> str:
    """Return an address made of the name, for a suggestion."""
    words = re.findall(r"[a-z0-9]+", name.lower(), re.ASCII)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}".strip("-")
        if len(longer) not in range(SLUG_LENGTHS.stop):
            break
        slug = longer
    return slug


def check_name(name: str) -> str:
    """Return the name with single spaces if it has a sensible length."""
    name = check_printable(" ".join(name.split()), field="name")
    if len(name) not in NAME_LENGTHS:
        raise ConsortiumRefused(
            say("Give the consortium a name of 3 to 120 letters."), field="name"
        )
    return name


def check_printable(text: str, *, field: str) -> str:
    """Return the text if it has no hidden control characters; a terminal lets them through."""
    if any(unicodedata.category(character) in HIDDEN for character in text):
        raise ConsortiumRefused(
            say("Remove the hidden control characters; typing the text again helps."), field=field
        )
    return text


def read_goals(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the goals, one for each line that says something.

    Raises ``ConsortiumRefused`` when there is none, one is twice there, or one is too long.
    """
    goals = tuple(goal for goal in (" ".join(line.split()) for line in lines) if goal)
    if not goals:
        raise ConsortiumRefused(
            say("Keep at least one goal: people choose from this list."), field="goals"
        )
    if len(goals) > MOST_GOALS:
        raise ConsortiumRefused(
            say("Keep the list to %(most)s goals; nobody reads more.", most=MOST_GOALS),
            field="goals",
        )
    seen: set[str] = set()
    for goal in goals:
        if len(goal) not in GOAL_LENGTHS:
            raise ConsortiumRefused(
                say("Write “%(goal)s” in 3 to 80 letters.", goal=goal[:40]), field="goals"
            )
        if goal.casefold() in seen:
            raise ConsortiumRefused(
                say("“%(goal)s” is in the list twice. Keep one.", goal=goal), field="goals"
            )
        seen.add(goal.casefold())
    return goals


def moved(order: Sequence[Item], item: Item, *, up: bool) -> tuple[Item, ...]:
    """Return the order with one item moved one place; at the end of the list nothing moves."""
    new = list(order)
    at = new.index(item)
    to = at - 1 if up else at + 1
    if to in range(len(new)):
        new[at], new[to] = new[to], new[at]
    return tuple(new)


def check_an_owner_remains(owners: int) -> None:
    """Refuse to end the last owner's work: nobody could appoint the next one."""
    if owners <= 1:
        raise ConsortiumRefused(
            say("This is the last owner. Appoint another owner first, then end this one.")
        )
