"""Sizes of files in people's words."""

from consortium.words import Sentence, say

KILOBYTE = 1024


def size_in_words(size: int) -> Sentence:
    """Return a file's size as people compare it: 340 KB, 2.4 MB."""
    if size < KILOBYTE * KILOBYTE:
        return say("%(n)s KB", n=max(1, round(size / KILOBYTE)))
    return say("%(n)s MB", n=f"{size / KILOBYTE / KILOBYTE:.1f}".removesuffix(".0"))
