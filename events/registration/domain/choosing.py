"""Optional days and strands: what there is to choose, and for whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from consortium.words import Sentence, say
from events.registration.domain.refusals import RegistrationRefused


@dataclass(frozen=True, kw_only=True)
class Extra:
    """An optional day or a strand, as a member may choose it."""

    code: str
    """The code of its pool, e.g. ``day:2017-06-18``."""
    label: str
    for_flags: frozenset[str] = frozenset()
    """Whom it is for, where it is not for everyone."""
    for_words: str = ""
    left: int | None = None
    """How many places are free; None where they are not limited."""

    def is_for(self, flags: Collection[str]) -> bool:
        """Tell whether someone of whom these flags are true may choose it."""
        return not self.for_flags or not self.for_flags.isdisjoint(flags)


def check_chosen(
    wanted: Iterable[str], offered: Sequence[Extra], flags: Collection[str] | None
) -> frozenset[str]:
    """Return what is chosen. Raises ``RegistrationRefused`` for what there is not, or for others.

    ``flags`` are None where it is not known yet what is true of the person.
    """
    known = {extra.code: extra for extra in offered}
    chosen = frozenset(wanted)
    for code in sorted(chosen):
        if code not in known:
            raise RegistrationRefused(
                say("This day or strand is not offered any more. Choose again."), field="choices"
            )
        if flags is not None and not known[code].is_for(flags):
            raise RegistrationRefused(
                say(
                    "“%(what)s” is for %(whom)s.",
                    what=known[code].label,
                    whom=known[code].for_words,
                ),
                field="choices",
            )
    return chosen


def extra_in_words(extra: Extra, *, has: bool, rank: int | None) -> Sentence | str:
    """Say what a choice is and how it stands: taken, waited for, free or full."""
    if has:
        return say("%(what)s (you have a place)", what=extra.label)
    if rank is not None:
        return say("%(what)s (you wait, number %(rank)s)", what=extra.label, rank=rank)
    if extra.left is None:
        return extra.label
    if extra.left <= 0:
        return say("%(what)s (full; you would wait for a place)", what=extra.label)
    return say("%(what)s (places left: %(left)s)", what=extra.label, left=extra.left)
