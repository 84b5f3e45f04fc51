"""What each group of people does for a partnership.

The duties follow the different asks that the National Labor Management Partnership's Call to
Action (2018) makes of administrations, associations, boards and communities, and the three phases
of its framework; the words are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from cohorts.plans.domain.goals import Phase
from consortium.words import Sentence, say


class Group(StrEnum):
    """Who has the same duties."""

    ADMINISTRATION = auto()
    ASSOCIATION = auto()
    BOARD = auto()
    COMMUNITY = auto()


GROUPS: Mapping[Group, Sentence] = {
    Group.ADMINISTRATION: say("Administration"),
    Group.ASSOCIATION: say("Association"),
    Group.BOARD: say("Board"),
    Group.COMMUNITY: say("Families and community"),
}


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something that one group does for the partnership."""

    code: str
    group: Group
    phase: Phase
    text: str
    """The usual words, or those of the consortium."""


def _duties(group: Group, *listed: tuple[str, Phase, Sentence]) -> tuple[Duty, ...]:
    return tuple(
        Duty(code=f"{group.value}.{code}", group=group, phase=phase, text=text)
        for code, phase, text in listed
    )


DUTIES: tuple[Duty, ...] = (
    *_duties(
        Group.ADMINISTRATION,
        ("why", Phase.PREPARE, say("I can say what our students gain when both sides plan together.")),
        ("invite", Phase.PREPARE, say("I have asked the association to plan with us before decisions are made, not after.")),
        ("time", Phase.ACT, say("There is paid time for our joint meetings, and people to stand in for teachers.")),
        ("principals", Phase.ACT, say("Principals know that they work with their site representatives, and how.")),
        ("data", Phase.ACT, say("Both sides see the same figures at the same time.")),
        ("share", Phase.REFLECT, say("Each year I report to the board, together with the association, what it brought.")),
    ),
    *_duties(
        Group.ASSOCIATION,
        ("why", Phase.PREPARE, say("Our members have heard what the partnership is for, and what it is not.")),
        ("commit", Phase.PREPARE, say("Our executive board has agreed to take part.")),
        ("reps", Phase.ACT, say("Each school has a representative who meets the principal regularly.")),
        ("ideas", Phase.ACT, say("Members can bring what they know about teaching to the joint teams.")),
        ("next", Phase.ACT, say("We prepare the people who will lead after us.")),
        ("share", Phase.REFLECT, say("We ask members each year what has changed for them, and tell the other side.")),
    ),
    *_duties(
        Group.BOARD,
        ("why", Phase.PREPARE, say("The board has discussed why it wants both sides to work together.")),
        ("resolve", Phase.PREPARE, say("The board has said so in public, by a resolution or in its goals.")),
        ("means", Phase.ACT, say("The budget has money for the partnership's time and training.")),
        ("lasting", Phase.ACT, say("Who becomes superintendent is asked whether they will keep the partnership.")),
        ("share", Phase.REFLECT, say("The board hears both sides' report each year, together.")),
    ),
    *_duties(
        Group.COMMUNITY,
        ("why", Phase.PREPARE, say("Families have heard what both sides want to reach together.")),
        ("seat", Phase.ACT, say("Families and partners have a place where they are heard before plans are made.")),
        ("help", Phase.ACT, say("We have said what we can bring: time, rooms, people, training.")),
        ("share", Phase.REFLECT, say("We read each year what was reached, in plain words.")),
    ),
)  # fmt: skip
