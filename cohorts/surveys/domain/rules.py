"""What a survey refuses, and the few figures that protect the people who answer."""

from consortium.errors import Refusal
from consortium.small_cells import LEAST

FEWEST = LEAST
"""Fewer answers than this are shown to nobody: one could tell whose they are."""
LEAST_RESPONSE = 0.5
"""Where fewer of a group answered, the rest may think otherwise: nothing is shown of it."""
FEWEST_TEXTS = 10
"""Fewer answers in people's own words are shown to nobody: one knows each other's way to write."""


class SurveyRefused(Refusal):
    """A survey cannot be written, opened, answered or read this way."""
