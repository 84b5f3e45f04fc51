"""Reasons as rows keep them, and as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from cohorts.matching.domain.values import Reader, Reason
from consortium.words import Sentence, say


def stored(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Return the reasons as JSON."""
    return [{"to": reason.to.value, **kept(reason.sentence)} for reason in reasons]


def kept(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as JSON, so that it can still be said in another language."""
    values = {
        name: kept(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return {"template": sentence.template, "values": values}


def told_to(reader: Reader, reasons: Iterable[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    """Return what is said to one of the two, the most telling first."""
    return tuple(sentence_of(reason) for reason in reasons if reason["to"] in {reader, Reader.BOTH})


def sentence_of(kept: Mapping[str, Any]) -> Sentence:
    """Return a kept template with its values as a sentence that can be translated."""
    values = {
        name: sentence_of(value) if isinstance(value, Mapping) else value
        for name, value in kept["values"].items()
    }
    return say(kept["template"], **values)
