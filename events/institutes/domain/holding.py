"""Why records cannot be deleted, or held."""

from consortium.errors import Refusal
from consortium.words import Sentence, as_sentence, say


class HoldRefused(Refusal):
    """The records cannot be held so, or cannot be deleted while they are held."""


def held_in_words(reason: str) -> Sentence:
    """Return what is said to whoever would delete what is held for this reason."""
    return say("They are held: %(why)s Lift the hold first.", why=as_sentence(reason))
