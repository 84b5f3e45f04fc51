"""An instrument as a file: read strictly, every fault with its line and place."""

from pathlib import Path
from typing import NoReturn

from cohorts.surveys.domain.instruments import LARGEST_FILE, Instrument, faults_of
from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.json_text import json_in
from consortium.words import say


def read_instrument(name: str, content: bytes) -> Instrument:
    """Return what the file says. Raises ``FaultyFile`` with all its faults."""
    file = Path(Path(name).name or "instrument.json")
    if len(content) > LARGEST_FILE:
        _stop(file, say("The file is far too large for an instrument. Is it the right one?"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _stop(file, say("The file is not written in UTF-8. Save it again as UTF-8."))
    instrument, lines = json_in(file, text, Instrument)
    faults = [lines.fault(steps, sentence) for steps, sentence in faults_of(instrument)]
    if faults:
        raise FaultyFile(file, faults)
    return instrument


def _stop(file: Path, sentence: str) -> NoReturn:
    raise FaultyFile(file, [Fault(sentence=sentence)])
