"""A file of weights: what a match counts, as JSON with the names of the contract."""

import json
from pathlib import Path
from typing import Any

from cohorts.matching.domain.weights import faults_of
from cohorts.matching.engine.said import weights_from
from cohorts.matching.engine.weights import Weights
from consortium.errors import Refusal
from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.text import read_text
from consortium.words import say

SHOWN = 10
"""So many faults are told on a page at once."""


def read_weights(file: Path) -> Weights:
    """Return the weights that a file states. Raises ``FaultyFile`` with every fault."""
    said, faults = _read(read_text(file))
    if faults:
        raise FaultyFile(file, faults)
    return weights_from(said)


def weights_in(content: bytes) -> dict[str, Any]:
    """Return the weights that an uploaded file states. Raises ``Refusal`` with its faults."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(say("This file is not written in UTF-8."), field="file") from error
    said, faults = _read(text)
    if faults:
        told = [f"{one.path}: {one.sentence}" if one.path else one.sentence for one in faults]
        raise Refusal(" ".join(told[:SHOWN]), field="file")
    return said


def _read(text: str) -> tuple[dict[str, Any], list[Fault]]:
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        doubled.extend(name for name in dict(pairs) if names.count(name) > 1)
        return dict(pairs)

    try:
        said = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        sentence = say("This is not JSON. Correct it, or begin with a copy that works.")
        return {}, [Fault(sentence=sentence, line=line)]
    if not isinstance(said, dict):
        return {}, [Fault(sentence=say("Write an object in { } of the weights."))]
    return said, [
        *(Fault(path=name, sentence=say("This name stands here twice.")) for name in doubled),
        *(Fault(path=name, sentence=sentence) for name, sentence in faults_of(said)),
    ]
