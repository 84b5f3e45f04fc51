"""The two sides of a plan as sentences name them."""

from collections.abc import Mapping

from cohorts.learning.domain.partners import TableSide
from consortium.errors import Refusal
from consortium.words import Sentence, say

SIDES = tuple(TableSide)
"""Who owns goals and signs plans, one each."""
SIDE_NAMES: Mapping[TableSide, Sentence] = {
    TableSide.LABOR: say("labor"),
    TableSide.MANAGEMENT: say("management"),
}
"""In the midst of a sentence: “the labor side”."""


class PlanRefused(Refusal):
    """The plan cannot be written, or signed, this way."""
