"""Why someone has no peer, and what would help, in words."""

from collections.abc import Mapping
from enum import StrEnum, auto

from consortium.words import Sentence, say


class Why(StrEnum):
    """Why nobody was found for someone."""

    NOBODY = auto()
    """No other LEA (or site) has anyone who agreed."""
    FULL = auto()
    KNOWN = auto()
    UNLIKE = auto()


class Lever(StrEnum):
    """The one thing that would give someone more people to be matched with."""

    PLACES = auto()
    GOALS = auto()
    ROLES = auto()
    TIME = auto()
    LANGUAGE = auto()
    PEOPLE = auto()


LEVERS: Mapping[Lever, Sentence] = {
    Lever.PLACES: say("Everyone who would fit is full: more peers for each would help."),
    Lever.GOALS: say("More goals, or words about what they offer or would like to learn."),
    Lever.ROLES: say("Another relation between roles in the weights."),
    Lever.TIME: say("More times at which they are available."),
    Lever.LANGUAGE: say("Another language in common with others."),
    Lever.PEOPLE: say("More people from elsewhere who agree to be matched."),
}


def why_left_out(why: Why, *, by_site: bool) -> Sentence:
    """Say the first thing that would have to change for this person to have a peer."""
    if why is Why.NOBODY:
        if by_site:
            return say("Nobody from another site agreed to be matched.")
        return say("Nobody from another LEA agreed to be matched.")
    if why is Why.FULL:
        return say("Everyone who would fit already has all the peers they can have.")
    if why is Why.KNOWN:
        return say("Everyone who would fit knows them already, or cannot be matched with them.")
    if by_site:
        return say(
            "Nobody from another site with the same role, a role close to it, or a shared goal "
            "agreed to be matched."
        )
    return say(
        "Nobody from another LEA with the same role, a role close to it, or a shared goal "
        "agreed to be matched."
    )
