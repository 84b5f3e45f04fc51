"""Why a team has no table or no partner, and why what was said of teams cannot be, in words."""

from collections.abc import Mapping

from consortium.words import Sentence, say

UNSEATED = {
    "no_goals": say("It names no goal. Give it at least one."),
    "no_common_goal": say(
        "The teams that are to sit together have no goal in common. Let one of them name a goal of "
        "the other, or do not keep them together."
    ),
    "pin_without_goal": say(
        "The table where it is to stay has a goal that this team does not name. Choose another "
        "table, or let the team name that goal."
    ),
    "no_room": say(
        "Its goals are shared by others, but with this team no tables of %(smallest)s to "
        "%(largest)s teams come out. One more team with one of its goals would help, or other "
        "sizes of tables."
    ),
}


def why_unseated(why: str, support: Mapping[str, int], *, smallest: int, largest: int) -> Sentence:
    """Return why a team has no table, and what would help."""
    if why != "too_few_share":
        return say(UNSEATED[why].template, smallest=smallest, largest=largest)
    shared = "; ".join(f"{goal}: {others}" for goal, others in support.items())
    return say(
        "None of its goals is shared by the %(needed)s other teams that a table needs (%(shared)s "
        "others). Let it name one more goal that many have.",
        needed=smallest - 1,
        shared=shared,
    )


def why_alone(why: str, *, rivals: int, partners: int) -> Sentence:
    """Return why a team has no partner."""
    if why == "nobody":
        return say("No other team may be its partner: all are of its own state, or were already.")
    if why == "odd":
        return say("The number of teams is odd, so one of them has no partner.")
    return say(
        "There are %(rivals)s teams in its position, which may only have partners among "
        "%(partners)s others.",
        rivals=rivals,
        partners=partners,
    )


CONTRADICTIONS = {
    "two_tables": say("%(teams)s are to sit together, and at different tables."),
    "too_many": say("%(teams)s are to sit together. A table does not hold so many."),
    "together_and_apart": say("%(teams)s are to sit together, and some of them apart."),
    "not_apart": say("%(teams)s cannot all be kept apart. Let some of them sit together."),
    "two_partners": say("%(teams)s: each can have only one partner."),
    "pinned_and_apart": say("%(teams)s are to be partners, and not to be."),
}


def contradiction(reason: str, teams: str) -> Sentence:
    """Return why what was said of these teams cannot be kept."""
    return say(CONTRADICTIONS[reason].template, teams=teams)
