"""What coordinators write about an institute, one part at a time."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from consortium.words import Sentence, say
from events.institutes.domain.sections.parts import (
    Basics,
    Coming,
    Costs,
    DayPlan,
    Days,
    Deadlines,
    HostLine,
    Hosts,
    Places,
    Roles,
    TeamRules,
    check_role,
)
from events.institutes.domain.sections.paying import Terms
from events.institutes.domain.sections.registering import (
    Partnership,
    StrandLine,
    Strands,
    Together,
    Ways,
)
from events.institutes.domain.sections.saying import Facts, InstituteRefused

__all__ = [
    "TITLES",
    "Basics",
    "Coming",
    "Costs",
    "DayPlan",
    "Days",
    "Deadlines",
    "Facts",
    "HostLine",
    "Hosts",
    "InstituteRefused",
    "Partnership",
    "Places",
    "Roles",
    "Section",
    "StrandLine",
    "Strands",
    "TeamRules",
    "Terms",
    "Together",
    "Ways",
    "check_role",
    "versions",
]

Section: TypeAlias = (
    Basics
    | Days
    | Coming
    | Ways
    | TeamRules
    | Roles
    | Together
    | Deadlines
    | Places
    | Strands
    | Costs
    | Terms
    | Hosts
)
TITLES: Mapping[type[Any], Sentence] = {
    Basics: say("Basics"),
    Days: say("Days"),
    Coming: say("Who may come"),
    Ways: say("How teams come in"),
    TeamRules: say("The team"),
    Roles: say("Roles"),
    Together: say("Both sides, and reminders"),
    Deadlines: say("Deadlines"),
    Places: say("Places"),
    Strands: say("Strands"),
    Costs: say("Fees"),
    Terms: say("Payment terms"),
    Hosts: say("Hosts"),
}


def versions(stored: Section, sent: Section) -> tuple[tuple[str, str, str], ...]:
    """Return what differs: label, what is stored now, what was sent."""
    now, then = dict(stored.facts), dict(sent.facts)
    labels = dict.fromkeys((*now, *then))
    return tuple(
        (label, now.get(label, "—") or "—", then.get(label, "—") or "—")
        for label in labels
        if now.get(label) != then.get(label)
    )
