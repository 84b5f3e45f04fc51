"""What is asked after a meeting; a host may ask in other words."""

from collections.abc import Sequence

from cohorts.reflections.domain.visibility import ReflectionRefused
from consortium.words import Sentence, say

MOST_PROMPTS = 6
LONGEST_PROMPT = 200
USUAL: tuple[Sentence, ...] = (
    say("What did we hear today that we did not know before?"),
    say("What will we do differently until the next meeting, and who begins?"),
    say("What do we need from the other side, or from those who run this?"),
)


def check_prompts(prompts: Sequence[str]) -> tuple[str, ...]:
    """Return the questions as they are kept. Raises ``ReflectionRefused``."""
    kept = tuple(" ".join(one.split()) for one in prompts if one.strip())
    if len(kept) > MOST_PROMPTS:
        raise ReflectionRefused(
            say("Ask at most %(n)s questions. People answer few well.", n=MOST_PROMPTS),
            field="prompts",
        )
    if any(len(one) > LONGEST_PROMPT for one in kept):
        raise ReflectionRefused(
            say("Keep each question under %(n)s letters.", n=LONGEST_PROMPT), field="prompts"
        )
    if len({one.casefold() for one in kept}) != len(kept):
        raise ReflectionRefused(say("One question stands there twice."), field="prompts")
    return kept
