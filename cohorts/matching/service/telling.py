"""Reasons as rows keep them, and as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from cohorts.matching.domain.values import Reader, Reason
from consortium.words import Sentence, say


def stored(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Return the reasons as JSON."""
    return [
        {"to": reason.to.value, "template": reason.template, "values": dict(reason.values)}
        for reason in reasons
    ]


def told_to(reader: Reader, reasons: Iterable[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    """Return what is said to one of the two, the most telling first."""
    return tuple(sentence_of(reason) for reason in reasons if reason["to"] in {reader, Reader.BOTH})


def sentence_of(kept: Mapping[str, Any]) -> Sentence:
    """Return a kept template with its values as a sentence that can be translated."""
    return say(kept["template"], **kept["values"])
