"""The sentences in which people read which place they have, and why not a better one."""

from collections.abc import Mapping, Sequence

from consortium.words import Sentence, say
from events.schedule.engine.places_model import Missed

ORDINALS = (
    say("first"),
    say("second"),
    say("third"),
    say("fourth"),
    say("fifth"),
    say("sixth"),
    say("seventh"),
    say("eighth"),
    say("ninth"),
    say("tenth"),
)


def choice_in_words(position: int) -> Sentence:
    """Return ``first``, ``second`` … for a choice; a number beyond the tenth."""
    if position <= len(ORDINALS):
        return ORDINALS[position - 1]
    return say("no. %(position)s", position=position)


def what_is_given(  # noqa: PLR0913  (all that is said of one person in one round)
    order: Sequence[str],
    *,
    kept: Sequence[str],
    pinned: Sequence[str],
    fresh: Sequence[str],
    missed: Sequence[Missed],
    short: bool,
) -> list[Sentence]:
    """Return the sentences that say what the person has: what is kept and pinned by its title."""
    said = [say("You keep your place in “%(title)s”.", title=title) for title in kept]
    said += [say("The host gave you a place in “%(title)s”.", title=title) for title in pinned]
    full = [one for one in missed if one.is_full]
    all_full = len(full) == len(missed)
    ranked = sorted(order.index(one) + 1 for one in fresh if one in order)
    for number, position in enumerate(ranked):
        said.append(_choice(position, () if number else missed))
    for _ in range(len(fresh) - len(ranked)):
        said.append(_not_ranked(order, all_full=all_full, other=bool(ranked)))
    nothing = not (kept or pinned or fresh)
    if nothing and not order:
        said.append(say("No place is left that could be given to you."))
    elif nothing and all_full:
        said.append(say("Everything that you ranked is full, so you have no place yet."))
    elif nothing:
        said.append(say("Nothing that you ranked can be had, so you have no place yet."))
    elif short and order:
        said.append(
            say("Everything else that you ranked is full.")
            if all_full
            else say("Nothing else that you ranked can be had.")
        )
    return said


def _choice(position: int, missed: Sequence[Missed]) -> Sentence:
    mine = choice_in_words(position)
    more = [one for one in missed if one.position < position]
    before = [one for one in more if one.is_full]
    if not before:
        return say("You have your %(choice)s choice.", choice=mine)
    if len(before) == 1:
        return say(
            "Your %(missed)s choice was full; you have your %(choice)s.",
            missed=choice_in_words(before[0].position),
            choice=mine,
        )
    if len(before) < len(more):
        return say(
            "Some of what you wanted more was full; you have your %(choice)s choice.", choice=mine
        )
    return say("What you wanted more was full; you have your %(choice)s choice.", choice=mine)


def _not_ranked(order: Sequence[str], *, all_full: bool, other: bool) -> Sentence:
    if not order:
        return say("You ranked nothing; you have a place that was free.")
    if not all_full:
        return say("Nothing else that you ranked could be had; you have a place that was free.")
    if other:
        return say("Everything else that you ranked was full; you have a place that was free.")
    return say("Everything that you ranked was full; you have a place that was free.")


def why_it_was_missed(
    missed: Sequence[Missed],
    titles: Mapping[str, str],
    places: Mapping[str, int | None],
    *,
    best: bool,
) -> list[Sentence]:
    """Return the sentences that say why what the person wanted most was not to be had.

    ``best`` says whether no exchange would have given people as a whole better choices.
    """
    said: list[Sentence | str] = []
    for one in missed:
        if one.barred:
            said.append(one.barred)
        elif one.instead_of:
            said.append(
                say(
                    "“%(title)s” cannot be had beside “%(other)s”, which you have.",
                    title=titles[one.session],
                    other=titles[one.instead_of],
                )
            )
        else:
            said += _why_full(one, titles[one.session], places[one.session], best=best)
    return [one if isinstance(one, Sentence) else say("%(said)s", said=one) for one in said]


def _why_full(one: Missed, title: str, places: int | None, *, best: bool) -> list[Sentence]:
    said = [
        say(
            "“%(title)s” takes %(places)s, and %(people)s put it first.",
            title=title,
            places=places,
            people=one.wanted_first,
        )
    ]
    if one.pinned:
        said.append(say("The host put people into it: %(people)s.", people=one.pinned))
    if one.before:
        said.append(say("Places in it that were taken before: %(people)s.", people=one.before))
    if one.wanted_less and best and not one.before:
        said.append(
            say(
                "Placed there though they wanted it less: %(people)s. No exchange would have "
                "given people as a whole better choices.",
                people=one.wanted_less,
            )
        )
    elif one.wanted_less:
        said.append(
            say("Placed there though they wanted it less: %(people)s.", people=one.wanted_less)
        )
    elif one.placed and (one.before or one.pinned):
        said.append(say("Nobody else got a place there who wanted it less than you."))
    elif one.placed:
        said.append(say("Nobody got a place there who wanted it less than you."))
    if one.colleagues == 1:
        said.append(say("A colleague from your team is in it."))
    elif one.colleagues:
        said.append(say("Colleagues from your team in it: %(people)s.", people=one.colleagues))
    return said
